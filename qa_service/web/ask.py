"""POST /v1/ask."""

from fastapi import APIRouter
from fastapi.responses import Response

from qa_service.answering.answer import Answer
from qa_service.web.answer_bodies import AnswerBodies
from qa_service.web.ask_request import AskRequest


def make_router(bodies: AnswerBodies) -> APIRouter:
    """The route over whatever answers."""
    router = APIRouter(tags=["ask"])

    @router.post("/v1/ask", response_model=Answer, summary="Answer a question with cited figures")
    async def ask(request: AskRequest) -> Response:
        return Response(await bodies.get_in_thread(request), media_type="application/json")

    return router
