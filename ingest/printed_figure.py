"""A cell of a table together with what the form says it is; not yet parsed."""

from dataclasses import dataclass

from indicators.catalogue import Indicator
from reports.table import Cell, Table


@dataclass(frozen=True, slots=True)
class PrintedFigure:
    """One value cell.

    indicator is None where the catalogue has none for that row and column. label: the form's label of the figure, or the
    printed row and column path. row_path, column_path: printed headings from the outermost in. unit: printed beside or
    above the cell. refused: why the cell must not be read as a figure (English), None if it may.
    """

    table: Table
    cell: Cell
    row: int
    indicator: Indicator | None
    label: str
    row_path: tuple[str, ...]
    column_path: tuple[str, ...]
    applicant: str | None = None
    unit: str | None = None
    refused: str | None = None


def joined_path(*paths: tuple[str, ...]) -> str:
    """The headings of one or more paths as one label, " / " between them."""
    return " / ".join(part for path in paths for part in path if part)
