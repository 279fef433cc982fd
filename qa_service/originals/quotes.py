"""Where the words of a quotation stand on a drawn page."""

import unicodedata
from collections.abc import Sequence

from qa_service.originals.page import Glyph, PageDrawing
from reports.place import BBox

# So many characters of a quotation at the end of a page, or at the head of the next, tell that it is cut by the page.
_FEWEST = 4
# Characters of running heads and feet beside what the page cuts.
_MARGIN = 60
# How far outside the paragraph's box a line of it may stand, in points.
_NEAR = 3.0


def find_quote(page: PageDrawing, quote: str, near: BBox | None = None) -> tuple[BBox, ...]:
    """The boxes of the lines that the quotation takes up, () if it does not stand on this page as a whole.

    White space and the width of characters do not count. near: where its paragraph begins; of several places the one
    in it, or the first below its top.
    """
    words = _plain(quote)
    if not words:
        return ()
    text, glyphs = _text(page.glyphs)
    places = []
    start = text.find(words)
    while start >= 0:
        places.append(_lines(glyphs[start : start + len(words)]))
        start = text.find(words, start + 1)
    if not places:
        return ()
    return min(places, key=lambda boxes: _distance(boxes[0], near))


def find_quote_end(page: PageDrawing, quote: str) -> tuple[BBox, ...]:
    """The boxes of the longest end of the quotation with which this page goes on from the page before."""
    words = _plain(quote)
    text, glyphs = _text(page.glyphs)
    for length in range(len(words), _FEWEST - 1, -1):
        start = text.find(words[-length:], 0, _MARGIN + length)
        if start >= 0:
            return _lines(glyphs[start : start + length])
    return ()


def find_quote_start(page: PageDrawing, quote: str) -> tuple[BBox, ...]:
    """The boxes of the longest beginning of the quotation that stands near the end of this page."""
    words = _plain(quote)
    text, glyphs = _text(page.glyphs)
    for length in range(len(words), _FEWEST - 1, -1):
        start = text.rfind(words[:length], max(0, len(text) - _MARGIN - length))
        if start >= 0:
            return _lines(glyphs[start : start + length])
    return ()


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _text(glyphs: Sequence[Glyph]) -> tuple[str, list[Glyph]]:
    """The characters in one string, and the glyph of each: a glyph may stand for several characters, such as 万元."""
    pairs = [(character, glyph) for glyph in glyphs for character in _plain(glyph.text)]
    return "".join(character for character, _ in pairs), [glyph for _, glyph in pairs]


def _lines(glyphs: Sequence[Glyph]) -> tuple[BBox, ...]:
    """One box for each line."""
    lines: list[BBox] = []
    for glyph in glyphs:
        x0, top, x1, bottom = glyph.box
        if lines:
            left, above, right, below = lines[-1]
            middle = (top + bottom) / 2
            if above < middle < below and x0 >= left:
                lines[-1] = (left, min(above, top), max(right, x1), max(below, bottom))
                continue
        lines.append(glyph.box)
    return tuple(lines)


def _distance(box: BBox, near: BBox | None) -> float:
    """0 inside the paragraph; what lies above its top is further away than anything below."""
    if near is None:
        return 0.0
    middle = (box[1] + box[3]) / 2
    if near[1] - _NEAR <= middle <= near[3] + _NEAR and box[0] >= near[0] - _NEAR and box[2] <= near[2] + _NEAR:
        return 0.0
    return middle - near[1] if middle >= near[1] else 1e6 + near[1] - middle
