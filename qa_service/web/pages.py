"""The pages for people: `/`, `/reports/{id}` and what they load from `/static`."""

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(str(files("qa_service.web").joinpath("static")))
# Asked for again at every visit, answered with 304: a page never runs with another version's script.
_FRESH = {"Cache-Control": "no-cache"}

router = APIRouter(include_in_schema=False)


@router.api_route("/", methods=["GET", "HEAD"])
async def ask_page() -> FileResponse:
    """The page to ask on."""
    return FileResponse(STATIC / "index.html", headers=_FRESH)


@router.api_route("/reports/{report_id}", methods=["GET", "HEAD"])
async def report_page(report_id: str) -> FileResponse:  # noqa: ARG001  (the page's script reads it from the address)
    """The page of one report; its script fetches the report and says so if there is none."""
    return FileResponse(STATIC / "report.html", headers=_FRESH)


class PageFiles(StaticFiles):
    """The files that the pages load."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_FRESH)
        return response
