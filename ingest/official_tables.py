"""Printed tables to observations: every cell of the official tables becomes exactly one.

The edition of the form is decided from the labels, never from the year. Nothing is dropped: figures that no indicator
covers keep their printed labels. What cannot be assigned for certain is unreadable, with a problem that says why.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from indicators.catalogue import Catalogue
from indicators.observation import Observation
from ingest import form_words as words
from ingest.annex_columns import Band, find_bands
from ingest.annex_table import matched_labels, read_annex
from ingest.article20_tables import read_article20
from ingest.disputes_table import read_disputes
from ingest.form_blocks import Block, FormPart, cut_blocks
from ingest.form_rows import FormRow
from ingest.form_words import FormWords, form_words
from ingest.labels import folded, label_key
from ingest.local_tables import read_local
from ingest.printed_figure import PrintedFigure, joined_path
from ingest.request_matrix import MatrixColumns, matrix_columns, read_matrix
from ingest.table_observations import Whose, make_observation, without_doubles
from ingest.table_problems import absent_figures, of_another_time, refused_rows, too_large
from reports.problem import Problem
from reports.table import Table

_FORM_A_LABELS = 12
_FORM_A_SIGNS = 3
# The largest official table has 73 rows, the widest 15 columns.
_MOST_ROWS = 3000
_MOST_COLUMNS = 100
_PART_OF_YEAR = re.compile(r"季度|半年|月份|[1-9]月至|[1-9]-\d+月")
_YEAR = re.compile(r"(20\d\d)年(?!\d{1,2}月\d{1,2}日)")
_EDITION_B = frozenset(
    map(
        label_key,
        (
            "本年新制作数量",
            "本年新公开数量",
            "对外公开总数量",
            "上一年项目数量",
            "本年增/减",
            "采购项目数量",
            "采购总金额",
        ),
    )
)
_EDITION_C = frozenset(
    map(label_key, ("本年制发件数", "本年废止件数", "现行有效件数", "本年处理决定数量", "本年收费金额"))
)


@dataclass(frozen=True, slots=True)
class TableFigures:
    """edition: "A", "B", "C" or None where no official table was recognised."""

    edition: str | None
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]


def map_tables(tables: Sequence[Table], catalogue: Catalogue, whose: Whose) -> TableFigures:
    """The observations of all tables (with spans, not ragged) of one report, in printed order."""
    vocabulary = form_words(catalogue)
    huge = [table for table in tables if _is_huge(table)]
    blocks = [block for table in tables if not _is_huge(table) for block in cut_blocks(table, vocabulary)]
    reader = _Reader(vocabulary, whose.year, _is_form_a(blocks, vocabulary, whose.year))
    read = reader.read(blocks)
    figures = _without_headings(read, _edition(read))
    pairs = [(figure, make_observation(figure, whose)) for figure in figures]
    observations, doubles = without_doubles([observation for _, observation in pairs])
    edition = _edition(figures)
    absent = absent_figures(observations, edition, catalogue)
    return TableFigures(
        edition, tuple(observations), (*refused_rows(pairs), *doubles, *reader.problems, *absent, *map(too_large, huge))
    )


def _is_huge(table: Table) -> bool:
    return table.rows > _MOST_ROWS or table.columns > _MOST_COLUMNS


def _is_form_a(blocks: Sequence[Block], vocabulary: FormWords, year: int) -> bool:
    """Whether the annex tables are those of form A: older provincial tables share some labels, but not enough."""
    found: set[str] = set()
    for block in blocks:
        if block.part is FormPart.ANNEX:
            for band in find_bands(block, vocabulary, year):
                found |= matched_labels(block, band, vocabulary)
    return len(found) >= _FORM_A_LABELS and len(found & words.FORM_A_SIGNS) >= _FORM_A_SIGNS


@dataclass
class _Reader:
    """Reads blocks in printed order; what a table leaves open is carried into the piece that continues it."""

    vocabulary: FormWords
    year: int
    form_a: bool
    matrix: MatrixColumns | None = None
    matrix_row: FormRow | None = None
    bands: Sequence[Band] = ()
    annex_row: FormRow | None = None
    problems: list[Problem] = field(default_factory=list)

    def read(self, blocks: Iterable[Block]) -> list[PrintedFigure]:
        return [figure for block in blocks for figure in self._read_block(block)]

    def _read_block(self, block: Block) -> list[PrintedFigure]:
        if block.part is FormPart.ARTICLE:
            return read_article20(block, self.vocabulary)
        if block.part is FormPart.DISPUTES:
            return read_disputes(block, self.vocabulary)
        if block.part is FormPart.MATRIX:
            return self._read_matrix(block)
        if block.part is FormPart.ANNEX:
            return self._read_annex(block)
        return read_local(block)

    def _read_matrix(self, block: Block) -> list[PrintedFigure]:
        columns = matrix_columns(block, self.vocabulary) if block.heads else self.matrix
        if columns is None:
            return read_local(block)
        self.matrix = columns
        figures, self.matrix_row = read_matrix(block, columns, self.vocabulary, self.matrix_row)
        return figures

    def _read_annex(self, block: Block) -> list[PrintedFigure]:
        self.bands = find_bands(block, self.vocabulary, self.year, self.bands)
        of_year = _is_of_the_year(block, self.year)
        official = self.form_a and of_year
        if self.form_a and not of_year:
            self.problems.append(of_another_time(block.table, self.year))
        figures: list[PrintedFigure] = [] if self.bands else read_local(block)
        for band in self.bands:
            found, self.annex_row = read_annex(block, band, self.vocabulary, self.annex_row, official=official)
            figures += found
        return figures


def _is_of_the_year(block: Block, year: int) -> bool:
    """Whether caption and title allow that the table is of the data year: no quarter, no other year."""
    caption = folded("".join((block.table.caption or "", *block.titles)))
    years = {int(found) for found in _YEAR.findall(caption)}
    return not _PART_OF_YEAR.search(caption) and (not years or year in years)


def _without_headings(figures: Sequence[PrintedFigure], edition: str | None) -> list[PrintedFigure]:
    """A figure beside what is a heading in this edition (（六）其他处理 in form C) may be that of a row whose own label was
    lost: it keeps its printed labels only."""
    return [
        replace(figure, indicator=None, label=joined_path(figure.row_path, figure.column_path))
        if figure.indicator and (form := figure.indicator.forms.get(edition or "")) and form.heading
        else figure
        for figure in figures
    ]


def _edition(figures: Sequence[PrintedFigure]) -> str | None:
    """The edition by the labels of the cells that were assigned; heads of Art. 20 decide between B and C."""
    known = [figure for figure in figures if figure.indicator]
    heads = Counter[str]()
    for figure in known:
        if figure.indicator and figure.indicator.id.startswith("art20"):
            keys = {label_key(text) for text in figure.column_path}
            heads["B"] += bool(keys & _EDITION_B)
            heads["C"] += bool(keys & _EDITION_C)
    ids = {figure.indicator.id for figure in known if figure.indicator}
    if heads["B"] != heads["C"]:
        return "B" if heads["B"] > heads["C"] else "C"
    if any(name.startswith("requests.results.other.") for name in ids):
        return "C"
    if "requests.results.other" in ids:
        return "B"
    if any(name.startswith("legacy.") for name in ids):
        return "A"
    return "C" if ids else None
