"""Many people streaming answers from one worker at the same moment: how long they wait, and whether memory stays flat."""

import asyncio
import json
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles

from eval.bench.result import Measured, below
from eval.bench.serving import free_port, resident_megabytes, run_service, wait_for_answer, wenbao_command

PEOPLE = 50
# Long enough for the memory of answers to be full and for whatever is loaded in the background to be there.
_WARM_SECONDS = 20.0
_SAMPLES = 20
_STREAM_BYTES = 2**22


def measure_streaming(data: Path, questions: Sequence[str], seconds: float) -> Iterator[Measured]:
    """The measures over a collection; questions: so many different ones that few answers are remembered."""
    port = free_port()
    with run_service(wenbao_command(data, port), {}) as service:
        wait_for_answer(port, questions[0], time.perf_counter())
        requests = [_request(question) for question in questions]
        asyncio.run(_stream(port, requests, _WARM_SECONDS, lambda: None))
        memory: list[float] = []
        waits = asyncio.run(_stream(port, requests, seconds, lambda: memory.append(resident_megabytes(service))))
    what = f"{PEOPLE} people streaming at once from one worker, each asking again as soon as it is answered"
    yield below(f"{what} ({len(waits):,} answers in {seconds:.0f} s): whole answer, p50", median(waits), None, "ms")
    yield below("whole answer, p95", quantiles(waits, n=20)[-1], 500, "ms")
    quarter = max(1, len(memory) // 4)
    start, end = median(memory[:quarter]), median(memory[-quarter:])
    yield below("resident memory of the service in the last quarter of that time", end, None, "MB")
    yield below("as a ratio to the first quarter", end / start, 1.05, "")


def _request(question: str) -> bytes:
    body = json.dumps({"question": question}, ensure_ascii=False).encode()
    head = (
        "POST /v1/ask/stream HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


async def _stream(port: int, requests: Sequence[bytes], seconds: float, sample: Callable[[], None]) -> list[float]:
    until = time.perf_counter() + seconds
    sampling = asyncio.create_task(_sample(sample, seconds / _SAMPLES))
    found = await asyncio.gather(*(_person(port, requests, number, until) for number in range(PEOPLE)))
    sampling.cancel()
    return [wait for waits in found for wait in waits]


async def _sample(sample: Callable[[], None], every: float) -> None:
    while True:
        sample()
        await asyncio.sleep(every)


async def _person(port: int, requests: Sequence[bytes], number: int, until: float) -> list[float]:
    """Asks one question after the other on a connection of its own; how long each took to come whole, in ms."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=_STREAM_BYTES)
    waits: list[float] = []
    while time.perf_counter() < until:
        started = time.perf_counter()
        writer.write(requests[(number + len(waits) * PEOPLE) % len(requests)])
        head = await reader.readuntil(b"\r\n\r\n")
        if b" 200 " not in head.split(b"\r\n", 1)[0]:
            raise RuntimeError(f"the service answered {head.splitlines()[0].decode()}")
        # The body ends with a chunk of length 0; nothing else in it can look like that, as JSON holds no line ends.
        body = await reader.readuntil(b"0\r\n\r\n")
        if b"event: answer" not in body:
            raise RuntimeError("a stream ended without its answer")
        waits.append(1000 * (time.perf_counter() - started))
    writer.close()
    await writer.wait_closed()
    return waits
