"""A table over one or more pages: its cells on one grid, and the parts that it was joined from."""

from dataclasses import dataclass

from ingest.formats.table_pieces import PieceCell, TablePiece
from reports.place import BBox


@dataclass(frozen=True, slots=True)
class JoinedCell:
    """A cell of the joined table and the pages' boxes it consists of; `last` is its part on the latest page."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    page: int
    box: BBox
    unreadable: str | None
    last: PieceCell


@dataclass(frozen=True)
class JoinedTable:
    """A table over one or more pages. xs: its column boundaries on the first page."""

    xs: tuple[float, ...]
    rows: int
    entries: tuple[JoinedCell, ...]
    pieces: tuple[TablePiece, ...]

    @property
    def columns(self) -> int:
        """Number of grid columns."""
        return len(self.xs) - 1


def same_columns(entry: JoinedCell, cell: PieceCell) -> bool:
    """Whether a cell below a page break covers the columns of one above it."""
    return (entry.column, entry.column_span) == (cell.column, cell.column_span)
