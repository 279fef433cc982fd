"""GET /healthz and /readyz."""

from dataclasses import asdict, dataclass

from fastapi import APIRouter
from fastapi.responses import JSONResponse

from qa_service.library import Library
from reports.errors import StoreError


@dataclass(frozen=True, slots=True)
class Health:
    """status: "ok"."""

    status: str


@dataclass(frozen=True, slots=True)
class Readiness:
    """status: "ok"; "degraded" (figures are answered, passages less well) or "unavailable", with the reasons.

    embedding: "ready", "loading" (until the first question that needs it) or "failed". vectors: "chroma", "exact"
    (compared one by one), "opening" or "none" (no index was built yet: those of all passages are compared one by one).
    """

    status: str
    reasons: tuple[str, ...] = ()
    embedding: str = "loading"
    vectors: str = "none"


def make_router(library: Library) -> APIRouter:
    """The routes for whoever watches over the process."""
    router = APIRouter(tags=["health"])

    @router.get("/healthz", summary="Whether the process is alive")
    async def healthz() -> Health:
        # Touches nothing: a store that hangs is no reason to end the process.
        return Health("ok")

    @router.get(
        "/readyz", response_model=Readiness, responses={503: {"model": Readiness}}, summary="Whether it can answer"
    )
    def readyz() -> JSONResponse:
        try:
            library.store.generation()
            readiness = _readiness(library)
        except StoreError as error:
            return JSONResponse(asdict(Readiness("unavailable", (str(error),))), 503, {"Retry-After": "5"})
        return JSONResponse(asdict(readiness))

    return router


def _readiness(library: Library) -> Readiness:
    index = library.vectors.state()
    reasons = tuple(reason for reason in (library.embedding.problem, index.problem) if reason)
    embedding = "failed" if library.embedding.problem else "loading" if library.embedding.loading else "ready"
    return Readiness("degraded" if reasons else "ok", reasons, embedding, index.mode)
