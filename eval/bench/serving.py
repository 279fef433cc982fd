"""A service in a process of its own: time to its first answer, requests a second, memory."""

import asyncio
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from socket import socket

import httpx
import psutil

_START_WITHIN = 60.0
_CONNECTIONS = 8


@contextmanager
def run_service(command: Sequence[str], environment: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    """A process that is ended, with its children, when the block is left."""
    process = subprocess.Popen(
        command, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def wenbao_command(data: Path, port: int) -> list[str]:
    """`wenbao serve` of this installation."""
    start = "from qa_service.cli import main; main()"
    return [sys.executable, "-c", start, "serve", "--data", str(data), "--port", str(port)]


def empty_command(port: int) -> list[str]:
    """A FastAPI application with one endpoint that does nothing (`empty_app`)."""
    return [
        sys.executable,
        "-m",
        "uvicorn",
        "eval.bench.empty_app:app",
        "--port",
        str(port),
        "--log-level",
        "warning",
        "--no-access-log",
    ]


def free_port() -> int:
    """A port nobody listens on now."""
    with socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def wait_for_answer(port: int, question: str, started: float) -> float:
    """Seconds from `started` (perf_counter) to the first answered question. Raises TimeoutError after a minute."""
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=10) as client:
        while time.perf_counter() - started < _START_WITHIN:
            try:
                response = client.post("/v1/ask", json={"question": question})
                if response.status_code == httpx.codes.OK:
                    return time.perf_counter() - started
            except httpx.HTTPError:
                pass
            time.sleep(0.01)
    raise TimeoutError("the service did not answer within a minute")


def time_to_first_answer(data: Path, question: str) -> float:
    """Seconds from starting `wenbao serve` to its first answer."""
    port, started = free_port(), time.perf_counter()
    with run_service(wenbao_command(data, port), {}):
        return wait_for_answer(port, question, started)


def answer_size(port: int, question: str) -> int:
    """Bytes of the answer to a question."""
    response = httpx.post(f"http://127.0.0.1:{port}/v1/ask", json={"question": question}, timeout=10)
    return len(response.content)


def resident_megabytes(process: subprocess.Popen[bytes]) -> float:
    """Resident memory of a process and its children."""
    parent = psutil.Process(process.pid)
    return sum(each.memory_info().rss for each in (parent, *parent.children(recursive=True))) / 2**20


def requests_per_second(port: int, questions: Sequence[str], seconds: float) -> float:
    """Answers a second over a few kept-alive connections, asking the questions in turn."""
    return asyncio.run(_load(port, [_request(question) for question in questions], seconds))


def _request(question: str) -> bytes:
    body = json.dumps({"question": question}, ensure_ascii=False).encode()
    head = f"POST /v1/ask HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body


async def _load(port: int, requests: Sequence[bytes], seconds: float) -> float:
    started = time.perf_counter()
    counts = await asyncio.gather(*(_ask_on(port, requests, at, started + seconds) for at in range(_CONNECTIONS)))
    return sum(counts) / (time.perf_counter() - started)


async def _ask_on(port: int, requests: Sequence[bytes], offset: int, until: float) -> int:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered = 0
    while time.perf_counter() < until:
        writer.write(requests[(offset + answered * _CONNECTIONS) % len(requests)])
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(f"the service answered {head.splitlines()[0].decode()}")
        length = next(line for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        await reader.readexactly(int(length.partition(b":")[2]))
        answered += 1
    writer.close()
    await writer.wait_closed()
    return answered
