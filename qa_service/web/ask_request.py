"""What comes in at POST /v1/ask and POST /v1/ask/stream."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator


def whole_characters(text: str) -> str:
    """JSON can spell half a character (a lone surrogate, from text cut in the middle); UTF-8 cannot carry it back."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


Text = Annotated[str, AfterValidator(whole_characters)]


@dataclass(frozen=True, slots=True)
class HistoryTurn:
    """One earlier turn of the conversation."""

    role: Literal["user", "assistant"]
    content: Text


@dataclass(frozen=True, slots=True)
class Filters:
    """Restrict the answer to one agency (its id) or one data year."""

    agency: Text | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class AskRequest:
    """A question and what was said before it, oldest first."""

    question: Text
    history: tuple[HistoryTurn, ...] = ()
    language: Literal["auto", "zh", "en"] = "auto"
    filters: Filters | None = None
