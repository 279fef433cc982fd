"""One page's part of a table: a lattice filled with the characters that stand in its cells."""

import re
import statistics
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ingest.formats.glyphs import UNKNOWN, Glyph, Line, checked_signs, group_lines, mark_raised
from ingest.formats.lattice import Lattice, Rule, Span
from reports.place import BBox

_FIGURE = re.compile(r"[0-9.,，、+\-−–—/%]*[0-9][0-9.,，+\-−–—/%]*")
_PADDING = 4.0


@dataclass(frozen=True, slots=True)
class PieceCell:
    """A cell as it stands on one page. box: upright page coordinates. lines: its text, line by line, top to bottom."""

    row: int
    column: int
    row_span: int
    column_span: int
    box: BBox
    lines: tuple[Line, ...]
    unreadable: str | None = None

    @property
    def text(self) -> str:
        """The cell's text; printed line breaks are kept, but for a number that only found no room in one line."""
        joint = (
            "" if not self.unreadable and len(self.lines) > 1 and all(is_figure(x.text) for x in self.lines) else "\n"
        )
        return joint.join(line.text for line in self.lines)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is printed in the cell."""
        return not self.lines

    @property
    def is_full(self) -> bool:
        """Whether the last line leaves no room for one more character, so that the text may go on elsewhere."""
        if not self.lines:
            return False
        last = self.lines[-1]
        x0, _, x1, _ = last.bbox
        return (self.box[2] - self.box[0]) - (x1 - x0) < last.glyphs[-1].x1 - last.glyphs[-1].x0 + 3 * _PADDING


@dataclass(frozen=True)
class TablePiece:
    """The part of a table that stands on one page; xs and ys are its column and row boundaries there."""

    page: int
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[PieceCell, ...]

    @property
    def bbox(self) -> BBox:
        """The frame, in upright page coordinates."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    @property
    def rows(self) -> int:
        """Number of grid rows on this page."""
        return len(self.ys) - 1

    @property
    def columns(self) -> int:
        """Number of grid columns on this page."""
        return len(self.xs) - 1


def fill_lattice(lattice: Lattice, page: int, first: Sequence[Glyph], second: Sequence[Glyph]) -> TablePiece:
    """The table piece that the glyphs inside a lattice make.

    first: the reader whose characters are kept. second: the reader that must agree about every digit; where it does
    not, or where a character of a figure is unknown, the cell is unreadable with the reason.
    """
    mine, theirs = _by_span(lattice, _without_unknown_blanks(first, second)), _by_span(lattice, second)
    cells = []
    for span in lattice.spans:
        lines = mark_raised(group_lines(mine.get(span, [])))
        reason = _disagreement(lines, group_lines(theirs.get(span, [])))
        if span in lattice.uneven and any(is_figure(line.text) for line in lines):
            reason = reason or "the lines around this cell are incomplete, so its row or column is uncertain"
        cells.append(
            PieceCell(span.row, span.column, span.row_span, span.column_span, lattice.box(span), lines, reason)
        )
    piece = _split_unruled_rows(TablePiece(page, lattice.xs, lattice.ys, tuple(cells)))
    return replace(piece, cells=tuple(_with_one_figure(cell) for cell in piece.cells))


def is_figure(text: str) -> bool:
    """Whether a text is nothing but one number as clerks print it."""
    return bool(_FIGURE.fullmatch("".join(unicodedata.normalize("NFKC", text).split())))


def _without_unknown_blanks(first: Sequence[Glyph], second: Sequence[Glyph]) -> Sequence[Glyph]:
    """The glyphs without those unknown to the first reader that the second one knows to be blank."""
    if all(glyph.text != UNKNOWN for glyph in first):
        return first
    blanks = [glyph for glyph in second if not glyph.text.strip()]
    return [
        glyph
        for glyph in first
        if glyph.text != UNKNOWN or not any(abs(b.x - glyph.x) < 2 and abs(b.y - glyph.y) < 4 for b in blanks)
    ]


def _by_span(lattice: Lattice, glyphs: Iterable[Glyph]) -> dict[Span, list[Glyph]]:
    at: dict[tuple[int, int], Span] = {}
    for span in lattice.spans:
        for row in range(span.row, span.row + span.row_span):
            for column in range(span.column, span.column + span.column_span):
                at[row, column] = span
    found: dict[Span, list[Glyph]] = {}
    for glyph in glyphs:
        column, row = _slot(lattice.xs, glyph.x), _slot(lattice.ys, glyph.y)
        holder = at.get((row, column))
        if holder is not None:
            found.setdefault(holder, []).append(glyph)
    return found


def _slot(stops: Sequence[float], value: float) -> int:
    """Index of the interval that holds a value, -1 outside."""
    if not stops[0] <= value < stops[-1]:
        return -1
    low, high = 0, len(stops) - 1
    while high - low > 1:
        middle = (low + high) // 2
        if value >= stops[middle]:
            low = middle
        else:
            high = middle
    return low


def _disagreement(mine: tuple[Line, ...], theirs: tuple[Line, ...]) -> str | None:
    first, second = checked_signs(mine), checked_signs(theirs)
    if first != second:
        return f"two readers disagree: {first or 'nothing'!r} and {second or 'nothing'!r}"
    letters = {glyph.text for line in mine for glyph in line.glyphs}
    if UNKNOWN in letters and (first or letters == {UNKNOWN}):
        return "the file does not tell which character is printed here"
    if first and any(_overprinted(line) for line in mine):
        return "characters are printed over each other"
    return None


def _overprinted(line: Line) -> bool:
    """Whether characters lie on each other, as where a figure was covered and written anew: both are still in the file."""
    return any(
        left.x1 - right.x0 > 0.5 * min(left.x1 - left.x0, right.x1 - right.x0)
        for left, right in pairwise(line.glyphs)
        if left.text.strip() and right.text.strip()
    )


def strike_out(piece: TablePiece, rules: Sequence[Rule]) -> TablePiece:
    """The piece with cells unreadable whose digits have a horizontal rule drawn through them."""
    return replace(piece, cells=tuple(_struck(cell, rules) for cell in piece.cells))


def _struck(cell: PieceCell, rules: Sequence[Rule]) -> PieceCell:
    x0, top, x1, bottom = cell.box
    inside = [rule for rule in rules if top + 2 < rule.level < bottom - 2 and rule.start < x1 and x0 < rule.end]
    for glyph in (glyph for line in cell.lines for glyph in line.glyphs if glyph.text.isdigit()) if inside else ():
        low, high = glyph.top + 0.3 * glyph.height, glyph.bottom - 0.3 * glyph.height
        if any(low < rule.level < high and rule.start <= glyph.x <= rule.end for rule in inside):
            return replace(cell, unreadable=cell.unreadable or "a digit in this cell is struck through")
    return cell


def _with_one_figure(cell: PieceCell) -> PieceCell:
    """A cell of several figure lines is a number broken over lines if each line is full; otherwise nobody can tell.

    One digit fills a line only in cells so narrow that two figures below each other look the same.
    """
    if len(cell.lines) < 2 or cell.unreadable or not all(is_figure(line.text) for line in cell.lines):
        return cell
    if all(replace(cell, lines=(line,)).is_full and len(line.text) > 1 for line in cell.lines[:-1]):
        return cell
    return replace(cell, unreadable="several figures stand below each other in one cell")


def _split_unruled_rows(piece: TablePiece) -> TablePiece:
    """The piece with rows told apart by their baselines where no line is drawn between them.

    Clerks who draw only the frame and the column lines leave one tall row of many figures per column.
    """
    for row in reversed(range(piece.rows)):
        baselines = _figure_baselines([cell for cell in piece.cells if cell.row == row and cell.row_span == 1])
        if len(baselines) > 1:
            piece = _split_row(piece, row, [(above + below) / 2 for above, below in pairwise(baselines)])
    return piece


def _figure_baselines(cells: list[PieceCell]) -> list[float]:
    """The common heights of the figure lines in a row; [] where its figures do not form rows of their own."""
    stacks = [
        [(line.bbox[1] + line.bbox[3]) / 2 for line in cell.lines]
        for cell in cells
        if cell.lines and all(is_figure(line.text) for line in cell.lines)
    ]
    tall = [stack for stack in stacks if len(stack) > 1]
    if len(tall) < 2 or len(tall) != len(stacks):
        return []
    levels = [statistics.mean(column) for column in zip(*tall, strict=False)]
    aligned = all(
        len(stack) == len(levels) and all(abs(y - level) < 3 for y, level in zip(stack, levels, strict=True))
        for stack in tall
    )
    wrapped = any(
        replace(cell, lines=(line,)).is_full
        for cell in cells
        if cell.lines and all(is_figure(line.text) for line in cell.lines)
        for line in cell.lines[:-1]
    )
    return levels if aligned and not wrapped else []


def _split_row(piece: TablePiece, row: int, cuts: list[float]) -> TablePiece:
    ys = (*piece.ys[: row + 1], *cuts, *piece.ys[row + 1 :])
    added = len(cuts)
    cells: list[PieceCell] = []
    for cell in piece.cells:
        if cell.row > row:
            cells.append(replace(cell, row=cell.row + added))
        elif cell.row + cell.row_span <= row:
            cells.append(cell)
        elif cell.row_span > 1 or cell.row < row:
            cells.append(replace(cell, row_span=cell.row_span + added))
        else:
            stops = (cell.box[1], *cuts, cell.box[3])
            for part, (top, bottom) in enumerate(pairwise(stops)):
                lines = tuple(line for line in cell.lines if top <= (line.bbox[1] + line.bbox[3]) / 2 < bottom)
                box = (cell.box[0], top, cell.box[2], bottom)
                cells.append(replace(cell, row=row + part, box=box, lines=lines))
    return replace(piece, ys=ys, cells=tuple(sorted(cells, key=lambda item: (item.row, item.column))))
