"""Printed tables to observations: every cell of the official tables becomes exactly one.

The edition of the form is decided from the labels, never from the year. Nothing is dropped: figures that no indicator
covers keep their printed labels. What cannot be assigned for certain is unreadable, with a problem that says why.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from indicators.catalogue import Catalogue
from indicators.numerals import MONEY_UNITS, UNREADABLE, Figure, parse_figure, printed
from indicators.observation import Missing, Observation
from ingest import form_words as words
from ingest.annex_columns import Band, find_bands
from ingest.annex_table import matched_labels, read_annex
from ingest.article20_tables import read_article20
from ingest.disputes_table import read_disputes
from ingest.form_blocks import Block, FormPart, cut_blocks, is_blank, row_pieces
from ingest.form_rows import FormRow
from ingest.form_words import FormWords, form_words
from ingest.labels import folded, label_key, shown_label
from ingest.local_tables import read_local
from ingest.printed_figure import PrintedFigure, joined_path
from ingest.request_matrix import MatrixColumns, matrix_columns, read_matrix
from reports.citation import Citation
from reports.problem import Problem, Severity
from reports.table import Table

_FORM_A_LABELS = 12
_FORM_A_SIGNS = 3
_LONGEST_QUOTE = 300
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
class Whose:
    """Whose tables they are: report id, agency id, data year, and the section each table stands in, by table id."""

    report: str
    agency: str
    year: int
    sections: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableFigures:
    """edition: "A", "B", "C" or None where no official table was recognised."""

    edition: str | None
    observations: tuple[Observation, ...]
    problems: tuple[Problem, ...]


def map_tables(tables: Sequence[Table], catalogue: Catalogue, whose: Whose) -> TableFigures:
    """The observations of all tables (with spans, not ragged) of one report, in printed order."""
    vocabulary = form_words(catalogue)
    blocks = [block for table in tables for block in cut_blocks(table, vocabulary)]
    reader = _Reader(vocabulary, whose.year, _is_form_a(blocks, vocabulary, whose.year))
    read = reader.read(blocks)
    figures = _without_headings(read, _edition(read))
    pairs = [(figure, _observation(figure, whose)) for figure in figures]
    observations, doubles = _without_doubles([observation for _, observation in pairs])
    edition = _edition(figures)
    absent = _absent_figures(observations, edition, catalogue)
    return TableFigures(edition, tuple(observations), (*_refusals(pairs), *doubles, *reader.problems, *absent))


def _absent_figures(observations: Sequence[Observation], edition: str | None, catalogue: Catalogue) -> list[Problem]:
    """A remark on the figures that this edition of the form asks for and the tables do not have."""
    found = {(each.indicator, each.applicant) for each in observations}
    absent = [
        indicator.forms[edition or ""].label
        for indicator in catalogue.indicators
        if indicator.in_edition(edition) and not indicator.forms[edition or ""].only_in
        for applicant in ([each.id for each in catalogue.applicants] if indicator.by_applicant else [None])
        if (indicator.id, applicant) not in found
    ]
    if not absent:
        return []
    names = list(dict.fromkeys(absent))
    return [
        Problem(
            "figures-not-found",
            f"{len(absent)} figures of form {edition} are not in the tables that were read: {', '.join(names[:8])}"
            + (" …" if len(names) > 8 else ""),
            f"已读取的表格中缺少{edition}版格式的{len(absent)}个数字：{'、'.join(names[:8])}"
            + ("等" if len(names) > 8 else ""),
            Severity.WARNING,
        )
    ]


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
            self.problems.append(_of_another_time(block.table, self.year))
        figures: list[PrintedFigure] = []
        for band in self.bands:
            found, self.annex_row = read_annex(block, band, self.vocabulary, self.annex_row, official=official)
            figures += found
        return figures


def _is_of_the_year(block: Block, year: int) -> bool:
    """Whether caption and title allow that the table is of the data year: no quarter, no other year."""
    caption = folded("".join((block.table.caption or "", *block.titles)))
    years = {int(found) for found in _YEAR.findall(caption)}
    return not _PART_OF_YEAR.search(caption) and (not years or year in years)


def _of_another_time(table: Table, year: int) -> Problem:
    return Problem(
        "table-of-another-time",
        f"table {table.id} ({table.caption}) is not of {year}: its figures are kept under their printed labels only",
        f"表{table.id}（{table.caption}）不是{year}年全年的数据，其数字仅按印刷标签保留",
        Severity.WARNING,
        table.place,
    )


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


def _observation(printed_figure: PrintedFigure, whose: Whose) -> Observation:
    cell, table, indicator = printed_figure.cell, printed_figure.table, printed_figure.indicator
    figure = _figure(printed_figure)
    return Observation(
        indicator=indicator.id if indicator else None,
        label=printed_figure.label,
        agency=whose.agency,
        year=whose.year,
        citation=Citation(
            report=whose.report,
            raw=printed(cell.text),
            quote=_quote(table, printed_figure.row),
            section=whose.sections.get(table.id),
            table=table.id,
            table_title=table.caption,
            row=printed_figure.row,
            column=cell.column,
            row_label=" / ".join(printed_figure.row_path) or None,
            column_label=" / ".join(printed_figure.column_path) or None,
            place=cell.place,
            ocr=table.ocr,
        ),
        applicant=printed_figure.applicant,
        value=figure.value,
        missing=figure.missing,
        unit=figure.unit or printed_figure.unit or (indicator.unit if indicator else None),
        exactness=figure.exactness,
    )


def _figure(printed_figure: PrintedFigure) -> Figure:
    if printed_figure.refused or printed_figure.cell.unreadable:
        return UNREADABLE
    indicator = printed_figure.indicator
    figure = parse_figure(printed_figure.cell.text, kind=indicator.kind if indicator else None)
    if indicator and printed_figure.unit and (printed_figure.unit in MONEY_UNITS) != (indicator.kind == "money"):
        return UNREADABLE
    return figure


def _quote(table: Table, row: int) -> str:
    texts = [shown_label(cell.text) for cell in row_pieces(table, row) if cell.row == row or not is_blank(cell)]
    while texts and not texts[0]:
        texts.pop(0)
    return " | ".join(texts)[:_LONGEST_QUOTE]


def _refusals(pairs: Iterable[tuple[PrintedFigure, Observation]]) -> list[Problem]:
    """One problem per row whose cells are unreadable."""
    problems: dict[tuple[str, int], Problem] = {}
    for figure, observation in pairs:
        if observation.missing is not Missing.UNREADABLE:
            continue
        reason = figure.refused or figure.cell.unreadable or "the cell does not read as one figure"
        code = "row-does-not-fit" if figure.refused else "unreadable-cell"
        row = observation.citation.row_label or ""
        shown = observation.citation.raw[:40]
        problems.setdefault(
            (figure.table.id, figure.row),
            Problem(
                code,
                f"table {figure.table.id}, row {figure.row + 1} ({row}): {reason}; the cell {shown!r} is not used as a figure",
                f"表{figure.table.id}第{figure.row + 1}行（{row}）：无法确定单元格“{shown}”的含义，不作为数字使用",
                Severity.ERROR,
                figure.cell.place,
            ),
        )
    return list(problems.values())


def _without_doubles(observations: Sequence[Observation]) -> tuple[list[Observation], list[Problem]]:
    """One observation per indicator and applicant: equal doubles are dropped, differing ones make it unreadable."""
    groups: dict[tuple[str, str | None], list[Observation]] = {}
    for observation in observations:
        if observation.indicator:
            groups.setdefault((observation.indicator, observation.applicant), []).append(observation)
    problems: dict[tuple[str, str | None], Problem] = {}
    replaced: dict[int, Observation | None] = {}
    for (indicator, _), group in groups.items():
        if len(group) == 1:
            continue
        same = len({(each.value, each.missing, each.unit) for each in group}) == 1
        first = group[0] if same else replace(group[0], value=None, missing=Missing.UNREADABLE)
        replaced |= {id(each): first if each is group[0] else None for each in group}
        tables = (group[0].citation.table, group[1].citation.table)
        if not same or (tables[0] or "", tables[1]) not in problems:
            key = (tables[0] or "", tables[1]) if same else (indicator, group[0].applicant)
            problems[key] = _double(group, same=same)
    kept = [replaced.get(id(each), each) for each in observations]
    return [each for each in kept if each is not None], list(problems.values())


def _double(group: Sequence[Observation], *, same: bool) -> Problem:
    first, second = group[0].citation, group[1].citation
    places = f"{first.table} row {(first.row or 0) + 1} ({first.raw!r}) and {second.table} row {(second.row or 0) + 1} ({second.raw!r})"
    places_zh = f"{first.table}第{(first.row or 0) + 1}行（{first.raw}）与{second.table}第{(second.row or 0) + 1}行（{second.raw}）"
    if same:
        return Problem(
            "printed-twice",
            f"the same figures are printed twice, first {group[0].label}: {places}; the first print is cited",
            f"同一数字印了两次，例如{group[0].label}：{places_zh}；引用第一处",
            Severity.INFO,
            first.place,
        )
    return Problem(
        "contradicting-cells",
        f"{group[0].label} is printed twice with different figures: {places}; neither is used",
        f"{group[0].label}印了两次且数字不同：{places_zh}；两者都不采用",
        Severity.ERROR,
        first.place,
    )
