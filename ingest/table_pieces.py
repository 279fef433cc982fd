"""Joins the pieces of a table that a page break has split: the lower piece has no head of its own.

A piece that begins with a head of an official form, or with a title, is a table by itself.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from ingest.form_blocks import FormPart, head_part, is_blank, is_number, row_pieces
from ingest.form_words import FormWords
from ingest.labels import folded
from reports.document import Paragraph
from reports.table import Cell, Table

_PAGE_MARK = re.compile(
    r"(?:第?[-—–―·]*\d{1,4}[-—–―·]*页?|[-—–―]+|共\d+页第\d+页|第\d+页共\d+页|\(?续表\d*\)?|\(?接上表\)?)"
)


def join_pieces(blocks: Sequence[Paragraph | Table], vocabulary: FormWords) -> tuple[Table, ...]:
    """The tables of a document in reading order, pieces joined; ids and captions are those of the first piece."""
    tables: list[Table] = []
    adjacent = False
    for block in blocks:
        if isinstance(block, Paragraph):
            adjacent = adjacent and _PAGE_MARK.fullmatch(folded(block.text)) is not None
            continue
        if adjacent and tables and _continues(tables[-1], block, vocabulary):
            tables[-1] = _joined(tables[-1], block)
        else:
            tables.append(block)
        adjacent = True
    return tuple(tables)


def _continues(upper: Table, lower: Table, vocabulary: FormWords) -> bool:
    if upper.ragged != lower.ragged:
        return False
    first = _first_row(lower)
    if not first:
        return True
    part = head_part(first, vocabulary)
    if part is None:
        title = len([cell for cell in first if not is_blank(cell)]) == 1 and len(first) == 1
        return not title and not any(is_number(cell) is False and "统计表" in cell.text for cell in first)
    return _ends_in_heads(upper, part, vocabulary)


def _first_row(table: Table) -> list[Cell]:
    for row in range(table.rows):
        pieces = row_pieces(table, row)
        if any(not is_blank(cell) for cell in pieces):
            return pieces
    return []


def _ends_in_heads(table: Table, part: FormPart, vocabulary: FormWords) -> bool:
    """Whether the table's last printed row is a head row of the same form: its data is on the next page."""
    for row in range(table.rows - 1, -1, -1):
        pieces = row_pieces(table, row)
        if any(not is_blank(cell) for cell in pieces):
            return head_part(pieces, vocabulary) is part
    return False


def _joined(upper: Table, lower: Table) -> Table:
    """The rows of both; unequal widths are aligned at the right, where the figures stand."""
    width = max(upper.columns, lower.columns)
    cells: list[Cell] = []
    for table, below in ((upper, 0), (lower, upper.rows)):
        extra = 0 if table.ragged else width - table.columns
        for cell in table.cells:
            first = cell.column == 0
            cells.append(
                replace(
                    cell,
                    row=cell.row + below,
                    column=cell.column if first else cell.column + extra,
                    column_span=cell.column_span + (extra if first else 0),
                )
            )
    return replace(upper, cells=tuple(cells), ocr=upper.ocr or lower.ocr)
