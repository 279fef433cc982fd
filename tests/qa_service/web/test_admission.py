"""What is too much is told so, in words and with the time to come again; whether the service lives may always be asked."""

import asyncio
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Event as Signal
from threading import Semaphore
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from httpx2 import Response
from starlette.types import Message, Receive, Scope, Send

from qa_service.answering.answer import Answer, Kind, Status
from qa_service.conversation import Turn
from qa_service.library import Library
from qa_service.web.admission import PATHS, Admission, AdmissionLimits
from qa_service.web.app import create_app
from qa_service.web.client_rate import ClientRate
from qa_service.web.limits import MAX_BODY_BYTES, MAX_QUESTION
from tests.qa_service.web.conftest import RecordingAnswers
from tests.qa_service.web.events import parse_events
from tests.qa_service.web.problem import assert_problem
from tests.qa_service.web.running import serving


class WaitingAnswers:
    """Answers nothing until it is told to go on."""

    def __init__(self) -> None:
        self.go_on = Signal()
        self.begun = Semaphore(0)

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        language: str = "auto",
        agency: str | None = None,
        year: int | None = None,
    ) -> Answer:
        self.begun.release()
        self.go_on.wait(20)
        return Answer(Status.NOT_FOUND, Kind.FIGURE, "zh", question)


def send(client: Any, path: str, question: str = "a") -> Any:
    """A request at a door of its own kind."""
    if path == "/v1/passages":
        return client.get(path, params={"q": question})
    if path == "/v1/chat/completions":
        return client.post(path, json={"messages": [{"role": "user", "content": question}]})
    if path == "/mcp":
        call = {"name": "ask", "arguments": {"question": question}}
        body = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": call}
        headers = {"Accept": "application/json, text/event-stream", "Host": "127.0.0.1"}
        return client.post(path, json=body, headers=headers)
    return client.post(path, json={"question": question})


def assert_refused(reply: Response, path: str, code: str) -> None:
    """429 with the time to come again, in the form of that door."""
    assert reply.status_code == 429
    assert int(reply.headers["retry-after"]) >= 1
    if path == "/v1/chat/completions":
        assert reply.json()["error"]["type"] == "rate_limit_error"
        assert reply.json()["error"]["code"] == code
    else:
        assert_problem(reply, 429, code)


def test_all_doors_for_questions_are_watched(client: TestClient) -> None:
    paths = client.get("/openapi.json").json()["paths"]
    asking = {path for path, methods in paths.items() if "post" in methods and path != "/v1/reports"}
    assert asking | {"/v1/passages", "/mcp"} == PATHS


@pytest.mark.parametrize("path", sorted(PATHS))
def test_a_client_that_asks_too_often_is_told_to_wait(library: Library, path: str) -> None:
    app = create_app(library, RecordingAnswers(), limits=AdmissionLimits(per_minute=2))
    with TestClient(app) as client:
        assert [send(client, path).status_code for _ in range(2)] == [200, 200]
        assert_refused(send(client, path), path, "too-many-requests")
        assert client.get("/healthz").status_code == 200
        assert client.get("/v1/reports").status_code == 200
    with TestClient(app, client=("192.0.2.9", 1)) as other:
        assert send(other, path).status_code == 200


@pytest.mark.parametrize("path", sorted(PATHS - {"/v1/passages"}))
def test_more_at_once_than_can_be_answered_are_told_to_come_again(library: Library, path: str) -> None:
    answers = WaitingAnswers()
    app = create_app(library, answers, limits=AdmissionLimits(at_once=2))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client, ThreadPoolExecutor(2) as pool:
        waiting = [pool.submit(httpx.post, f"{address}/v1/ask", json={"question": str(n)}, timeout=30) for n in (1, 2)]
        for _ in waiting:
            assert answers.begun.acquire(timeout=20)
        assert_refused(send(client, path, "b"), path, "too-many-at-once")
        assert client.get("/healthz").status_code == 200
        answers.go_on.set()
        assert [each.result().status_code for each in waiting] == [200, 200]
        assert send(client, path, "c").status_code == 200


@pytest.mark.parametrize("path", sorted(PATHS - {"/v1/passages", "/v1/ask/stream"}))
def test_what_takes_too_long_is_given_up(library: Library, path: str) -> None:
    answers = WaitingAnswers()
    app = create_app(library, answers, limits=AdmissionLimits(seconds=0.2))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client:
        reply = send(client, path)
        assert reply.status_code == 503
        assert reply.headers["retry-after"]
        answers.go_on.set()
        # What the first request began goes on, and sooner or later nothing takes long any more.
        assert any(send(client, path, "b").status_code == 200 for _ in range(50))


def test_a_stream_that_takes_too_long_ends_with_an_error(library: Library) -> None:
    answers = WaitingAnswers()
    with TestClient(create_app(library, answers, limits=AdmissionLimits(seconds=0.2))) as client:
        events = parse_events(send(client, "/v1/ask/stream").text.split("\n"))
        answers.go_on.set()
        assert [event.name for event in events] == ["error"]
        assert "/problems/took-too-long" in events[0].data
        assert "event: answer" in send(client, "/v1/ask/stream", "b").text


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream", "/v1/chat/completions", "/mcp"])
def test_a_question_that_is_too_long_is_told_so(client: TestClient, path: str) -> None:
    assert send(client, path, "问" * MAX_QUESTION).status_code == 200
    reply = send(client, path, "问" * (MAX_QUESTION + 1))
    if path == "/mcp":
        assert reply.json()["result"]["isError"]
    else:
        assert reply.status_code == 413
    assert str(MAX_QUESTION) in reply.text


def test_a_refusal_leaves_the_connection_usable(library: Library) -> None:
    answers = WaitingAnswers()
    app = create_app(library, answers, limits=AdmissionLimits(at_once=1))
    with serving(app) as address, httpx.Client(base_url=address, timeout=30) as client, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(httpx.post, f"{address}/v1/ask", json={"question": "1"}, timeout=30)
        assert answers.begun.acquire(timeout=20)
        for _ in range(3):
            # The body is not read before it is refused.
            reply = client.post("/v1/ask", content=b'{"question": "' + b"a" * (MAX_BODY_BYTES - 100) + b'"}')
            assert reply.status_code == 429
        answers.go_on.set()
        assert waiting.result().status_code == 200
        assert client.get("/healthz").status_code == 200


def test_clients_are_told_apart_by_their_network() -> None:
    rate = ClientRate(1)
    assert rate.take("192.0.2.1")
    assert rate.take("192.0.2.2")
    assert not rate.take("192.0.2.1")
    assert not rate.take("::ffff:192.0.2.1")
    assert rate.take("2001:db8:1:2::1")
    assert not rate.take("2001:db8:1:2:ffff::9")
    assert rate.take("2001:db8:1:3::1")
    assert rate.take("a name")
    assert not rate.take("a name")
    for here in ("127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"):
        assert rate.take(here)
        assert rate.take(here)


async def test_the_refusal_is_whole_where_the_work_ends_at_the_very_moment_it_is_given_up() -> None:
    sent: list[Message] = []

    async def at_the_last_moment(scope: Scope, receive: Receive, send: Send) -> None:
        time.sleep(0.01)  # nothing else may run meanwhile
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        await send({"type": "http.response.start", "status": 200, "headers": []})

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope: Scope = {"type": "http", "path": "/v1/ask", "method": "POST", "headers": [], "client": None}
    await Admission(at_the_last_moment, AdmissionLimits(seconds=0.001))(scope, receive, send)
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    assert sent[0]["status"] == 503
