"""Many files read by several child processes; what they read comes back one by one to the single writer."""

import os
from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass
from multiprocessing.connection import wait
from pathlib import Path
from tempfile import TemporaryDirectory
from types import TracebackType
from typing import Self

from ingest.ingestion import Ingestion
from ingest.limits import Limits
from ingest.reader_process import ReaderProcess
from ingest.report_files import ReportFile, UnopenedFile
from reports.errors import WenbaoError

# Results that may wait for an earlier file which takes long, and the bytes of their files.
_WAITING_AT_MOST = 64
_BYTES_WAITING_AT_MOST = 512 * 1024 * 1024
_WATCH_EVERY = 0.2
# Files that one child reads: libraries written in C give memory back late.
_FILES_AT_MOST = 100
# Why a child may end through files that it read before; the file gets a fresh child.
_PERHAPS_OF_EARLIER_FILES = ("reader-died", "took-too-much-memory")


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file: exactly one of ingestion, error and known is set.

    known: the id of the report that was stored from this very file before; it was not read again.
    content: the bytes of the file; None where it was refused.
    """

    path: str
    ingestion: Ingestion | None = None
    error: WenbaoError | None = None
    known: str | None = None
    content: bytes | None = None


def processes_here() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_files(
    files: Iterable[ReportFile | UnopenedFile],
    find_known: Callable[[str], str | None] = lambda _: None,
    processes: int = 1,
    limits: Limits | None = None,
) -> Generator[FileResult, None, None]:
    """Reads each file in a child process under limits; results come in the order of the files.

    The order matters: which of two files of one year is the later revision must not depend on which child was faster.
    A file is always read in a child, be it a single one, because only a process of its own can be stopped; a child is
    started when there is a file for it, so that none is where all files are known. files is asked for the next one only
    when a child is free. find_known: the id of the report that was read from a file with this SHA-256.
    A file that takes too much or ends its child is an error of that file, and another child takes over.
    Raises WenbaoError where no child can be started. Closing the iterator ends all children.
    """
    todo = enumerate(files)
    finished: dict[int, FileResult] = {}
    given, more = 0, True
    with _Children(processes, limits or Limits()) as children:
        while True:
            while more and _has_room(finished) and children.have_room:
                number, file = next(todo, (-1, None))
                if file is None:
                    more = False
                elif isinstance(file, UnopenedFile):
                    finished[number] = FileResult(file.path, error=file.error)
                elif known := find_known(file.sha256):
                    finished[number] = FileResult(file.path, known=known, content=file.data)
                else:
                    children.read(number, file)
                del file
            while given in finished:
                yield finished.pop(given)
                given += 1
            if not more and not children.are_busy:
                return
            finished.update(children.wait())


def _has_room(finished: Mapping[int, FileResult]) -> bool:
    waiting = sum(len(each.content or b"") for each in finished.values())
    return len(finished) < _WAITING_AT_MOST and waiting < _BYTES_WAITING_AT_MOST


class _Children:
    """The child processes, and which file each has."""

    def __init__(self, processes: int, limits: Limits) -> None:
        self._processes = processes
        self._limits = limits
        self._idle: list[ReaderProcess] = []
        self._busy: dict[ReaderProcess, tuple[int, ReportFile]] = {}
        self._folder = TemporaryDirectory(prefix="wenbao-read-", ignore_cleanup_errors=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for child in (*self._idle, *self._busy):
            child.close()
        self._folder.cleanup()

    @property
    def have_room(self) -> bool:
        return len(self._busy) < self._processes

    @property
    def are_busy(self) -> bool:
        return bool(self._busy)

    def read(self, number: int, file: ReportFile) -> None:
        self._read_by(self._idle.pop() if self._idle else self._new(), number, file)

    def wait(self) -> dict[int, FileResult]:
        """The results that are there, by number; {} if none came within a moment."""
        by_connection = {child.connection: child for child in self._busy}
        ready = {by_connection[each] for each in wait(by_connection, _WATCH_EVERY)}  # type: ignore[index]
        found: dict[int, FileResult] = {}
        for child in list(self._busy):
            outcome = child.receive() if child in ready else child.check()
            if outcome is not None:
                number, file = self._busy.pop(child)
                if child.is_open:
                    self._keep(child)
                elif isinstance(outcome, WenbaoError) and outcome.code in _PERHAPS_OF_EARLIER_FILES and child.files > 1:
                    self._read_by(self._new(), number, file)
                    continue
                found[number] = _result(file, outcome)
        return found

    def _new(self) -> ReaderProcess:
        return ReaderProcess(self._limits, Path(self._folder.name))

    def _read_by(self, child: ReaderProcess, number: int, file: ReportFile) -> None:
        self._busy[child] = (number, file)
        child.read(file)

    def _keep(self, child: ReaderProcess) -> None:
        if child.files >= _FILES_AT_MOST:
            child.close()
        else:
            self._idle.append(child)


def _result(file: ReportFile, outcome: Ingestion | WenbaoError) -> FileResult:
    if isinstance(outcome, Ingestion):
        return FileResult(file.path, ingestion=outcome, content=file.data)
    return FileResult(file.path, error=outcome)
