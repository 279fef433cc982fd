"""Reports, agencies and what else is no figure, to rows and back: what is read equals what was written."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import Row, Select, select

from indicators import schema
from indicators.observation import Imbalance
from indicators.stored_report import ReportItem
from reports.agency import Agency
from reports.document import Paragraph
from reports.errors import StoreError
from reports.place import BBox, Place
from reports.problem import Problem, Severity
from reports.report import Report, Section
from reports.table import Cell, Table

# A row on its way into SQL or a piece of JSON: the only untyped shapes, and they stay in this folder.
Values = dict[str, Any]
Json = Any
AnyRow = Row[*tuple[Any, ...]]
AnySelect = Select[*tuple[Any, ...]]

NOWHERE = Place()
_r = schema.reports.c


def decimal_text(value: Decimal) -> str:
    """All digits of a finite decimal, trailing zeros too; a StoreError for what is no number."""
    if not value.is_finite():
        raise StoreError(f"{value} is no figure and cannot be stored.")
    return str(value)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def report_row(report: Report, agency_id: str, report_id: str, revision: int, counts: Mapping[str, int]) -> Values:
    """The row of a report that is to be the current one."""
    source = report.source
    return {
        "id": report_id,
        "agency_id": agency_id,
        "year": report.year,
        "title": report.title,
        "edition": report.edition,
        "file": source.name,
        "format": source.format,
        "sha256": source.sha256,
        "bytes": source.bytes,
        "revision": revision,
        "is_current": True,
        **counts,
    }


def select_items() -> AnySelect:
    """A select of what `parse_item` takes."""
    return select(
        _r.id, _r.agency_id, schema.agencies.c.name, _r.year, _r.title, _r.edition, _r.file, _r.format,
        _r.revision, _r.is_current, _r.figures, _r.passages, _r.problems,
    ).select_from(schema.reports.join(schema.agencies))  # fmt: skip


def parse_item(row: AnyRow) -> ReportItem:
    """The report item of one row of `select_items`."""
    return ReportItem(*row)


def agency_row(agency: Agency) -> Values:
    """The row of an agency."""
    return {
        "id": agency.id,
        "name": agency.name,
        "english": agency.english,
        "region": agency.region,
        "aliases": agency.aliases,
    }


def parse_agency(row: AnyRow) -> Agency:
    """The agency of one row of the table `agencies`."""
    return Agency(row.id, row.name, row.english, tuple(row.region), tuple(row.aliases))


def section_rows(key: int, sections: Sequence[Section]) -> list[Values]:
    """Rows of the sections with their paragraphs."""
    return [
        {
            "report_key": key,
            "position": position,
            "path": section.path,
            "paragraphs": [
                [each.text, _place_json(each.place), each.heading_level, each.ocr] for each in section.paragraphs
            ],
        }
        for position, section in enumerate(sections)
    ]


def parse_section(row: AnyRow) -> Section:
    """The section of one row."""
    paragraphs = (Paragraph(text, _place(place), level, ocr) for text, place, level, ocr in row.paragraphs)
    return Section(tuple(row.path), tuple(paragraphs))


def table_rows(key: int, tables: Sequence[Table]) -> list[Values]:
    """Rows of the tables with their cells."""
    return [
        {
            "report_key": key,
            "position": position,
            "table_id": table.id,
            "caption": table.caption,
            "place": _place_json(table.place),
            "ragged": table.ragged,
            "ocr": table.ocr,
            "cells": [_cell_json(cell) for cell in table.cells],
        }
        for position, table in enumerate(tables)
    ]


def parse_table(row: AnyRow) -> Table:
    """The table of one row."""
    cells = tuple(
        Cell(text, r, c, row_span, column_span, _place(place), unreadable)
        for text, r, c, row_span, column_span, place, unreadable in row.cells
    )
    return Table(row.table_id, cells, _place(row.place), row.caption, row.ragged, row.ocr)


def problem_rows(key: int, problems: Sequence[Problem]) -> list[Values]:
    """Rows of the problems."""
    return [
        {
            "report_key": key,
            "position": position,
            "code": each.code,
            "severity": each.severity.value,
            "message": each.message,
            "message_zh": each.message_zh,
            "place": None if each.place is None else _place_fields(each.place),
        }
        for position, each in enumerate(problems)
    ]


def parse_problem(row: AnyRow) -> Problem:
    """The problem of one row."""
    place = None if row.place is None else _place(row.place)
    return Problem(row.code, row.message, row.message_zh, Severity(row.severity), place)


def imbalance_rows(key: int, imbalances: Sequence[Imbalance]) -> list[Values]:
    """Rows of the outcomes of the identities."""
    return [
        {
            "report_key": key,
            "position": position,
            "rule": each.rule,
            "severity": each.severity,
            "status": each.status,
            "instance": each.instance,
            "left_value": None if each.left is None else decimal_text(each.left),
            "right_value": None if each.right is None else decimal_text(each.right),
            "cells": each.cells,
            "remark": each.remark,
        }
        for position, each in enumerate(imbalances)
    ]


def parse_imbalance(row: AnyRow) -> Imbalance:
    """The outcome of one row."""
    cells = tuple((table, r, c) for table, r, c in row.cells)
    left, right = _decimal(row.left_value), _decimal(row.right_value)
    return Imbalance(row.rule, row.severity, row.status, row.instance, left, right, cells, row.remark)


def _cell_json(cell: Cell) -> Json:
    place = _place_json(cell.place)
    return [cell.text, cell.row, cell.column, cell.row_span, cell.column_span, place, cell.unreadable]


def _place_json(place: Place) -> Json:
    """None for a place that says nothing: most cells of text files."""
    nowhere = place.page is None and place.bbox is None and place.line is None and place.block is None
    return None if nowhere else _place_fields(place)


def _place_fields(place: Place) -> Json:
    return [place.page, place.bbox, place.line, place.block]


def _place(value: Json) -> Place:
    if value is None:
        return NOWHERE
    page, bbox, line, block = value
    return Place(page, parse_bbox(bbox), line, block)


def parse_bbox(value: Json) -> BBox | None:
    """The box of its four numbers."""
    return None if value is None else tuple(value)
