"""POST /v1/ask/stream: the answer of /v1/ask as server-sent events."""

import json
from collections.abc import AsyncIterator, Iterator
from dataclasses import asdict

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from fastapi.sse import EventSourceResponse, format_sse_event

from qa_service.web.admission import took_too_long
from qa_service.web.answer_bodies import AnswerBodies
from qa_service.web.ask_request import AskRequest, check_question
from qa_service.web.errors import find_problem
from qa_service.web.problem import Problem
from qa_service.web.sentences import split_sentences

_DESCRIPTION = """Events, in this order:

- `interpretation`: what was understood, the object of that name in the answer;
- `delta`, any number of times: `{"text": "…"}`, a piece of the answer's text, a sentence or so; joined they are `answer`;
- `answer`: the whole object, byte for byte what POST /v1/ask answers; it is the last event.

Where answering fails, `error` comes instead of the rest: a problem document, as /v1/ask would answer it. A request that
is refused before (a wrong field, over a limit) gets an ordinary problem document with its status and no stream. A stream
that ends with neither `answer` nor `error` was cut off.
"""


# Proxies are not to keep it back.
STREAM_HEADERS = {"Cache-Control": "no-cache", "X-Accel-Buffering": "no"}


def make_router(bodies: AnswerBodies, seconds: float) -> APIRouter:
    """The route over the answers that /v1/ask gives; seconds: how long one may take."""
    router = APIRouter(tags=["ask"])

    @router.post(
        "/v1/ask/stream",
        response_class=StreamingResponse,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
        summary="Answer a question as server-sent events",
        description=_DESCRIPTION,
    )
    async def ask_stream(request: AskRequest) -> EventSourceResponse:
        check_question(request)
        return EventSourceResponse(_answer(bodies, request, seconds), headers=STREAM_HEADERS)

    return router


async def _answer(bodies: AnswerBodies, request: AskRequest, seconds: float) -> AsyncIterator[bytes]:
    """All events in one piece: they are known at one moment, and a piece costs more to send than an event."""
    try:
        body = await bodies.get_in_time(request, seconds)
    except TimeoutError:
        yield _error(took_too_long())
    except Exception as error:  # noqa: BLE001  (the response has begun: the stream itself must say it)
        yield _error(find_problem(error, "POST /v1/ask/stream"))
    else:
        yield b"".join(_events(body))


def _events(body: bytes) -> Iterator[bytes]:
    answer = json.loads(body)
    yield format_sse_event(event="interpretation", data_str=_json(answer["interpretation"]))
    for piece in split_sentences(answer["answer"]):
        yield format_sse_event(event="delta", data_str=_json({"text": piece}))
    yield format_sse_event(event="answer", data_str=body.decode())


def _error(problem: Problem) -> bytes:
    return format_sse_event(event="error", data_str=_json(asdict(problem.document)))


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)
