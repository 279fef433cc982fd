"""Rows of cells with spans -> a grid, by the algorithm "forming a table" of the HTML standard (section 4.9.12)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from reports.place import Place
from reports.table import Cell

WIDEST = 1000
TALLEST = 65534
MOST_POSITIONS = 100_000
_NUMBER = re.compile(r"[ \t\n\f\r]*\+?([0-9]+)")
_OVERLAP = "two cells of the table claim this position"


class TableTooLarge(Exception):  # caught by the readers, which report it
    """The grid has more positions than any report's table."""


@dataclass(frozen=True, slots=True)
class SpannedCell:
    """A cell as a row lists it. rows_below: None where it goes down to the end of its row group (rowspan="0")."""

    text: str
    column_span: int = 1
    row_span: int | None = 1
    place: Place = field(default_factory=Place)
    unreadable: str | None = None


def parse_span(value: str | None, limit: int) -> int | None:
    """A colspan or rowspan attribute: leading digits count ("2;" is 2), nonsense is 1, 0 is None, large is `limit`."""
    found = _NUMBER.match(value or "")
    if found is None:
        return 1
    digits = found.group(1)
    number = limit if len(digits) > 9 else int(digits)
    return min(number, limit) or None


def form_grid(groups: Sequence[Sequence[Sequence[SpannedCell]]]) -> tuple[Cell, ...]:
    """The cells of a table, from its row groups (thead, tbody, tfoot) of rows of cells; spans end with their group.

    Rows and columns in which no cell begins are left out, so colspan="1000" over a table of three columns is 3. Cells that
    claim the same position keep the first claim and are unreadable. Raises TableTooLarge.
    """
    if sum(len(row) for group in groups for row in group) > MOST_POSITIONS:
        raise TableTooLarge
    cells: list[Cell] = []
    taken: dict[tuple[int, int], int] = {}
    start = 0
    for group in groups:
        for offset, row in enumerate(group):
            _place_row(row, start + offset, start + len(group), cells, taken)
        start += len(group)
    return without_unused_lines(cells)


def _place_row(
    row: Sequence[SpannedCell], index: int, end: int, cells: list[Cell], taken: dict[tuple[int, int], int]
) -> None:
    column = 0
    for item in row:
        while (index, column) in taken:
            column += 1
        height = end - index if item.row_span is None else min(item.row_span, end - index)
        width = item.column_span
        free = 1
        while free < width and (index, column + free) not in taken:
            free += 1
        reason = item.unreadable
        if free < width and item.column_span < WIDEST:
            reason = reason or _OVERLAP
        cells.append(Cell(item.text, index, column, height, free, item.place, reason))
        if len(taken) + free * height > MOST_POSITIONS * 5:
            raise TableTooLarge
        for below in range(height):
            for aside in range(free):
                taken[index + below, column + aside] = len(cells) - 1
        column += free


def without_unused_lines(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    """The cells on a grid without the rows and columns in which no cell begins. Raises TableTooLarge."""
    rows = {row: index for index, row in enumerate(sorted({cell.row for cell in cells}))}
    columns = {column: index for index, column in enumerate(sorted({cell.column for cell in cells}))}
    if len(rows) * len(columns) > MOST_POSITIONS:
        raise TableTooLarge
    return tuple(
        replace(
            cell,
            row=rows[cell.row],
            column=columns[cell.column],
            row_span=sum(1 for row in range(cell.row, cell.row + cell.row_span) if row in rows),
            column_span=sum(1 for column in range(cell.column, cell.column + cell.column_span) if column in columns),
        )
        for cell in cells
    )
