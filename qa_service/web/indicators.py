"""GET /v1/indicators, as JSON or CSV."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import TypeAdapter

from indicators.catalogue import Catalogue, Indicator
from qa_service.web.csv_reply import CSV_RESPONSE, Accept, Bom, Format, csv_reply, prefers_csv
from qa_service.web.csv_tables import INDICATORS
from qa_service.web.listing import Listing

_LIST_JSON = TypeAdapter(Listing[Indicator])


def make_router(catalogue: Catalogue) -> APIRouter:
    """The route over the catalogue, which is small enough to be one page."""
    router = APIRouter(tags=["indicators"])

    @router.get(
        "/v1/indicators",
        response_model=Listing[Indicator],
        responses=CSV_RESPONSE,
        summary="What the official forms ask for, as JSON or CSV",
    )
    def list_indicators(
        request: Request,
        format: Format = None,  # noqa: A002  (the name of the parameter)
        bom: Bom = False,
        accept: Accept = "",
    ) -> Response:
        if prefers_csv(format, accept):
            return csv_reply(INDICATORS, [catalogue.indicators], request, bom)
        body = _LIST_JSON.dump_json(Listing(catalogue.indicators))
        return Response(body, media_type="application/json", headers={"Vary": "Accept"})

    return router
