"""The Model Context Protocol on standard input and output."""

from qa_service.answering.dispatch import Answerer
from qa_service.library import Library
from qa_service.web.answer_bodies import AnswerBodies
from qa_service.web.mcp.server import make_mcp_server


def run_stdio(library: Library, public_url: str | None) -> None:
    """Answers the client at the other end until it closes standard input."""
    bodies = AnswerBodies(Answerer(library), library.store.generation)
    make_mcp_server(library, bodies, public_url).run("stdio")
