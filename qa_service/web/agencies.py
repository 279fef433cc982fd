"""GET /v1/agencies, as JSON or CSV."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import TypeAdapter

from indicators.store import IndicatorStore
from qa_service.web.agency_item import AgencyItem
from qa_service.web.csv_reply import CSV_RESPONSE, Accept, Bom, Format, csv_reply, prefers_csv
from qa_service.web.csv_tables import AGENCIES
from qa_service.web.listing import Listing

_LIST_JSON = TypeAdapter(Listing[AgencyItem])


def make_router(store: IndicatorStore) -> APIRouter:
    """The route over one store."""
    router = APIRouter(tags=["agencies"])

    @router.get(
        "/v1/agencies",
        response_model=Listing[AgencyItem],
        responses=CSV_RESPONSE,
        summary="The public bodies with reports, as JSON or CSV",
    )
    def list_agencies(
        request: Request,
        format: Format = None,  # noqa: A002  (the name of the parameter)
        bom: Bom = False,
        accept: Accept = "",
    ) -> Response:
        items = _items(store)
        if prefers_csv(format, accept):
            return csv_reply(AGENCIES, [items], request, bom)
        body = _LIST_JSON.dump_json(Listing(items))
        return Response(body, media_type="application/json", headers={"Vary": "Accept"})

    return router


def _items(store: IndicatorStore) -> tuple[AgencyItem, ...]:
    corpus = store.corpus()
    years: dict[str, list[int]] = {}
    for each in corpus.coverage:
        years.setdefault(each.agency_id, []).append(each.year)
    return tuple(
        AgencyItem(each.id, each.name, each.english, each.region, each.aliases, tuple(years.get(each.id, ())))
        for each in corpus.agencies
    )
