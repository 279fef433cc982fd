"""GET /v1/indicators."""

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import TypeAdapter

from indicators.catalogue import Catalogue, Indicator
from qa_service.web.listing import Listing

_LIST_JSON = TypeAdapter(Listing[Indicator])


def make_router(catalogue: Catalogue) -> APIRouter:
    """The route over the catalogue, which is small enough to be one page."""
    router = APIRouter(tags=["indicators"])

    @router.get("/v1/indicators", response_model=Listing[Indicator], summary="What the official forms ask for")
    def list_indicators() -> Response:
        return Response(_LIST_JSON.dump_json(Listing(catalogue.indicators)), media_type="application/json")

    return router
