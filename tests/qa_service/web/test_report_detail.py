"""Which cells of a table are headings: what the page needs to redraw it."""

import pytest

from indicators.observation import Missing, Observation
from indicators.stored_report import ReportItem, StoredReport
from qa_service.web.report_detail import TableDetail, report_detail
from reports.citation import Citation
from reports.table import Cell, Table


def detail(*rows: str) -> TableDetail:
    """A table written row by row, cells apart by "|"; "#" is a figure, "^" belongs to the cell above, "" is blank."""
    cells: list[Cell] = []
    figures: list[Observation] = []
    grid = [row.split("|") for row in rows]
    for row, texts in enumerate(grid):
        for column, text in enumerate(texts):
            if text == "^":
                continue
            below = next((n for n in range(row + 1, len(grid)) if grid[n][column] != "^"), len(grid))
            cells.append(Cell(text, row, column, row_span=below - row))
            if text == "#":
                citation = Citation("r", "#", "#", table="t1", row=row, column=column)
                figures.append(Observation(None, "x", "a", 2020, citation, missing=Missing.UNREADABLE))
    item = ReportItem("r", "a", "A", 2020, "T", "C", "f", "txt", 1, True, len(figures), 0, 0)
    report = StoredReport(item, "0" * 64, 1, (), (Table("t1", tuple(cells)),), (), (), (item,))
    return report_detail(report, figures).tables[0]


@pytest.mark.parametrize(
    ("rows", "head_rows"),
    [
        (("h|h|h", "a|#|#", "b|#|#"), 1),
        (("h|h|h", "^|i|j", "a|#|#"), 2),
        # A heading of rows below the column headings is no column heading.
        (("h|h|h", "一、情况|——|", "a|unit|#", "二、情况|——|", "b|unit|#"), 1),
        # Parts with headings of their own: none stands over all figures.
        (("A|A|A", "a|#|#", "B|B|B", "b|#|#"), 0),
        # A heading that reaches down beside the figures would be cut off.
        (("h|h", "^|i", "^|#"), 0),
        (("#|#",), 0),
        (("a|b", "c|d"), 0),
        (("h|h", "a|"), 0),
    ],
)
def test_the_rows_above_all_figures_are_the_head(rows: tuple[str, ...], head_rows: int) -> None:
    assert detail(*rows).head_rows == head_rows


def test_every_figure_and_nothing_else_is_marked_as_one() -> None:
    table = detail("h|h", "a|#", "b|")
    assert [(cell.row, cell.column) for cell in table.cells if cell.figure] == [(1, 1)]
