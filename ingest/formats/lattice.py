"""From ruling lines to table grids. Geometry only: for the drawn lines of a PDF and those found in a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reports.place import BBox

# Two borders nearer than this are one (double lines, cell borders drawn twice).
SNAP = 3.0
# How far a line may stop short of the line it should meet.
_REACH = 3.0
# The part of a cell's side that must be drawn for the side to count; underlined words stay below it.
_WALL = 0.7
# Columns and rows thinner than this that hold no cell of their own come from borders that do not line up.
_SLIVER = 12.0


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line along one axis: at `level` (y of a horizontal, x of a vertical line) from `start` to `end`."""

    level: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Span:
    """A cell of a lattice: grid position of its top left corner and how many rows and columns it covers."""

    row: int
    column: int
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class Lattice:
    """A grid: column boundaries xs, row boundaries ys (ascending, one more than columns and rows) and its cells.

    uneven: some region enclosed by lines was no rectangle, so lines are missing and its cells were kept apart.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    spans: tuple[Span, ...]
    uneven: frozenset[Span] = frozenset()

    @property
    def bbox(self) -> BBox:
        """The frame around the grid."""
        return (self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def box(self, span: Span) -> BBox:
        """The box of one cell."""
        return (
            self.xs[span.column],
            self.ys[span.row],
            self.xs[span.column + span.column_span],
            self.ys[span.row + span.row_span],
        )


def join_rules(rules: Iterable[Rule], tolerance: float = 1.0) -> list[Rule]:
    """Rules with pieces of the same line joined: dashes, and borders that were drawn cell by cell."""
    joined: list[Rule] = []
    for group in _clusters(sorted(rules, key=lambda rule: rule.level), tolerance):
        level = sum(rule.level for rule in group) / len(group)
        current: Rule | None = None
        for rule in sorted(group, key=lambda item: item.start):
            if current is not None and rule.start <= current.end + SNAP:
                current = replace(current, end=max(current.end, rule.end))
            else:
                if current is not None:
                    joined.append(current)
                current = Rule(level, rule.start, rule.end)
        if current is not None:
            joined.append(current)
    return joined


def find_lattices(horizontal: Sequence[Rule], vertical: Sequence[Rule]) -> list[Lattice]:
    """The grids that touching lines form, from top to bottom. A lone box is a lattice of one cell.

    Lines at the outside may be missing: the ends of the inner lines then mark the frame.
    """
    lattices = [
        lattice
        for rows, columns in _components(join_rules(horizontal), join_rules(vertical))
        if (lattice := _lattice(rows, columns)) is not None
    ]
    return sorted(lattices, key=lambda lattice: (lattice.ys[0], lattice.xs[0]))


def _clusters(rules: Sequence[Rule], tolerance: float) -> list[list[Rule]]:
    groups: list[list[Rule]] = []
    for rule in rules:
        if groups and rule.level - groups[-1][-1].level <= tolerance:
            groups[-1].append(rule)
        else:
            groups.append([rule])
    return groups


def _components(horizontal: list[Rule], vertical: list[Rule]) -> list[tuple[list[Rule], list[Rule]]]:
    """Sets of horizontal and vertical lines that hang together by crossing or touching."""
    parent = list(range(len(horizontal) + len(vertical)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for row, across in enumerate(horizontal):
        for column, down in enumerate(vertical):
            if (
                across.start - _REACH <= down.level <= across.end + _REACH
                and down.start - _REACH <= across.level <= down.end + _REACH
            ):
                parent[root(row)] = root(len(horizontal) + column)
    parts: dict[int, tuple[list[Rule], list[Rule]]] = {}
    for row, across in enumerate(horizontal):
        parts.setdefault(root(row), ([], []))[0].append(across)
    for column, down in enumerate(vertical):
        parts.setdefault(root(len(horizontal) + column), ([], []))[1].append(down)
    return [part for part in parts.values() if part[0] and part[1]]


def _boundaries(rules: list[Rule], crossing: list[Rule]) -> list[float]:
    """The levels of lines, and the ends of the crossing lines where these reach further."""
    levels = [sum(rule.level for rule in group) / len(group) for group in _clusters(rules, SNAP)]
    first, last = min(rule.start for rule in crossing), max(rule.end for rule in crossing)
    if levels[0] - first > _REACH + 1:
        levels.insert(0, first)
    if last - levels[-1] > _REACH + 1:
        levels.append(last)
    return levels


def _lattice(horizontal: list[Rule], vertical: list[Rule]) -> Lattice | None:
    horizontal.sort(key=lambda rule: rule.level)
    vertical.sort(key=lambda rule: rule.level)
    xs = _boundaries(vertical, horizontal)
    ys = _boundaries(horizontal, vertical)
    if len(xs) < 2 or len(ys) < 2:
        return None
    walls = _drawn_sides(xs[1:-1], ys, vertical)
    floors = _drawn_sides(ys[1:-1], xs, horizontal)
    spans, uneven = _merged_spans(len(ys) - 1, len(xs) - 1, walls, floors)
    return _without_slivers(Lattice(tuple(xs), tuple(ys), tuple(spans), frozenset(uneven)))


def _drawn_sides(levels: Sequence[float], stops: Sequence[float], rules: list[Rule]) -> set[tuple[int, int]]:
    """(i, k): the line at inner level i is drawn between stops k and k + 1."""
    sides = set()
    for index, level in enumerate(levels):
        near = [rule for rule in rules if abs(rule.level - level) <= SNAP]
        for part, (start, end) in enumerate(pairwise(stops)):
            drawn = sum(max(0.0, min(rule.end, end) - max(rule.start, start)) for rule in near)
            if drawn >= _WALL * (end - start):
                sides.add((index, part))
    return sides


def _merged_spans(
    rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> tuple[list[Span], set[Span]]:
    """The rectangles that remain where no side is drawn between neighbours; regions of other shapes stay apart."""
    region: dict[tuple[int, int], int] = {}
    spans: list[Span] = []
    uneven: set[Span] = set()
    for row in range(rows):
        for column in range(columns):
            if (row, column) in region:
                continue
            cells = _flood(row, column, rows, columns, walls, floors)
            for cell in cells:
                region[cell] = len(spans)
            bottom = max(cell[0] for cell in cells)
            left, right = min(cell[1] for cell in cells), max(cell[1] for cell in cells)
            if len(cells) == (bottom - row + 1) * (right - left + 1):
                spans.append(Span(row, left, bottom - row + 1, right - left + 1))
            else:
                apart = [Span(*cell) for cell in sorted(cells)]
                spans.extend(apart)
                uneven.update(apart)
    return sorted(spans, key=lambda span: (span.row, span.column)), uneven


def _flood(
    row: int, column: int, rows: int, columns: int, walls: set[tuple[int, int]], floors: set[tuple[int, int]]
) -> set[tuple[int, int]]:
    cells, open_ends = {(row, column)}, [(row, column)]
    while open_ends:
        r, c = open_ends.pop()
        neighbours = []
        if c + 1 < columns and (c, r) not in walls:
            neighbours.append((r, c + 1))
        if c > 0 and (c - 1, r) not in walls:
            neighbours.append((r, c - 1))
        if r + 1 < rows and (r, c) not in floors:
            neighbours.append((r + 1, c))
        if r > 0 and (r - 1, c) not in floors:
            neighbours.append((r - 1, c))
        fresh = [cell for cell in neighbours if cell not in cells]
        cells.update(fresh)
        open_ends.extend(fresh)
    return cells


def _without_slivers(lattice: Lattice) -> Lattice:
    """The lattice without thin columns and rows that no cell has for itself: borders that do not quite line up."""
    xs = list(lattice.xs)
    ys = list(lattice.ys)
    spans = {span: span for span in lattice.spans}
    for column in reversed(range(len(xs) - 1)):
        own = any(span.column == column and span.column_span == 1 for span in spans.values())
        if len(xs) > 2 and not own and xs[column + 1] - xs[column] < _SLIVER:
            xs[column : column + 2] = [(xs[column] + xs[column + 1]) / 2]
            spans = {key: _without_column(span, column) for key, span in spans.items()}
    for row in reversed(range(len(ys) - 1)):
        own = any(span.row == row and span.row_span == 1 for span in spans.values())
        if len(ys) > 2 and not own and ys[row + 1] - ys[row] < _SLIVER / 2:
            ys[row : row + 2] = [(ys[row] + ys[row + 1]) / 2]
            spans = {key: _without_row(span, row) for key, span in spans.items()}
    uneven = frozenset(spans[key] for key in lattice.uneven)
    return Lattice(tuple(xs), tuple(ys), tuple(spans.values()), uneven)


def _without_column(span: Span, column: int) -> Span:
    start = span.column - (span.column > column)
    end = span.column + span.column_span
    end -= end > column
    return replace(span, column=start, column_span=end - start)


def _without_row(span: Span, row: int) -> Span:
    start = span.row - (span.row > row)
    end = span.row + span.row_span
    end -= end > row
    return replace(span, row=start, row_span=end - start)
