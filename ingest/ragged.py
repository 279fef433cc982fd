"""Restores the grid of a ragged table: a text export lists the printed cells of each row but not their spans.

What the exports keep: cells merged sideways come out as one cell, cells merged downwards as a blank cell in each lower
row. So (1) rows are right-aligned: the figures stand under the leaf heads, and the label left of them takes the columns
that are left over; (2) a blank cell in a lower head row continues the cell above it; (3) a row of a single cell is a
title over the whole width. A row that fits none of this is placed, but its cells are marked unreadable: a figure from a
shifted row is worse than no figure.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indicators.numerals import parse_figure
from indicators.observation import Missing
from ingest.labels import folded
from reports.table import Cell, Table

DOES_NOT_FIT = "the row does not have the number of cells that the table's other rows have"


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    width: int


@dataclass(frozen=True, slots=True)
class _Placed:
    cells: tuple[Cell, ...]
    spans: tuple[_Span, ...]
    fits: bool = True


def restore_grid(table: Table) -> Table:
    """The table with spans and without the ragged mark; a table that is not ragged is returned as it is."""
    if not table.ragged:
        return table
    rows = [tuple(table.row_cells(row)) for row in range(table.rows)]
    width = max(map(len, rows), default=0)
    cells = [
        replace(
            cell,
            row=index,
            column=span.start,
            column_span=span.width,
            unreadable=cell.unreadable or (None if row.fits else DOES_NOT_FIT),
        )
        for index, row in enumerate(_placed_rows(rows, width))
        for cell, span in zip(row.cells, row.spans, strict=True)
    ]
    return replace(table, cells=tuple(cells), ragged=False)


def _placed_rows(rows: Sequence[tuple[Cell, ...]], width: int) -> Iterator[_Placed]:
    for segment in _segments(rows):
        own = max(map(len, segment))
        if own <= 1:
            yield from (_Placed(row, (_Span(0, max(width, 1)),) if row else ()) for row in segment)
        else:
            yield from (_widened(row, width - own) for row in _placed_segment(segment, own))


def _segments(rows: Sequence[tuple[Cell, ...]]) -> Iterator[list[tuple[Cell, ...]]]:
    """Runs of rows between the one-cell rows; the parts of one table may have different numbers of columns."""
    segment: list[tuple[Cell, ...]] = []
    for row in rows:
        if len(row) <= 1:
            if segment:
                yield segment
            yield [row]
            segment = []
        else:
            segment.append(row)
    if segment:
        yield segment


def _widened(row: _Placed, extra: int) -> _Placed:
    """The row in a table that has more columns elsewhere: the first cell takes the extra columns."""
    if not extra:
        return row
    first, *rest = row.spans
    return replace(
        row, spans=(_Span(first.start, first.width + extra), *(_Span(span.start + extra, span.width) for span in rest))
    )


def _placed_segment(rows: list[tuple[Cell, ...]], width: int) -> list[_Placed]:
    figures = _figure_columns(rows)
    placed: list[_Placed] = [_placed_data_row(row, width, figures) for row in rows]
    heads = _head_count(rows)
    below: _Placed | None = None
    for index in range(heads - 1, -1, -1):
        row = rows[index]
        below = _placed_leaf_heads(row, width, figures) if below is None else _placed_above(row, below)
        placed[index] = below
    return placed


def _is_value(cell: Cell) -> bool:
    return parse_figure(cell.text).missing is not Missing.UNREADABLE


def _is_blank(cell: Cell) -> bool:
    return parse_figure(cell.text).missing is Missing.BLANK


def _trailing_values(row: tuple[Cell, ...]) -> int:
    count = 0
    for cell in reversed(row):
        if not _is_value(cell):
            break
        count += 1
    return count


def _figure_columns(rows: list[tuple[Cell, ...]]) -> int:
    """How many columns of figures stand at the right: what most rows that end in a figure agree on."""
    counts = Counter(
        values
        for row in rows
        if (values := _trailing_values(row)) and any(not _is_blank(cell) for cell in row[len(row) - values :])
    )
    if not counts:
        counts = Counter(values for row in rows if 0 < (values := _trailing_values(row)) < len(row))
    return max(counts, key=lambda values: (counts[values], values)) if counts else 1


def _head_count(rows: list[tuple[Cell, ...]]) -> int:
    """Number of rows before the first one that holds a figure, or that is a label followed by blank cells only."""
    for index, row in enumerate(rows):
        values = _trailing_values(row)
        if values and any(not _is_blank(cell) for cell in row[len(row) - values :]):
            return index
        if 1 < values == len(row) - 1:
            return index
    return 0


def _single(width: int) -> list[_Span]:
    return [_Span(column, 1) for column in range(width)]


def _placed_data_row(row: tuple[Cell, ...], width: int, figures: int) -> _Placed:
    if len(row) == width:
        return _Placed(row, tuple(_single(width)))
    labels = len(row) - figures
    fits = labels >= 1 and not _is_value(row[labels - 1]) and _is_value(row[labels])
    return _Placed(row, _right_aligned(len(row), width, max(labels, 1)), fits)


def _right_aligned(cells: int, width: int, labels: int) -> tuple[_Span, ...]:
    """The last of the label cells takes the columns left over; every other cell takes one."""
    extra = width - cells
    spans = [_Span(column, 1) for column in range(labels - 1)]
    spans.append(_Span(labels - 1, 1 + extra))
    spans += [_Span(labels + extra + index, 1) for index in range(cells - labels)]
    return tuple(spans)


def _placed_leaf_heads(row: tuple[Cell, ...], width: int, figures: int) -> _Placed:
    """The head row next to the figures: its last cells are the heads of the figure columns."""
    if len(row) == width:
        return _Placed(row, tuple(_single(width)))
    corner = len(row) - figures
    return _Placed(row, _right_aligned(len(row), width, max(corner, 1)), fits=corner >= 1)


def _placed_above(row: tuple[Cell, ...], below: _Placed) -> _Placed:
    """A head row over a placed one: one cell over each blank, the others over the filled runs between the blanks."""
    groups = _groups(below)
    blanks = sum(1 for group in groups if group.blank)
    runs = len(groups) - blanks
    spare = len(row) - blanks - runs
    spans: list[_Span] = []
    for group in groups:
        parts = 1 if group.blank or (spare and runs > 1) else 1 + spare
        split = _split(group, parts)
        if split is None:
            return _unplaced(row, below)
        spans += split
    return _Placed(row, tuple(spans)) if len(spans) == len(row) else _unplaced(row, below)


@dataclass(frozen=True, slots=True)
class _Group:
    blank: bool
    texts: tuple[str, ...]
    spans: tuple[_Span, ...]


def _groups(row: _Placed) -> list[_Group]:
    groups: list[_Group] = []
    for cell, span in zip(row.cells, row.spans, strict=True):
        text = folded(cell.text)
        blank = not text
        if groups and not blank and not groups[-1].blank:
            last = groups[-1]
            groups[-1] = _Group(False, (*last.texts, text), (*last.spans, span))
        else:
            groups.append(_Group(blank, (text,), (span,)))
    return groups


def _split(group: _Group, parts: int) -> list[_Span] | None:
    """The run cut into that many heads: where its labels start over, or where subdivided heads begin or end."""
    if parts == 1:
        return [_joined(group.spans)]
    if parts == len(group.spans):
        return list(group.spans)
    repeats = [index for index, text in enumerate(group.texts) if text == group.texts[0]]
    widths = [span.width > 1 for span in group.spans]
    turns = [0, *(index for index in range(1, len(widths)) if widths[index] != widths[index - 1])]
    for starts in (repeats, turns):
        if len(starts) == parts:
            ends = [*starts[1:], len(group.spans)]
            return [_joined(group.spans[start:end]) for start, end in zip(starts, ends, strict=True)]
    return None


def _joined(spans: Sequence[_Span]) -> _Span:
    return _Span(spans[0].start, sum(span.width for span in spans))


def _unplaced(row: tuple[Cell, ...], below: _Placed) -> _Placed:
    width = sum(span.width for span in below.spans)
    if len(row) > width:
        return _Placed(row, tuple(_single(len(row))), fits=False)
    return _Placed(row, _right_aligned(len(row), width, 1), fits=False)
