"""The command: what it prints, keeps and exits with."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from eval.cli import THRESHOLDS, main
from eval.gold_file import read_gold
from eval.listing import render_failures, render_set
from eval.measures import measure, measure_status
from eval.question import GoldQuestion, GoldTurn
from eval.scoring import Known, Score, score_turn
from eval.thresholds import find_shortfalls, read_thresholds
from qa_service.answering.answer import Answer, Status
from tests.eval.oracle import reply, right_answer
from tests.eval.test_scoring import EXPECT

RIGHT = right_answer(EXPECT)
WRONG = replace(RIGHT, figures=(replace(RIGHT.figures[0], value="1"),))
NOTHING = replace(RIGHT, status=Status.NOT_FOUND, figures=())


def score(answer: Answer, language: str = "zh") -> Score:
    question = GoldQuestion("q", language, "lookup", (GoldTurn("几件？", EXPECT),))
    return Score(question, (score_turn("几件？", EXPECT, reply(answer), Known()),))


def test_measures_count_every_question() -> None:
    found = measure([score(RIGHT), score(WRONG), score(NOTHING), score(RIGHT, "en")])
    assert (found.n, found.right, found.wrong_figure, found.refused) == (4, 2, 1, 1)
    assert (found.citable, found.cited) == (2, 2)
    refusals = measure_status([score(RIGHT), score(NOTHING)], "not_found")
    assert (refusals.precision, refusals.called_for) == (0.0, 0)


def test_shortfalls_are_named_by_measure_type_and_language() -> None:
    scores = [score(RIGHT), score(WRONG), score(RIGHT, "en")]
    limits: dict[str, dict[str, float]] = {
        "all": {"right": 0.9, "wrong_figure": 0},
        "lookup:en": {"right": 1},
        "share": {"right": 1},
    }
    assert find_shortfalls(scores, limits) == [
        "all: right is 0.667, wanted at least 0.9 (3 questions)",
        "all: wrong_figure is 0.333, wanted at most 0 (3 questions)",
    ]


def test_the_thresholds_file_is_read_and_a_slip_in_it_named(tmp_path: Path) -> None:
    assert read_thresholds(THRESHOLDS)["domain"]["single_figure"]["right"] >= 0.95
    path = tmp_path / "thresholds.yaml"
    path.write_text("real: {all: {rihgt: 0.9}}", encoding="utf-8")
    with pytest.raises(ValueError, match="unknown measure 'rihgt'"):
        read_thresholds(path)


def test_the_listing_shows_what_was_asked_expected_and_got() -> None:
    scores = [score(RIGHT), score(WRONG)]
    assert "50%" in render_set("real", scores)
    text = render_failures(scores, {})
    assert text.startswith("!! q  wrong_figure")
    for line in ("asked  几件？", "wanted answered · 39件", "got    answered · 1件"):
        assert line in text
    assert "1 more" in render_failures([score(WRONG), score(NOTHING)], {}, limit=1)


def test_a_run_over_the_samples_keeps_its_results(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ["run", "--set", "samples", "--type", "blank_or_absent", "--split", "dev", "--out", str(tmp_path)]
    assert main(arguments) in (0, 1)
    printed = capsys.readouterr().out
    assert "blank_or_absent" in printed
    results = [json.loads(line) for line in (tmp_path / "results.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [result["type"] for result in results] == ["blank_or_absent"] * 3
    assert all(result["turns"][0]["seconds"] > 0 for result in results)
    assert json.loads((tmp_path / "summary.json").read_text(encoding="utf-8"))["sets"]["samples"]["n"] == 3


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
