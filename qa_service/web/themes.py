"""GET /v1/themes: what problems and commitments are about."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import Response
from pydantic import TypeAdapter

from qa_service.web.listing import Listing
from reports.theme import THEMES


@dataclass(frozen=True, slots=True)
class ThemeItem:
    """A theme by the id that commitments are filtered by, and its name in both languages."""

    id: str
    zh: str
    en: str


_BODY = TypeAdapter(Listing[ThemeItem]).dump_json(
    Listing(tuple(ThemeItem(theme.id, theme.zh, theme.en) for theme in THEMES))
)

router = APIRouter(tags=["commitments"])


@router.get("/v1/themes", response_model=Listing[ThemeItem], summary="The themes of problems and commitments")
async def list_themes() -> Response:
    """All themes, which are few."""
    return Response(_BODY, media_type="application/json")
