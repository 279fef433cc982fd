"""Puts the service together: middleware, routes, errors. Everything it serves from is given to it."""

from importlib.metadata import version

from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware
from starlette.routing import Route

from qa_service.library import Library
from qa_service.web import (
    admin,
    agencies,
    ask,
    ask_stream,
    charts,
    commitments,
    corpus,
    csv_metadata,
    figures,
    followed,
    health,
    indicators,
    pages,
    passages,
    problems,
    report_pages,
    reports,
    themes,
)
from qa_service.web.admission import DEFAULT_LIMITS, Admission, AdmissionLimits
from qa_service.web.answer_bodies import AnswerBodies, Answers
from qa_service.web.errors import add_error_handlers
from qa_service.web.headers import SecurityHeaders
from qa_service.web.keys import KeyCheck
from qa_service.web.limits import BodyLimit
from qa_service.web.mcp import door as mcp_door
from qa_service.web.openai import routes as openai_routes
from qa_service.web.problem import ProblemDocument

_DESCRIPTION = (
    "Questions over the yearly information-disclosure reports of public bodies. Every figure is looked up, never "
    "generated, and comes with the place it was printed at. Errors are application/problem+json; GET /problems lists "
    "their types."
)


def create_app(
    library: Library,
    answers: Answers,
    api_key: str | None = None,
    public_url: str | None = None,
    limits: AdmissionLimits = DEFAULT_LIMITS,
) -> FastAPI:
    """The ASGI application over an open library. api_key: allows every change, besides the keys of the library.

    public_url: where people reach the service, if not at the host that their requests name.
    """
    app = FastAPI(
        title="Wenbao",
        version=version("wenbao"),
        description=_DESCRIPTION,
        # The interactive pages load scripts from another origin.
        docs_url=None,
        redoc_url=None,
        telemetry={"tracing": False, "metrics": False, "logs": False},
        responses={
            "default": {"model": ProblemDocument, "content": {"application/problem+json": {}}, "description": "Problem"}
        },
    )
    # Added last runs first: a refused body gets the headers too.
    app.add_middleware(BodyLimit, upload_path="/v1/reports")
    app.add_middleware(Admission, limits=limits)
    app.add_middleware(SecurityHeaders)
    add_error_handlers(app)
    bodies = AnswerBodies(answers, library.store.generation)
    app.include_router(ask.make_router(bodies))
    app.include_router(ask_stream.make_router(bodies, limits.seconds))
    app.include_router(openai_routes.make_router(bodies, public_url))
    mcp = mcp_door.McpDoor(library, bodies, public_url)
    # With GET a client would wait for messages that a service without sessions never sends.
    app.router.routes.append(Route(mcp_door.PATH, mcp, methods=["POST"], include_in_schema=False))
    app.include_router(reports.make_router(library))
    app.include_router(report_pages.make_router(library))
    app.include_router(figures.make_router(library.store))
    app.include_router(passages.make_router(library.store, library.passages, library.search))
    app.include_router(commitments.make_router(library.store, library.passages))
    app.include_router(followed.make_router(library))
    app.include_router(themes.router)
    app.include_router(corpus.make_router(library))
    app.include_router(csv_metadata.router)
    app.include_router(indicators.make_router(library.catalogue))
    app.include_router(agencies.make_router(library.store))
    app.include_router(health.make_router(library))
    app.include_router(admin.make_router(library, KeyCheck(library.keys, api_key)))
    app.include_router(problems.router)
    app.include_router(charts.make_router())
    app.include_router(pages.make_router(library))
    # Compressed: scripts and styles are a quarter of their size on a slow line.
    app.mount("/static", GZipMiddleware(pages.PageFiles(directory=pages.STATIC), minimum_size=1000))
    return app
