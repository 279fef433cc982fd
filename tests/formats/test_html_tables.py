"""Spans, blanks, line breaks, broken mark-up: the grid that a browser would show."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.formats.from_html import read_html
from ingest.formats.span_grid import SpannedCell, TableTooLarge, form_grid, parse_span
from reports.document import Document, Paragraph
from reports.table import Cell, Table


def _document(body: str) -> Document:
    return read_html(f"<html><body>{body}</body></html>".encode(), "page.html")


def _table(body: str) -> Table:
    [table] = _document(body).tables
    return table


def _grid(table: Table) -> list[list[str | None]]:
    return [[None if cell is None else cell.text for cell in row] for row in table.grid]


def test_mixed_spans_shift_the_cells_below() -> None:
    table = _table(
        "<table><tr><td rowspan=3>甲</td><td colspan=2>乙</td><td rowspan=2>丙</td></tr>"
        "<tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td><td>5</td></tr></table>"
    )
    assert _grid(table) == [["甲", "乙", "乙", "丙"], ["甲", "1", "2", "丙"], ["甲", "3", "4", "5"]]


@pytest.mark.parametrize("span", ["2;", " 2", "+2", "2.9", "2px"])
def test_span_with_rubbish_behind_the_number(span: str) -> None:
    table = _table(f'<table><tr><td colspan="{span}">头</td></tr><tr><td>1</td><td>2</td></tr></table>')
    assert _grid(table) == [["头", "头"], ["1", "2"]]


@pytest.mark.parametrize("span", ["1000000000", "99999999999999999999", "1000"])
def test_huge_column_span_is_no_wider_than_the_table(span: str) -> None:
    table = _table(f'<table><tr><td colspan="{span}">头</td></tr><tr><td>1</td><td>2</td></tr></table>')
    assert _grid(table) == [["头", "头"], ["1", "2"]]


def test_row_span_zero_reaches_the_end_of_its_group() -> None:
    table = _table(
        "<table><tbody><tr><td rowspan=0>甲</td><td>1</td></tr><tr><td>2</td></tr></tbody>"
        "<tbody><tr><td>乙</td><td>3</td></tr></tbody></table>"
    )
    assert _grid(table) == [["甲", "1"], ["甲", "2"], ["乙", "3"]]


def test_row_span_beyond_the_table_ends_with_it() -> None:
    table = _table("<table><tr><td rowspan=900>甲</td><td>1</td></tr><tr><td>2</td></tr></table>")
    assert (table.rows, table.cells[0].row_span) == (2, 2)


def test_missing_end_tags() -> None:
    table = _table("<table><tr><td>甲<td>1<tr><td>乙<td>2</table>")
    assert _grid(table) == [["甲", "1"], ["乙", "2"]]


def test_cells_without_a_row_share_one() -> None:
    table = _table("<table><tr><td>甲</td><td>乙</td></tr><td>1</td><td>2</td></table>")
    assert _grid(table) == [["甲", "乙"], ["1", "2"]]


def test_blank_cells_are_blank_and_line_breaks_stay() -> None:
    table = _table(
        "<table><tr><td>&nbsp;</td><td>\u3000 </td><td>商业<br>企业</td><td><p>科研</p><p>机构</p></td></tr></table>"
    )
    assert _grid(table) == [["", "", "商业\n企业", "科研\n机构"]]


def test_source_line_breaks_do_not_cut_chinese_words() -> None:
    table = _table("<table><tr><td>予以\n      公开</td><td>natural\n person</td></tr></table>")
    assert _grid(table) == [["予以公开", "natural person"]]


def test_hidden_parts_are_left_out() -> None:
    table = _table(
        "<table><tr style='display: none'><td>9</td><td>9</td></tr>"
        "<tr><td>甲<span style='display:none'>99</span></td><td><del>8</del>7</td><td hidden>6</td></tr></table>"
    )
    assert _grid(table) == [["甲", "7"]]


def test_form_fields_show_their_value() -> None:
    """A filled-in form that was saved as a page: without the values every figure would look blank."""
    table = _table('<table><tr><td>申请数</td><td><input type="text" value="31"></td></tr></table>')
    assert _grid(table) == [["申请数", "31"]]


def test_layout_table_is_read_as_what_it_holds() -> None:
    document = _document(
        "<table><tr><td><p>一、总体情况</p><table><tr><td>规章</td><td>1</td></tr>"
        "<tr><td>行政规范性文件</td><td>8</td></tr></table><p>二、其他</p></td></tr></table>"
    )
    assert [block.text if isinstance(block, Paragraph) else _grid(block) for block in document.blocks] == [
        "一、总体情况",
        [["规章", "1"], ["行政规范性文件", "8"]],
        "二、其他",
    ]


def test_figures_in_paragraphs_stay_paragraphs() -> None:
    document = _document("<p>收到申请 12 件</p><p>其中：当面 3 件<br>网络 9 件</p>")
    assert [block.text for block in document.paragraphs] == ["收到申请 12 件", "其中：当面 3 件", "网络 9 件"]


def test_overlapping_cells_are_unreadable() -> None:
    table = _table(
        "<table><tr><td>甲</td><td rowspan=2>乙</td></tr><tr><td colspan=2>12</td></tr><tr><td>1</td><td>2</td></tr></table>"
    )
    [cell] = [cell for cell in table.cells if cell.text == "12"]
    assert cell.unreadable


def test_a_million_cells_are_reported_and_the_rest_is_read() -> None:
    rows = "<tr>" + "<td>1</td>" * 1000 + "</tr>"
    document = _document(
        f"<p>一、总体情况</p><table>{rows * 1000}</table><table><tr><td>甲</td><td>2</td></tr></table>"
    )
    assert [problem.code for problem in document.problems] == ["table-too-large"]
    assert [_grid(table) for table in document.tables] == [[["甲", "2"]]]


def test_deep_nesting_is_survived() -> None:
    document = _document(
        "<div>" * 20_000 + "<p>正文</p>" + "<font>" * 5_000 + "<table><tr><td>甲</td><td>1</td></tr></table>"
    )
    assert [block.text for block in document.paragraphs] == ["正文"]
    assert len(document.tables) == 1


@given(value=st.text(max_size=12))
def test_any_span_attribute_gives_a_usable_number(value: str) -> None:
    span = parse_span(value, 1000)
    assert span is None or 1 <= span <= 1000


_ROWS = st.lists(
    st.lists(
        st.builds(
            SpannedCell,
            st.sampled_from(["", "1", "甲"]),
            st.integers(1, 5),
            st.one_of(st.none(), st.integers(1, 5)),
        ),
        max_size=5,
    ),
    max_size=6,
)


@given(groups=st.lists(_ROWS, max_size=3))
def test_cells_never_lie_on_each_other(groups: list[list[list[SpannedCell]]]) -> None:
    cells = form_grid(groups)
    positions = [
        (row, column)
        for cell in cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(positions) == len(set(positions))
    assert len(cells) == sum(len(row) for group in groups for row in group)
    assert all(cell.row_span >= 1 and cell.column_span >= 1 for cell in cells)


def test_too_large_a_grid_is_refused() -> None:
    with pytest.raises(TableTooLarge):
        form_grid([[[SpannedCell("1")] * 1000] * 1000])


def test_row_of_cells_keeps_source_line() -> None:
    table = _table("\n\n<table>\n<tr><td>甲</td>\n<td>1</td></tr></table>")
    assert [cell.place.line for cell in table.cells] == [4, 5]
    assert isinstance(table.cells[0], Cell)


@pytest.mark.parametrize(
    "struck", ["<s>5</s>", "<strike>5</strike>", "<span style='text-decoration:line-through'>5</span>"]
)
def test_struck_out_figure_is_unreadable(struck: str) -> None:
    table = _table(f"<table><tr><td>申请数</td><td>{struck}7</td></tr></table>")
    assert [cell.unreadable is not None for cell in table.cells] == [False, True]
