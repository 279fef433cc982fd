"""Saves what is read from many files and says what became of each."""

import logging
import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text

from indicators.report_writer import Reading
from indicators.stored_report import ReportItem, Saved
from reports.errors import StoreError, WenbaoError

log = logging.getLogger(__name__)

# The code of a file at which a reader failed in a way nobody foresaw.
FAULT = "internal"


class Keeps(Protocol):
    """Whatever keeps reports; `qa_service.library.Library` does."""

    def save(self, reading: Reading, original: bytes | None = None) -> Saved: ...
    def keep_original(self, report_id: str, content: bytes) -> None: ...
    def report_item(self, report_id: str) -> ReportItem | None: ...


class Result(Protocol):
    """What became of the reading of one file; `ingest.bulk.FileResult` is one.

    known: the report it is stored as. content: the bytes of a file that was not refused.
    """

    @property
    def path(self) -> str: ...
    @property
    def ingestion(self) -> Reading | None: ...
    @property
    def error(self) -> WenbaoError | None: ...
    @property
    def known(self) -> str | None: ...
    @property
    def content(self) -> bytes | None: ...


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that is stored. figures and problems are counts; outcome "unchanged": this very file was stored before."""

    file: str
    report: str
    agency_name: str
    year: int
    edition: str | None
    revision: int
    outcome: Literal["new", "revised", "unchanged"]
    figures: int
    problems: int


@dataclass(frozen=True, slots=True)
class RefusedFile:
    """A file that was not read, and why."""

    file: str
    code: str
    reason: str
    reason_zh: str


class Listener(Protocol):
    """Is told of each file as soon as it is done."""

    def __call__(self, done: ReadFile | RefusedFile) -> None: ...


@dataclass(frozen=True, slots=True)
class IngestRun:
    """What became of all files, in the order they were given. stopped: what ended the run before its last file."""

    read: tuple[ReadFile, ...]
    refused: tuple[RefusedFile, ...]
    seconds: float
    stopped: KeyboardInterrupt | StoreError | None = None

    def count(self, outcome: Literal["new", "revised", "unchanged"]) -> int:
        """How many stored files had this outcome."""
        return sum(each.outcome == outcome for each in self.read)


def run_ingest(
    results: Iterable[Result], total: int, library: Keeps, console: Console, tell: Listener | None = None
) -> IngestRun:
    """Saves each result as it comes, with a progress bar on the console. total: how many files were named.

    A file that cannot be read is listed, never raised. Ctrl-C or a StoreError ends the run; what was saved before is
    kept and listed.
    """
    started = time.monotonic()
    read: list[ReadFile] = []
    refused: list[RefusedFile] = []
    stopped: KeyboardInterrupt | StoreError | None = None
    try:
        for result in _with_progress(results, total, console):
            done = _keep(result, library)
            read += [done] if isinstance(done, ReadFile) else []
            refused += [done] if isinstance(done, RefusedFile) else []
            if tell is not None:
                tell(done)
    except (KeyboardInterrupt, StoreError) as error:
        stopped = error
    return IngestRun(tuple(read), tuple(refused), time.monotonic() - started, stopped)


def _keep(result: Result, library: Keeps) -> ReadFile | RefusedFile:
    if result.known is not None:
        item = library.report_item(result.known)
        if item is not None and result.content is not None:
            library.keep_original(item.id, result.content)
        return _removed_meanwhile(result) if item is None else _unchanged(result.path, item)
    if result.ingestion is None:
        assert result.error is not None
        return _refused(result.path, result.error)
    try:
        return _read_file(result.path, result.ingestion, library.save(result.ingestion, result.content))
    except StoreError as error:
        if error.code != "cannot-be-stored":
            raise
        return _refused(result.path, error)


def _refused(path: str, error: WenbaoError) -> RefusedFile:
    if error.code == FAULT:
        log.error("fault in %s\n%s", path, getattr(error, "trace", ""))
    return RefusedFile(path, error.code, str(error), error.message_zh)


def _removed_meanwhile(result: Result) -> RefusedFile:
    return RefusedFile(
        result.path, "removed-meanwhile",
        "its report was removed while this command ran; run it again", "其报告在本命令运行期间被删除，请再次运行",
    )  # fmt: skip


def _unchanged(path: str, item: ReportItem) -> ReadFile:
    return ReadFile(
        file=path,
        report=item.id,
        agency_name=item.agency_name,
        year=item.year,
        edition=item.edition,
        revision=item.revision,
        outcome="unchanged",
        figures=item.figures,
        problems=item.problems,
    )


def _read_file(path: str, reading: Reading, saved: Saved) -> ReadFile:
    report = reading.report
    return ReadFile(
        file=path,
        report=saved.report_id,
        agency_name=report.agency.name,
        year=report.year,
        edition=report.edition,
        revision=saved.revision,
        outcome=saved.outcome,
        figures=len(reading.observations),
        problems=len(report.problems),
    )


class _Rate(ProgressColumn):
    """Files a minute."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{60 * speed:,.0f}/min")


def _with_progress(results: Iterable[Result], total: int, console: Console) -> Iterable[Result]:
    columns = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total)
        for number, result in enumerate(results, 1):
            yield result
            # An archive is one file on the command line and many here.
            progress.update(task, completed=number, total=max(total, number), description=result.path[-40:])
