"""The command `wenbao`: what it prints, what it stores, which exit code it ends with."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from qa_service.cli import app

_SAMPLES = Path(__file__).resolve().parents[2] / "samples"
_SAMPLE = _SAMPLES / "hrss_2022.txt"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def wenbao(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def log_of(run: Result) -> tuple[list[dict[str, str]], list[dict[str, str]], dict[str, object]]:
    """The log of an ingest with --json: the files that were read, those refused, the line at the end."""
    *lines, end = map(json.loads, run.stdout.splitlines())
    by_event: dict[str, list[dict[str, str]]] = {"read": [], "refused": []}
    for line in lines:
        by_event[line["event"]].append(line)
    assert end["event"] == "end"
    return by_event["read"], by_event["refused"], end


def run_command(*arguments: object, **environment: str) -> "subprocess.CompletedProcess[str]":
    """The command in a process of its own, as a shell runs it."""
    code = "from qa_service.cli import main; main()"
    return subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
        env={"PATH": "", "PYTHONUTF8": "1", **environment},
        cwd=_SAMPLES.parent,
    )


def test_ingest_reads_a_folder_once_and_lists_it(data: Path) -> None:
    first = wenbao("ingest", _SAMPLES, "--data", data)
    assert first.exit_code == 0, first.output
    files = [file for file in _SAMPLES.iterdir() if file.is_file()]
    assert f"Read {len(files)} ({len(files)} new, 0 revised, 0 unchanged), refused 0" in first.output
    read, _, end = log_of(wenbao("ingest", _SAMPLES, "--data", data, "--json"))
    assert {each["outcome"] for each in read} == {"unchanged"}
    assert (len(read), end["unchanged"], end["stopped"]) == (len(files), len(files), None)
    listed = json.loads(wenbao("reports", "--data", data, "--json").stdout)
    assert len(listed) == len(files)
    assert all(item["figures"] > 0 for item in listed)
    table = wenbao("reports", "--data", data).stdout
    assert all(item["id"] in table for item in listed)


def test_a_refused_file_is_named_with_the_reason_and_the_others_are_read(data: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "letter.txt").write_text("这封信不是年报。", encoding="utf-8")
    run = wenbao("ingest", tmp_path / "empty.txt", _SAMPLE, tmp_path / "letter.txt", "--data", data, "--json")
    assert run.exit_code == 3
    read, refused, end = log_of(run)
    assert [each["file"] for each in read] == [str(_SAMPLE)]
    assert [Path(each["file"]).name for each in refused] == ["empty.txt", "letter.txt"]
    assert all(each["reason"] and each["reason_zh"] for each in refused)
    assert (end["new"], end["refused"]) == (1, 2)
    shown = wenbao("ingest", tmp_path / "empty.txt", "--data", data)
    assert shown.exit_code == 3
    assert "empty.txt" in shown.output


def test_a_folder_is_searched_for_reports_only(data: Path, tmp_path: Path) -> None:
    inner = tmp_path / "in" / "ner"
    inner.mkdir(parents=True)
    (inner / _SAMPLE.name).write_bytes(_SAMPLE.read_bytes())
    for other in ("picture.png", ".hidden.txt", "~$lock.docx", "table.xlsx"):
        (inner / other).write_bytes(b"x")
    read, refused, _ = log_of(wenbao("ingest", tmp_path / "in", tmp_path / "in", "--data", data, "--json"))
    assert (len(read), refused) == (1, [])


def test_the_reports_in_an_archive_are_read_one_by_one(data: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "年报.zip", "w") as archive:
        archive.write(_SAMPLE, "a/2022.txt")
        archive.writestr("letter.txt", "这封信不是年报。")
    read, refused, _ = log_of(wenbao("ingest", tmp_path, "--data", data, "--json"))
    assert [each["file"] for each in read] == [str(tmp_path / "年报.zip" / "a" / "2022.txt")]
    assert [each["file"] for each in refused] == [str(tmp_path / "年报.zip" / "letter.txt")]
    again, refused, _ = log_of(wenbao("ingest", tmp_path, "--data", data, "--json"))
    assert [each["outcome"] for each in again] == ["unchanged"]
    assert len(refused) == 1
    assert json.loads(wenbao("reports", "--data", data, "--json").stdout)[0]["file"] == "年报.zip/a/2022.txt"


@pytest.mark.parametrize("command", ["ingest", "check"])
def test_a_path_that_is_not_there_is_a_wrong_call(command: str, tmp_path: Path) -> None:
    run = wenbao(command, tmp_path / "nothing.txt")
    assert run.exit_code == 2
    # The message is broken over the lines of a framed panel.
    assert "nothing.txt" in "".join(character for character in run.output if character not in "\n │")


def test_an_empty_collection_says_how_to_fill_it(data: Path) -> None:
    assert "wenbao ingest" in wenbao("reports", "--data", data).stdout


def test_check_shows_every_figure_and_stores_nothing(data: Path) -> None:
    shown = wenbao("check", _SAMPLE)
    assert shown.exit_code == 0
    wenbao("ingest", _SAMPLE, "--data", data)
    figures = json.loads(wenbao("reports", "--data", data, "--json").stdout)[0]["figures"]
    lines = [line for line in shown.stdout.splitlines() if " line " in line]
    assert len(lines) >= figures
    assert "Identities:" in shown.stdout


@pytest.mark.parametrize(("suffix", "magic"), [("svg", b"<svg"), ("png", b"\x89PNG")])
def test_check_draws_the_tables(tmp_path: Path, suffix: str, magic: bytes) -> None:
    drawing = tmp_path / f"drawing.{suffix}"
    assert wenbao("check", _SAMPLE, "--draw", drawing).exit_code == 0
    assert drawing.read_bytes().startswith(magic)


def test_check_refuses_another_kind_of_drawing(tmp_path: Path) -> None:
    run = wenbao("check", _SAMPLE, "--draw", tmp_path / "drawing.gif")
    assert run.exit_code == 2
    assert not (tmp_path / "drawing.gif").exists()


def test_a_removed_report_is_gone(data: Path) -> None:
    wenbao("ingest", _SAMPLE, "--data", data)
    report = json.loads(wenbao("reports", "--data", data, "--json").stdout)[0]["id"]
    assert wenbao("remove", report, "--data", data).exit_code == 0
    assert json.loads(wenbao("reports", "--data", data, "--json").stdout) == []
    assert wenbao("remove", report, "--data", data).exit_code == 1
    read, _, _ = log_of(wenbao("ingest", _SAMPLE, "--data", data, "--json"))
    assert [(each["report"], each["outcome"]) for each in read] == [(report, "new")]


def test_doctor_tells_a_whole_store_from_a_damaged_one(data: Path) -> None:
    wenbao("ingest", _SAMPLE, "--data", data)
    assert wenbao("doctor", "--data", data).exit_code == 0
    database = next(data.glob("*.sqlite3"))
    content = bytearray(database.read_bytes())
    content[4096:-4096] = b"\xff" * len(content[4096:-4096])
    database.write_bytes(content)
    assert run_command("doctor", "--data", data).returncode == 1


def test_an_expected_failure_is_two_sentences_and_no_trace(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    run = run_command("check", tmp_path / "empty.txt")
    assert run.returncode == 1
    lines = run.stderr.splitlines()
    assert [line.startswith("wenbao: ") for line in lines] == [True, True]
    assert "Traceback" not in run.stderr


@pytest.mark.parametrize(
    ("name", "value"), [("WENBAO_PORT", "x"), ("WENBAO_DATABASE", "nonsense"), ("WENBAO_DATTA", "a")]
)
def test_a_wrong_setting_stops_the_start_by_name(name: str, value: str) -> None:
    run = run_command("reports", **{name: value})
    assert run.returncode == 1
    assert name in run.stderr
    assert "Traceback" not in run.stderr


def test_the_data_folder_comes_from_the_environment(data: Path) -> None:
    assert run_command("ingest", _SAMPLE, WENBAO_DATA=str(data)).returncode == 0
    assert [path.name for path in data.glob("*.sqlite3")] == ["wenbao.sqlite3"]
