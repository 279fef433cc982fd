"""Other products on the same questions: an OpenAI-compatible chat endpoint, figures read from its text.

A text names no indicator, body or year for its numbers, so the verdict is by value alone and kinder than that on an
answer object: the first number which neither the question holds nor is a year must be an expected one, and all expected
ones must stand in the text.
"""

import re
import time
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import httpx

from eval.asking import Reply
from eval.matching import ordered_numbers_in, same_amount
from eval.question import Expectation
from qa_service.answering.answer import Answer, Kind, Status
from qa_service.conversation import Turn

_MESSAGE_AT_MOST = 300
_LIST_MARK = re.compile(r"^\s*\d{1,2}[.)、．]\s*", re.MULTILINE)
_NOTHING = re.compile(
    r"没有|未找到|找不到|无法|不知道|不掌握|抱歉|not (?:found|available|in|hold|have)|no (?:data|report|information|figure)"
    r"|cannot|don't|do not|unable|sorry",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class OverChat:
    """Asks `POST …/chat/completions` of an endpoint that speaks the OpenAI protocol.

    url: up to and including the version ("http://127.0.0.1:8000/v1"). timeout in seconds for one question.
    """

    url: str
    model: str = "wenbao"
    key: str = ""
    timeout: float = 120.0

    @cached_property
    def _client(self) -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        return httpx.Client(base_url=self.url, timeout=self.timeout, headers=headers)

    def agency_names(self) -> Mapping[str, str]:
        """A chat names no ids."""
        return {}

    def ask(self, question: str, history: Sequence[Turn]) -> Reply:
        """The text as an answer without figures; never raises for what the endpoint does."""
        messages = [{"role": turn.role, "content": turn.content} for turn in history]
        messages.append({"role": "user", "content": question})
        started = time.perf_counter()
        try:
            response = self._client.post(
                "chat/completions", json={"model": self.model, "messages": messages, "temperature": 0}
            )
        except httpx.HTTPError as error:
            return Reply(None, time.perf_counter() - started, f"no response: {type(error).__name__}: {error}")
        seconds = time.perf_counter() - started
        if response.status_code != httpx.codes.OK:
            return Reply(None, seconds, f"HTTP {response.status_code}: {response.text[:_MESSAGE_AT_MOST]}")
        try:
            text = response.json()["choices"][0]["message"]["content"]
        except (ValueError, KeyError, IndexError, TypeError):
            return Reply(None, seconds, "not an answer of the chat protocol")
        if not isinstance(text, str):
            return Reply(None, seconds, "the chat's message holds no text")
        return Reply(Answer(_status(text, question), Kind.FIGURE, "", text), seconds, text_only=True)


def find_fault(text: str, question: str, expect: Expectation) -> tuple[str, str] | None:
    """What is wrong with a chat's text: an outcome ("wrong_figure", "refused") and the reason; None for nothing."""
    said = told_numbers(text, question)
    wanted = [figure for figure in expect.figures if figure.value is not None]
    allowed = [*wanted, *(figure for figure in expect.also if figure.value is not None)]
    everything = ordered_numbers_in(_plain(text))
    for figure in wanted:
        if not any(same_amount(number, figure) for number in everything):
            reason = f"{figure.value} does not stand in the text"
            return ("wrong_figure" if said else "refused", reason)
    if said and not any(same_amount(said[0], figure) for figure in allowed):
        told = expect.must_contain and not wanted and not expect.also
        return None if told else ("wrong_figure", f"the first figure of the text is {said[0]}")
    return None


def told_numbers(text: str, question: str) -> list[Decimal]:
    """The numbers that a text tells, in order: neither years nor list marks nor those of the question."""
    asked = set(ordered_numbers_in(question))
    return [number for number in ordered_numbers_in(_plain(text)) if number not in asked and not _year(number)]


def _plain(text: str) -> str:
    return _LIST_MARK.sub("", unicodedata.normalize("NFKC", text.replace("，", " ")))


def _year(number: Decimal) -> bool:
    return number == number.to_integral_value() and 1990 <= number <= 2099


def _status(text: str, question: str) -> Status:
    if told_numbers(text, question):
        return Status.ANSWERED
    if text.rstrip().endswith(("?", "？")):
        return Status.NEEDS_CHOICE
    return Status.NOT_FOUND if _NOTHING.search(text) else Status.ANSWERED
