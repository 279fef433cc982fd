"""The same table as another clerk, export or page break would print it."""

import random
from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal

from indicators.catalogue import load_catalogue
from indicators.observation import Missing, Observation
from ingest.form_words import form_words
from ingest.official_tables import TableFigures, map_tables
from ingest.ragged import restore_grid
from ingest.table_observations import Whose
from ingest.table_pieces import join_pieces
from reports.document import Paragraph
from reports.table import Cell, Table

Key = tuple[str, str | None]
Found = tuple[Decimal | None, Missing | None, str | None]


def figures_of(blocks: Iterable[Paragraph | Table], year: int) -> TableFigures:
    """What is read from tables in that order, as `read_report` reads them."""
    catalogue = load_catalogue()
    tables = [restore_grid(table) for table in join_pieces(list(blocks), form_words(catalogue))]
    return map_tables(tables, catalogue, Whose("report", "agency", year))


def catalogued(observations: Iterable[Observation]) -> dict[Key, Found]:
    """The catalogue's figures by indicator and applicant."""
    return {
        (each.indicator, each.applicant): (each.value, each.missing, each.unit)
        for each in observations
        if each.indicator
    }


def change_texts(table: Table, change: Callable[[Cell], str]) -> Table:
    """The table with other cell texts."""
    return replace(table, cells=tuple(replace(cell, text=change(cell)) for cell in table.cells))


def insert_row(table: Table, at: int) -> Table:
    """A blank row before row `at`; cells that span it grow."""
    cells = [_moved(cell, at, "row", "row_span") for cell in table.cells]
    columns = range(table.columns)
    covered = {
        column
        for cell in cells
        if cell.row < at < cell.row + cell.row_span
        for column in range(cell.column, cell.column + cell.column_span)
    }
    cells += [Cell("", at, column) for column in columns if column not in covered]
    return replace(table, cells=tuple(cells))


def insert_column(table: Table, at: int) -> Table:
    """A blank column before column `at`; cells that span it grow."""
    cells = [_moved(cell, at, "column", "column_span") for cell in table.cells]
    covered = {
        row
        for cell in cells
        if cell.column < at < cell.column + cell.column_span
        for row in range(cell.row, cell.row + cell.row_span)
    }
    cells += [Cell("", row, at) for row in range(table.rows) if row not in covered]
    return replace(table, cells=tuple(cells))


def _moved(cell: Cell, at: int, start: str, span: str) -> Cell:
    first, width = getattr(cell, start), getattr(cell, span)
    if first >= at:
        return replace(cell, **{start: first + 1})
    if first + width > at:
        return replace(cell, **{span: width + 1})
    return cell


def split_rows(table: Table, at: int) -> tuple[Table, Table]:
    """The rows before and from row `at` as two tables; a cell merged over the cut goes on in the lower one as a blank
    (ragged tables lose nothing: they print the blank anyway)."""
    upper = [replace(cell, row_span=min(cell.row_span, at - cell.row)) for cell in table.cells if cell.row < at]
    lower = [replace(cell, row=cell.row - at) for cell in table.cells if cell.row >= at]
    lower += [
        replace(cell, text="", row=0, row_span=cell.row + cell.row_span - at)
        for cell in table.cells
        if cell.row < at < cell.row + cell.row_span
    ]
    return replace(table, cells=tuple(upper)), replace(table, id=table.id + "b", cells=tuple(lower), caption=None)


def drop_cell(table: Table, index: int) -> Table:
    """One cell forgotten in an export: the cells right of it in its row move left."""
    gone = table.cells[index]
    cells = [
        replace(cell, column=cell.column - gone.column_span)
        if cell.row == gone.row and cell.column > gone.column
        else cell
        for position, cell in enumerate(table.cells)
        if position != index
    ]
    return replace(table, cells=tuple(cells))


def double_cell(table: Table, index: int) -> Table:
    """One cell printed twice: the cells right of it in its row move right."""
    twice = table.cells[index]
    cells = [
        replace(cell, column=cell.column + twice.column_span)
        if cell.row == twice.row and cell.column > twice.column
        else cell
        for cell in table.cells
    ]
    return replace(table, cells=(*cells, replace(twice, column=twice.column + twice.column_span)))


def wrapped(text: str, where: random.Random) -> str:
    """The text with a line break or a space of some width somewhere inside."""
    if len(text) < 2:
        return text
    at = where.randrange(1, len(text))
    return text[:at] + where.choice(["\n", " ", "\u3000", "\n  ", "\u00a0"]) + text[at:]
