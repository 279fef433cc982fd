"""POST /v1/ask/stream: the answer of /v1/ask as server-sent events."""

import json
from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.sse import EventSourceResponse, ServerSentEvent

from qa_service.web.admission import took_too_long
from qa_service.web.answer_bodies import AnswerBodies
from qa_service.web.ask_request import AskRequest, check_question
from qa_service.web.errors import find_problem
from qa_service.web.sentences import split_sentences

_DESCRIPTION = """Events, in this order:

- `interpretation`: what was understood, the object of that name in the answer;
- `delta`, any number of times: `{"text": "…"}`, a piece of the answer's text, a sentence or so; joined they are `answer`;
- `answer`: the whole object, byte for byte what POST /v1/ask answers; it is the last event.

Where answering fails, `error` comes instead of the rest: a problem document, as /v1/ask would answer it. A request that
is refused before (a wrong field, over a limit) gets an ordinary problem document with its status and no stream. A stream
that ends with neither `answer` nor `error` was cut off. Lines that begin with a colon keep the connection open.
"""


async def _checked(request: AskRequest) -> AskRequest:
    """The request, or its refusal by a status, before the stream begins."""
    return check_question(request)


def make_router(bodies: AnswerBodies, seconds: float) -> APIRouter:
    """The route over the answers that /v1/ask gives; seconds: how long one may take."""
    router = APIRouter(tags=["ask"])

    @router.post(
        "/v1/ask/stream",
        response_class=EventSourceResponse,
        summary="Answer a question as server-sent events",
        description=_DESCRIPTION,
    )
    async def ask_stream(request: Annotated[AskRequest, Depends(_checked)]) -> AsyncIterator[ServerSentEvent]:
        try:
            body = (await bodies.get_in_time(request, seconds)).decode()
        except TimeoutError:
            yield ServerSentEvent(event="error", data=took_too_long().document)
            return
        except Exception as error:  # noqa: BLE001  (the response has begun: the stream itself must say it)
            yield ServerSentEvent(event="error", data=find_problem(error, "/v1/ask/stream").document)
            return
        answer = json.loads(body)
        yield ServerSentEvent(event="interpretation", data=answer["interpretation"])
        for piece in split_sentences(answer["answer"]):
            yield ServerSentEvent(event="delta", data={"text": piece})
        yield ServerSentEvent(event="answer", raw_data=body)

    return router
