"""Cuts a table into blocks: head rows of one official form and the data rows below them.

One printed table may hold several forms (all parts of Art. 20 in one), repeat its head after a page break, or have no
head at all. Heads are told by their words, never by their position.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from indicators.numerals import BLANK, Figure, parse_figure
from indicators.observation import Missing
from ingest import form_words as words
from ingest.form_words import FormWords
from ingest.labels import folded, label_key, shown_label
from reports.table import Cell, Table

_YEAR = re.compile(r"20\d\d年?度?")
_VALUE_HEAD = re.compile(r"累计|上年|上一年|历年|季度|^20\d\d年?度?")
_ARTICLE = re.compile(r"第二十条第?\(?[一二三四五六七八九十]\)?项?")


class FormPart(StrEnum):
    """Which official table a block belongs to; LOCAL is none of them."""

    ANNEX = "annex"
    ARTICLE = "article"
    MATRIX = "matrix"
    DISPUTES = "disputes"
    LOCAL = "local"


@dataclass(frozen=True)
class Block:
    """Head rows and data rows (grid row numbers) of one table. titles: one-cell rows above the head, outermost first."""

    table: Table
    part: FormPart
    heads: tuple[int, ...]
    rows: tuple[int, ...]
    titles: tuple[str, ...] = ()

    @cached_property
    def paths(self) -> tuple[tuple[str, ...], ...]:
        """For each grid column the head texts above it from the top down, as shown labels."""
        return tuple(head_path(self.table, self.heads, column) for column in range(self.table.columns))

    @property
    def has_damaged_head(self) -> bool:
        """Whether a head cell could not be placed or read: no column below is certain then."""
        return any(cell.unreadable for row in self.heads for cell in row_pieces(self.table, row))

    def overflows(self, row: int) -> bool:
        """Whether the row has a cell where the head rows have none: it is longer than the head explains."""
        grid = self.table.grid
        return bool(self.heads) and any(
            cell is not None and all(grid[head][column] is None for head in self.heads)
            for column, cell in enumerate(grid[row])
        )

    def is_spare(self, column: int) -> bool:
        """Whether a column is blank below heads that are blank or merged: it separates, it holds no figures."""
        grid = self.table.grid
        last = grid[self.heads[-1]][column] if self.heads else None
        return last is not None and is_blank(last) and all(is_blank(grid[row][column]) for row in self.rows)

    @cached_property
    def path_keys(self) -> tuple[tuple[str, ...], ...]:
        """`paths` as label keys."""
        return tuple(tuple(filter(None, map(label_key, path))) for path in self.paths)


def row_pieces(table: Table, row: int) -> list[Cell]:
    """The different cells that cover a grid row, left to right; a cell merged downwards is in each of its rows."""
    pieces: list[Cell] = []
    for cell in table.grid[row]:
        if cell is not None and (not pieces or cell is not pieces[-1]):
            pieces.append(cell)
    return pieces


def is_blank(cell: Cell | None) -> bool:
    """Whether there is no cell or one without visible characters."""
    return cell is None or not folded(cell.text)


def figure_in(cell: Cell | None) -> Figure:
    """The cell's figure, whatever its kind."""
    return parse_figure(cell.text) if cell is not None else BLANK


def is_number(cell: Cell | None) -> bool:
    """Whether the cell holds a number that is not a year."""
    if cell is None or _YEAR.fullmatch(folded(cell.text)):
        return False
    return parse_figure(cell.text).value is not None


def is_readable(cell: Cell | None) -> bool:
    """Whether the cell is blank, marked as not applicable, or a figure."""
    return figure_in(cell).missing is not Missing.UNREADABLE


def head_path(table: Table, heads: Sequence[int], column: int) -> tuple[str, ...]:
    """Head texts above a column, from the top down.

    Formats that lose merged cells print blanks: a blank head right of a filled one under the same parent continues it
    where a lower head stands in its column; a blank head below a filled one continues that.
    """
    path: list[Cell] = []
    for position, row in enumerate(heads):
        cell = table.grid[row][column]
        if is_blank(cell) and any(not is_blank(table.grid[lower][column]) for lower in heads[position + 1 :]):
            cell = _continued(table, heads[: position + 1], column)
        # Formats that undo merging print the same head in every cell it covered.
        if cell is not None and not is_blank(cell) and (not path or label_key(cell.text) != label_key(path[-1].text)):
            path.append(cell)
    return tuple(shown_label(cell.text) for cell in path)


def _continued(table: Table, heads: Sequence[int], column: int) -> Cell | None:
    """The nearest filled head to the left of a blank one, if the heads above them are the same."""
    row = heads[-1]
    left = next((other for other in range(column - 1, -1, -1) if not is_blank(table.grid[row][other])), None)
    if left is None:
        return None
    above = [(table.grid[head][left], table.grid[head][column]) for head in heads[:-1]]
    return table.grid[row][left] if all(is_blank(here) or here is there for there, here in above) else None


def cut_blocks(table: Table, vocabulary: FormWords) -> list[Block]:
    """The blocks of a table in printed order."""
    cutter = _Cutter(table, vocabulary)
    for row in range(table.rows):
        cutter.add(row)
    cutter.close()
    return cutter.blocks


@dataclass
class _Cutter:
    """Collects head rows and data rows until a head or a title begins the next block."""

    table: Table
    vocabulary: FormWords
    blocks: list[Block] = field(default_factory=list)
    titles: tuple[str, ...] = ()
    heads: list[int] = field(default_factory=list)
    rows: list[int] = field(default_factory=list)
    blank_rows: list[int] = field(default_factory=list)
    part: FormPart | None = None

    def add(self, row: int) -> None:
        pieces = row_pieces(self.table, row)
        if all(is_blank(cell) for cell in pieces):
            self.blank_rows.append(row)
            return
        kind = self._head_kind(row, pieces)
        in_annex = self.part is FormPart.ANNEX and self.rows
        title = None if kind or in_annex else _title(self.table, pieces, self.vocabulary)
        if title:
            self.close()
            self.titles, self.part = (title,), None
        elif kind is not None:
            if self.rows or kind is not self.part:
                self.close()
            self.heads.append(row)
            self.blank_rows = []
            self.part = kind
        else:
            self.rows.append(row)

    def close(self) -> None:
        """Finish the block that is open."""
        if self.part is FormPart.DISPUTES and not self.rows:
            # The one data row of this form has no label: left blank, it is a row of blanks.
            self.rows = self.blank_rows[:1]
        if self.heads or self.rows:
            part = self.part or _part_of_rows(self.table, self.rows, self.vocabulary)
            self.blocks.append(Block(self.table, part, tuple(self.heads), tuple(self.rows), self.titles))
        self.heads, self.rows, self.blank_rows = [], [], []

    def _head_kind(self, row: int, pieces: Sequence[Cell]) -> FormPart | None:
        kind = head_part(pieces, self.vocabulary)
        if kind is not None:
            return kind
        if self.part is FormPart.ANNEX and self.heads and not self.rows and _is_lower_annex_head(pieces):
            return FormPart.ANNEX
        if _is_dispute_group(pieces) and _next_part(self.table, row, self.vocabulary) is FormPart.DISPUTES:
            return FormPart.DISPUTES
        return None


def _is_dispute_group(pieces: Sequence[Cell]) -> bool:
    """A row of 行政复议 or 行政诉讼 alone: a head if the outcomes follow (reviews and lawsuits in two tables)."""
    keys = [key for cell in pieces if (key := label_key(cell.text))]
    return len(keys) == 1 and (keys[0] in words.DISPUTE_GROUPS or keys[0] == words.LITIGATION)


def _next_part(table: Table, row: int, vocabulary: FormWords) -> FormPart | None:
    """The part that the next filled row is a head of."""
    for below in range(row + 1, table.rows):
        pieces = row_pieces(table, below)
        if any(not is_blank(cell) for cell in pieces):
            return head_part(pieces, vocabulary)
    return None


def _is_lower_annex_head(pieces: Sequence[Cell]) -> bool:
    """A second head row such as 本年 | 历年累计 under 统计数."""
    keys = [key for cell in pieces if (key := label_key(cell.text))]
    return bool(keys) and all(key in words.OWN_YEAR_HEADS or _VALUE_HEAD.search(key) for key in keys)


def _title(table: Table, pieces: list[Cell], vocabulary: FormWords) -> str | None:
    """The text of a row that is one cell over the whole width and no row of a form: a title."""
    filled = [cell for cell in pieces if not is_blank(cell)]
    if len(filled) != 1 or table.columns < 2:
        return None
    cell = filled[0]
    text = folded(cell.text)
    if _ARTICLE.search(text):
        return shown_label(cell.text)
    key = label_key(cell.text)
    known = vocabulary.annex.named(key) or vocabulary.matrix.named(key) or key in vocabulary.article_rows
    full = cell.column_span >= table.columns or (len(pieces) == 1)
    return None if known or not full or is_readable(cell) or head_part([cell], vocabulary) else shown_label(cell.text)


def head_part(pieces: Sequence[Cell], vocabulary: FormWords) -> FormPart | None:
    """Which form's head row this is, None if it is none. A row with numbers (years apart) is no head."""
    if any(is_number(cell) for cell in pieces):
        return None
    keys = [key for cell in pieces if (key := label_key(cell.text))]
    found = set(keys)
    applicants = [key for key in keys if key in vocabulary.official_applicants]
    named = {vocabulary.applicants[key] for key in applicants} - {"other_org", "total"}
    if (
        words.APPLICANT_HEAD in found
        or found & vocabulary.group_heads
        or len(named) >= 2
        or (named and applicants == keys)
    ):
        return FormPart.MATRIX
    if _is_disputes_head(found):
        return FormPart.DISPUTES
    if found & vocabulary.article_columns or words.ARTICLE_HEAD in found:
        return FormPart.ARTICLE
    heads = {"".join(key.split()) for key in found}
    if heads & words.LABEL_HEADS and (heads & words.UNIT_HEADS or heads & words.OWN_YEAR_HEADS or len(keys) > 1):
        return FormPart.ANNEX
    if heads & words.UNIT_HEADS and heads & words.OWN_YEAR_HEADS:
        return FormPart.ANNEX
    return None


def _is_disputes_head(keys: set[str]) -> bool:
    groups = words.DISPUTE_GROUPS.keys() | {words.LITIGATION}
    if len(keys & words.OUTCOME_HEADS) >= 2:
        return True
    return len(keys) >= 2 and bool(keys & groups) and keys <= groups | words.OUTCOME_HEADS | {"总计", "合计"}


def _part_of_rows(table: Table, rows: Sequence[int], vocabulary: FormWords) -> FormPart:
    """The form that data rows without a head belong to, by their labels."""
    keys = [key for row in rows for cell in row_pieces(table, row) if (key := label_key(cell.text))]
    article = sum(1 for key in keys if key in vocabulary.article_rows)
    counts = {
        FormPart.ANNEX: vocabulary.annex.count_known(keys),
        FormPart.MATRIX: vocabulary.matrix.count_known(keys),
        FormPart.ARTICLE: article,
    }
    best = max(counts, key=lambda part: counts[part])
    return best if counts[best] else FormPart.LOCAL
