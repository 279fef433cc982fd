"""A passage, a problem or a commitment as the lists show it."""

from collections.abc import Mapping
from dataclasses import dataclass

from indicators.stored_report import ReportItem
from reports.passage import Commitment, Passage
from reports.place import Place


@dataclass(frozen=True, slots=True)
class PassageItem:
    """A passage with its place. score: how well it fits the search, higher is better; null in a plain list."""

    id: str
    agency: str
    agency_name: str
    year: int
    section: str
    kind: str
    text: str
    position: int
    score: float | None
    report: str
    title: str
    file: str
    page: int | None
    line: int | None
    link: str


@dataclass(frozen=True, slots=True)
class CommitmentItem:
    """A problem or commitment in the report's own words. answers: ids of the problems on the same themes."""

    id: str
    kind: str
    quote: str
    agency: str
    agency_name: str
    year: int
    section: str
    themes: tuple[str, ...]
    target_year: int | None
    answers: tuple[str, ...]
    report: str
    title: str
    file: str
    page: int | None
    line: int | None
    link: str


def passage_item(passage: Passage, report: ReportItem, score: float | None = None) -> PassageItem:
    """The item of one passage of that report."""
    return PassageItem(
        id=passage.id,
        agency=passage.agency,
        agency_name=report.agency_name,
        year=passage.year,
        section=passage.section,
        kind=passage.kind,
        text=passage.text,
        position=passage.position,
        score=None if score is None else round(score, 4),
        report=report.id,
        title=report.title,
        file=report.file,
        page=passage.place.page,
        line=passage.place.line,
        link=link_to_place(report.id, passage.place),
    )


def commitment_items(found: tuple[Commitment, ...], reports: Mapping[str, ReportItem]) -> tuple[CommitmentItem, ...]:
    """The items; those of a report that was removed meanwhile are left out."""
    return tuple(_commitment_item(each, reports[each.report]) for each in found if each.report in reports)


def _commitment_item(commitment: Commitment, report: ReportItem) -> CommitmentItem:
    return CommitmentItem(
        id=commitment.id,
        kind=commitment.kind,
        quote=commitment.quote,
        agency=commitment.agency,
        agency_name=report.agency_name,
        year=commitment.year,
        section=commitment.section,
        themes=commitment.themes,
        target_year=commitment.target_year,
        answers=commitment.answers,
        report=report.id,
        title=report.title,
        file=report.file,
        page=commitment.place.page,
        line=commitment.place.line,
        link=link_to_place(report.id, commitment.place),
    )


def link_to_place(report: str, place: Place) -> str:
    """Where the page shows the paragraph."""
    page = f"/reports/{report}"
    return page if place.block is None else f"{page}#block-{place.block}"
