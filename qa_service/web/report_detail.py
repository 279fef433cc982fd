"""One report as it is sent to those who want to see it whole: enough to redraw its tables with their merged cells."""

from collections.abc import Sequence
from dataclasses import dataclass

from indicators.observation import Imbalance, Observation
from indicators.stored_report import ReportItem, StoredReport
from reports.problem import Problem
from reports.report import Section
from reports.table import Cell, Table


@dataclass(frozen=True, slots=True)
class TableDetail:
    """A table as printed. cells: row and column 0-based, with spans; a position without a cell is absent, not blank.

    head_rows, head_columns: how many rows at the top and columns at the left hold headings only; no cell reaches from
    the heading rows into the others.
    """

    id: str
    caption: str | None
    page: int | None
    block: int | None
    rows: int
    columns: int
    head_rows: int
    head_columns: int
    ragged: bool
    ocr: bool
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class ReportDetail:
    """A report with its content. figures: how many; revisions: all files of this agency and year, oldest first."""

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
    checks: tuple[Imbalance, ...]
    sections: tuple[Section, ...]
    tables: tuple[TableDetail, ...]
    revisions: tuple[ReportItem, ...]


def report_detail(report: StoredReport, observations: Sequence[Observation]) -> ReportDetail:
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
        checks=report.imbalances,
        sections=report.sections,
        tables=tuple(_table_detail(table, observations) for table in report.tables),
        revisions=report.revisions,
    )


def _table_detail(table: Table, observations: Sequence[Observation]) -> TableDetail:
    places = [each.citation for each in observations if each.citation.table == table.id]
    head_rows = min((place.row for place in places if place.row is not None), default=0)
    head_columns = min((place.column for place in places if place.column is not None), default=0)
    return TableDetail(
        id=table.id,
        caption=table.caption,
        page=table.place.page,
        block=table.place.block,
        rows=table.rows,
        columns=table.columns,
        head_rows=_without_crossing(table, head_rows),
        head_columns=head_columns,
        ragged=table.ragged,
        ocr=table.ocr,
        cells=table.cells,
    )


def _without_crossing(table: Table, head_rows: int) -> int:
    """At most `head_rows`: HTML cuts a cell off where the table head ends, so the head ends above such a cell."""
    while any(cell.row < head_rows < cell.row + cell.row_span for cell in table.cells):
        head_rows -= 1
    return head_rows
