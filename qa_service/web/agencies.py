"""GET /v1/agencies."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import TypeAdapter

from indicators.store import IndicatorStore
from qa_service.web.listing import Listing


@dataclass(frozen=True, slots=True)
class AgencyItem:
    """An agency with reports. region: places from the outside in; years: the data years it has reports of."""

    id: str
    name: str
    english: str | None
    region: tuple[str, ...]
    aliases: tuple[str, ...]
    years: tuple[int, ...]


_LIST_JSON = TypeAdapter(Listing[AgencyItem])


def make_router(store: IndicatorStore) -> APIRouter:
    """The route over one store."""
    router = APIRouter(tags=["agencies"])

    @router.get("/v1/agencies", response_model=Listing[AgencyItem], summary="The public bodies with reports")
    def list_agencies() -> Response:
        corpus = store.corpus()
        years: dict[str, list[int]] = {}
        for each in corpus.coverage:
            years.setdefault(each.agency_id, []).append(each.year)
        items = tuple(
            AgencyItem(each.id, each.name, each.english, each.region, each.aliases, tuple(years.get(each.id, ())))
            for each in corpus.agencies
        )
        return Response(_LIST_JSON.dump_json(Listing(items)), media_type="application/json")

    return router
