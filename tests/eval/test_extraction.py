"""The extraction score: what is read right counts, every cell that is not is listed."""

from pathlib import Path

import pytest

from eval.cli import main
from eval.corpora import catalogue_units
from eval.extraction import score_files, sum_up
from eval.facts import sample_cells
from eval.samples.source import load_samples
from ingest.formats.from_text import read_text
from tests.rendering.html_page import render_html
from tests.rendering.true_spans import with_true_spans
from tests.rendering.word_file import render_docx

GOLD = list(sample_cells(catalogue_units()))
SAMPLE = next(sample for sample in load_samples() if sample.id == "hrss_2021")


def write(folder: Path, text: str, name: str = "hrss_2021.txt") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize("format_", ["html", "docx"])
def test_every_sample_in_every_format_is_read_cell_by_cell(tmp_path: Path, format_: str) -> None:
    for sample in load_samples():
        document = with_true_spans(read_text(sample.render().encode(), sample.file_name))
        data = render_html(document) if format_ == "html" else render_docx(document)
        (tmp_path / f"{sample.id}.{format_}").write_bytes(data)
    scores = list(score_files(sorted(tmp_path.iterdir()), GOLD))
    assert [difference for score in scores for difference in score.differences] == []
    total = sum_up(scores)
    assert (total.files, total.precision, total.recall) == (16, 1.0, 1.0)


def test_a_changed_cell_is_listed_and_counts_on_both_sides(tmp_path: Path) -> None:
    changed = SAMPLE.render().replace("1284", "1285")
    (score,) = score_files([write(tmp_path, changed)], GOLD)
    (difference,) = score.differences
    assert (difference.what, difference.wanted) == ("art20_5.license.decisions", "1284")
    assert difference.got.startswith("1285 (t1 row")
    assert (score.gold - score.right, score.read - score.right) == (1, 1)


def test_a_report_taken_for_another_has_no_cell_right(tmp_path: Path) -> None:
    text = SAMPLE.render().replace("2021年政府信息公开工作年度报告", "2022年政府信息公开工作年度报告")
    (score,) = score_files([write(tmp_path, text)], GOLD)
    assert score.right == 0
    assert ("the year", "2021", "2022") in [(each.what, each.wanted, each.got) for each in score.differences]


def test_an_unreadable_file_counts_as_nothing_read(tmp_path: Path) -> None:
    (score,) = score_files([write(tmp_path, " ")], GOLD)
    assert (score.read, score.right) == (0, 0)
    assert "not read" in score.differences[0].got
    assert sum_up([score]).recall == 0


def test_the_command_lists_what_differs_and_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, SAMPLE.render())
    assert main(["extraction", "--files", str(tmp_path)]) == 0
    write(tmp_path, SAMPLE.render().replace("1284", ""))
    assert main(["extraction", "--files", str(tmp_path)]) == 1
    assert "art20_5.license.decisions: in the report 1284, read blank" in capsys.readouterr().out
