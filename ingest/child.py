"""A process that reads one file after another for its parent, under limits that it cannot lift: `ingest.child.main`.

It imports the readers and the catalogue, no database, vectors or web, so that it starts in a fraction of a second.
"""

import os
import resource
import signal
import sys
import traceback
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from queue import SimpleQueue
from threading import Thread

import psutil

from indicators.catalogue import Catalogue, load_catalogue
from ingest.ingestion import Ingestion
from ingest.read_report import ingest_document, parse_document
from reports.errors import NotAReport, UnreadableFile

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class ReadingFailed:
    """Why there is nothing to send: trace of a fault that nobody foresaw, or None where memory ran out."""

    trace: str | None


Request = tuple[str, bytes]
Answer = Ingestion | UnreadableFile | NotAReport | ReadingFailed
READY = "ready"


def main() -> None:
    """Serves the connection whose file descriptor is the first argument; seconds and megabytes are the others.

    Each request is a file's name and bytes and gets one answer. Ends when the parent closes the connection or dies.
    """
    connection = Connection(int(sys.argv[1]))
    seconds, megabytes = int(sys.argv[2]), int(sys.argv[3])
    # Ctrl-C reaches every process of the terminal; the parent decides what becomes of this one.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    catalogue = load_catalogue()
    _limit(resource.RLIMIT_CORE, 0)
    # Twice what a file may take, see `_took_too_much`.
    _limit(resource.RLIMIT_AS, 2 * megabytes * _MEGABYTE)
    requests: SimpleQueue[Request] = SimpleQueue()
    Thread(target=_receive, args=(connection, requests), daemon=True).start()
    connection.send(READY)
    while True:
        name, data = requests.get()
        _limit_processor_time(seconds)
        answer = _read(name, data, catalogue)
        connection.send(ReadingFailed(None) if _took_too_much(megabytes) else answer)


def _receive(connection: Connection, requests: "SimpleQueue[Request]") -> None:
    """Ends this process, also in the middle of a file, as soon as nobody is there to take the answer."""
    try:
        while True:
            requests.put(connection.recv())
    except (EOFError, OSError, MemoryError):
        try:
            # LibreOffice, if it is at work, would go on for nobody.
            for begun in psutil.Process().children(recursive=True):
                begun.kill()
        finally:
            os._exit(1)


def _read(name: str, data: bytes, catalogue: Catalogue) -> Answer:
    try:
        return ingest_document(parse_document(data, name), catalogue)
    except (UnreadableFile, NotAReport) as error:
        # Its causes may hold what cannot be sent.
        error.__cause__ = error.__context__ = None
        return error.with_traceback(None)
    except MemoryError:
        return ReadingFailed(None)
    except Exception:  # noqa: BLE001 - the parent logs the trace
        return ReadingFailed(traceback.format_exc())


def _took_too_much(megabytes: int) -> bool:
    """Whether more memory was ever taken. Then no answer counts: libraries that ask the system for memory in vain say that
    the file is damaged, or leave out what did not fit. Before that happens they have passed `megabytes`, as the system's
    own limit is twice as high."""
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > megabytes * _MEGABYTE
    peak = next(line for line in status.read_text().splitlines() if line.startswith("VmPeak:"))
    return int(peak.split()[1]) > megabytes * 1024


def _limit_processor_time(seconds: int) -> None:
    """`seconds` from now on; beyond that the system ends this process."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    _limit(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime) + seconds + 1)


def _limit(which: int, soft: int) -> None:
    hard = resource.getrlimit(which)[1]
    try:
        resource.setrlimit(which, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))
    except (ValueError, OSError):
        # macOS knows no limit of memory; there the parent's own watch is what holds.
        return
