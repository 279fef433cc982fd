"""GET /v1/commitments: what agencies called problems and said they would do, as JSON or CSV."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response
from pydantic import TypeAdapter

from indicators.store import IndicatorStore
from qa_service.web.csv_reply import CSV_RESPONSE, Accept, Bom, Format, csv_reply, prefers_csv
from qa_service.web.csv_tables import COMMITMENTS
from qa_service.web.figures import Names, Years
from qa_service.web.limits import MAX_PAGE
from qa_service.web.listing import Cursor, Limit, Listing
from qa_service.web.prose_cursors import parse_position, render_next_position
from qa_service.web.prose_item import CommitmentItem, commitment_items
from reports.passage import Commitment
from reports.theme import match_themes_in_question
from vectorstore.prose_pages import CommitmentFilter, Page, Position, read_commitment_page
from vectorstore.store import PassageStore

_LIST_JSON = TypeAdapter(Listing[CommitmentItem])
_PATH, _NAME = "/v1/commitments", "commitments"


def make_router(store: IndicatorStore, passages: PassageStore) -> APIRouter:
    """The route over the problems and commitments of one store."""
    router = APIRouter(tags=["commitments"])

    @router.get(
        _PATH,
        response_model=Listing[CommitmentItem],
        responses=CSV_RESPONSE,
        summary="Problems and commitments in the reports' own words, as JSON or CSV",
    )
    def list_commitments(
        request: Request,
        q: Annotated[
            str | None,
            Query(max_length=200, description="Words that all stand in the text; English words are taken as a theme."),
        ] = None,
        agency: Names = None,
        year: Years = None,
        theme: Annotated[Names, Query(description="Theme ids, such as training; any of them.")] = None,
        kind: Annotated[list[Literal["problem", "commitment"]] | None, Query()] = None,
        limit: Limit = 100,
        cursor: Cursor = None,
        format: Format = None,  # noqa: A002  (the name of the parameter)
        bom: Bom = False,
        accept: Accept = "",
    ) -> Response:
        wanted = _with_words(CommitmentFilter(agency, year, kind, theme), q)
        after = parse_position(_NAME, cursor)
        if prefers_csv(format, accept):
            return csv_reply(COMMITMENTS, _pages(store, passages, wanted, after), request, bom)
        page = read_commitment_page(passages, wanted, after, limit)
        next_page = render_next_position(
            _PATH, _NAME, page.next, q=q, agency=agency, year=year, theme=theme, kind=kind, limit=limit
        )
        body = _LIST_JSON.dump_json(Listing(_items(store, page), next_page))
        return Response(body, media_type="application/json", headers={"Vary": "Accept"})

    return router


def _with_words(wanted: CommitmentFilter, q: str | None) -> CommitmentFilter:
    """The words as they are; English ones, which no report has, as the themes they name."""
    words = tuple((q or "").split())
    themes = match_themes_in_question(q) if q and q.isascii() else ()
    if themes and wanted.themes is None:
        return replace(wanted, themes=themes)
    return replace(wanted, words=words)


def _items(store: IndicatorStore, page: Page[Commitment]) -> tuple[CommitmentItem, ...]:
    return commitment_items(page.items, store.report_items({each.report for each in page.items}))


def _pages(
    store: IndicatorStore, passages: PassageStore, wanted: CommitmentFilter, after: Position | None
) -> Iterator[tuple[CommitmentItem, ...]]:
    """All items from there on, never more than one page in memory."""
    while True:
        page = read_commitment_page(passages, wanted, after, MAX_PAGE)
        yield _items(store, page)
        if page.next is None:
            return
        after = page.next
