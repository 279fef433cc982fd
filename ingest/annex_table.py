"""The annex table of form A (政府信息公开情况统计表): one labelled row per figure, with its unit."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.catalogue import Indicator
from ingest import form_words as words
from ingest.annex_columns import Band
from ingest.form_blocks import Block, is_blank, is_number, is_readable
from ingest.form_rows import FormRow, PrintedRow, match_rows
from ingest.form_words import FormWords
from ingest.labels import folded, label_key, outline_level, shown_label, unit_in_note
from ingest.printed_figure import MERGED, NO_COLUMN, TOO_FEW, WRONG_UNIT, PrintedFigure, joined_path
from reports.table import Cell

MONEY = frozenset({"元", "千元", "万元", "亿元"})


@dataclass(frozen=True, slots=True)
class _Heading:
    level: float
    text: str
    numbered: bool


@dataclass(frozen=True, slots=True)
class _LabelledRow:
    row: int
    texts: tuple[str, ...]

    @property
    def printed(self) -> PrintedRow:
        own = self.texts[-1] if self.texts else ""
        return PrintedRow(label_key(own), tuple(map(label_key, self.texts[:-1])), outline_level(own))


def read_annex(
    block: Block, band: Band, vocabulary: FormWords, before: FormRow | None, *, official: bool
) -> tuple[list[PrintedFigure], FormRow | None]:
    """The figures of one band and the last form row matched in it.

    official: whether the table was recognised as form A; otherwise every figure is kept under its printed labels.
    """
    rows = [_LabelledRow(row, _labels(block, row, band)) for row in block.rows]
    matches: Sequence[FormRow | None] = [None] * len(rows)
    if official:
        matches = match_rows(vocabulary.annex, [row.printed for row in rows], before)
    figures: list[PrintedFigure] = []
    outline: list[_Heading] = []
    for row, match in zip(rows, matches, strict=True):
        path = _path(row, outline)
        figures += _row_figures(block, band, row, path, match)
    return figures, next((match for match in reversed(matches) if match), before)


def matched_labels(block: Block, band: Band, vocabulary: FormWords) -> set[str]:
    """The labels of the band that are row labels of form A."""
    keys = {row.key for number in block.rows for row in [_LabelledRow(number, _labels(block, number, band)).printed]}
    return {key for key in keys if vocabulary.annex.named(key)}


def _labels(block: Block, row: int, band: Band) -> tuple[str, ...]:
    cells = dict.fromkeys(block.table.grid[row][column] for column in band.labels)
    texts = (shown_label(cell.text) for cell in cells if cell is not None and not is_blank(cell))
    return tuple(dict.fromkeys(texts))


def _path(row: _LabelledRow, outline: list[_Heading]) -> tuple[str, ...]:
    """The printed headings above the row and its own label, by the outline of the numbering."""
    if not row.texts:
        return tuple(heading.text for heading in outline)
    own = row.texts[-1]
    numbered = outline_level(own)
    level = float(numbered) if numbered is not None else _level_without_number(outline)
    while outline and outline[-1].level >= level:
        outline.pop()
    outline.append(_Heading(level, own, numbered is not None))
    return (*(heading.text for heading in outline[:-1]), *row.texts)


def _level_without_number(outline: list[_Heading]) -> float:
    """A row without a number continues the list of 其中：… above it, or stands beside the last such row, or below."""
    if not outline:
        return 0.5
    if outline[-1].level == 4:
        return 4
    return next((heading.level for heading in outline if not heading.numbered), outline[-1].level + 0.5)


def _row_figures(
    block: Block, band: Band, row: _LabelledRow, path: tuple[str, ...], match: FormRow | None
) -> list[PrintedFigure]:
    grid_row = block.table.grid[row.row]
    indicator = match.indicator if match and match.indicator.has_figure else None
    unit_cell = grid_row[band.unit] if band.unit is not None else None
    unit = folded(unit_cell.text) if unit_cell is not None else ""
    refused = _misfit(block, band, row, unit, indicator)
    figures: list[PrintedFigure] = []
    for column in (band.own, *band.others):
        cell = None if column is None else grid_row[column]
        if column is None or cell is None:
            continue
        known = indicator if column == band.own else None
        if known is None and not is_number(cell) and not (column == band.own and _is_local_blank(cell, unit, match)):
            continue
        if cell is unit_cell or any(cell is grid_row[label] for label in band.labels):
            continue
        head = block.paths[column]
        figures.append(
            PrintedFigure(
                table=block.table,
                cell=cell,
                row=row.row,
                indicator=known,
                label=known.forms["A"].label if known else joined_path(path, head),
                row_path=path,
                column_path=head,
                unit=unit if unit in words.UNITS else unit_in_note(path[-1] if path else "", words.UNITS),
                refused=refused or (MERGED if cell.row_span > 1 else None),
            )
        )
    return figures


def _is_local_blank(cell: Cell, unit: str, match: FormRow | None) -> bool:
    """A row of figures that the form does not know, left blank or marked with a slash."""
    return match is None and unit in words.UNITS and is_readable(cell)


def _misfit(block: Block, band: Band, row: _LabelledRow, unit: str, indicator: Indicator | None) -> str | None:
    grid_row = block.table.grid[row.row]
    columns = [column for column in (band.unit, band.own, *band.others) if column is not None]
    if any(grid_row[column] is None for column in columns) and any(grid_row[column] is not None for column in columns):
        return TOO_FEW
    last = max(columns, default=0)
    extra = [cell for cell in grid_row[last + 1 :] if is_number(cell)]
    if (block.heads and extra and not any(block.path_keys[last + 1 :])) or block.overflows(row.row):
        return NO_COLUMN
    if indicator is not None and unit in words.UNITS and (unit in MONEY) != (indicator.unit in MONEY):
        return WRONG_UNIT
    return None
