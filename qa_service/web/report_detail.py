"""One report as it is sent to those who want to see it whole: enough to redraw its tables with their merged cells."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.checks import load_rules
from indicators.conflicts import Comparison
from indicators.observation import Imbalance, Observation
from indicators.stored_report import ReportItem, StoredReport
from qa_service.web.figure_item import FigureItem, figure_item
from reports.place import Place
from reports.problem import Problem
from reports.report import Section
from reports.table import Cell, Table


@dataclass(frozen=True, slots=True)
class CellDetail:
    """A cell as printed. row, column: 0-based. figure: whether it was taken for a figure; else it is a heading."""

    text: str
    row: int
    column: int
    row_span: int
    column_span: int
    place: Place
    unreadable: str | None
    figure: bool


@dataclass(frozen=True, slots=True)
class TableDetail:
    """A table as printed; a grid position without a cell is absent, not blank.

    head_rows: how many rows at the top are the column headings of all figures; 0 where there are none, or where the
    table has headings of its own further down. No cell reaches from the heading rows into the others.
    """

    id: str
    caption: str | None
    page: int | None
    block: int | None
    rows: int
    columns: int
    head_rows: int
    ragged: bool
    ocr: bool
    cells: tuple[CellDetail, ...]


@dataclass(frozen=True, slots=True)
class CheckDetail:
    """The outcome of one identity of the form, as `Imbalance` has it, and what the identity is called."""

    rule: str
    name: str
    name_zh: str
    severity: str
    status: str
    instance: str | None
    left: Decimal | None
    right: Decimal | None
    cells: tuple[tuple[str, int, int], ...]
    remark: str | None


@dataclass(frozen=True, slots=True)
class ConflictDetail:
    """A figure of the text that is not the table's. cells: several where the table's figure is their sum, `table_value`."""

    indicator: str
    text: FigureItem
    cells: tuple[FigureItem, ...]
    table_value: Decimal | None


@dataclass(frozen=True, slots=True)
class ReportDetail:
    """A report with its content. figures: how many; revisions: all files of this agency and year, oldest first.

    original: whether its file is kept; pages: whether pages of it can be seen (GET /v1/reports/{id}/pages/{n}).
    """

    id: str
    agency: str
    agency_name: str
    year: int
    title: str
    edition: str | None
    file: str
    format: str
    sha256: str
    bytes: int
    revision: int
    is_current: bool
    figures: int
    problems: tuple[Problem, ...]
    checks: tuple[CheckDetail, ...]
    conflicts: tuple[ConflictDetail, ...]
    sections: tuple[Section, ...]
    tables: tuple[TableDetail, ...]
    revisions: tuple[ReportItem, ...]
    original: bool
    pages: bool


def report_detail(
    report: StoredReport,
    observations: Sequence[Observation],
    conflicts: Sequence[Comparison] = (),
    original: bool = False,
    pages: bool = False,
) -> ReportDetail:
    """The detail of a stored report; `observations` are its figures, which tell heading cells from the others."""
    item = report.item
    return ReportDetail(
        id=item.id,
        agency=item.agency,
        agency_name=item.agency_name,
        year=item.year,
        title=item.title,
        edition=item.edition,
        file=item.file,
        format=item.format,
        sha256=report.sha256,
        bytes=report.bytes,
        revision=item.revision,
        is_current=item.is_current,
        figures=item.figures,
        problems=report.problems,
        checks=tuple(map(_check_detail, report.imbalances)),
        conflicts=tuple(_conflict_detail(each, item) for each in conflicts),
        sections=report.sections,
        tables=tuple(_table_detail(table, observations) for table in report.tables),
        revisions=report.revisions,
        original=original,
        pages=pages,
    )


def _check_detail(outcome: Imbalance) -> CheckDetail:
    rule = next((each for each in load_rules() if each.id == outcome.rule), None)
    return CheckDetail(
        rule=outcome.rule,
        name=rule.en if rule else outcome.rule,
        name_zh=rule.zh if rule else outcome.rule,
        severity=outcome.severity,
        status=outcome.status,
        instance=outcome.instance,
        left=outcome.left,
        right=outcome.right,
        cells=outcome.cells,
        remark=outcome.remark,
    )


def _conflict_detail(conflict: Comparison, report: ReportItem) -> ConflictDetail:
    reports = {report.id: report}
    return ConflictDetail(
        indicator=conflict.indicator,
        text=figure_item(conflict.text, reports),
        cells=tuple(figure_item(each, reports) for each in conflict.table),
        table_value=conflict.table_value,
    )


def _table_detail(table: Table, observations: Sequence[Observation]) -> TableDetail:
    figures = frozenset(
        (each.citation.row, each.citation.column) for each in observations if each.citation.table == table.id
    )
    cells = tuple(_cell_detail(cell, (cell.row, cell.column) in figures) for cell in table.cells)
    return TableDetail(
        id=table.id,
        caption=table.caption,
        page=table.place.page,
        block=table.place.block,
        rows=table.rows,
        columns=table.columns,
        head_rows=_head_rows(cells),
        ragged=table.ragged,
        ocr=table.ocr,
        cells=cells,
    )


def _cell_detail(cell: Cell, is_figure: bool) -> CellDetail:
    return CellDetail(
        text=cell.text,
        row=cell.row,
        column=cell.column,
        row_span=cell.row_span,
        column_span=cell.column_span,
        place=cell.place,
        unreadable=cell.unreadable,
        figure=is_figure,
    )


def _head_rows(cells: Sequence[CellDetail]) -> int:
    figures = [cell for cell in cells if cell.figure]
    if not figures:
        return 0
    first_row = min(cell.row for cell in figures)
    first_column = min(cell.column for cell in figures)
    headings = {
        cell.row + row
        for cell in cells
        if not cell.figure and cell.text.strip() and cell.column + cell.column_span > first_column
        for row in range(cell.row_span)
    }
    if max(headings, default=0) > first_row:
        return 0
    count = 0
    while count < first_row and count in headings:
        count += 1
    # HTML cuts a cell off where the table head ends, so the head ends above such a cell.
    while any(cell.row < count < cell.row + cell.row_span for cell in cells):
        count -= 1
    return count
