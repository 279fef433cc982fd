"""The frames that narrowing is learned from and measured on."""

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.narrowing.frames import fill_frame, random_values, read_frames
from eval.narrowing_command import measure_narrowing
from eval.run_command import THRESHOLDS


def test_no_frame_is_both_learned_from_and_measured_on() -> None:
    learned, measured = (({frame.text for frame in read_frames(split)}) for split in ("train", "check"))
    assert len(measured) >= 380
    assert not learned & measured


def test_only_narrowing_frames_have_brackets() -> None:
    for split in ("train", "check"):
        assert all(("[" in frame.text) == (frame.kind == "narrowing") for frame in read_frames(split))


@settings(deadline=None)
@given(st.integers(0, 10_000))
def test_narrowing_words_are_found_where_they_stand_in_the_question(seed: int) -> None:
    random = Random(seed)
    frame = random.choice(read_frames("check"))
    filled = fill_frame(frame.text, random_values(frame.language, random))
    assert "{" not in filled.text
    assert "[" not in filled.text
    words = [filled.text[start:end] for start, end in filled.narrowing]
    assert len(filled.plain) == len(filled.text) - sum(map(len, words))
    assert len(words) == frame.text.count("[")


def test_the_measure_keeps_its_limits(capsys: pytest.CaptureFixture[str]) -> None:
    assert measure_narrowing(THRESHOLDS, None, show=False) == 0
    assert "narrowing" in capsys.readouterr().out
