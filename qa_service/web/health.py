"""GET /healthz and /readyz."""

from dataclasses import dataclass

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from indicators.store import IndicatorStore
from reports.errors import StoreError


@dataclass(frozen=True, slots=True)
class Health:
    """status: "ok", or "unavailable" with the reasons."""

    status: str
    reasons: tuple[str, ...] = ()


def make_router(store: IndicatorStore) -> APIRouter:
    """The routes for whoever watches over the process."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", summary="Whether the process is alive")
    async def healthz() -> Health:
        # Touches nothing: a store that hangs is no reason to end the process.
        return Health("ok")

    @router.get("/readyz", response_model=Health, responses={503: {"model": Health}}, summary="Whether it can answer")
    def readyz() -> JSONResponse:
        try:
            store.generation()
        except StoreError as error:
            return JSONResponse({"status": "unavailable", "reasons": [str(error)]}, 503, {"Retry-After": "5"})
        return JSONResponse({"status": "ok", "reasons": []})

    return router
