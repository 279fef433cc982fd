"""How fast files are read: by format, by one child process and by two, beside pdfplumber alone; memory of a child."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from statistics import median

import pdfplumber
import psutil

from eval.bench.result import Measured, below
from indicators.catalogue import load_catalogue
from ingest.bulk import read_files
from ingest.read_report import read_report
from ingest.report_files import ReportFile, UnopenedFile, open_report_file

_ROUNDS = 5
_PER_RUN = 48
_FORMATS = ("txt", "html", "docx", "pdf")


def measure_reading(folders: Sequence[Path]) -> Iterator[Measured]:
    """All of it over the reports in these folders; what has no file there is left out."""
    files = [file for folder in folders for file in sorted(folder.iterdir())]
    by_format = {suffix: [file for file in files if file.suffix == f".{suffix}"] for suffix in _FORMATS}
    yield from _by_format(by_format)
    if by_format["pdf"]:
        largest = max(by_format["pdf"], key=lambda file: file.stat().st_size)
        yield from _beside_pdfplumber(largest)
        yield below(f"peak memory of a child that read `{largest.name}`", _peak_megabytes(largest), 300, "MB")
    yield from _processes([file for suffix in ("pdf", "docx", "html") for file in by_format[suffix]])


def _by_format(files: dict[str, list[Path]]) -> Iterator[Measured]:
    catalogue = load_catalogue()
    for suffix, some in files.items():
        readable = [file for file in some if _is_report(file)]
        if readable:
            seconds = [_seconds(partial(read_report, file, catalogue)) for file in readable * _ROUNDS]
            what = f"reading {suffix} reports in one process ({len(readable)} files)"
            yield below(what, 60 / median(seconds), None, "reports/min")


def _is_report(file: Path) -> bool:
    (result,) = read_files(open_report_file(file))
    return result.ingestion is not None


def _beside_pdfplumber(file: Path) -> Iterator[Measured]:
    catalogue = load_catalogue()
    ours, theirs = [], []
    for _ in range(_ROUNDS):
        ours.append(_seconds(lambda: read_report(file, catalogue)))
        theirs.append(_seconds(lambda: _extract_by_pdfplumber(file)))
    yield below(f"reading `{file.name}`", 1000 * median(ours), None, "ms")
    yield below("pdfplumber alone, `extract_text` and `extract_tables` of its pages", 1000 * median(theirs), None, "ms")
    ratio = median(one / other for one, other in zip(ours, theirs, strict=True))
    yield below(f"as a ratio to pdfplumber alone (median of {_ROUNDS} rounds in turn)", ratio, 1.3, "")


def _extract_by_pdfplumber(file: Path) -> None:
    with pdfplumber.open(file) as document:
        for page in document.pages:
            page.extract_text()
            page.extract_tables()
            page.close()


def _peak_megabytes(file: Path) -> float:
    """The resident memory that a child has had at most, once it has read the file."""
    before = set(psutil.Process().children())
    with closing(read_files(open_report_file(file))) as results:
        next(results)
        (child,) = set(psutil.Process().children()) - before
        status = Path(f"/proc/{child.pid}/status")
        if not status.exists():
            return float(child.memory_info().rss) / 2**20
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM:"))
        return int(line.split()[1]) / 1024


def _processes(files: Sequence[Path]) -> Iterator[Measured]:
    opened = [each for file in files for each in open_report_file(file)]
    many = (opened * _PER_RUN)[: max(_PER_RUN, len(opened))]
    rounds = [(_rate(many, 1), _rate(many, 2)) for _ in range(3)]
    one, two = (median(column) for column in zip(*rounds, strict=True))
    yield below("reading PDF, Word and web reports in one child process, once it has started", one, None, "reports/min")
    yield below("in two child processes", two, None, "reports/min")
    ratio = median(both / alone for alone, both in rounds)
    yield below("as a ratio to one (median of 3 rounds in turn)", ratio, 1.7, "", least=True)


def _rate(files: Sequence[ReportFile | UnopenedFile], processes: int) -> float:
    """Files a minute, from the first result to the last."""
    with closing(read_files(files, processes=processes)) as results:
        next(results)
        seconds = _seconds(lambda: list(results))
    return 60 * (len(files) - 1) / seconds


def _seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
