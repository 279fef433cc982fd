"""Answers are remembered for as long as the collection stays as it is, and not a question longer."""

from sys import getrefcount
from threading import Event, Thread

import pytest
from fastapi.testclient import TestClient

from qa_service.library import Library
from qa_service.web import answer_cache
from qa_service.web.answer_bodies import AnswerBodies
from qa_service.web.answer_cache import AnswerCache
from qa_service.web.ask_request import AskRequest, HistoryTurn
from tests.qa_service.web.conftest import RecordingAnswers
from tests.qa_service.web.planted import planted_ingestion


def test_a_question_is_answered_once_until_the_collection_changes(
    client: TestClient, answers: RecordingAnswers, library: Library
) -> None:
    for _ in range(3):
        client.post("/v1/ask", json={"question": "a"})
    assert len(answers.asked) == 1
    library.save(planted_ingestion(2019))
    client.post("/v1/ask", json={"question": "a"})
    assert len(answers.asked) == 2
    library.remove("demo_bureau_2019-000007e3")
    client.post("/v1/ask", json={"question": "a"})
    assert len(answers.asked) == 3


@pytest.mark.parametrize(
    "other",
    [
        {"question": "A"},
        {"question": "a", "language": "en"},
        {"question": "a", "filters": {"year": 2020}},
        {"question": "a", "filters": {"agency": "demo_bureau"}},
        {"question": "a", "history": [{"role": "user", "content": "b"}]},
    ],
)
def test_whatever_may_change_the_answer_asks_anew(
    client: TestClient, answers: RecordingAnswers, other: dict[str, object]
) -> None:
    client.post("/v1/ask", json={"question": "a"})
    client.post("/v1/ask", json=other)
    assert len(answers.asked) == 2


def test_a_fault_is_not_remembered(client: TestClient) -> None:
    for _ in range(2):
        assert client.post("/v1/ask", json={"question": "fail"}).status_code == 500


def test_what_was_made_before_a_change_is_not_given_out_after_it() -> None:
    generation = 1
    cache = AnswerCache(lambda: generation)
    begun, changed = Event(), Event()

    def slowly() -> bytes:
        begun.set()
        changed.wait(10)
        return b"old"

    thread = Thread(target=cache.get, args=("question", slowly))
    thread.start()
    begun.wait(10)
    generation = 2
    assert cache.get("other", lambda: b"new") == b"new"
    changed.set()
    thread.join(10)
    assert cache.get("question", lambda: b"new") == b"new"


def test_the_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer_cache, "_ANSWERS_AT_MOST", 2)
    made: list[str] = []
    cache = AnswerCache(lambda: 1)

    def get(key: str, size: int = 1) -> None:
        def make() -> bytes:
            made.append(key)
            return b"x" * size

        cache.get(key, make)

    for key in ("a", "b", "a", "c", "a", "b"):
        get(key)
    # "b" was asked longest ago when "c" came.
    assert made == ["a", "b", "c", "b"]
    get("large", size=1024 * 1024)
    get("large", size=1024 * 1024)
    assert made[-2:] == ["large", "large"]


def test_what_was_said_before_is_not_kept_with_the_answer(answers: RecordingAnswers) -> None:
    request = AskRequest("a", (HistoryTurn("user", "long" * 100_000),))
    bodies = AnswerBodies(answers, lambda: 1)
    held = getrefcount(request)
    first = bodies.get(request)
    assert getrefcount(request) == held
    assert bodies.get(AskRequest("a", (HistoryTurn("user", "long" * 100_000),))) == first
    assert len(answers.asked) == 1
