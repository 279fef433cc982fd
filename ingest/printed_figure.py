"""A cell of a table together with what the form says it is; not yet parsed."""

from dataclasses import dataclass

from indicators.catalogue import Indicator
from reports.table import Cell, Table

# Why a cell must not be read as a figure.
NO_COLUMN = "the row has a cell that no column head explains"
TOO_FEW = "the row has fewer cells than the table has columns"
BAD_HEADS = "the heads of the columns contradict each other"
MERGED = "one cell stands for several rows or columns"
WRONG_UNIT = "the printed unit cannot be a unit of this figure"
REFUSALS_ZH = {
    NO_COLUMN: "该行有表头未说明的单元格",
    TOO_FEW: "该行的单元格比表头少",
    BAD_HEADS: "各列表头互相矛盾",
    MERGED: "一个单元格对应多行或多列",
    WRONG_UNIT: "所印单位与该指标不符",
}


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
