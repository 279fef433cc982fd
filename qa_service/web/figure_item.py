"""A stored figure as the lists show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.observation import Observation
from indicators.stored_report import ReportItem
from qa_service.answering.answer import AnswerCitation, Operand


@dataclass(frozen=True, slots=True)
class FigureItem:
    """The fields of `figures[]` of an answer, and the citation that its `citations` point to. value: exact decimal."""

    value: str | None
    unit: str | None
    missing: str | None
    exactness: str
    origin: str
    indicator: str | None
    label: str
    agency: str
    agency_name: str
    year: int
    applicant: str | None
    citation: AnswerCitation
    formula: str | None = None
    operands: tuple[Operand, ...] = ()
    citations: tuple[int, ...] = (1,)


def figure_item(observation: Observation, reports: Mapping[str, ReportItem]) -> FigureItem:
    """The item of one observation; `reports` holds the report it stands in."""
    report = reports[observation.citation.report]
    return FigureItem(
        value=None if observation.value is None else f"{observation.value:f}",
        unit=observation.unit,
        missing=observation.missing,
        exactness=observation.exactness,
        origin=observation.origin,
        indicator=observation.indicator,
        label=observation.label,
        agency=observation.agency,
        agency_name=report.agency_name,
        year=observation.year,
        applicant=observation.applicant,
        citation=_citation(observation, report),
    )


def _citation(observation: Observation, report: ReportItem) -> AnswerCitation:
    citation = observation.citation
    return AnswerCitation(
        id=1,
        report=report.id,
        title=report.title,
        agency_name=report.agency_name,
        year=report.year,
        file=report.file,
        page=citation.place.page,
        bbox=citation.place.bbox,
        line=citation.place.line,
        section=citation.section,
        table=citation.table_title,
        table_id=citation.table,
        row=citation.row_label,
        column=citation.column_label,
        row_index=citation.row,
        column_index=citation.column,
        raw=citation.raw,
        quote=citation.quote,
        link=_link(observation),
        ocr=citation.ocr,
    )


def _link(observation: Observation) -> str:
    citation = observation.citation
    page = f"/reports/{citation.report}"
    if citation.table is not None:
        return f"{page}#cell-{citation.table}-{citation.row}-{citation.column}"
    return page if citation.place.block is None else f"{page}#block-{citation.place.block}"
