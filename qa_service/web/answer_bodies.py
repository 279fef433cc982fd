"""Answers as they are sent, whichever door a question came in by: the same question has the same bytes at each."""

import asyncio
import hashlib
from collections.abc import Callable
from typing import Protocol

from anyio import CancelScope, CapacityLimiter
from anyio.to_thread import run_sync
from pydantic import TypeAdapter

from qa_service.answering.answer import Answer
from qa_service.conversation import Turn
from qa_service.web.answer_cache import AnswerCache
from qa_service.web.ask_request import AskRequest, Filters, check_question
from qa_service.web.limits import MAX_TURNS

_ANSWER_JSON = TypeAdapter(Answer)
# Answering is nearly all Python, so that more threads make nothing faster: they only take turns, and everybody waits for
# everybody. Measured side by side with 50 people streaming, p95: 40 threads 491 ms, 8: 331, 4: 319, 2: 252, 1: 235. Not one or
# two, for the questions of a long conversation may take a second each, and hold up all others once every thread has one.
_ANSWERED_AT_ONCE = 4


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


class AnswerBodies:
    """Answers rendered as JSON, remembered; `generation` changes with what they are made from. Safe between threads."""

    def __init__(self, answers: Answers, generation: Callable[[], int]) -> None:
        self._answers = answers
        self._cache = AnswerCache(generation)
        self._threads = CapacityLimiter(_ANSWERED_AT_ONCE)

    def get(self, request: AskRequest) -> bytes:
        """The answer object as UTF-8 JSON on one line.

        Raises RequestProblem for a question of more than MAX_QUESTION characters, and what the answering raises.
        """
        check_question(request)
        # The request itself is not kept: its history may be as long as a body can be.
        key = hashlib.sha256(repr(request).encode("utf-8", "surrogatepass")).digest()
        return self._cache.get(key, lambda: self._render(request))

    async def get_in_thread(self, request: AskRequest) -> bytes:
        """As `get`, in one of a few threads; raises what it raises."""
        return await run_sync(self.get, request, limiter=self._threads)

    async def get_in_time(self, request: AskRequest, seconds: float) -> bytes:
        """As `get_in_thread`. Raises TimeoutError after so many seconds.

        Once nobody waits any more (the time is up, or the client has gone), work that has not begun never does, and work
        that has begun keeps its place among the threads until it ends.
        """
        scope = CancelScope()

        async def work() -> bytes:
            with scope:
                return await self.get_in_thread(request)
            raise TimeoutError

        task = asyncio.create_task(work())
        # Nobody may be left to hear of its failure.
        task.add_done_callback(lambda done: done.cancelled() or done.exception())
        try:
            done, _ = await asyncio.wait({task}, timeout=seconds)
        finally:
            scope.cancel()
        if not done:
            raise TimeoutError
        return task.result()

    def _render(self, request: AskRequest) -> bytes:
        # Only the last turns can matter to a follow-up; a long conversation is no fault.
        history = tuple(Turn(turn.role, turn.content) for turn in request.history[-MAX_TURNS:])
        filters = request.filters or Filters()
        answer = self._answers.ask(
            request.question, history, request.language, agency=filters.agency, year=filters.year
        )
        # Not checked a second time against the response model.
        return _ANSWER_JSON.dump_json(answer)
