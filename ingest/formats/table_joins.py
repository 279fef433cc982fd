"""Joins the parts of tables that continue over pages: no library does, and a figure in a lost row is a lost figure.

The rules follow how Word, WPS and LibreOffice break tables: the frame is closed at the foot of the page and opened again
on the next; header rows may be repeated; a merged label may be split between the pages or printed on one of them only;
even one row may be cut. A label or a row is joined only where the print leaves no doubt; where it does, its figures
become unreadable.
"""

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from ingest.formats.column_alignment import align_columns
from ingest.formats.joined_table import JoinedCell, JoinedTable
from ingest.formats.page_breaks import is_row_cut, label_goes_on
from ingest.formats.pdf_frames import PageFrame
from ingest.formats.table_pieces import PieceCell, TablePiece, is_figure
from reports.place import BBox, Place
from reports.table import Cell, Table

# Frames of two parts of one table differ by no more than this (points): printers and converters shift pages a little.
_FRAME = 4.0
_LOW = 0.75
_CUT_ROW = "the page break cuts this row and the print does not tell which row its figures belong to"


def as_joined(piece: TablePiece) -> JoinedTable:
    """The table that one piece makes alone."""
    entries = tuple(_entry(cell, piece.page, 0) for cell in piece.cells)
    return JoinedTable(piece.xs, piece.rows, entries, (piece,))


def can_continue(table: JoinedTable, piece: TablePiece) -> bool:
    """Whether a piece at the head of a page has the frame of the table at the foot of the page before."""
    above = table.pieces[-1]
    same_width = abs((above.xs[-1] - above.xs[0]) - (piece.xs[-1] - piece.xs[0])) <= 2 * _FRAME
    same_place = abs(above.xs[0] - piece.xs[0]) <= 2 * _FRAME
    mirrored = same_width and len(above.xs) == len(piece.xs)
    return piece.page == above.page + 1 and same_width and (same_place or mirrored)


def join_piece(table: JoinedTable, piece: TablePiece) -> JoinedTable:
    """The table with the piece of the next page below it."""
    piece = _without_repeated_header(table, piece)
    if not piece.cells:
        return replace(table, pieces=(*table.pieces, piece))
    table, piece = _on_common_columns(table, piece)
    foot = [entry for entry in table.entries if entry.row + entry.row_span == table.rows]
    head = [cell for cell in piece.cells if cell.row == 0]
    cut = is_row_cut(foot, head, table.rows, is_low=_is_lower_than_a_row(table, piece))
    if cut is None:
        table, piece = _doubted(table, piece)
    offset = table.rows - 1 if cut else table.rows
    continued = _continued(table, piece, cut=bool(cut))
    taken = {id(cell) for cell in continued.values()}
    entries = [
        _grown(entry, cell, piece.page, offset) if (cell := continued.get((entry.row, entry.column))) else entry
        for entry in table.entries
    ]
    entries += [_entry(cell, piece.page, offset) for cell in piece.cells if id(cell) not in taken]
    return JoinedTable(table.xs, offset + piece.rows, tuple(entries), (*table.pieces, piece))


def as_table(table: JoinedTable, frames: Mapping[int, PageFrame], ocr: bool = False) -> Table:
    """The domain table. Boxes lie as a viewer shows the page; a cell over two pages has the place of its first part."""
    cells = [
        Cell(
            text=entry.text.strip(),
            row=entry.row,
            column=entry.column,
            row_span=entry.row_span,
            column_span=entry.column_span,
            place=Place(page=entry.page, bbox=_rounded(frames[entry.page].shown(entry.box))),
            unreadable=entry.unreadable,
        )
        for entry in sorted(table.entries, key=lambda item: (item.row, item.column))
    ]
    first = table.pieces[0]
    place = Place(page=first.page, bbox=_rounded(frames[first.page].shown(first.bbox)))
    return Table(id="", cells=tuple(cells), place=place, ocr=ocr)


def _rounded(box: BBox) -> BBox:
    x0, top, x1, bottom = (round(value, 2) for value in box)
    return (x0, top, x1, bottom)


def _entry(cell: PieceCell, page: int, offset: int) -> JoinedCell:
    return JoinedCell(
        row=cell.row + offset,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        text=cell.text,
        page=page,
        box=cell.box,
        unreadable=cell.unreadable,
        last=cell,
    )


def _grown(entry: JoinedCell, cell: PieceCell, page: int, offset: int) -> JoinedCell:
    """An entry with its continuation on the next page. What is printed on the second page alone is cited there."""
    moved = not entry.text and bool(cell.text)
    reason = entry.unreadable or cell.unreadable
    joint = "\n"
    if is_figure(entry.text) and is_figure(cell.text):
        # A number that found no room in its line goes on over the page.
        if entry.last.is_full and len(entry.last.lines[-1].text) > 1:
            joint = ""
        else:
            reason = reason or _CUT_ROW
    return replace(
        entry,
        row_span=offset + cell.row_span - entry.row,
        text=joint.join(part for part in (entry.text, cell.text) if part),
        page=page if moved else entry.page,
        box=cell.box if moved else entry.box,
        unreadable=reason,
        last=cell if cell.lines else entry.last,
    )


def _doubted(table: JoinedTable, piece: TablePiece) -> tuple[JoinedTable, TablePiece]:
    """Both sides of the break with the value cells of the torn row, or rows, marked unreadable."""
    entries = tuple(
        replace(entry, unreadable=entry.unreadable or _CUT_ROW)
        if entry.row == table.rows - 1 and (not entry.text or is_figure(entry.text))
        else entry
        for entry in table.entries
    )
    cells = tuple(
        replace(cell, unreadable=cell.unreadable or _CUT_ROW)
        if cell.row == 0 and (cell.is_blank or is_figure(cell.text))
        else cell
        for cell in piece.cells
    )
    return replace(table, entries=entries), replace(piece, cells=cells)


def _continued(table: JoinedTable, piece: TablePiece, *, cut: bool) -> dict[tuple[int, int], PieceCell]:
    """For each cell at the foot of the table, by its row and column: the cell at the head of the piece that goes on."""
    feet = {
        (entry.column, entry.column_span): entry for entry in table.entries if entry.row + entry.row_span == table.rows
    }
    head = sorted((cell for cell in piece.cells if cell.row == 0), key=lambda cell: cell.column)
    continued = {}
    own_label = False
    has_figures = any(is_figure(entry.text) for entry in table.entries)
    for cell in head:
        entry = feet.get((cell.column, cell.column_span))
        goes_on = entry is not None and (
            cut or label_goes_on(entry, cell, head, after_label=own_label, has_figures=has_figures)
        )
        if goes_on and entry is not None:
            continued[entry.row, entry.column] = cell
        own_label = own_label or (bool(cell.text) and not goes_on)
    return continued


def _is_lower_than_a_row(table: JoinedTable, piece: TablePiece) -> bool:
    """Whether the row above the break or the one below it is so low that it can only be a part of a row."""
    heights = sorted(below - above for part in (*table.pieces, piece) for above, below in pairwise(part.ys))
    foot = table.pieces[-1].ys
    lowest = min(piece.ys[1] - piece.ys[0], foot[-1] - foot[-2])
    return lowest < _LOW * heights[len(heights) // 4]


def _on_common_columns(table: JoinedTable, piece: TablePiece) -> tuple[JoinedTable, TablePiece]:
    """Both on one set of column boundaries: that of the table, with those of the piece that it has not yet."""
    scale = (table.xs[-1] - table.xs[0]) / (piece.xs[-1] - piece.xs[0])
    moved = [table.xs[0] + (x - piece.xs[0]) * scale for x in piece.xs]
    xs, mine, theirs = align_columns(table.xs, moved)
    entries = tuple(
        replace(
            entry,
            column=mine[entry.column],
            column_span=mine[entry.column + entry.column_span] - mine[entry.column],
        )
        for entry in table.entries
    )
    cells = tuple(
        replace(
            cell,
            column=theirs[cell.column],
            column_span=theirs[cell.column + cell.column_span] - theirs[cell.column],
        )
        for cell in piece.cells
    )
    return replace(table, xs=tuple(xs), entries=entries), replace(piece, cells=cells)


def _without_repeated_header(table: JoinedTable, piece: TablePiece) -> TablePiece:
    """The piece without the head rows of the table's first page printed again: same texts, same boxes."""
    first = table.pieces[0]
    repeated = 0
    for row in range(min(first.rows, piece.rows)):
        if not _is_same_row(first, piece, row) or _has_figures(piece, row):
            break
        if all(cell.row + cell.row_span <= row + 1 for cell in piece.cells if cell.row <= row):
            repeated = row + 1
    if not repeated:
        return piece
    kept = tuple(replace(cell, row=cell.row - repeated) for cell in piece.cells if cell.row >= repeated)
    return replace(piece, ys=piece.ys[repeated:], cells=kept)


def _is_same_row(first: TablePiece, piece: TablePiece, row: int) -> bool:
    """Whether the cells that begin in a row have the same texts and lie at the same places within both frames."""
    mine = [cell for cell in first.cells if cell.row == row]
    theirs = [cell for cell in piece.cells if cell.row == row]
    return len(mine) == len(theirs) and all(
        "".join(one.text.split()) == "".join(two.text.split())
        and all(
            abs((x - first.bbox[side % 2]) - (y - piece.bbox[side % 2])) < _FRAME
            for side, (x, y) in enumerate(zip(one.box, two.box, strict=True))
        )
        for one, two in zip(mine, theirs, strict=True)
    )


def _has_figures(piece: TablePiece, row: int) -> bool:
    return any(is_figure(cell.text) for cell in piece.cells if cell.row == row)
