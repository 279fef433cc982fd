"""What comes in at POST /v1/ask and POST /v1/ask/stream."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator

from qa_service.web.errors import RequestProblem
from qa_service.web.limits import MAX_QUESTION


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


def check_question(request: AskRequest) -> AskRequest:
    """The request. Raises RequestProblem for a question of more than MAX_QUESTION characters."""
    length = len(request.question)
    if length > MAX_QUESTION:
        raise RequestProblem(
            "question-too-long",
            f"The question has {length} characters, at most {MAX_QUESTION} are taken. Ask one thing at a time, in a "
            "sentence or two.",
            f"问题有 {length} 个字符，最多 {MAX_QUESTION} 个。请一次问一件事，用一两句话说明。",
        )
    return request
