"""The pages for people: `/`, `/corpus`, `/reports/{id}` and so on, and what they load from `/static`."""

from html import escape
from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from qa_service.library import Library
from qa_service.web.dataset import render_dataset

STATIC = Path(str(files("qa_service.web").joinpath("static")))
# Asked for again at every visit, answered with 304: a page never runs with another version's script.
_FRESH = {"Cache-Control": "no-cache"}
# Pages that are the same for everybody; their scripts ask for what they show.
_PLAIN = {
    "/": "index.html",
    "/corpus": "corpus.html",
    "/commitments": "commitments.html",
    "/indicators": "indicators.html",
    "/upload": "upload.html",
}
_TITLE, _DATASET = "<title>年报 · 问报 Wenbao</title>", "<!-- dataset -->"


def make_router(library: Library) -> APIRouter:
    """The pages; those of reports are about what the library holds."""
    router = APIRouter(include_in_schema=False)
    for path, file in _PLAIN.items():
        _add_plain_page(router, path, STATIC / file)
    template = (STATIC / "report.html").read_text(encoding="utf-8")

    @router.api_route("/reports/{report_id}", methods=["GET", "HEAD"])
    def report_page(report_id: str) -> HTMLResponse:
        """The page of one report; its script fetches the report, and says so where there is none."""
        item = library.report_item(report_id)
        agency = next((each for each in library.corpus().agencies if item and each.id == item.agency), None)
        if item is None or agency is None:
            return HTMLResponse(template, 404, _FRESH)
        data = f'<script type="application/ld+json">{render_dataset(item, agency)}</script>'
        title = f"<title>{escape(item.title)} · 问报 Wenbao</title>"
        return HTMLResponse(template.replace(_TITLE, title, 1).replace(_DATASET, data, 1), headers=_FRESH)

    return router


def _add_plain_page(router: APIRouter, path: str, file: Path) -> None:
    @router.api_route(path, methods=["GET", "HEAD"])
    async def page() -> FileResponse:
        return FileResponse(file, headers=_FRESH)


class PageFiles(StaticFiles):
    """The files that the pages load."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers.update(_FRESH)
        return response
