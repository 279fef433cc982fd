"""Comparing two runs: pairs, interval, exact test."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval.compare_command import render_comparison
from eval.comparison import bootstrap_interval, compare_share, is_right, match_runs, mcnemar
from tests.eval.records import NOTHING, RIGHT, WRONG, record


def test_what_flipped_is_found_and_what_has_no_counterpart_is_said() -> None:
    before = [record(RIGHT, id_="a"), record(WRONG, id_="b"), record(RIGHT, id_="c"), record(RIGHT, id_="old")]
    after = [record(RIGHT, id_="a"), record(RIGHT, id_="b"), record(NOTHING, id_="c"), record(RIGHT, id_="new")]
    found = match_runs(before, after)
    assert [pair.after.question.id for pair in found.flipped()] == ["b", "c"]
    difference = compare_share(found.pairs, is_right)
    assert (difference.n, difference.gained, difference.lost, difference.p) == (3, 1, 1, 1.0)
    text = "\n".join(render_comparison(found))
    assert "+ b  wrong_figure → right" in text
    assert "- c  right → refused" in text
    assert text.count("1 questions are only in") == 2


def test_another_gold_is_another_question() -> None:
    assert not match_runs([record(RIGHT, "zh")], [record(RIGHT, "en")]).pairs


@pytest.mark.parametrize(
    ("gained", "lost", "p"), [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 0.0625), (8, 1, 0.0390625), (1, 8, 0.0390625)]
)
def test_mcnemars_exact_test(gained: int, lost: int, p: float) -> None:
    assert mcnemar(gained, lost) == p


@given(st.lists(st.sampled_from([-1, 0, 1]), min_size=1, max_size=300))
def test_the_interval_is_repeatable_and_ordered(changes: list[int]) -> None:
    differences = np.array(changes)
    low, high = bootstrap_interval(differences)
    assert -1 <= low <= high <= 1
    assert bootstrap_interval(differences) == (low, high)
    if len(set(changes)) == 1:
        assert low == high == changes[0]


def test_the_interval_narrows_with_more_questions() -> None:
    low, high = bootstrap_interval(np.array([1, 0, 0, -1, 0] * 10))
    more_low, more_high = bootstrap_interval(np.array([1, 0, 0, -1, 0] * 1000))
    assert more_high - more_low < (high - low) / 5
