"""Reading in child processes: order, limits, children that die, archives."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from ingest.bulk import read_files
from ingest.limits import Limits
from ingest.read_report import read_report
from ingest.report_files import ReportFile, UnopenedFile, find_report_files, open_report_bytes, open_report_file
from reports.errors import UnreadableFile
from tests.imports import ROOT
from tests.ingest.bombs import docx_of_many_cells, pdf_of_many_lines

_SAMPLES = [ROOT / "samples" / name for name in ("linhu_hrss_2021.docx", "hrss_2017.txt", "linhu_hrss_2023.html")]
_LETTER = ReportFile("letter.txt", "letter.txt", "这封信不是年报。".encode())


def opened(*paths: Path) -> list[ReportFile]:
    found = [each for path in paths for each in open_report_file(path)]
    return [each for each in found if isinstance(each, ReportFile)]


def make_zip(files: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def kill_children() -> None:
    for child in psutil.Process().children():
        child.kill()
        psutil.wait_procs([child], timeout=10)


def test_children_read_what_this_process_reads_in_the_order_given() -> None:
    first, *rest = opened(*_SAMPLES)
    files: list[ReportFile | UnopenedFile] = [first, _LETTER, UnopenedFile("gone.txt", UnreadableFile("gone")), *rest]
    before = psutil.Process().children()
    results = list(read_files(files, processes=2))
    assert [result.path for result in results] == [file.path for file in files]
    assert [each.ingestion for each in results if each.error is None] == [read_report(path) for path in _SAMPLES]
    assert [each.error.code for each in results if each.error] == ["no-agency", "unreadable-file"]
    assert psutil.Process().children() == before


def test_a_file_that_is_known_is_not_read() -> None:
    file = opened(_SAMPLES[1])[0]
    started = len(psutil.Process().children())
    results = read_files([file, file], {file.sha256: "report"}.get)
    assert [(each.known, each.ingestion) for each in results] == [("report", None)] * 2
    assert len(psutil.Process().children()) == started


def test_a_child_that_is_killed_costs_no_other_file() -> None:
    first, second, third = opened(*_SAMPLES)

    def files() -> Iterator[ReportFile]:
        yield first
        # The child waits for its next file: it must not be the file's fault.
        kill_children()
        yield second
        yield third

    assert [each.error for each in read_files(files())] == [None, None, None]


@pytest.mark.parametrize(
    ("name", "data", "limits", "code"),
    [
        ("long.pdf", pdf_of_many_lines, Limits(seconds=1), "took-too-long"),
        ("large.docx", docx_of_many_cells, Limits(megabytes=300), "took-too-much-memory"),
    ],
)
def test_a_file_that_takes_too_much_is_refused_and_the_next_is_read(
    name: str, data: Callable[[], bytes], limits: Limits, code: str
) -> None:
    refused, read = read_files([ReportFile(name, name, data()), _LETTER], limits=limits)
    assert refused.error is not None
    assert refused.error.code == code
    assert str(limits.seconds if code == "took-too-long" else limits.megabytes) in str(refused.error)
    assert read.error is not None
    assert read.error.code == "no-agency"


def test_a_reader_that_is_left_early_leaves_no_process_and_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    results = read_files(opened(*_SAMPLES), processes=2)
    next(results)
    results.close()
    assert psutil.Process().children() == []
    assert list(tmp_path.iterdir()) == []


def test_a_child_imports_no_model_no_database_and_no_web() -> None:
    heavy = {"torch", "chromadb", "fastapi", "sqlalchemy", "langchain_core", "rich", "typer", "pandas", "httpx"}
    code = f"import sys, ingest.child; print(*{heavy!r} & set(sys.modules))"
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == []


def test_an_archive_is_many_files_with_its_name_before_theirs() -> None:
    data = make_zip(
        {"2022/年报.txt": b"x", "picture.jpg": b"x", "inner.zip": make_zip({"a.txt": b"x"}), "b.html": b"<p>"}
    )
    found = list(open_report_bytes(data, "folder/reports.zip", "reports.zip"))
    assert [each.path for each in found] == [
        f"folder/reports.zip/{name}" for name in ("2022/年报.txt", "inner.zip", "b.html")
    ]
    assert [each.name if isinstance(each, ReportFile) else each.error.code for each in found] == [
        "reports.zip/2022/年报.txt",
        "archive-in-archive",
        "reports.zip/b.html",
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (make_zip({}), "empty-archive"),
        (make_zip({"a.jpg": b"x", "b.xlsx": b"x"}), "empty-archive"),
        (make_zip({"a.txt": b"x" * 100})[:-30], "damaged-file"),
    ],
)
def test_an_archive_without_reports_is_refused(data: bytes, code: str) -> None:
    (found,) = open_report_bytes(data, "a.zip", "a.zip")
    assert isinstance(found, UnopenedFile)
    assert found.error.code == code


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "folder.txt").mkdir()
    for path in (Path("/dev/zero"), tmp_path / "gone.txt"):
        (found,) = open_report_file(path)
        assert isinstance(found, UnopenedFile)
        assert found.error.code == "cannot-open"
    assert find_report_files([tmp_path]) == []
