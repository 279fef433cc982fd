"""A raised footnote mark never becomes a digit of the figure beside it."""

import io
from collections.abc import Callable

import docx
import pytest

from indicators.numerals import parse_figure
from indicators.observation import Missing
from ingest.formats.from_docx import read_docx
from ingest.formats.from_html import read_html
from reports.table import Table


def web_page() -> Table:
    page = "<table><tr><td>指标</td><td>数量</td></tr><tr><td>收到申请数<sup>2</sup></td><td>3<sup>1</sup></td></tr></table>"
    return read_html(f"<html><body><p>报告</p>{page}</body></html>".encode(), "report.html").tables[0]


def word_file() -> Table:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "指标", "数量"
    table.cell(1, 0).text = "收到申请数"
    paragraph = table.cell(1, 1).paragraphs[0]
    paragraph.add_run("3")
    paragraph.add_run("1").font.superscript = True
    buffer = io.BytesIO()
    document.save(buffer)
    return read_docx(buffer.getvalue(), "report.docx").tables[0]


@pytest.mark.parametrize("make_table", [web_page, word_file])
def test_a_raised_mark_makes_the_cell_unreadable_and_not_another_number(make_table: Callable[[], Table]) -> None:
    cell = make_table().grid[1][1]
    assert cell is not None
    assert cell.text == "3¹"
    assert parse_figure(cell.text).missing is Missing.UNREADABLE
