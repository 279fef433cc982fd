"""Finds the tables of one PDF page: from drawn lines, from filled areas, or from horizontal rules alone."""

from collections.abc import Iterable, Sequence
from itertools import pairwise

from ingest.formats.glyphs import Glyph, group_lines
from ingest.formats.lattice import SNAP, Lattice, Rule, Span, find_lattices, join_rules
from ingest.formats.pdf_pages import PdfPage
from ingest.formats.pdf_rules import Drawing, longest_enough
from ingest.formats.table_pieces import TablePiece, fill_lattice, is_figure, strike_out
from reports.place import BBox

_GUTTER = 4.0
_NARROW_GAP = 1.5
_SAME_END = 6.0
_FEW_AREAS = 4


def find_pieces(page: PdfPage, drawing: Drawing) -> list[TablePiece]:
    """The table pieces of a page from top to bottom, single boxes included (whether such a box is a frame or the end of
    a table shows only when pages are joined). A frame around other tables is left out."""
    lattices = _of_lines(drawing)
    lattices += _of_areas(drawing, lattices)
    lattices += _of_horizontals(drawing, lattices)
    lattices = [lattice for lattice in lattices if not _is_frame_around(lattice, lattices)]
    pieces = []
    for lattice in sorted(lattices, key=lambda item: (item.ys[0], item.xs[0])):
        inner = [other.bbox for other in lattices if other is not lattice and _holds(lattice.bbox, other.bbox)]
        first = _outside(drawing.glyphs, inner)
        piece = fill_lattice(lattice, page.number, first, _outside(page.glyphs, inner))
        if any(cell.lines for cell in piece.cells):
            pieces.append(strike_out(piece, drawing.horizontal))
    return pieces


def inside(box: BBox, glyph: Glyph) -> bool:
    """Whether a glyph's centre lies in a box."""
    return box[0] <= glyph.x < box[2] and box[1] <= glyph.y < box[3]


def _outside(glyphs: Sequence[Glyph], boxes: list[BBox]) -> Sequence[Glyph]:
    return [glyph for glyph in glyphs if not any(inside(box, glyph) for box in boxes)] if boxes else glyphs


def _holds(outer: BBox, inner: BBox) -> bool:
    return (
        outer[0] <= inner[0] + SNAP
        and outer[1] <= inner[1] + SNAP
        and outer[2] >= inner[2] - SNAP
        and outer[3] >= inner[3] - SNAP
    )


def _overlap(one: BBox, two: BBox) -> bool:
    return one[0] < two[2] and two[0] < one[2] and one[1] < two[3] and two[1] < one[3]


def _is_frame_around(lattice: Lattice, lattices: list[Lattice]) -> bool:
    return len(lattice.xs) == 2 and any(
        other is not lattice and len(other.xs) > 2 and _holds(lattice.bbox, other.bbox) for other in lattices
    )


def _of_lines(drawing: Drawing) -> list[Lattice]:
    return find_lattices(longest_enough(join_rules(drawing.horizontal)), longest_enough(join_rules(drawing.vertical)))


def _of_areas(drawing: Drawing, found: list[Lattice]) -> list[Lattice]:
    """Tables drawn as coloured cells without lines, or as white cells on a dark ground."""
    taken = [lattice.bbox for lattice in found if len(lattice.xs) > 2]
    areas = [area for area in drawing.fills if not any(_overlap(area, box) for box in taken)]
    areas += [area for area in drawing.pale if any(_holds(ground, area) for ground in areas)]
    if len(areas) < _FEW_AREAS:
        return []
    horizontal = [Rule(level, area[0], area[2]) for area in areas for level in (area[1], area[3])]
    vertical = [Rule(level, area[1], area[3]) for area in areas for level in (area[0], area[2])]
    # One row of many cells is the last row of a table that began on the page before.
    return [
        lattice
        for lattice in find_lattices(horizontal, vertical)
        if len(lattice.xs) > 2 and (len(lattice.ys) > 2 or len(lattice.xs) > _FEW_AREAS)
    ]


def _of_horizontals(drawing: Drawing, found: list[Lattice]) -> list[Lattice]:
    """Tables with lines between the rows only: columns are where blank gaps run through all rows with figures."""
    taken = [lattice.bbox for lattice in found if len(lattice.xs) > 2]
    rules = [
        rule
        for rule in longest_enough(join_rules(drawing.horizontal))
        if not any(
            box[1] - SNAP <= rule.level <= box[3] + SNAP and rule.start < box[2] and box[0] < rule.end for box in taken
        )
    ]
    lattices = []
    while rules:
        first = rules[0]
        group = [
            rule
            for rule in rules
            if abs(rule.start - first.start) <= _SAME_END and abs(rule.end - first.end) <= _SAME_END
        ]
        rules = [rule for rule in rules if rule not in group]
        if len(group) > 2:
            lattices += _between(group, drawing.glyphs)
    return lattices


def _between(rules: list[Rule], glyphs: Sequence[Glyph]) -> list[Lattice]:
    left, right = min(rule.start for rule in rules), max(rule.end for rule in rules)
    ys = sorted(rule.level for rule in rules)
    ys = [level for index, level in enumerate(ys) if index == 0 or level - ys[index - 1] > SNAP]
    bands = [
        [glyph for glyph in glyphs if left - 1 <= glyph.x <= right + 1 and top <= glyph.y < bottom]
        for top, bottom in pairwise(ys)
    ]
    texts = [_stretches(band) for band in bands]
    with_figures = [
        stretches for stretches in texts if sum(is_figure(text) for _, _, text in stretches) and len(stretches) > 1
    ]
    gutters = [_clearest(gap, bands) for gap in _gaps(with_figures, left, right)]
    if not gutters or len(ys) < 3:
        return []
    xs = (left, *gutters, right)
    texts = [_stretches(band, gutters) for band in bands]
    spans = [span for row, stretches in enumerate(texts) for span in _row_spans(row, stretches, xs)]
    return [Lattice(xs, tuple(ys), tuple(spans))]


def _stretches(glyphs: Sequence[Glyph], gutters: Sequence[float] = ()) -> list[tuple[float, float, str]]:
    """(start, end, text) of each stretch of print in a band that a blank gap sets apart, from left to right; at a gutter
    a narrow gap is enough."""
    if not glyphs:
        return []
    stretches: list[list[Glyph]] = []
    reach = float("-inf")
    for glyph in sorted((glyph for glyph in glyphs if glyph.text.strip()), key=lambda item: item.x0):
        at_gutter = any(reach <= gutter <= glyph.x0 for gutter in gutters)
        wide = _NARROW_GAP if at_gutter else max(_GUTTER, 0.6 * glyph.height)
        if glyph.x0 - reach > wide or not stretches:
            stretches.append([])
        stretches[-1].append(glyph)
        reach = max(reach, glyph.x1)
    return [
        (
            min(glyph.x0 for glyph in stretch),
            max(glyph.x1 for glyph in stretch),
            "\n".join(line.text for line in group_lines(stretch)),
        )
        for stretch in stretches
    ]


def _gaps(rows: list[list[tuple[float, float, str]]], left: float, right: float) -> list[tuple[float, float]]:
    """The gaps from left to right that no row with figures prints into."""
    covered = sorted((start, end) for row in rows for start, end, _ in row if left - 1 <= start and end <= right + 1)
    gaps = []
    reach = covered[0][1] if covered else right
    for start, end in covered[1:]:
        if start - reach > _GUTTER:
            gaps.append((reach, start))
        reach = max(reach, end)
    return gaps


def _clearest(gap: tuple[float, float], bands: Sequence[Sequence[Glyph]]) -> float:
    """The place in a gap that the fewest heads of columns are printed over; of several the one nearest the middle."""
    middle = (gap[0] + gap[1]) / 2
    places = [gap[0] + 1 + step for step in range(int(gap[1] - gap[0]) - 1)] or [middle]

    def crossed(place: float) -> int:
        return sum(
            any(glyph.x0 - 0.7 < place < glyph.x1 + 0.7 for glyph in band if glyph.text.strip()) for band in bands
        )

    return min(places, key=lambda place: (crossed(place), abs(place - middle)))


def _row_spans(row: int, stretches: Iterable[tuple[float, float, str]], xs: tuple[float, ...]) -> list[Span]:
    """One cell per column; a text that lies over several columns is one cell over them."""
    spans: list[Span] = []
    column = 0
    last_column = len(xs) - 2
    for start, end, _ in stretches:
        first = next((index for index in range(last_column) if start < xs[index + 1]), last_column)
        if first < column:
            continue  # a second stretch of print in the cell before
        last = next((index for index in range(first, last_column) if end <= xs[index + 1]), last_column)
        spans += [Span(row, blank) for blank in range(column, first)]
        spans.append(Span(row, first, 1, last - first + 1))
        column = last + 1
    spans += [Span(row, blank) for blank in range(column, len(xs) - 1)]
    return spans
