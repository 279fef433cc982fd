"""Figures to rows and back, without loss: what is read equals what was written, to the last digit."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import select

from indicators import schema
from indicators.observation import Exactness, Missing, Observation, Origin
from indicators.rows import NOWHERE, AnyRow, AnySelect, Values, decimal_text, parse_bbox
from reports.citation import Citation
from reports.errors import StoreError
from reports.place import Place
from reports.report import Report

_MISSING: Mapping[str | None, Missing | None] = {None: None, **{each.value: each for each in Missing}}
_EXACTNESS = {each.value: each for each in Exactness}
_ORIGIN = {each.value: each for each in Origin}


_o = schema.observations.c
_r = schema.reports.c


def select_observations() -> AnySelect:
    """A select of what `parse_observation` takes, report by report joined; the caller adds conditions and order."""
    return select(
        _o.indicator, _o.label, _r.agency_id, _r.year, _o.applicant, _o.value, _o.missing, _o.unit, _o.exactness,
        _o.origin, _r.id.label("report"), _o.raw, _o.quote, _o.section, _o.table_id, _o.table_title, _o.row_index,
        _o.column_index, _o.row_label, _o.column_label, _o.page, _o.bbox, _o.line, _o.block, _o.ocr, _o.id,
    ).select_from(schema.observations.join(schema.reports))  # fmt: skip


def parse_observation(row: AnyRow) -> Observation:
    """The observation of one row of `select_observations`."""
    (indicator, label, agency, year, applicant, value, missing, unit, exactness, origin,
     report, raw, quote, section, table, table_title, row_index, column_index, row_label, column_label,
     page, bbox, line, block, ocr, _) = row  # fmt: skip
    if page is None and bbox is None and line is None and block is None:
        place = NOWHERE
    else:
        place = Place(page, None if bbox is None else parse_bbox(json.loads(bbox)), line, block)
    citation = Citation(
        report, raw, quote, section, table, table_title, row_index, column_index, row_label, column_label, place, ocr
    )
    return Observation(
        indicator, label, agency, year, citation, applicant, None if value is None else Decimal(value),
        _MISSING[missing], unit, _EXACTNESS[exactness], _ORIGIN[origin],
    )  # fmt: skip


def observation_rows(key: int, report: Report, observations: Sequence[Observation]) -> list[Values]:
    """Rows of a report's figures. Raises StoreError for a figure of another agency or year than the report's."""
    for each in observations:
        if (each.agency, each.year) != (report.agency.id, report.year):
            raise StoreError(
                f"The figure {each.label!r} is of {each.agency} in {each.year}; the report is of {report.agency.id} in "
                f"{report.year}.",
                f"指标“{each.label}”属于 {each.agency} {each.year} 年，而报告属于 {report.agency.id} {report.year} 年。",
            )
    return [_observation_row(key, each) for each in observations]


def _observation_row(key: int, each: Observation) -> Values:
    citation, place = each.citation, each.citation.place
    if (each.value is None) == (each.missing is None):
        raise StoreError(f"The figure {each.label!r} must have either a value or a reason why it has none.")
    return {
        "report_key": key,
        "indicator": each.indicator,
        "label": each.label,
        "applicant": each.applicant,
        "value": None if each.value is None else decimal_text(each.value),
        "missing": each.missing and each.missing.value,
        "unit": each.unit,
        "exactness": each.exactness.value,
        "origin": each.origin.value,
        "raw": citation.raw,
        "quote": citation.quote,
        "section": citation.section,
        "table_id": citation.table,
        "table_title": citation.table_title,
        "row_index": citation.row,
        "column_index": citation.column,
        "row_label": citation.row_label,
        "column_label": citation.column_label,
        "page": place.page,
        "bbox": None if place.bbox is None else json.dumps(place.bbox),
        "line": place.line,
        "block": place.block,
        "ocr": citation.ocr,
    }
