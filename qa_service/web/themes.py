"""GET /v1/themes: what problems and commitments are about, as JSON or CSV."""

from fastapi import APIRouter, Request
from fastapi.responses import Response
from pydantic import TypeAdapter

from qa_service.web.csv_reply import CSV_RESPONSE, Accept, Bom, Format, csv_reply, prefers_csv
from qa_service.web.csv_tables import THEMES as COLUMNS
from qa_service.web.listing import Listing
from qa_service.web.theme_item import ThemeItem
from reports.theme import THEMES

_ITEMS = tuple(ThemeItem(theme.id, theme.zh, theme.en) for theme in THEMES)
_BODY = TypeAdapter(Listing[ThemeItem]).dump_json(Listing(_ITEMS))

router = APIRouter(tags=["commitments"])


@router.get(
    "/v1/themes",
    response_model=Listing[ThemeItem],
    responses=CSV_RESPONSE,
    summary="The themes of problems and commitments, as JSON or CSV",
)
async def list_themes(
    request: Request,
    format: Format = None,  # noqa: A002  (the name of the parameter)
    bom: Bom = False,
    accept: Accept = "",
) -> Response:
    """All themes, which are few."""
    if prefers_csv(format, accept):
        return csv_reply(COLUMNS, [_ITEMS], request, bom)
    return Response(_BODY, media_type="application/json", headers={"Vary": "Accept"})
