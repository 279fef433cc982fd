"""Reads many files into the collection and says what became of each."""

import logging
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from indicators.report_writer import Reading
from indicators.stored_report import Saved
from reports.errors import NotAReport, UnreadableFile

log = logging.getLogger(__name__)

# The code of a file at which a reader failed in a way nobody foresaw.
FAULT = "internal"


class Saves(Protocol):
    """Whatever keeps a report; `qa_service.library.Library` does."""

    def save(self, reading: Reading) -> Saved: ...


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read. figures and problems are counts; outcome "unchanged": this very file was stored before."""

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


@dataclass(frozen=True, slots=True)
class IngestRun:
    """What became of all files, in the order they were given."""

    read: tuple[ReadFile, ...]
    refused: tuple[RefusedFile, ...]


def run_ingest(
    files: Sequence[Path], read_report: Callable[[Path], Reading], library: Saves, console: Console
) -> IngestRun:
    """Reads and saves each file, with a progress bar on the console.

    A file that cannot be read is listed, never raised; a StoreError is raised, what was saved before it is kept.
    """
    read: list[ReadFile] = []
    refused: list[RefusedFile] = []
    for path in _with_progress(files, console):
        try:
            reading = read_report(path)
        except (UnreadableFile, NotAReport) as error:
            refused.append(RefusedFile(str(path), error.code, str(error), error.message_zh))
            continue
        except Exception as error:
            log.error("fault in %s", path, exc_info=error)
            refused.append(RefusedFile(str(path), FAULT, *_SORRY))
            continue
        read.append(_read_file(path, reading, library.save(reading)))
    return IngestRun(tuple(read), tuple(refused))


def _with_progress(files: Sequence[Path], console: Console) -> Iterable[Path]:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=len(files))
        for path in files:
            progress.update(task, description=path.name)
            yield path
            progress.advance(task)


def _read_file(path: Path, reading: Reading, saved: Saved) -> ReadFile:
    report = reading.report
    return ReadFile(
        file=str(path),
        report=saved.report_id,
        agency_name=report.agency.name,
        year=report.year,
        edition=report.edition,
        revision=saved.revision,
        outcome=saved.outcome,
        figures=len(reading.observations),
        problems=len(report.problems),
    )


_SORRY = (
    "Wenbao failed at this file; the log above says where. Report the fault, with the file if you may share it.",
    "读取此文件时程序出错，位置见上面的日志。请反馈此问题，并尽可能附上文件。",
)


def print_ingest_run(run: IngestRun, console: Console) -> None:
    """The summary: a row a report, then every refused file with its reason."""
    if run.read:
        table = Table("Report", "Year", "Form", "Figures", "Problems", "Outcome", "File", box=None, pad_edge=False)
        for each in run.read:
            table.add_row(
                Text(each.agency_name), str(each.year), each.edition or "-", str(each.figures), str(each.problems),
                _outcome(each), Text(Path(each.file).name),
            )  # fmt: skip
        console.print(table)
    for refused in run.refused:
        console.print(Text(f"Not read: {refused.file}", style="bold red"))
        console.print(Text(f"  {refused.reason}"))
        console.print(Text(f"  {refused.reason_zh}"))
    console.print(f"Read {len(run.read)}, refused {len(run.refused)}.")


def _outcome(each: ReadFile) -> str:
    return f"revision {each.revision}" if each.outcome == "revised" else each.outcome
