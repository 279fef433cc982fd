"""Which columns of an annex table hold labels, units and the year's own figures.

Decided by the heads; where there is no head, by what stands in the columns. A table may be printed in several bands side
by side, and may have more columns of figures than one (本年度 | 历年累计): only the year's own is read as the figure.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from ingest import form_words as words
from ingest.form_blocks import Block, is_blank, is_number
from ingest.form_words import FormWords
from ingest.labels import folded, label_key

_YEAR = re.compile(r"(20\d\d)年?度?")
_OTHER_TIME = re.compile(r"累计|历年|上年|上一年|去年|同比|增长|增减|季度|月|比重|占比")
_FIGURES = ("unit", "own", "other", "unknown")
_OWN_TIME = re.compile(r"本年|当年|全年")


@dataclass(frozen=True, slots=True)
class Band:
    """One band of columns. labels: label columns left to right; unit: the unit column; own: the column of the year's own
    figures (None if it cannot be told); others: further columns of figures; heads: whether heads told all this."""

    labels: tuple[int, ...]
    unit: int | None
    own: int | None
    others: tuple[int, ...] = ()
    width: int = 0


def find_bands(block: Block, vocabulary: FormWords, year: int, before: Sequence[Band] = ()) -> list[Band]:
    """The bands of a block. `before`: bands of the table that this one continues, used when it has no head of its own."""
    if block.heads:
        bands = [] if block.has_damaged_head else _bands_by_heads(block, year)
        by_content = _bands_by_content(block, vocabulary)
        if _labels_found(block, bands, vocabulary) * 2 > _labels_found(block, by_content, vocabulary) or not by_content:
            return bands
        return by_content
    if before and all(band.width == block.table.columns for band in before):
        return list(before)
    return _bands_by_content(block, vocabulary)


def _labels_found(block: Block, bands: Sequence[Band], vocabulary: FormWords) -> int:
    """How many rows have a known label in the last label column of a band that has a column of figures."""
    return sum(
        1
        for band in bands
        if band.labels and (band.own is not None or band.others)
        for row in block.rows
        if any(_known_label(block, row, column, vocabulary) for column in band.labels)
    )


def _bands_by_heads(block: Block, year: int) -> list[Band]:
    roles = [_role(keys, year) for keys in block.path_keys]
    labels = [column for column, role in enumerate(roles) if role == "label"]
    if not labels:
        # A head without a word for the labels: they are all that stands left of the unit or the figures.
        first = next((column for column, role in enumerate(roles) if role in _FIGURES), None)
        if not first:
            return []
        roles[:first] = ["label"] * first
        labels = list(range(first))
    starts = [column for column in labels if column - 1 not in labels]
    ends = [*starts[1:], len(roles)]
    return [_band(block, roles, start, end) for start, end in zip(starts, ends, strict=True)]


def _role(keys: Sequence[str], year: int) -> str:
    if not keys:
        return ""
    leaf = keys[-1]
    if leaf in words.LABEL_HEADS:
        return "label"
    if leaf in words.UNIT_HEADS:
        return "unit"
    if leaf in words.SIDE_HEADS:
        return "side"
    years = {int(found) for key in keys for found in _YEAR.findall(key)}
    text = "".join(keys)
    if years - {year} or _OTHER_TIME.search(
        _OWN_TIME.sub("", text) if "本年累计" not in text and "本年度累计" not in text else ""
    ):
        return "other"
    if leaf in words.OWN_YEAR_HEADS or years == {year} or _OWN_TIME.search(text):
        return "own"
    return "unknown"


def _band(block: Block, roles: list[str], start: int, end: int) -> Band:
    columns = range(start, end)
    # A head may name only the first of several label columns.
    first_figure = next((column for column in columns if roles[column] in _FIGURES), end)
    labels = tuple(column for column in range(start, first_figure) if roles[column] in ("label", ""))
    own = [column for column in columns if roles[column] == "own"]
    others = [column for column in columns if roles[column] == "other"]
    if len(own) > 1:
        filled = [column for column in own if _numbers(block, column)]
        same_head = len({block.table.grid[block.heads[-1]][column] for column in own}) == 1
        if len(filled) == 1 and same_head:
            own = filled
    unknown = [column for column in columns if roles[column] == "unknown"]
    if not own and not others and len(unknown) == 1:
        # The only column of figures is the year's own, whatever its head calls it (填写栏, 合计).
        own, unknown = unknown, []
    others = sorted([*others, *unknown])
    if len(own) != 1:
        others, own = sorted([*own, *others]), []
    return Band(
        labels=labels,
        unit=next((column for column in columns if roles[column] == "unit"), None),
        own=own[0] if own else None,
        others=tuple(others),
        width=block.table.columns,
    )


def _numbers(block: Block, column: int) -> int:
    return sum(1 for row in block.rows if is_number(block.table.grid[row][column]))


def _bands_by_content(block: Block, vocabulary: FormWords) -> list[Band]:
    """Label columns are those that hold labels of the form; the only column of numbers behind each is the figures'."""
    table = block.table
    known = [
        sum(1 for row in block.rows if _known_label(block, row, column, vocabulary)) for column in range(table.columns)
    ]
    starts = [column for column, count in enumerate(known) if count and count >= max(known) * 0.3]
    starts = [column for column in starts if column - 1 not in starts or _numbers(block, column - 1)]
    if not starts:
        return []
    ends = [*starts[1:], table.columns]
    return [_content_band(block, start, end) for start, end in zip(starts, ends, strict=True)]


def _known_label(block: Block, row: int, column: int, vocabulary: FormWords) -> bool:
    cell = block.table.grid[row][column]
    return cell is not None and cell.column == column and bool(vocabulary.annex.named(label_key(cell.text)))


def _content_band(block: Block, start: int, end: int) -> Band:
    table = block.table
    unit = next((column for column in range(start + 1, end) if _is_unit_column(block, column)), None)
    figures = [column for column in range(start + 1, end) if column != unit and _numbers(block, column)]
    own = figures[0] if len(figures) == 1 else None
    first = min([column for column in (unit, *figures) if column is not None], default=end)
    # Columns of a merged label cell count once; the label is the cell that covers them.
    return Band(
        labels=tuple(range(start, first)),
        unit=unit,
        own=own,
        others=() if own is not None else tuple(figures),
        width=table.columns,
    )


def _is_unit_column(block: Block, column: int) -> bool:
    texts = [folded(cell.text) for row in block.rows if (cell := block.table.grid[row][column]) and not is_blank(cell)]
    units = sum(1 for text in texts if text in words.UNITS)
    return units > 0 and all(text in words.UNITS or set(text) <= set("-—–/―") for text in texts)


def shifted(band: Band, by: int) -> Band:
    """The band in a table whose columns begin `by` further right."""
    return replace(
        band,
        labels=tuple(column + by for column in band.labels),
        unit=None if band.unit is None else band.unit + by,
        own=None if band.own is None else band.own + by,
        others=tuple(column + by for column in band.others),
    )
