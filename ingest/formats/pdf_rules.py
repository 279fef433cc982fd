"""What pdfplumber sees on a page: characters, ruling lines, filled areas. Upright coordinates as in pdf_pages."""

import io
import math
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from ingest.formats.glyphs import UNKNOWN, Glyph
from ingest.formats.lattice import Rule, join_rules
from ingest.formats.pdf_frames import PageFrame, is_slanted
from reports.place import BBox

PLUMBER_FAILURES = (
    PDFException,
    PSException,
    PdfminerException,
    MalformedPDFException,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
    AttributeError,
    RecursionError,
)
_THIN = 3.0
_STRAIGHT = 1.5
_SHORTEST = 4.0
_WHITE = 0.98


@dataclass(frozen=True)
class Drawing:
    """The drawn content of one page. fills: visible filled rectangles; pale: white ones, cells where drawn on dark."""

    glyphs: tuple[Glyph, ...]
    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    fills: tuple[BBox, ...]
    pale: tuple[BBox, ...]


@contextmanager
def open_pdfplumber(data: bytes) -> Iterator[Any]:
    """The pdfplumber document of a PDF that pdfium could open. Raises whatever pdfminer raises on damage."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        document = pdfplumber.open(io.BytesIO(data))
    try:
        yield document
    finally:
        document.close()


def read_drawing(document: Any, number: int, frame: PageFrame) -> Drawing:
    """Page `number` (1-based). The page is released afterwards: pdfplumber keeps every page it was asked for."""
    page = document.pages[number - 1]
    # Turning is done here, from user space, once for both readers.
    page.page_obj.rotate = 0
    left, bottom = page.page_obj.mediabox[0], page.page_obj.mediabox[1]

    def upright(item: dict[str, Any]) -> BBox:
        x0 = item["x0"] - page.mediabox[0] + left
        return frame.upright(x0, item["y0"] + bottom, x0 + item["x1"] - item["x0"], item["y1"] + bottom)

    horizontal: list[Rule] = []
    vertical: list[Rule] = []
    dots: list[BBox] = []
    fills: list[BBox] = []
    pale: list[BBox] = []
    try:
        glyphs = tuple(Glyph(_character(item["text"]), *upright(item)) for item in page.chars if _is_straight(item))
        for item in (*page.lines, *page.curves):
            if _is_stroked(item):
                _add_segments(_segments(item, frame, left - page.mediabox[0], bottom, page), horizontal, vertical)
            elif _is_filled(item) and _is_thin(upright(item)):
                _add_segments([upright(item)], horizontal, vertical)
        for item in page.rects:
            box = upright(item)
            if _is_thin(box):
                if _is_stroked(item) or _is_filled(item):
                    if max(box[2] - box[0], box[3] - box[1]) <= _THIN:
                        dots.append(box)
                    else:
                        _add_segments([_middle(box)], horizontal, vertical)
            elif _is_stroked(item):
                _add_segments(_sides(box), horizontal, vertical)
            elif item.get("fill"):
                (fills if _is_filled(item) else pale).append(box)
    finally:
        page.close()
    horizontal += _dotted_rules(Rule((top + bottom) / 2, x0, x1) for x0, top, x1, bottom in dots)
    vertical += _dotted_rules(Rule((x0 + x1) / 2, top, bottom) for x0, top, x1, bottom in dots)
    return Drawing(glyphs, tuple(horizontal), tuple(vertical), tuple(fills), tuple(pale))


def _is_straight(item: dict[str, Any]) -> bool:
    a, b = item["matrix"][:2]
    return not is_slanted(math.atan2(b, a))


def _character(text: str) -> str:
    """pdfminer writes "(cid:12)" for a glyph without a known character: its digits are none of the report's."""
    return UNKNOWN if text.startswith("(cid:") or text == "\x00" else text


def _is_stroked(item: dict[str, Any]) -> bool:
    return bool(item.get("stroke")) and not _is_white(item.get("stroking_color"))


def _is_filled(item: dict[str, Any]) -> bool:
    return bool(item.get("fill")) and not _is_white(item.get("non_stroking_color"))


def _is_white(colour: object) -> bool:
    """Whether a colour is paper white: grey and RGB count light, CMYK counts ink. No colour given means black."""
    channels = colour if isinstance(colour, (tuple, list)) else (colour,)
    values = [float(channel) for channel in channels if isinstance(channel, (int, float))]
    if len(values) == 4:
        return max(values) <= 1 - _WHITE
    return len(values) in (1, 3) and min(values) >= _WHITE


def _is_thin(box: BBox) -> bool:
    return min(box[2] - box[0], box[3] - box[1]) <= _THIN


def _middle(box: BBox) -> BBox:
    x0, top, x1, bottom = box
    if x1 - x0 >= bottom - top:
        return (x0, (top + bottom) / 2, x1, (top + bottom) / 2)
    return ((x0 + x1) / 2, top, (x0 + x1) / 2, bottom)


def _dotted_rules(pieces: Iterable[Rule]) -> list[Rule]:
    """The lines that dots form. Dots lie so close that lines must be told apart by their exact level."""
    levels: dict[float, list[Rule]] = {}
    for piece in pieces:
        levels.setdefault(round(piece.level, 1), []).append(piece)
    return [rule for group in levels.values() for rule in longest_enough(join_rules(group))]


def _sides(box: BBox) -> list[BBox]:
    x0, top, x1, bottom = box
    return [(x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)]


def _segments(item: dict[str, Any], frame: PageFrame, shift: float, bottom: float, page: Any) -> list[BBox]:
    """The straight pieces of a path, each as a box without area where it runs along an axis."""
    points = [(x + shift, page.height + page.mediabox[1] - y + bottom) for x, y in item["pts"]]
    boxes = []
    for (xa, ya), (xb, yb) in pairwise(points):
        boxes.append(frame.upright(min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))
    return boxes


def _add_segments(boxes: Iterable[BBox], horizontal: list[Rule], vertical: list[Rule]) -> None:
    for x0, top, x1, bottom in boxes:
        wide, high = x1 - x0, bottom - top
        if high <= _STRAIGHT and wide > high:
            horizontal.append(Rule((top + bottom) / 2, x0, x1))
        elif wide <= _STRAIGHT and high > wide:
            vertical.append(Rule((x0 + x1) / 2, top, bottom))


def longest_enough(rules: Iterable[Rule]) -> list[Rule]:
    """Joined rules without the specks that are no table lines."""
    return [rule for rule in rules if rule.end - rule.start >= _SHORTEST]
