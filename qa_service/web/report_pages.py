"""GET /v1/reports/{id}/file and /v1/reports/{id}/pages/{n}: the file of a report, and its pages as pictures."""

from asyncio import Semaphore
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated
from urllib.parse import quote as percent

from fastapi import APIRouter, Query, Request
from fastapi import Path as PathPart
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse, Response
from pydantic import TypeAdapter

from qa_service.library import Library
from qa_service.originals.page import PageDrawing
from qa_service.originals.quotes import find_quote, find_quote_end, find_quote_start
from qa_service.web.errors import RequestProblem
from qa_service.web.reports import PAGE_FORMATS, unknown_report
from reports.errors import UnreadableFile
from reports.place import BBox

# Pages that are drawn at the same moment, and those that may wait for it: each takes a process.
_AT_ONCE, _WAITING_AT_MOST = 2, 24
_LARGEST_PAGE = 100_000
# Over so many pages a paragraph goes on.
_PAGES_AFTER = 2
# The same picture for ever, but only as long as the report is stored: asked for again each time, answered with 304.
_FRESH = {"Cache-Control": "no-cache"}


@dataclass(frozen=True, slots=True)
class PageView:
    """A page of a report's file. page: 1-based, of `pages`; width, height: in points; picture: address of a PNG of it.

    marks: boxes (x0, top, x1, bottom) in points from the top left corner of the page, which hold what was asked for. whole: whether
    they hold all of it; if not, they are its paragraph, or the part of it on this page. The page may be the one after the
    page that was asked for, where a quotation stands in the part of its paragraph that was printed there. continued_on: the
    page on which the rest of a quotation stands.
    """

    report: str
    page: int
    pages: int
    width: float
    height: float
    picture: str
    marks: tuple[BBox, ...]
    whole: bool
    continued_on: int | None


_VIEW_JSON = TypeAdapter(PageView)

Number = Annotated[int, PathPart(ge=1, le=_LARGEST_PAGE, description="Page, from 1.")]


class _Desk:
    """Draws pages for many without taking the threads that questions need."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._drawing = Semaphore(_AT_ONCE)
        self._waiting = 0

    async def page(self, report_id: str, number: int) -> PageDrawing:
        """The page. Raises RequestProblem that says what there is instead."""
        path = await run_in_threadpool(self._find, report_id)
        drawing = self._library.pictures.find(path, number)
        if drawing is None:
            drawing = await self._draw(path, number)
        if drawing is None:
            raise RequestProblem(
                "unknown-page",
                f"The file has no page {number}. Ask for page 1, whose answer says how many there are.",
                f"文件没有第 {number} 页；第 1 页的回答中有总页数。",
            )
        return drawing

    async def _draw(self, path: Path, number: int) -> PageDrawing | None:
        if self._waiting >= _WAITING_AT_MOST:
            raise RequestProblem(
                "busy",
                "Too many pages are being drawn at the moment. Try again in some seconds.",
                "正在绘制的页面过多，请过几秒再试。",
                headers={"Retry-After": "3"},
            )
        self._waiting += 1
        try:
            async with self._drawing:
                return await run_in_threadpool(self._library.pictures.draw, path, number)
        except UnreadableFile as error:
            raise RequestProblem("page-not-drawn", str(error), error.message_zh) from error
        finally:
            self._waiting -= 1

    def _find(self, report_id: str) -> Path:
        item = self._library.report_item(report_id)
        if item is None:
            raise unknown_report(report_id)
        if item.format not in PAGE_FORMATS:
            raise RequestProblem(
                "no-pages",
                f"A file of this format ({item.format}) has no pages of its own; its tables and paragraphs are shown as read.",
                f"此格式（{item.format}）的文件没有固定的页面，请看读出的表格和段落。",
            )
        return find_original(self._library, report_id)


def make_router(library: Library) -> APIRouter:
    """The routes over one library."""
    router = APIRouter(tags=["reports"])
    desk = _Desk(library)

    @router.get(
        "/v1/reports/{report_id}/pages/{number}",
        response_model=PageView,
        summary="Where a cell or a sentence stands on a page of the report's file",
    )
    async def show_page(
        report_id: str,
        number: Number,
        quote: Annotated[str, Query(max_length=4000, description="Words to be found on the page.")] = "",
        bbox: Annotated[
            str,
            Query(
                max_length=100, pattern=r"^(-?\d{1,6}(\.\d+)?(,-?\d{1,6}(\.\d+)?){3})?$",
                description="x0,top,x1,bottom in points: a cell, or the paragraph of the quotation.",
            ),
        ] = "",
    ) -> Response:  # fmt: skip
        near = _parse_box(bbox)
        drawing = await desk.page(report_id, number)
        found = _Found(drawing, (near,) if near else ())
        if quote.strip():
            found = await _place_quote(desk, report_id, drawing, quote, near)
        return Response(_VIEW_JSON.dump_json(_view(report_id, found)), media_type="application/json")

    @router.get(
        "/v1/reports/{report_id}/pages/{number}/picture",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}},
        summary="A page of the report's file as a PNG",
    )
    async def show_picture(request: Request, report_id: str, number: Number) -> Response:
        path = await run_in_threadpool(find_original, library, report_id)
        tag = f'"{path.name}-{number}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={**_FRESH, "ETag": tag})
        drawing = await desk.page(report_id, number)
        return Response(drawing.picture, media_type="image/png", headers={**_FRESH, "ETag": tag})

    @router.get(
        "/v1/reports/{report_id}/file",
        response_class=FileResponse,
        responses={200: {"content": {"application/octet-stream": {}}}},
        summary="The file that the report was read from, to be saved",
    )
    def download_file(report_id: str) -> FileResponse:
        path = find_original(library, report_id)
        item = library.report_item(report_id)
        name = item.file.rsplit("/", 1)[-1] if item else report_id
        # Never shown in the page's own origin: whatever it holds, the browser only saves it.
        return FileResponse(
            path,
            media_type="application/octet-stream",
            headers={"Content-Disposition": f"attachment; filename*=UTF-8''{percent(name, safe='')}", **_FRESH},
        )

    return router


def find_original(library: Library, report_id: str) -> Path:
    """Where the file of a report lies. Raises RequestProblem where there is no such report, or its file is not kept."""
    sha256 = library.store.find_sha256(report_id)
    if sha256 is None:
        raise unknown_report(report_id)
    path = library.originals.find(sha256)
    if path is None:
        raise RequestProblem(
            "no-original",
            "The file of this report is not kept here: it was read before files were kept. Ingest it once more to see its "
            "pages; until then its tables and paragraphs are shown as read.",
            "此年报的原文件未保存（读入时尚无此功能）。重新读入同一文件即可查看原页；在此之前请看读出的表格和段落。",
        )
    return path


@dataclass(frozen=True, slots=True)
class _Found:
    """A page and the boxes on it that hold what is looked for: all of it, or a part that another page continues."""

    drawing: PageDrawing
    marks: Sequence[BBox]
    whole: bool = True
    continued_on: int | None = None


async def _place_quote(desk: _Desk, report_id: str, first: PageDrawing, quote: str, near: BBox | None) -> _Found:
    """Where the quotation stands.

    near: its paragraph begins there, so the quotation may stand on a page after this one; else it is looked for here alone.
    """
    marks = find_quote(first, quote, near)
    if marks:
        return _Found(first, marks)
    start = find_quote_start(first, quote)
    if near is None:
        return _Found(first, find_quote_end(first, quote) or start, whole=False)
    for number in range(first.number + 1, min(first.number + _PAGES_AFTER, first.pages) + 1):
        following = await desk.page(report_id, number)
        marks = find_quote(following, quote)
        if marks:
            return _Found(following, marks)
        if start and find_quote_end(following, quote):
            return _Found(first, start, whole=False, continued_on=number)
    return _Found(first, (near,), whole=False)


def _view(report_id: str, found: _Found) -> PageView:
    drawing = found.drawing
    return PageView(
        report=report_id,
        page=drawing.number,
        pages=drawing.pages,
        width=drawing.width,
        height=drawing.height,
        picture=f"/v1/reports/{percent(report_id, safe='')}/pages/{drawing.number}/picture",
        marks=tuple(found.marks),
        whole=found.whole,
        continued_on=found.continued_on,
    )


def _parse_box(text: str) -> BBox | None:
    if not text:
        return None
    x0, top, x1, bottom = (float(part) for part in text.split(","))
    return x0, top, x1, bottom
