"""The scale curve: what is drawn and judged from the measured points. Nothing here depends on time."""

from dataclasses import replace
from pathlib import Path

import pytest

from eval.bench.result import write_between_marks
from eval.bench.scale import LARGE, SIZES, Point, draw_points, growth, render_points

SMALL = Point(104, 15_088, 200.0, 7.5, 160.0, 1.0, 3.0, 1.0, 400.0)
POINTS = [SMALL, replace(SMALL, reports=1_001, processor=1.1), replace(SMALL, reports=10_400, processor=1.4)]


def test_the_sizes_are_a_hundred_a_thousand_and_ten_thousand_reports() -> None:
    sizes = [corpus.agencies * len(corpus.years) for corpus in (*SIZES.values(), *LARGE.values())]
    assert [round(size, -len(str(size)) + 1) for size in sizes] == [100, 1_000, 10_000, 100_000]


def test_flatness_is_judged_at_ten_thousand_reports() -> None:
    assert growth(POINTS) == pytest.approx(1.4)
    assert growth([*POINTS, replace(SMALL, reports=100_000, processor=9.0)]) == pytest.approx(1.4)
    assert "kept" in render_points(POINTS)
    assert "**not kept**" in render_points([SMALL, replace(POINTS[-1], processor=1.6)])


def test_every_point_is_in_the_table_and_every_measure_in_the_picture(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text("a\n<!-- scale: begin -->\nold\n<!-- scale: end -->\nb\n", encoding="utf-8")
    write_between_marks(page, render_points(POINTS), "scale")
    text = page.read_text(encoding="utf-8")
    assert "old" not in text
    assert text.endswith("b\n")
    for point in POINTS:
        assert f"| {point.reports:,} |" in text
    with pytest.raises(ValueError, match="lacks the lines"):
        write_between_marks(page, "", "bench")
    picture = draw_points(POINTS)
    for word in ("milliseconds a question", "answers a second", "megabytes", "p99"):
        assert word in picture
