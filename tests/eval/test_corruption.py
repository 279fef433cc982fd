"""Damaged reports: the damage is what it says, and what gets through is counted."""

import random
from pathlib import Path

import pytest

from eval.corrupt_command import find_missed
from eval.corruption.kinds import DAMAGES, INJECTED_FIGURE, Original
from eval.corruption.trial import NONE, RIGHT, THROUGH, WARNED, try_damage
from eval.synthetic.corpus import SyntheticCorpus
from eval.synthetic.figures import draw_figures

SMALL = SyntheticCorpus(agencies=3, years=(2017, 2021), seed=7)
ORIGINALS = [
    Original(body, year, draw_figures(7, number, year))
    for number, body in enumerate(SMALL.bodies)
    for year in (2017, 2019, 2021)
]


@pytest.mark.parametrize("kind", DAMAGES)
@pytest.mark.parametrize("original", ORIGINALS, ids=lambda original: str(original.year))
def test_damage_is_repeatable_and_only_what_it_says(kind: str, original: Original) -> None:
    damaged = DAMAGES[kind](original, random.Random(1))
    assert damaged == DAMAGES[kind](original, random.Random(1))
    if damaged is None:
        assert (kind, original.edition) == ("swapped_columns", "A")
        return
    sound = DAMAGES["none"](original, random.Random(1))
    assert sound is not None
    assert (damaged.text == sound.text) is (kind == "none")
    assert bool(damaged.changed) is (kind not in ("none", "twin", "injected"))
    assert (INJECTED_FIGURE in damaged.text) is (kind == "injected")
    assert (f"{original.year}年政府信息公开工作年度报告" in damaged.text) is (kind != "twin")


def test_sound_reports_are_answered_and_raise_no_alarm(tmp_path: Path) -> None:
    trial = try_damage("none", tmp_path, SMALL)
    assert (trial.reports, trial.texts, trial.readings) == (6, 0, 0)
    assert trial.answers[RIGHT] >= 0.9 * trial.questions
    assert trial.answers[THROUGH] == trial.answers[WARNED] == 0


@pytest.mark.parametrize("kind", ["altered_text", "twin", "injected"])
def test_no_wrong_figure_gets_through_where_the_true_cell_is_there(kind: str, tmp_path: Path) -> None:
    trial = try_damage(kind, tmp_path, SMALL)
    assert trial.answers[THROUGH] == 0, trial.through
    if kind == "altered_text":
        assert trial.texts == trial.reports
        assert trial.right_warned == trial.answers[RIGHT] > 0


def test_the_identities_notice_an_altered_cell(tmp_path: Path) -> None:
    trial = try_damage("altered_cell", tmp_path, SMALL)
    assert trial.identities == trial.reports
    assert trial.answers[WARNED] + trial.answers[NONE] + trial.answers[RIGHT] == trial.questions
    assert find_missed(trial, {"noticed": 1}) == []
    assert find_missed(trial, {"noticed": 1.1}) == ["altered_cell: noticed is 1.000, wanted 1.1"]
