"""Asking over HTTP: whatever the service does, the run goes on and counts it."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from eval.asking import InProcess, OverHttp
from eval.question import Expectation, GoldQuestion, GoldTurn
from eval.running import run_question
from eval.scoring import Known, Outcome
from qa_service.answering.answer import Answer
from qa_service.conversation import Turn
from tests.eval.oracle import right_answer
from tests.eval.test_scoring import EXPECT, FIGURE

GOOD = json.dumps(asdict(right_answer(EXPECT)), ensure_ascii=False)
QUESTION = GoldQuestion("q", "zh", "lookup", (GoldTurn("？", EXPECT),))


@contextmanager
def service(status: int, body: str, delay: threading.Event | None = None) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            if delay is not None:
                delay.wait(5)
            self.respond(body)

        def do_GET(self) -> None:
            items = [{"id": "some_id", "name": FIGURE.agency}]
            self.respond(json.dumps({"items": items, "next": None}))

        def respond(self, text: str) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            data = text.encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        if delay is not None:
            delay.set()
        server.shutdown()
        server.server_close()
        thread.join()


def outcome(url: str, timeout: float = 5.0) -> tuple[Outcome, str]:
    score = run_question(QUESTION, OverHttp(url, timeout), Known())
    return score.outcome, score.worst.reason


def test_an_answer_of_the_contract_is_scored() -> None:
    with service(200, GOOD) as url:
        assert outcome(url)[0] is Outcome.RIGHT
        assert OverHttp(url).agency_names() == {"some_id": FIGURE.agency}


@pytest.mark.parametrize(
    ("status", "body", "reason"),
    [
        (500, "boom", "HTTP 500: boom"),
        (200, "{", "not an answer of the contract"),
        (200, "[]", "not an answer of the contract"),
        (200, '{"status": "perhaps"}', "not an answer of the contract"),
        (200, GOOD.replace('"39"', '"thirty-nine"', 1), "'thirty-nine' is no decimal"),
    ],
)
def test_an_error_or_nonsense_is_a_failure(status: int, body: str, reason: str) -> None:
    with service(status, body) as url:
        found, said = outcome(url)
    assert found is Outcome.FAILED
    assert reason in said


def test_a_service_that_is_too_slow_or_not_there_is_a_failure() -> None:
    with service(200, GOOD, threading.Event()) as url:
        assert outcome(url, timeout=0.1) == (Outcome.FAILED, "no response: ReadTimeout: timed out")
    found, said = outcome(url)
    assert found is Outcome.FAILED
    assert said.startswith("no response: ConnectError")
    assert OverHttp(url).agency_names() == {}


class Broken:
    def ask(self, question: str, history: tuple[Turn, ...] = ()) -> Answer:
        raise ZeroDivisionError("oops")


def test_an_exception_in_process_is_a_failure_of_that_question() -> None:
    score = run_question(QUESTION, InProcess(Broken(), {}), Known())
    assert (score.outcome, score.worst.reason) == (Outcome.FAILED, "ZeroDivisionError: oops")


def test_a_turn_that_only_sets_the_scene_is_not_scored_but_must_be_answered() -> None:
    scene = GoldQuestion("q", "zh", "follow_up", (GoldTurn("一", None), GoldTurn("二", Expectation())))
    assert run_question(scene, InProcess(Broken(), {}), Known()).outcome is Outcome.FAILED
