"""`wenbao serve` as people run it: a process of its own, asked over a real connection."""

import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer
from typing import TextIO

import pytest

_ROOT = Path(__file__).resolve().parents[2]
_COMMAND = [sys.executable, "-c", "from qa_service.cli import main; main()", "serve"]
# Long enough for a slow machine; a service that does not start must fail the test, not hold it.
_START_SECONDS = 120
_QUESTION = "示例市人力资源和社会保障局2017年收到多少件政府信息公开申请？"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def wenbao_serve(data: Path, *arguments: str) -> Iterator[int]:
    """The port of a running service; it is told to stop at the end, and must."""
    port = free_port()
    # The log goes to a file: a full pipe that nobody reads would stop the service.
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(
            [*_COMMAND, "--data", str(data), "--port", str(port), *arguments],
            cwd=_ROOT, stdout=subprocess.PIPE, stderr=log, text=True,
        )  # fmt: skip
        watchdog = Timer(_START_SECONDS, process.kill)
        watchdog.start()
        try:
            assert process.stdout is not None
            if not any(f"http://127.0.0.1:{port}" in line for line in process.stdout):
                raise AssertionError(f"the service did not start: {_text(log)}")
            watchdog.cancel()
            yield port
        finally:
            watchdog.cancel()
            process.send_signal(signal.SIGTERM)
            process.communicate(timeout=30)
        assert "Traceback" not in _text(log), _text(log)


def _text(log: TextIO) -> str:
    log.seek(0)
    return log.read()


def post(port: int, path: str, body: bytes) -> tuple[int, bytes]:
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=60)) as connection:
        connection.request("POST", path, body, {"Content-Type": "application/json"})
        reply = connection.getresponse()
        return reply.status, reply.read()


def ask(port: int, question: str) -> dict[str, object]:
    status, body = post(port, "/v1/ask", json.dumps({"question": question}).encode())
    assert status == 200, body
    answer: dict[str, object] = json.loads(body)
    return answer


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    data = tmp_path_factory.mktemp("serve") / "data"
    with wenbao_serve(data, "--samples-if-empty", str(_ROOT / "samples")) as port:
        yield port


def test_an_empty_collection_is_filled_with_the_samples_and_answers(port: int) -> None:
    answer = ask(port, _QUESTION)
    assert answer["status"] == "answered"
    assert answer["figures"]
    assert answer["citations"]


def test_the_same_question_has_the_same_bytes(port: int) -> None:
    body = json.dumps({"question": _QUESTION}).encode()
    assert len({post(port, "/v1/ask", body) for _ in range(5)}) == 1


@pytest.mark.parametrize(
    "question",
    [
        "",
        "   ",
        "问" * 20_000,
        "a" * 20_000,
        "\x00\x07\x1b[2J\u202e",
        "'; DROP TABLE reports; --",
        "3017年收到多少件申请？",
    ],
)
def test_odd_questions_get_a_clear_status_and_the_service_lives(port: int, question: str) -> None:
    answer = ask(port, question)
    assert answer["status"] in ("not_found", "needs_choice")
    assert str(answer["answer"]).strip()
    assert ask(port, _QUESTION)["status"] == "answered"


@pytest.mark.parametrize("size", [600_000, 20_000_000])
def test_a_body_over_the_limit_is_refused_in_words_that_arrive(port: int, size: int) -> None:
    status, body = post(port, "/v1/ask", b'{"question": "' + b"a" * size + b'"}')
    assert status == 413
    assert json.loads(body)["type"] == "/problems/too-large"
    assert ask(port, _QUESTION)["status"] == "answered"


@pytest.mark.parametrize(
    "lines",
    [
        b"\x16\x03\x01\x02\x00\x01\x00",
        b"GET /" + b"a" * 100_000 + b" HTTP/1.1\r\n\r\n",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/ask HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\nContent-Type: application/json\r\n\r\n{",
    ],
)
def test_what_is_no_proper_request_does_no_harm(port: int, lines: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall(lines)
    assert ask(port, _QUESTION)["status"] == "answered"


def test_a_port_that_is_taken_is_said_in_a_sentence(port: int, tmp_path: Path) -> None:
    run = subprocess.run(
        [*_COMMAND, "--data", str(tmp_path), "--port", str(port)],
        cwd=_ROOT, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert run.returncode == 1
    assert re.search(rf"port {port}.*--port", run.stderr)
    assert "Traceback" not in run.stderr


def test_several_workers_answer_from_one_collection(tmp_path: Path) -> None:
    with wenbao_serve(tmp_path / "data", "--workers", "2", "--samples-if-empty", str(_ROOT / "samples")) as port:
        assert {json.dumps(ask(port, _QUESTION)) for _ in range(8)} == {json.dumps(ask(port, _QUESTION))}
