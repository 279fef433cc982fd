"""GET /v1/corpus: which bodies have reports of which years, a page of bodies at a time."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response
from pydantic import TypeAdapter

from indicators.store import Corpus
from indicators.stored_report import Coverage
from qa_service.library import Library
from qa_service.understanding.normal_form import normalise
from qa_service.web.cursors import parse_cursor, render_next
from qa_service.web.errors import RequestProblem
from qa_service.web.figures import Years
from qa_service.web.listing import Cursor, Limit
from reports.agency import Agency

_PATH, _NAME = "/v1/corpus", "corpus"


@dataclass(frozen=True, slots=True)
class CorpusReport:
    """A current report of one body. figures, passages and problems are counts."""

    id: str
    year: int
    edition: str | None
    revision: int
    figures: int
    passages: int
    problems: int


@dataclass(frozen=True, slots=True)
class CorpusRow:
    """A body and its reports, by year."""

    agency: str
    agency_name: str
    english: str | None
    region: tuple[str, ...]
    reports: tuple[CorpusReport, ...]


@dataclass(frozen=True, slots=True)
class CorpusPage:
    """Some bodies. agencies, reports: how many fit the filters in all; years: all data years of the collection."""

    items: tuple[CorpusRow, ...]
    next: str | None
    agencies: int
    reports: int
    years: tuple[int, ...]


_PAGE_JSON = TypeAdapter(CorpusPage)


def make_router(library: Library) -> APIRouter:
    """The route over one library."""
    router = APIRouter(tags=["reports"])

    @router.get(_PATH, response_model=CorpusPage, summary="Bodies and the years they have reports of")
    def show_corpus(
        q: Annotated[str | None, Query(max_length=200, description="Words of the body's name or its region.")] = None,
        year: Years = None,
        problems: Annotated[bool, Query(description="Only reports in which reading found something.")] = False,
        limit: Limit = 50,
        cursor: Cursor = None,
    ) -> Response:
        corpus = library.corpus()
        found = _fitting(library, corpus, q, year, problems)
        rows = found[_start(found, parse_cursor(_NAME, cursor)) :]
        following = rows[limit - 1][0].id if len(rows) > limit else None
        page = CorpusPage(
            items=_rows(library, rows[:limit]),
            next=render_next(_PATH, _NAME, following, q=q, year=year, problems=problems or None, limit=limit),
            agencies=len(found),
            reports=sum(len(reports) for _, reports in found),
            years=tuple(sorted({each.year for each in corpus.coverage})),
        )
        return Response(_PAGE_JSON.dump_json(page), media_type="application/json")

    return router


_Row = tuple[Agency, list[Coverage]]


def _fitting(library: Library, corpus: Corpus, q: str | None, years: list[int] | None, problems: bool) -> list[_Row]:
    """The bodies that fit, each with its reports that fit, by region and name."""
    words = normalise(q or "").split()
    wanted = frozenset(years or ())
    names = {each.id: _searched(each) for each in corpus.agencies} if words else {}
    reports: dict[str, list[Coverage]] = {}
    for each in corpus.coverage:
        if (not wanted or each.year in wanted) and all(word in names[each.agency_id] for word in words):
            reports.setdefault(each.agency_id, []).append(each)
    if problems:
        items = library.store.report_items(each.report_id for rows in reports.values() for each in rows)
        troubled = {report_id for report_id, item in items.items() if item.problems}
        reports = {
            agency: kept
            for agency, rows in reports.items()
            if (kept := [each for each in rows if each.report_id in troubled])
        }
    found = [(agency, reports[agency.id]) for agency in corpus.agencies if agency.id in reports]
    return sorted(found, key=lambda row: (row[0].region, row[0].name, row[0].id))


def _searched(agency: Agency) -> str:
    return normalise(" ".join((agency.name, agency.english or "", *agency.aliases, *agency.region, agency.id)))


def _start(found: list[_Row], after: str | None) -> int:
    if after is None:
        return 0
    for at, (agency, _) in enumerate(found, start=1):
        if agency.id == after:
            return at
    raise RequestProblem(
        "unknown-cursor",
        "The collection changed since the page before. Start again without a cursor.",
        "年报集合已有变化，请去掉游标重新开始。",
    )


def _rows(library: Library, rows: list[_Row]) -> tuple[CorpusRow, ...]:
    items = library.store.report_items(each.report_id for _, reports in rows for each in reports)
    return tuple(
        CorpusRow(
            agency.id,
            agency.name,
            agency.english,
            agency.region,
            tuple(
                CorpusReport(
                    item.id, item.year, item.edition, item.revision, item.figures, item.passages, item.problems
                )
                for each in reports
                # A report removed between the two reads is left out.
                if (item := items.get(each.report_id)) is not None
            ),
        )
        for agency, reports in rows
    )
