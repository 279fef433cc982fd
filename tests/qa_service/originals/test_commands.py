"""The commands keep and remove the files of reports."""

import hashlib
import json
import zipfile
from pathlib import Path

from typer.testing import CliRunner

from qa_service.cli import app

_SAMPLE = Path(__file__).resolve().parents[3] / "samples" / "hrss_2022.txt"


def wenbao(*arguments: object) -> str:
    run = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert run.exit_code == 0, run.output
    return run.stdout


def kept(data: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (data / "originals").rglob("*") if path.is_file()}


def test_ingest_keeps_the_file_once_and_again_where_it_is_missing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    content = _SAMPLE.read_bytes()
    sha256 = hashlib.sha256(content).hexdigest()
    wenbao("ingest", _SAMPLE, "--data", data)
    assert kept(data) == {sha256: content}
    (data / "originals" / sha256[:2] / sha256).unlink()
    # As for a report that was read before files were kept.
    wenbao("ingest", _SAMPLE, "--data", data)
    assert kept(data) == {sha256: content}
    [report] = json.loads(wenbao("reports", "--data", data, "--json"))
    wenbao("remove", report["id"], "--data", data)
    assert kept(data) == {}


def test_doctor_deletes_a_damaged_file_and_counts_those_that_are_missing(tmp_path: Path) -> None:
    data = tmp_path / "data"
    wenbao("ingest", _SAMPLE, "--data", data)
    assert "file" not in wenbao("doctor", "--data", data)
    [path] = [path for path in (data / "originals").rglob("*") if path.is_file()]
    # As long as before: only its bytes tell.
    path.write_bytes(bytes(path.stat().st_size))
    assert "Deleted the damaged file" in wenbao("doctor", "--data", data)
    assert kept(data) == {}
    assert "1 reports have no file" in wenbao("doctor", "--data", data)
    wenbao("ingest", _SAMPLE, "--data", data)
    assert list(kept(data).values()) == [_SAMPLE.read_bytes()]


def test_of_an_archive_each_report_keeps_its_own_file_and_a_refused_one_none(tmp_path: Path) -> None:
    archive = tmp_path / "reports.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        packed.write(_SAMPLE, "a/report.txt")
        packed.writestr("letter.txt", "这封信不是年报。")
    run = CliRunner().invoke(app, ["ingest", str(archive), "--data", str(tmp_path / "data")])
    assert run.exit_code == 3
    assert list(kept(tmp_path / "data").values()) == [_SAMPLE.read_bytes()]
