"""The real PDF report: two pages' worth of one table, a label cut by the page break, frames around text."""

import functools

from ingest.formats.from_pdf import read_pdf
from reports.document import Document, Paragraph
from reports.table import Table
from tests.formats.real_reports import real_report


@functools.cache
def _document() -> Document:
    return read_pdf(real_report("huaian_gov_2024.pdf"), "huaian_gov_2024.pdf")


def _row(table: Table, row: int) -> list[str]:
    return ["".join(cell.text.split()) for cell in table.row_cells(row)]


def test_three_tables_with_their_full_size() -> None:
    assert [(table.rows, table.columns) for table in _document().tables] == [(14, 4), (28, 10), (4, 15)]
    assert not _document().problems


def test_table_goes_on_over_the_page_break() -> None:
    first = _document().tables[0]
    assert _row(first, 7) == ["第二十条第（六）项"]
    assert _row(first, 9) == ["行政处罚", "3985758"]
    assert {cell.place.page for cell in first.cells} == {3, 4}


def test_label_cut_by_the_page_break_is_one_cell() -> None:
    matrix = _document().tables[1]
    [label] = [cell for cell in matrix.cells if "".join(cell.text.split()) == "（四）无法提供"]
    assert (label.row, label.row_span, label.column) == (15, 3, 1)
    assert label.place.page == 4
    assert _row(matrix, 16) == ["2.没有现成信息需要另行制作", "11", "0", "0", "0", "0", "0", "11"]


def test_merged_group_label_reaches_over_the_page_break() -> None:
    [group] = [cell for cell in _document().tables[1].cells if "".join(cell.text.split()) == "三、本年度办理结果"]
    assert (group.row, group.row_span, group.column) == (5, 22, 0)


def test_every_grid_position_is_covered_once() -> None:
    for table in _document().tables:
        area = sum(cell.row_span * cell.column_span for cell in table.cells)
        assert area == table.rows * table.columns
        assert all(cell is not None for row in table.grid for cell in row)


def test_page_numbers_are_no_text_and_shaded_text_is_no_table() -> None:
    texts = [block.text for block in _document().blocks if isinstance(block, Paragraph)]
    assert not [text for text in texts if text.strip(" -").isdigit()]
    assert any(text.startswith("一、总体情况") for text in texts)
    assert any(len(text) > 150 and text.endswith("。") for text in texts)


def test_captions_are_the_headings_above() -> None:
    assert [table.caption and table.caption[:2] for table in _document().tables] == ["二、", "三、", "四、"]


def test_boxes_lie_on_their_page() -> None:
    for table in _document().tables:
        for cell in table.cells:
            assert cell.place.page is not None
            assert cell.place.bbox is not None
            x0, top, x1, bottom = cell.place.bbox
            assert 0 <= x0 < x1 <= 596
            assert 0 <= top < bottom <= 843
