"""The command: what it prints, keeps and exits with."""

import json
import shutil
from pathlib import Path

import pytest

from eval.cli import main
from eval.gold_file import read_gold
from eval.run_command import THRESHOLDS
from eval.run_files import read_run
from eval.thresholds import read_thresholds


def test_the_thresholds_file_is_read_and_a_slip_in_it_named(tmp_path: Path) -> None:
    assert read_thresholds(THRESHOLDS)["domain"]["single_figure"]["right"] >= 0.95
    path = tmp_path / "thresholds.yaml"
    path.write_text("real: {all: {rihgt: 0.9}}", encoding="utf-8")
    with pytest.raises(ValueError, match="unknown measure 'rihgt'"):
        read_thresholds(path)
    path.write_text("real:\n  all: {right: 0.9}\nreal:\n  lookup: {right: 0.5}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="'real' stands there twice"):
        read_thresholds(path)


ARGUMENTS = ["run", "--set", "samples", "--type", "blank_or_absent", "--split", "dev", "--out"]


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over a few questions of the samples, not to be changed."""
    folder = tmp_path_factory.mktemp("eval") / "run"
    assert main([*ARGUMENTS, str(folder)]) in (0, 1)
    return folder


def test_a_run_over_the_samples_keeps_its_results(run: Path) -> None:
    results = [json.loads(line) for line in (run / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [result["gold"]["type"] for result in results] == ["blank_or_absent"] * 3
    assert all(result["turns"][0]["seconds"] > 0 for result in results)
    assert json.loads((run / "summary.json").read_text(encoding="utf-8"))["samples"]["n"] == 3
    assert "blank_or_absent" in (run / "failures.txt").read_text(encoding="utf-8")


def test_an_interrupted_run_goes_on(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    whole, again = read_run(run).records, tmp_path / "run"
    shutil.copytree(run, again)
    lines = (run / "results.jsonl").read_text(encoding="utf-8").splitlines()
    # Killed while the second line was written: the first is kept, the others are asked again.
    (again / "results.jsonl").write_text(f"{lines[0]}\n{lines[1][:50]}", encoding="utf-8")
    main([*ARGUMENTS, str(again)])
    assert "1 questions of this run are answered already" in capsys.readouterr().out
    records = read_run(again).records
    assert records[0] == whole[0]
    assert [(one.question, one.outcome) for one in records] == [(one.question, one.outcome) for one in whole]


def test_a_folder_with_a_run_of_something_else_is_refused(
    run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.copytree(run, tmp_path / "run")
    about = tmp_path / "run" / "about.json"
    about.write_text(json.dumps({**json.loads(about.read_text(encoding="utf-8")), "commit": "other"}), encoding="utf-8")
    assert main([*ARGUMENTS, str(tmp_path / "run")]) == 2
    assert "commit 'other'" in capsys.readouterr().err


def test_a_run_is_compared_and_reported(run: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", str(run), str(run)]) == 0
    assert "0 questions flipped" in capsys.readouterr().out
    page, markdown = tmp_path / "page.html", tmp_path / "page.md"
    assert main(["report", str(run), "--out", str(page), "--markdown", str(markdown)]) == 0
    assert "<svg" in page.read_text(encoding="utf-8")
    assert "| samples | 3 | " in markdown.read_text(encoding="utf-8")
    assert main(["report", str(tmp_path / "nothing")]) == 2
    assert "holds no run" in capsys.readouterr().err


def test_an_unknown_set_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--set", "nonsense"]) == 2
    assert "There is no set nonsense" in capsys.readouterr().err


def test_sets_can_be_written_and_read_again(tmp_path: Path) -> None:
    assert main(["make", "--set", "samples-generated", "--split", "heldout", "--out", str(tmp_path)]) == 0
    questions = read_gold(tmp_path / "samples-generated.jsonl")
    assert questions
    assert {question.split for question in questions} == {"heldout"}


def test_where_the_real_reports_are_absent_their_sets_are_left_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["run", "--set", "real", "--shared", str(tmp_path)]) == 0
    assert "left out" in capsys.readouterr().out
