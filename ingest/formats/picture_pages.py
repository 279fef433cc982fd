"""A picture of a page -> table pieces and lines, as if the page had been text: recognition plus the ruling lines."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace

from PIL.Image import Image

from ingest.formats.glyphs import Glyph, Line, group_lines
from ingest.formats.lattice import Rule, find_lattices
from ingest.formats.ocr import Recognised, recognise, recognise_line
from ingest.formats.picture_rules import Pixels, dark_pixels, find_rules, has_ink
from ingest.formats.table_pieces import PieceCell, TablePiece, fill_lattice, is_figure
from reports.place import BBox

_SHORTEST = 0.3  # inches; strokes of letters are shorter
_POINTS = 72.0
_SURE = 0.9
_LINE_THICKNESS = 0.03  # inches
_UNREAD = "something is printed here that the recognition could not read"
_UNSURE = "the recognition is not sure of this figure"
_OVER_BORDER = "the recognition read over the border of this cell"
_TWICE = "two looks of the recognition disagree"


@dataclass(frozen=True)
class PicturePage:
    """The pieces of tables on a page and the lines outside them; coordinates in points from the top left corner."""

    pieces: tuple[TablePiece, ...]
    lines: tuple[Line, ...]


def read_picture_page(picture: Image, page: int, points_per_pixel: float) -> PicturePage:
    """What recognition reads on a picture of page `page`. Only where the OCR extra is installed.

    A figure counts only if the recognition is sure, a second look at it alone agrees, and it lies within one cell; a
    cell with ink but no text is unreadable, not blank.
    """
    dark = dark_pixels(picture)
    texts = recognise(picture)
    horizontal, vertical = find_rules(dark, round(_SHORTEST * _POINTS / points_per_pixel))
    lattices = [
        lattice
        for lattice in find_lattices(_scaled(horizontal, points_per_pixel), _scaled(vertical, points_per_pixel))
        if len(lattice.xs) > 2
    ]
    glyphs = [glyph for item in texts for glyph in _spread(item, points_per_pixel)]
    pieces = []
    for lattice in lattices:
        piece = fill_lattice(lattice, page, glyphs, glyphs)
        cells = tuple(_checked(cell, picture, dark, texts, points_per_pixel) for cell in piece.cells)
        pieces.append(replace(piece, cells=cells))
    boxes = [piece.bbox for piece in pieces]
    outside = [glyph for glyph in glyphs if not any(_holds(box, glyph.x, glyph.y) for box in boxes)]
    return PicturePage(tuple(pieces), group_lines(outside))


def _scaled(rules: Iterable[Rule], scale: float) -> list[Rule]:
    return [Rule(rule.level * scale, rule.start * scale, rule.end * scale) for rule in rules]


def _spread(item: Recognised, scale: float) -> list[Glyph]:
    """One glyph per character, the box shared out by width: the recognition tells boxes of stretches of text only."""
    x0, top, x1, bottom = (value * scale for value in item.box)
    shares = [1.0 if unicodedata.east_asian_width(character) in "WF" else 0.5 for character in item.text]
    unit = (x1 - x0) / sum(shares)
    glyphs = []
    for character, share in zip(item.text, shares, strict=True):
        glyphs.append(Glyph(character, x0, top, x0 + share * unit, bottom))
        x0 += share * unit
    return glyphs


def _holds(box: BBox, x: float, y: float) -> bool:
    return box[0] <= x < box[2] and box[1] <= y < box[3]


def _checked(cell: PieceCell, picture: Image, dark: Pixels, texts: list[Recognised], scale: float) -> PieceCell:
    """The cell, marked unreadable where its figure is doubtful."""
    if cell.unreadable:
        return cell
    x0, top, x1, bottom = (value / scale for value in cell.box)
    margin = max(2, round(_LINE_THICKNESS * _POINTS / scale))
    if not cell.lines:
        return replace(cell, unreadable=_UNREAD) if has_ink(dark, (x0, top, x1, bottom), margin) else cell
    if not any(character.isdigit() for character in cell.text) or len(cell.text) > 16:
        return cell
    inside = [item for item in texts if _touches(item.box, (x0, top, x1, bottom))]
    if any(item.box[0] < x0 - margin or item.box[2] > x1 + margin for item in inside):
        return replace(cell, unreadable=_OVER_BORDER)
    if any(item.score < _SURE for item in inside):
        return replace(cell, unreadable=_UNSURE)
    if is_figure(cell.text) and len(inside) == 1:
        part = (max(x0 + margin, 0), max(inside[0].box[1] - margin, 0), x1 - margin, inside[0].box[3] + margin)
        again = recognise_line(picture.crop(part))
        if _digits(again) != _digits(cell.text):
            return replace(cell, unreadable=_TWICE)
    return cell


def _touches(box: BBox, cell: BBox) -> bool:
    """Whether a good part of a text's box lies in a cell."""
    across = min(box[2], cell[2]) - max(box[0], cell[0])
    middle = (box[1] + box[3]) / 2
    return across > 0.2 * (box[2] - box[0]) and cell[1] <= middle < cell[3]


def _digits(text: str) -> str:
    return "".join(
        character for character in unicodedata.normalize("NFKC", text) if character.isdigit() or character == "."
    )
