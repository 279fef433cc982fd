"""A printed table as a grid of cells with spans."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property

from reports.place import Place


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell. `text` is exactly as printed (line breaks and blanks included); "" is a blank cell.

    row, column: 0-based position of the top left corner in the grid. A grid position covered by no cell is absent
    (there is no such cell), which is not the same as blank.
    unreadable: set by a reader whose second opinion disagreed about the characters; the reason, in English.
    """

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    place: Place = field(default_factory=Place)
    unreadable: str | None = None


@dataclass(frozen=True)
class Table:
    """A table in reading order. `id` is unique in its document ("t1", "t2", …).

    ragged: True when the format could not tell the spans (text exports): each row then lists its printed cells from
    column 0 on, and `ingest.ragged` restores the grid before anything is read from it.
    caption: the nearest heading line above the table, if any.
    """

    id: str
    cells: tuple[Cell, ...]
    place: Place = field(default_factory=Place)
    caption: str | None = None
    ragged: bool = False
    ocr: bool = False

    @cached_property
    def rows(self) -> int:
        """Number of grid rows."""
        return max((cell.row + cell.row_span for cell in self.cells), default=0)

    @cached_property
    def columns(self) -> int:
        """Number of grid columns."""
        return max((cell.column + cell.column_span for cell in self.cells), default=0)

    @cached_property
    def grid(self) -> tuple[tuple[Cell | None, ...], ...]:
        """The cell that covers each grid position, row by row; None where there is no cell."""
        grid: list[list[Cell | None]] = [[None] * self.columns for _ in range(self.rows)]
        for cell in self.cells:
            for row in range(cell.row, cell.row + cell.row_span):
                for column in range(cell.column, cell.column + cell.column_span):
                    grid[row][column] = cell
        return tuple(tuple(row) for row in grid)

    def row_cells(self, row: int) -> Iterator[Cell]:
        """The cells whose top left corner lies in this row, left to right."""
        return iter(self._by_row.get(row, ()))

    @cached_property
    def _by_row(self) -> dict[int, list[Cell]]:
        by_row: dict[int, list[Cell]] = {}
        for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column)):
            by_row.setdefault(cell.row, []).append(cell)
        return by_row
