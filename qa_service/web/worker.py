"""The application as one worker process makes it for itself. Reads the settings, as each entry point does."""

from fastapi import FastAPI

from qa_service.answering.dispatch import Answerer
from qa_service.library import Library
from qa_service.logs import set_up_logs
from qa_service.settings import load_settings
from qa_service.web.app import create_app


def make_app() -> FastAPI:
    """The application over the library that the environment names."""
    settings = load_settings()
    set_up_logs()
    library = Library.open(settings)
    return create_app(library, Answerer(library), settings.api_key)
