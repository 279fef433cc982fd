"""GET /v1/figures, as JSON a page at a time or as one CSV."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import Field, TypeAdapter

from indicators.store import IndicatorStore
from indicators.stored_report import ObservationPage
from qa_service.web.csv_reply import CSV_RESPONSE, Accept, Bom, Format, csv_reply, prefers_csv
from qa_service.web.csv_tables import FIGURES
from qa_service.web.cursors import parse_cursor, render_next
from qa_service.web.errors import RequestProblem
from qa_service.web.figure_item import FigureItem, figure_item
from qa_service.web.limits import MAX_PAGE
from qa_service.web.listing import Cursor, Limit, Listing

_LIST_JSON = TypeAdapter(Listing[FigureItem])
_NO_APPLICANT = "none"

Names = Annotated[list[str] | None, Query(max_length=200)]
Years = Annotated[list[Annotated[int, Field(ge=0, le=9999)]] | None, Query(max_length=200)]


@dataclass(frozen=True, slots=True)
class FigureFilter:
    """Which figures are wanted; None is no condition, several values mean any of them."""

    indicator: Sequence[str] | None
    agency: Sequence[str] | None
    year: Sequence[int] | None
    applicant: Sequence[str] | None
    report: Sequence[str] | None
    label: Sequence[str] | None


def make_router(store: IndicatorStore) -> APIRouter:
    """The route over one store."""
    router = APIRouter(tags=["figures"])

    @router.get(
        "/v1/figures",
        response_model=Listing[FigureItem],
        responses=CSV_RESPONSE,
        summary="Stored figures with their places, as JSON or CSV",
    )
    def list_figures(
        request: Request,
        indicator: Names = None,
        agency: Names = None,
        year: Years = None,
        applicant: Names = None,
        report: Names = None,
        label: Names = None,
        limit: Limit = 100,
        cursor: Cursor = None,
        format: Format = None,  # noqa: A002  (the name of the parameter)
        bom: Bom = False,
        accept: Accept = "",
    ) -> Response:
        wanted = FigureFilter(indicator, agency, year, applicant, report, label)
        after = _parse_after(cursor)
        if prefers_csv(format, accept):
            first = _read_page(store, wanted, after, MAX_PAGE)
            return csv_reply(FIGURES, _pages(store, wanted, first), request, bom)
        page = _read_page(store, wanted, after, limit)
        next_page = render_next(
            "/v1/figures", "figures", None if page.next is None else str(page.next), indicator=indicator,
            agency=agency, year=year, applicant=applicant, report=report, label=label, limit=limit,
        )  # fmt: skip
        listing = Listing(_items(store, page), next_page)
        return Response(_LIST_JSON.dump_json(listing), media_type="application/json", headers={"Vary": "Accept"})

    return router


def _parse_after(cursor: str | None) -> int | None:
    after = parse_cursor("figures", cursor)
    if after is None:
        return None
    if not (after.isascii() and after.isdecimal() and len(after) < 19):
        raise RequestProblem(
            "bad-cursor",
            'Start again without a cursor, and follow the "next" address of each page.',
            "请去掉游标重新开始，并沿用每页给出的 next 地址。",
        )
    return int(after)


def _read_page(store: IndicatorStore, wanted: FigureFilter, after: int | None, limit: int) -> ObservationPage:
    applicants: list[str | None] | None = None
    if wanted.applicant is not None:
        applicants = [None if each == _NO_APPLICANT else each for each in wanted.applicant]
    return store.observation_page(
        indicators=wanted.indicator,
        agencies=wanted.agency,
        years=wanted.year,
        applicants=applicants,
        reports=wanted.report,
        labels=wanted.label,
        after=after,
        limit=limit,
    )


def _items(store: IndicatorStore, page: ObservationPage) -> tuple[FigureItem, ...]:
    reports = store.report_items({each.citation.report for each in page.observations})
    # A report removed between the two reads takes its figures with it.
    return tuple(figure_item(each, reports) for each in page.observations if each.citation.report in reports)


def _pages(store: IndicatorStore, wanted: FigureFilter, page: ObservationPage) -> Iterator[tuple[FigureItem, ...]]:
    """The items from this page to the end, never more than one page in memory."""
    yield _items(store, page)
    while page.next is not None:
        page = _read_page(store, wanted, page.next, MAX_PAGE)
        yield _items(store, page)
