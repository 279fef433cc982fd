"""GET /v1/reports and /v1/reports/{id}."""

from collections.abc import Iterator
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import TypeAdapter

from indicators.conflicts import find_text_table_conflicts
from indicators.stored_report import ReportItem
from qa_service.library import Library
from qa_service.web.csv_reply import CSV_RESPONSE, Accept, Bom, Format, csv_reply, prefers_csv
from qa_service.web.csv_tables import REPORTS
from qa_service.web.cursors import parse_cursor, render_next
from qa_service.web.errors import RequestProblem
from qa_service.web.limits import MAX_PAGE
from qa_service.web.listing import Cursor, Limit, Listing
from qa_service.web.report_detail import ReportDetail, report_detail

_LIST_JSON = TypeAdapter(Listing[ReportItem])
_DETAIL_JSON = TypeAdapter(ReportDetail)


# Formats of which a page can be drawn as it is printed.
PAGE_FORMATS = frozenset({"pdf", "image"})


def make_router(library: Library) -> APIRouter:
    """The routes over one library."""
    router = APIRouter(tags=["reports"])
    store = library.store

    @router.get(
        "/v1/reports",
        response_model=Listing[ReportItem],
        responses=CSV_RESPONSE,
        summary="The reports answers come from, as JSON or CSV",
    )
    def list_reports(
        request: Request,
        agency: Annotated[str | None, Query(max_length=200, description="Agency id, as in /v1/agencies.")] = None,
        year: Annotated[int | None, Query(ge=0, le=9999, description="Data year.")] = None,
        limit: Limit = 100,
        cursor: Cursor = None,
        format: Format = None,  # noqa: A002  (the name of the parameter)
        bom: Bom = False,
        accept: Accept = "",
    ) -> Response:
        after = parse_cursor("reports", cursor)
        if prefers_csv(format, accept):
            return csv_reply(REPORTS, _pages(library, agency, year, after), request, bom)
        found = store.reports(agency, year, after, limit + 1)
        last = found[limit - 1].id if len(found) > limit else None
        next_page = render_next("/v1/reports", "reports", last, agency=agency, year=year, limit=limit)
        listing = Listing(found[:limit], next_page)
        return Response(_LIST_JSON.dump_json(listing), media_type="application/json", headers={"Vary": "Accept"})

    @router.get("/v1/reports/{report_id}", response_model=ReportDetail, summary="One report with its tables")
    def show_report(report_id: str) -> Response:
        report = store.report(report_id)
        if report is None:
            raise unknown_report(report_id)
        observations = store.observations(reports=[report_id], current_only=False)
        conflicts = find_text_table_conflicts(observations, library.catalogue)
        original = library.originals.find(report.sha256) is not None
        pages = original and report.item.format in PAGE_FORMATS
        detail = report_detail(report, observations, conflicts, original, pages)
        return Response(_DETAIL_JSON.dump_json(detail), media_type="application/json")

    return router


def _pages(
    library: Library, agency: str | None, year: int | None, after: str | None
) -> Iterator[tuple[ReportItem, ...]]:
    """All items from there on, never more than one page in memory."""
    while page := library.store.reports(agency, year, after, MAX_PAGE):
        yield page
        after = page[-1].id


def unknown_report(report_id: str) -> RequestProblem:
    """The problem of an id that is not stored; long ones are not repeated."""
    shown = report_id if len(report_id) <= 80 else f"{report_id[:80]}…"
    return RequestProblem(
        "unknown-report",
        f"There is no report {shown!r}; it may have been removed. GET /v1/reports lists those there are.",
        f"没有编号为“{shown}”的年报，可能已被删除。现有年报见 GET /v1/reports。",
    )
