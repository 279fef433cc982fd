"""Characters with their boxes, and the lines of text that they form. Points, origin top left, y downwards."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reports.place import BBox

UNKNOWN = "\ufffd"
_LATIN = re.compile(r"[0-9A-Za-z]")
_RAISED_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_SMALL, _RAISED = 0.85, 0.1
_CHECKED = re.compile(r"[0-9.,+%/-]")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character and its box. UNKNOWN stands for a glyph whose character the file does not tell."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def x(self) -> float:
        """Centre from left to right."""
        return (self.x0 + self.x1) / 2

    @property
    def y(self) -> float:
        """Centre from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        """Height of the box, about the type size."""
        return self.bottom - self.top


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text; glyphs from left to right (top to bottom where the line is set vertically)."""

    glyphs: tuple[Glyph, ...]

    @property
    def bbox(self) -> BBox:
        """The box around all glyphs."""
        return box_around(self.glyphs)

    @property
    def size(self) -> float:
        """The type size: the height of all but the tallest glyphs; marks such as a full stop are far smaller."""
        heights = sorted(glyph.height for glyph in self.glyphs)
        return heights[round(0.8 * (len(heights) - 1))]

    @property
    def text(self) -> str:
        """The characters as printed; a wide gap without a space character becomes one space."""
        parts = [self.glyphs[0].text]
        for left, right in pairwise(self.glyphs):
            if _is_word_gap(left, right):
                parts.append(" ")
            parts.append(right.text)
        return "".join(parts).strip()


def box_around(glyphs: Iterable[Glyph]) -> BBox:
    """The smallest box around glyphs (at least one)."""
    items = list(glyphs)
    return (
        min(glyph.x0 for glyph in items),
        min(glyph.top for glyph in items),
        max(glyph.x1 for glyph in items),
        max(glyph.bottom for glyph in items),
    )


def group_lines(glyphs: Sequence[Glyph]) -> tuple[Line, ...]:
    """Lines from top to bottom.

    Glyphs share a line when their centres differ by less than half the smaller height. Blank glyphs never found a line.
    Text set vertically (each glyph below the one before it, several columns) is read column by column, right to left.
    """
    inked = [glyph for glyph in drop_doubles(glyphs) if glyph.text.strip() and glyph.height > 0]
    if _is_vertical(inked):
        return _vertical_lines(inked)
    rows: list[list[Glyph]] = []
    for glyph in sorted(inked, key=lambda item: (item.y, item.x0)):
        row = next((row for row in reversed(rows[-3:]) if _share_line(row, glyph)), None)
        if row is None:
            rows.append([glyph])
        else:
            row.append(glyph)
    lines = [Line(tuple(sorted(row, key=lambda item: item.x0))) for row in rows]
    return tuple(_with_spaces(lines, glyphs))


def mark_raised(lines: Iterable[Line]) -> tuple[Line, ...]:
    """The lines with small raised digits as what they are, footnote marks: "3" with a small 1 above is "3¹", not 31."""
    marked = []
    for line in lines:
        full = [glyph for glyph in line.glyphs if glyph.height >= _SMALL * line.size]
        floor = max(glyph.bottom for glyph in full)
        marked.append(
            Line(
                tuple(
                    replace(glyph, text=glyph.text.translate(_RAISED_DIGITS))
                    if glyph.height < _SMALL * line.size and floor - glyph.bottom > _RAISED * line.size
                    else glyph
                    for glyph in line.glyphs
                )
            )
        )
    return tuple(marked)


def drop_doubles(glyphs: Sequence[Glyph]) -> list[Glyph]:
    """Glyphs without those printed twice in nearly the same spot (a common imitation of bold type)."""
    kept: list[Glyph] = []
    seen: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        reach = max(0.8, 0.12 * glyph.height)
        column, row = int(glyph.x0 // 4), int(glyph.top // 4)
        near = (
            other
            for dx in (-1, 0, 1)
            for dy in (-1, 0, 1)
            for other in seen.get((glyph.text, column + dx, row + dy), ())
        )
        if any(abs(other.x0 - glyph.x0) <= reach and abs(other.top - glyph.top) <= reach for other in near):
            continue
        seen.setdefault((glyph.text, column, row), []).append(glyph)
        kept.append(glyph)
    return kept


def checked_signs(lines: Iterable[Line]) -> str:
    """Digits and the signs that belong to figures, in reading order and NFKC form: what two readers must agree on."""
    text = "".join(glyph.text for line in lines for glyph in line.glyphs)
    return "".join(_CHECKED.findall(unicodedata.normalize("NFKC", text)))


def _share_line(row: list[Glyph], glyph: Glyph) -> bool:
    last = row[-1]
    return abs(last.y - glyph.y) < 0.5 * min(last.height, glyph.height) or (
        # A full stop or a dash may be far smaller than its neighbours.
        min(last.bottom, glyph.bottom) - max(last.top, glyph.top) > 0.7 * min(last.height, glyph.height)
    )


def _with_spaces(lines: list[Line], glyphs: Sequence[Glyph]) -> Iterable[Line]:
    """The lines with the blank glyphs that stand inside them."""
    blanks = [glyph for glyph in glyphs if not glyph.text.strip() and glyph.x1 > glyph.x0]
    if not blanks:
        yield from lines
        return
    for line in lines:
        x0, top, x1, bottom = line.bbox
        inside = [blank for blank in blanks if x0 < blank.x < x1 and top < blank.y < bottom]
        merged = sorted((*line.glyphs, *inside), key=lambda item: item.x0) if inside else line.glyphs
        yield Line(tuple(merged))


def _is_word_gap(left: Glyph, right: Glyph) -> bool:
    if not (left.text.strip() and right.text.strip()):
        return False
    gap = right.x0 - left.x1
    size = min(left.height, right.height)
    both_latin = bool(_LATIN.match(left.text) and _LATIN.match(right.text))
    return gap > (0.2 if both_latin else 1.0) * size


def _is_vertical(glyphs: list[Glyph]) -> bool:
    """Whether the glyphs run downwards in at least two columns, judged by the order in which the file draws them."""
    down = across = 0
    columns: set[int] = set()
    for before, after in pairwise(glyphs):
        size = max(before.height, 1.0)
        if abs(after.x - before.x) < 0.3 * size and 0.5 * size < after.y - before.y < 2.5 * size:
            down += 1
            columns.add(round(after.x / size))
        elif abs(after.y - before.y) < 0.3 * size:
            across += 1
    return down > 3 and across == 0 and len(columns) > 1


def _vertical_lines(glyphs: list[Glyph]) -> tuple[Line, ...]:
    columns: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda item: -item.x):
        if columns and abs(columns[-1][-1].x - glyph.x) < 0.5 * glyph.height:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    return tuple(Line(tuple(sorted(column, key=lambda item: item.top))) for column in columns)
