"""GET /chart.svg: a few figures as a picture. It holds what its address says and nothing else: no state, no look-up."""

from functools import lru_cache
from typing import Annotated

from fastapi import APIRouter, Query
from fastapi.responses import Response

from qa_service.web.chart import MAX_TEXT, Chart, ChartKind, parse_points, printable
from qa_service.web.chart_process import ChartBusy, ChartProcess
from qa_service.web.chart_spec import render_spec
from qa_service.web.errors import RequestProblem

_KEPT = 256
_HEADERS = {
    # A picture: even when it is opened by itself it may run and load nothing.
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "private, max-age=86400",
}


def make_router(process: ChartProcess | None = None) -> APIRouter:
    """The route over the process that draws."""
    drawing = process or ChartProcess()
    draw = lru_cache(_KEPT)(lambda chart: drawing.draw(render_spec(chart)))
    router = APIRouter(include_in_schema=False)

    @router.get("/chart.svg")
    def chart(
        kind: ChartKind,
        points: Annotated[str, Query(max_length=24_000)],
        title: Annotated[str, Query(max_length=2 * MAX_TEXT)] = "",
        width: Annotated[int, Query(ge=240, le=960)] = 640,
        height: Annotated[int, Query(ge=120, le=8_000)] = 320,
    ) -> Response:
        try:
            asked = Chart(kind, parse_points(points, kind), printable(title), width, height)
        except ValueError as error:
            raise RequestProblem("invalid-request", str(error), f"图的数据不对：{error}") from error
        try:
            drawn = draw(asked)
        except ChartBusy as busy:
            raise RequestProblem("busy", str(busy), busy.message_zh, headers={"Retry-After": "5"}) from busy
        return Response(drawn, media_type="image/svg+xml", headers=_HEADERS)

    return router
