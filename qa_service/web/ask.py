"""POST /v1/ask."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Literal, Protocol

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import AfterValidator, TypeAdapter

from qa_service.answering.answer import Answer
from qa_service.conversation import Turn
from qa_service.web.answer_cache import AnswerCache
from qa_service.web.limits import MAX_TURNS

_ANSWER_JSON = TypeAdapter(Answer)


def _whole_characters(text: str) -> str:
    """JSON can spell half a character (a lone surrogate, from text cut in the middle); UTF-8 cannot carry it back."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


Text = Annotated[str, AfterValidator(_whole_characters)]


class Answers(Protocol):
    """Whatever answers a question; `qa_service.answering.dispatch.Answerer` does."""

    def ask(
        self,
        question: str,
        history: tuple[Turn, ...] = (),
        language: str = "auto",
        agency: str | None = None,
        year: int | None = None,
    ) -> Answer: ...


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


def make_router(answers: Answers, generation: Callable[[], int]) -> APIRouter:
    """The route over whatever answers; `generation` changes with what the answers are made from."""
    cache = AnswerCache(generation)
    router = APIRouter(tags=["ask"])

    @router.post("/v1/ask", response_model=Answer, summary="Answer a question with cited figures")
    def ask(request: AskRequest) -> Response:
        body = cache.get(request, lambda: _render_answer(answers, request))
        return Response(body, media_type="application/json")

    return router


def _render_answer(answers: Answers, request: AskRequest) -> bytes:
    # Only the last turns can matter to a follow-up; a long conversation is no fault.
    history = tuple(Turn(turn.role, turn.content) for turn in request.history[-MAX_TURNS:])
    filters = request.filters or Filters()
    answer = answers.ask(request.question, history, request.language, agency=filters.agency, year=filters.year)
    # Serialised here, in the worker thread, and not checked a second time against the response model.
    return _ANSWER_JSON.dump_json(answer)
