"""GET /v1/passages: the running text, searched or listed, as JSON or CSV."""

from collections.abc import Iterator
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import TypeAdapter

from indicators.store import IndicatorStore
from qa_service.web.csv_reply import CSV_RESPONSE, Accept, Bom, Format, csv_reply, prefers_csv
from qa_service.web.csv_tables import PASSAGES
from qa_service.web.figures import Names, Years
from qa_service.web.limits import MAX_PAGE
from qa_service.web.listing import Cursor, Limit, Listing
from qa_service.web.prose_cursors import parse_position, render_next_position
from qa_service.web.prose_item import PassageItem, passage_item
from reports.passage import Passage
from vectorstore.prose_pages import Page, Position, read_passage_page
from vectorstore.search import PassageSearch
from vectorstore.store import PassageStore, Scope

_LIST_JSON = TypeAdapter(Listing[PassageItem])
_PATH, _NAME = "/v1/passages", "passages"


def make_router(store: IndicatorStore, passages: PassageStore, search: PassageSearch) -> APIRouter:
    """The route over the passages of one store."""
    router = APIRouter(tags=["passages"])

    @router.get(
        _PATH,
        response_model=Listing[PassageItem],
        responses=CSV_RESPONSE,
        summary="Passages of the reports: the best for a search, or all in order, as JSON or CSV",
    )
    def list_passages(
        request: Request,
        q: Annotated[
            str | None, Query(max_length=1000, description="What to search for. Without it, all are listed.")
        ] = None,
        agency: Names = None,
        year: Years = None,
        section: Annotated[Names, Query(description="Words of which the heading must hold one.")] = None,
        kind: Annotated[list[Literal["prose", "table_row"]] | None, Query()] = None,
        k: Annotated[int, Query(ge=1, le=100, description="How many passages a search gives at most.")] = 10,
        limit: Limit = 100,
        cursor: Cursor = None,
        format: Format = None,  # noqa: A002  (the name of the parameter)
        bom: Bom = False,
        accept: Accept = "",
    ) -> Response:
        scope = Scope(agency, year, None, section, kind)
        as_csv = prefers_csv(format, accept)
        if q is not None and q.strip():
            hits = search.search(q, agencies=agency, years=year, sections=section, kinds=kind, k=k)
            items = _items(store, [(hit.passage, hit.score) for hit in hits])
            return csv_reply(PASSAGES, [items], request, bom) if as_csv else _json(items, None)
        after = parse_position(_NAME, cursor)
        if as_csv:
            return csv_reply(PASSAGES, _pages(store, passages, scope, after), request, bom)
        page = read_passage_page(passages, scope, after, limit)
        next_page = render_next_position(
            _PATH, _NAME, page.next, agency=agency, year=year, section=section, kind=kind, limit=limit
        )
        return _json(_page_items(store, page), next_page)

    return router


def _items(store: IndicatorStore, found: list[tuple[Passage, float | None]]) -> tuple[PassageItem, ...]:
    reports = store.report_items({passage.report for passage, _ in found})
    # A report removed between the two reads takes its passages with it.
    return tuple(
        passage_item(passage, reports[passage.report], score) for passage, score in found if passage.report in reports
    )


def _page_items(store: IndicatorStore, page: Page[Passage]) -> tuple[PassageItem, ...]:
    return _items(store, [(passage, None) for passage in page.items])


def _pages(
    store: IndicatorStore, passages: PassageStore, scope: Scope, after: Position | None
) -> Iterator[tuple[PassageItem, ...]]:
    """All items from there on, never more than one page in memory."""
    while True:
        page = read_passage_page(passages, scope, after, MAX_PAGE)
        yield _page_items(store, page)
        if page.next is None:
            return
        after = page.next


def _json(items: tuple[PassageItem, ...], next_page: str | None) -> Response:
    body = _LIST_JSON.dump_json(Listing(items, next_page))
    return Response(body, media_type="application/json", headers={"Vary": "Accept"})
