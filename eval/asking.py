"""Ways to ask a question: of the answering code in this process, or of a service over HTTP."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

import httpx
from pydantic import TypeAdapter, ValidationError

from qa_service.answering.answer import Answer
from qa_service.conversation import Turn

_ANSWER = TypeAdapter(Answer)
_MESSAGE_AT_MOST = 300


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: an answer, or why there is none. seconds: as the asker waited.

    text_only: the answer is a text without figures and citations, as a chat gives it.
    """

    answer: Answer | None
    seconds: float
    failure: str | None = None
    text_only: bool = False


class Asker(Protocol):
    """Something that can be asked; it never raises for what the other side does."""

    def ask(self, question: str, history: Sequence[Turn]) -> Reply: ...

    def agency_names(self) -> Mapping[str, str]:
        """Official name by the id that answers give an agency; empty where nobody can say."""
        ...


class Answers(Protocol):
    """The answering code, as `qa_service.answering.dispatch.Answerer` offers it."""

    def ask(self, question: str, history: tuple[Turn, ...] = ()) -> Answer: ...


@dataclass(frozen=True)
class InProcess:
    """Asks the answering code directly. An exception in it is a failure of that question, not of the run."""

    answers: Answers
    names: Mapping[str, str]

    def agency_names(self) -> Mapping[str, str]:
        return self.names

    def ask(self, question: str, history: Sequence[Turn]) -> Reply:
        started = time.perf_counter()
        try:
            answer = self.answers.ask(question, tuple(history))
        except Exception as error:  # noqa: BLE001  (whatever it raises is the finding)
            return Reply(None, time.perf_counter() - started, f"{type(error).__name__}: {error}"[:_MESSAGE_AT_MOST])
        return Reply(answer, time.perf_counter() - started)


@dataclass(frozen=True)
class OverHttp:
    """Asks `POST /v1/ask` of a service. timeout in seconds for one question."""

    url: str
    timeout: float = 30.0

    @cached_property
    def _client(self) -> httpx.Client:
        return httpx.Client(base_url=self.url, timeout=self.timeout)

    def agency_names(self) -> Mapping[str, str]:
        """From `GET /v1/agencies`, all pages; what cannot be read is left out, and its answers will not match."""
        names: dict[str, str] = {}
        path: str | None = "/v1/agencies?limit=1000"
        while path:
            try:
                page = self._client.get(path).raise_for_status().json()
                names |= {item["id"]: item["name"] for item in page["items"]}
                path = page["next"]
            except (httpx.HTTPError, ValueError, KeyError, TypeError):
                break
        return names

    def ask(self, question: str, history: Sequence[Turn]) -> Reply:
        body = {"question": question, "history": [{"role": turn.role, "content": turn.content} for turn in history]}
        started = time.perf_counter()
        try:
            response = self._client.post("/v1/ask", json=body)
        except httpx.HTTPError as error:
            return Reply(None, time.perf_counter() - started, f"no response: {type(error).__name__}: {error}")
        seconds = time.perf_counter() - started
        if response.status_code != httpx.codes.OK:
            return Reply(None, seconds, f"HTTP {response.status_code}: {response.text[:_MESSAGE_AT_MOST]}")
        try:
            return Reply(_ANSWER.validate_json(response.content), seconds)
        except ValidationError as error:
            return Reply(None, seconds, f"not an answer of the contract: {error.errors()[0]['msg']}")
