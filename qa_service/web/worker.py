"""The whole service over one library, as each process that answers makes it."""

from threading import Timer

from fastapi import FastAPI

from qa_service.answering.dispatch import Answerer
from qa_service.library import Library
from qa_service.logs import set_up_logs
from qa_service.settings import Settings, load_settings
from qa_service.web.admission import AdmissionLimits
from qa_service.web.app import create_app

# What only some questions need is loaded once the first ones have had their turn.
_WARM_AFTER_SECONDS = 1.0


def make_app() -> FastAPI:
    """The application over the library that the environment names: an entry point of its own, for worker processes."""
    settings = load_settings()
    set_up_logs()
    return make_service(Library.open(settings), settings)


def make_service(library: Library, settings: Settings) -> FastAPI:
    """The application over an open library."""
    answerer = Answerer(library)

    def warm() -> None:
        answerer.warm()
        library.warm()

    warming = Timer(_WARM_AFTER_SECONDS, warm)
    warming.daemon = True
    warming.start()
    limits = AdmissionLimits(settings.rate_per_minute, settings.requests_at_once, settings.answer_seconds)
    return create_app(library, answerer, settings.api_key, settings.public_url, limits)
