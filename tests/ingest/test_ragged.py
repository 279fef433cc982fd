"""The grid of a table whose export lost the spans, by general rules: made-up tables, not the official ones."""

from ingest.ragged import DOES_NOT_FIT, restore_grid
from reports.table import Cell, Table


def ragged(*rows: str) -> Table:
    """Rows of cells divided by |; a dot is a blank cell."""
    cells = [
        Cell("" if text == "." else text, row, column)
        for row, line in enumerate(rows)
        for column, text in enumerate(line.split("|"))
    ]
    return Table("t1", tuple(cells), ragged=True)


def layout(table: Table) -> list[list[tuple[str, int, int]]]:
    """Text, column and span of each cell, row by row."""
    return [[(cell.text, cell.column, cell.column_span) for cell in table.row_cells(row)] for row in range(table.rows)]


def test_rows_of_equal_length_stay_as_they_are() -> None:
    table = restore_grid(ragged("种类|数", "甲|1", "乙|."))
    assert layout(table) == [[("种类", 0, 1), ("数", 1, 1)], [("甲", 0, 1), ("1", 1, 1)], [("乙", 0, 1), ("", 1, 1)]]
    assert not table.ragged


def test_a_label_takes_the_columns_that_are_left_over() -> None:
    table = restore_grid(ragged("地区|.|一月|二月", "合计|5|7", "东部|甲县|2|3", ".|乙县|3|4"))
    assert layout(table)[1] == [("合计", 0, 2), ("5", 2, 1), ("7", 3, 1)]
    assert layout(table)[3] == [("", 0, 1), ("乙县", 1, 1), ("3", 2, 1), ("4", 3, 1)]


def test_heads_over_heads() -> None:
    table = restore_grid(ragged("地区|收入|支出", ".|税收|其他|人员|办公|合计", "甲县|1|2|3|4|10", "乙县|1|2|3|4|10"))
    # 收入 and 支出 divide five columns, and nothing tells where: the heads are marked, the figures keep their columns.
    assert [cell.unreadable for cell in table.row_cells(0)] == [DOES_NOT_FIT] * 3
    table = restore_grid(ragged("地区|收入|支出", ".|税收|其他|税收|其他", "甲县|1|2|3|4", "乙县|1|2|3|4"))
    assert layout(table)[0] == [("地区", 0, 1), ("收入", 1, 2), ("支出", 3, 2)]


def test_a_blank_head_continues_the_one_above() -> None:
    table = restore_grid(ragged("地区|人数|经费|备注数", ".|.|上级|本级|.", "甲县|1|2|3|4"))
    assert layout(table)[0] == [("地区", 0, 1), ("人数", 1, 1), ("经费", 2, 2), ("备注数", 4, 1)]


def test_a_title_spans_the_table_and_its_parts_may_differ_in_width() -> None:
    table = restore_grid(ragged("第一部分", "种类|甲|乙", "子|1|2", "第二部分", "种类|丙", "丑|3"))
    assert layout(table)[0] == [("第一部分", 0, 3)]
    assert layout(table)[4] == [("种类", 0, 2), ("丙", 2, 1)]
    assert layout(table)[5] == [("丑", 0, 2), ("3", 2, 1)]


def test_a_row_with_a_cell_too_few_or_too_many_is_marked() -> None:
    table = restore_grid(ragged("地区|.|一月|二月|三月", "合计|5|7|9", "东部|甲县|2|3|4", "西部|乙县|3|4", "3|4|5"))
    marked = {cell.row for cell in table.cells if cell.unreadable}
    assert marked == {3, 4}
