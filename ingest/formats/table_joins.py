"""Joins the parts of tables that continue over pages: no library does, and a figure in a lost row is a lost figure.

The rules follow how Word, WPS and LibreOffice break tables: the frame is closed at the foot of the page and opened again
on the next; header rows may be repeated; a merged label may be split between the pages or printed on one of them only;
even one row may be cut. A label or a row is joined only where the print leaves no doubt; where it does, its figures
become unreadable.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.formats.pdf_pages import PageFrame
from ingest.formats.table_pieces import PieceCell, TablePiece, is_figure
from reports.place import BBox, Place
from reports.table import Cell, Table

# Frames of two parts of one table differ by no more than this (points): printers and converters shift pages a little.
_FRAME = 4.0
_STRETCH = 12.0
_SHIFT = 40.0
_LOW = 0.75
_NUMBERED = re.compile(
    r"\s*(?:[（(]?[一二三四五六七八九十百]+[）)、.．,，]|[（(]?\d{1,2}[）)、.．](?!\d)|[①-⑳⑴-⒛ⅰ-ⅿⅠ-Ⅻ]|第[一二三四五六七八九十\d]+|[#*＊★])"
)
_LETTERS = re.compile("[A-Za-z\u4e00-\u9fff]{2}|[条件次个篇人万元项份起宗件]$")
_ANY_LETTER = re.compile("[A-Za-z\u4e00-\u9fff]")
_PART_OF = re.compile(r"\s*其中")
_CUT_ROW = "the page break cuts this row and the print does not tell which row its figures belong to"


@dataclass(frozen=True, slots=True)
class _Entry:
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


_Pair = tuple[_Entry, PieceCell]


@dataclass(frozen=True)
class JoinedTable:
    """A table over one or more pages. xs: its column boundaries on the first page."""

    xs: tuple[float, ...]
    rows: int
    entries: tuple[_Entry, ...]
    pieces: tuple[TablePiece, ...]

    @property
    def columns(self) -> int:
        """Number of grid columns."""
        return len(self.xs) - 1


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
    cut = _is_row_cut(foot, head, table.rows, is_low=_is_lower_than_a_row(table, piece))
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


def as_table(table: JoinedTable, frames: dict[int, PageFrame], ocr: bool = False) -> Table:
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


def _entry(cell: PieceCell, page: int, offset: int) -> _Entry:
    return _Entry(
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


def _grown(entry: _Entry, cell: PieceCell, page: int, offset: int) -> _Entry:
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
            cut or _label_goes_on(entry, cell, head, after_label=own_label, has_figures=has_figures)
        )
        if goes_on and entry is not None:
            continued[entry.row, entry.column] = cell
        own_label = own_label or (bool(cell.text) and not goes_on)
    return continued


def _same_columns(entry: _Entry, cell: PieceCell) -> bool:
    return (entry.column, entry.column_span) == (cell.column, cell.column_span)


def _is_lower_than_a_row(table: JoinedTable, piece: TablePiece) -> bool:
    """Whether the row above the break or the one below it is so low that it can only be a part of a row."""
    heights = sorted(below - above for part in (*table.pieces, piece) for above, below in pairwise(part.ys))
    foot = table.pieces[-1].ys
    lowest = min(piece.ys[1] - piece.ys[0], foot[-1] - foot[-2])
    return lowest < _LOW * heights[len(heights) // 4]


def _is_row_cut(foot: Sequence[_Entry], head: Sequence[PieceCell], rows: int, *, is_low: bool) -> bool | None:
    """Whether the page break goes through one row: its cells then complement each other. None: nobody can tell.

    is_low: the row on one side of the break is lower than whole rows are.
    """
    pairs = [(entry, cell) for entry in foot for cell in head if _same_columns(entry, cell)]
    own = [(entry, cell) for entry, cell in pairs if entry.row == rows - 1 and cell.row_span == 1]
    if not own or len(pairs) != len(foot) or len(pairs) != len(head):
        return False
    if all(not entry.text for entry, _ in own):
        return True
    if all(not cell.text for _, cell in own):
        return is_low or _is_blank_rest(own, pairs)
    if any(_is_label(entry.text) and cell.text and not _is_label(cell.text) for entry, cell in pairs):
        return False  # figures below heads of columns
    labels = [(entry, cell) for entry, cell in own if _is_label(cell.text)]
    if _is_rest_of_heads(own):
        return True
    if any(entry.text and not _reads_on(entry, cell) for entry, cell in labels):
        return False
    if not labels:
        # Below the break is no label, so no row of its own.
        return any(_is_label(entry.text) for entry, _ in own)
    return _is_label_cut(own, labels)


def _is_label_cut(own: list[_Pair], labels: list[_Pair]) -> bool | None:
    """Whether a row is cut whose label, or labels, read on below the break."""
    numbered = any(_NUMBERED.match(entry.text) for entry, _ in labels)
    twice = [(entry, cell) for entry, cell in own if entry.text and cell.text and (entry, cell) not in labels]
    if not all(is_figure(entry.text) and is_figure(cell.text) and entry.last.is_full for entry, cell in twice):
        return None if numbered else False
    if any(is_figure(text) for entry, cell in own for text in (entry.text, cell.text)):
        return True if numbered else None
    # Heads of columns that read on; where value cells are blank, they may be two rows of labels.
    heads = len(labels) > 2 or all(entry.text for entry, _ in own)
    return True if numbered or heads else None


def _is_blank_rest(own: list[_Pair], pairs: list[_Pair]) -> bool:
    """Whether a blank row below the break is the rest of the row above: below heads of columns it may be a row of figures
    that were not filled in."""
    around = [(entry, cell) for entry, cell in pairs if entry.text and cell.text]
    heads_go_on = bool(around) and all(_reads_on(entry, cell) for entry, cell in around)
    has_value = any(not _is_label(entry.text) for entry, _ in own)
    return has_value or len(own) == 1 or heads_go_on


def _is_rest_of_heads(own: list[_Pair]) -> bool:
    """Whether a row below the break has text under the heads of columns only: its first cell is blank, as no row's is."""
    first, rest = min(own, key=lambda pair: pair[0].column)
    return (
        _is_label(first.text)
        and not rest.text
        and all(_is_label(entry.text) for entry, _ in own)
        and all(not cell.text or _is_label(cell.text) for _, cell in own)
    )


def _is_label(text: str) -> bool:
    return bool(_ANY_LETTER.search(text))


def _is_row_label(text: str) -> bool:
    """Whether a text names a row or its unit; a figure with its unit ("3件") does not."""
    has_digits = any(character.isdigit() for character in text)
    return bool(_LETTERS.search(text)) and (not has_digits or bool(_NUMBERED.match(text)))


def _reads_on(entry: _Entry, cell: PieceCell) -> bool:
    """Whether a text may be the rest of the text above the break: no new number, and the line above it is full, or the
    text above is a numbered item, after which an item without a number would be odd."""
    if is_figure(entry.text) or is_figure(cell.text) or _NUMBERED.match(cell.text) or _PART_OF.match(cell.text):
        return False
    return entry.last.is_full or bool(_NUMBERED.match(entry.text))


def _label_goes_on(
    entry: _Entry, cell: PieceCell, head: Sequence[PieceCell], *, after_label: bool, has_figures: bool
) -> bool:
    """Whether a label that spans rows goes on below the break: it stands left of the row's own label, or among heads of
    columns (the table has no figures so far) and has no room left. Right of the row's own label (after_label) a blank cell is a figure not given."""
    if is_figure(entry.text) or (cell.text and not _is_label(cell.text)):
        return False
    followed = any(other.column > cell.column and _is_row_label(other.text) for other in head)
    if not followed or after_label:
        among_heads = not has_figures and not any(is_figure(other.text) for other in head)
        return among_heads and entry.last.is_full and _is_label(cell.text) and _reads_on(entry, cell)
    if entry.text and cell.text:
        # Two cells of one row each are two labels, unless the upper one has no room for another character.
        return _reads_on(entry, cell) and (max(entry.row_span, cell.row_span) > 1 or entry.last.is_full)
    return bool(entry.text or cell.text) or max(entry.row_span, cell.row_span) > 1


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


def _on_common_columns(table: JoinedTable, piece: TablePiece) -> tuple[JoinedTable, TablePiece]:
    """Both on one set of column boundaries: that of the table, with those of the piece that it has not yet."""
    scale = (table.xs[-1] - table.xs[0]) / (piece.xs[-1] - piece.xs[0])
    moved = [table.xs[0] + (x - piece.xs[0]) * scale for x in piece.xs]
    xs, mine, theirs = _aligned(table.xs, moved)
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


def _aligned(mine: Sequence[float], theirs: Sequence[float]) -> tuple[list[float], list[int], list[int]]:
    """Two ascending lists of boundaries merged in order: (merged, index of each of mine, index of each of theirs)."""
    # As many columns in one frame are the same columns, even where their borders were guessed from the print.
    alike = len(mine) == len(theirs) and all(abs(a - b) < _SHIFT for a, b in zip(mine, theirs, strict=True))
    partner = dict(enumerate(range(len(mine)))) if alike else dict(_matched(mine, theirs))
    merged: list[float] = []
    at_mine, at_theirs = [0] * len(mine), [0] * len(theirs)
    j = 0
    for i, level in enumerate(mine):
        stop = partner.get(i)
        while j < len(theirs) and (theirs[j] < level if stop is None else j < stop) and j not in partner.values():
            at_theirs[j] = len(merged)
            merged.append(theirs[j])
            j += 1
        at_mine[i] = len(merged)
        if stop is not None:
            at_theirs[stop] = len(merged)
            j = stop + 1
        merged.append(level)
    return merged, at_mine, at_theirs


def _matched(mine: Sequence[float], theirs: Sequence[float]) -> list[tuple[int, int]]:
    """Pairs of boundaries that are one line, in order, at the least total shift; none moves over _STRETCH points."""
    skip = _STRETCH + 1
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [
        [(0.0, [])] * (len(theirs) + 1) for _ in range(len(mine) + 1)
    ]
    for i in range(len(mine) + 1):
        for j in range(len(theirs) + 1):
            options: list[tuple[float, list[tuple[int, int]]]] = [(skip * (i + j), [])] if not (i and j) else []
            if i and j:
                options = [(best[i - 1][j][0] + skip, best[i - 1][j][1]), (best[i][j - 1][0] + skip, best[i][j - 1][1])]
                shift = abs(mine[i - 1] - theirs[j - 1])
                if shift <= _STRETCH:
                    cost, pairs = best[i - 1][j - 1]
                    options.append((cost + shift, [*pairs, (i - 1, j - 1)]))
            best[i][j] = min(options, key=lambda option: option[0])
    return best[-1][-1][1]
