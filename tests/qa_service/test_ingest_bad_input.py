"""`wenbao ingest` over bombs, odd paths, folders that vanish, a full disk: a clear word on each, the rest is read."""

import json
import signal
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pytest
from rich.console import Console
from sqlalchemy import event

from ingest.bulk import FileResult, read_files
from ingest.report_files import ReportFile, UnopenedFile, open_report_file
from qa_service.cli import STOPPED
from qa_service.console.ingest_run import IngestRun, run_ingest
from qa_service.library import Library
from qa_service.settings import Settings
from reports.errors import StoreError
from tests.imports import ROOT
from tests.ingest.bombs import BOMBS
from tests.qa_service.ingest_kills import start_ingest
from tests.qa_service.test_cli import log_of, wenbao

_SAMPLE = ROOT / "samples" / "hrss_2017.txt"
_QUIET = Console(quiet=True)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Reports of three years under awkward names."""
    where = tmp_path / "年报 2017 年" / "a b"
    where.mkdir(parents=True)
    for number, year in enumerate((2017, 2021, 2022)):
        sample = ROOT / "samples" / f"hrss_{year}.txt"
        (where / f"{number} 报告（终稿）'\"&.txt").write_bytes(sample.read_bytes())
    return where


def test_bombs_are_refused_or_named_and_the_rest_is_read(tmp_path: Path) -> None:
    folder = tmp_path / "reports"
    folder.mkdir()
    for name, make in BOMBS.items():
        (folder / name).write_bytes(make())
    (folder / "z.txt").write_bytes(_SAMPLE.read_bytes())
    read, refused, _ = log_of(wenbao("ingest", folder, "--data", tmp_path / "data", "--json"))
    assert {Path(each["file"]).name: each["code"] for each in refused} == {
        "zip_bomb.zip": "file-too-large-inside",
        "docx_bomb.docx": "file-too-large-inside",
        "large_stream.pdf": "file-too-large-inside",
        "many_pages.pdf": "too-many-pages",
        "many_cells.docx": "no-agency",
    }
    assert all(name in each["reason"] for each in refused for name in [Path(each["file"]).name] if "many_c" not in name)
    # Those two are pages with a title and a table that nobody can use, which their problems say.
    figures = {Path(each["file"]).name: each["figures"] for each in read}
    assert figures == {"many_cells.html": 0, "wide_cells.html": 0, "z.txt": figures["z.txt"]}
    assert int(figures["z.txt"]) > 0


def test_any_path_will_do(folder: Path, tmp_path: Path) -> None:
    around = folder / ".." / ".." / folder.parent.name / folder.name
    read, refused, _ = log_of(wenbao("ingest", around, "--data", tmp_path / "数据 1", "--json"))
    assert ([each["outcome"] for each in read], refused) == (["new"] * 3, [])
    listed = json.loads(wenbao("reports", "--data", tmp_path / "数据 1", "--json").stdout)
    assert {each["file"] for each in listed} == {path.name for path in folder.iterdir()}


def test_a_wrong_extension_changes_nothing(tmp_path: Path) -> None:
    for source, name in (
        ("linhu_hrss_2021.docx", "a.pdf"),
        ("yunxi_office_2020.pdf", "b.txt"),
        ("linhu_hrss_2023.html", "c.doc"),
    ):
        (tmp_path / name).write_bytes((ROOT / "samples" / source).read_bytes())
    read, refused, _ = log_of(wenbao("ingest", tmp_path, "--data", tmp_path / "data", "--json"))
    assert refused == []
    assert [str(each["year"]) for each in read] == ["2021", "2020", "2023"]
    assert all(int(each["figures"]) > 150 for each in read)


def test_a_folder_without_reports_is_a_wrong_call(tmp_path: Path) -> None:
    (tmp_path / "picture.jpg").write_bytes(b"x")
    run = wenbao("ingest", tmp_path, "--data", tmp_path / "data")
    assert run.exit_code == 2
    assert ".docx" in run.output


def test_a_folder_that_disappears_costs_only_what_was_not_read(folder: Path, tmp_path: Path) -> None:
    paths = sorted(folder.iterdir())

    def results() -> Iterator[FileResult]:
        for number, result in enumerate(read_files(each for path in paths for each in open_report_file(path))):
            if number == 0:
                for path in paths:
                    path.unlink()
                folder.rmdir()
            yield result

    with Library.open(Settings(data=tmp_path / "data")) as library:
        run = run_ingest(results(), 3, library, _QUIET)
        # The second may have been opened before.
        assert [each.outcome for each in run.read][:1] == ["new"]
        assert {each.code for each in run.refused} == {"cannot-open"}
        assert len(run.read) + len(run.refused) == 3
        assert len(library.coverage()) == len(run.read)


def test_a_full_disk_stops_the_run_keeps_what_is_stored_and_the_next_goes_on(folder: Path, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    files = [each for path in sorted(folder.iterdir()) for each in open_report_file(path)]
    with Library.open(settings) as library:
        assert len(_run(files[:1], library).read) == 1
        pages = _pages(settings) + 40

        @event.listens_for(library.store._engine, "begin")
        def limit(connection: object) -> None:
            connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")  # type: ignore[attr-defined]

        run = _run(files, library)
        assert isinstance(run.stopped, StoreError)
        assert "disk is full" in str(run.stopped)
        assert [each.outcome for each in run.read] == ["unchanged"]
        assert library.store.find_damage() == ()
    with Library.open(settings) as library:
        assert len(library.coverage()) == 1
        run = _run(files, library)
        assert [each.outcome for each in run.read] == ["unchanged", "new", "new"]


def test_ctrl_c_keeps_what_is_stored_and_says_how_to_go_on(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with start_ingest(ROOT / "samples", data) as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGINT)
        lines = process.stdout.readlines()
        assert process.wait(timeout=60) == STOPPED
        assert process.stderr is not None
        assert "Traceback" not in process.stderr.read()
    end = json.loads(lines[-1])
    assert end["stopped"] == "interrupted"
    listed = json.loads(wenbao("reports", "--data", data, "--json").stdout)
    assert len(listed) == end["new"] < len(list((ROOT / "samples").iterdir()))
    assert first["report"] in [each["id"] for each in listed]


def _run(files: Sequence[ReportFile | UnopenedFile], library: Library) -> IngestRun:
    with closing(read_files(files, library.store.find_report)) as results:
        return run_ingest(results, len(files), library, _QUIET)


def _pages(settings: Settings) -> int:
    with closing(sqlite3.connect(settings.data / "wenbao.sqlite3")) as connection:
        return int(connection.execute("PRAGMA page_count").fetchone()[0])
