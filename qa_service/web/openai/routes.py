"""POST /v1/chat/completions and GET /v1/models."""

import json
import time
from collections.abc import AsyncIterator
from dataclasses import asdict
from uuid import uuid4

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response
from fastapi.sse import EventSourceResponse, format_sse_event

from qa_service.web.answer_bodies import AnswerBodies
from qa_service.web.ask_stream import STREAM_HEADERS
from qa_service.web.errors import RequestProblem
from qa_service.web.openai.chat_message import to_message
from qa_service.web.openai.chat_request import ChatRequest, to_ask_request
from qa_service.web.openai.chunks import completion_chunks
from qa_service.web.openai.completion import MODEL, Choice, Completion, Model, Models

_DESCRIPTION = """The last user message is the question, the ones before it the conversation; system messages and all
parameters but `messages`, `stream` and `stream_options` are ignored, as no language model takes part. Each mark [n] in the
text is an annotation of type `url_citation`; `wenbao` beside it holds the object of POST /v1/ask. Streamed, both come in the
last piece with a delta. Characters that Markdown would make a link, a picture or HTML of have a backslash before them.
"""


def make_router(bodies: AnswerBodies, public_url: str | None = None) -> APIRouter:
    """The routes over the answers that /v1/ask gives. public_url: begins the links, instead of the request's own host."""
    router = APIRouter(tags=["openai"])

    @router.post(
        "/v1/chat/completions",
        response_model=Completion,
        responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
        summary="Answer a conversation in the OpenAI chat protocol",
        description=_DESCRIPTION,
    )
    async def complete(request: Request, chat: ChatRequest) -> Response:
        # Answered before the response begins: whatever fails gets a status of its own, streamed or not.
        body = await bodies.get_in_thread(to_ask_request(chat))
        origin = public_url or str(request.base_url).rstrip("/")
        message = to_message(json.loads(body), origin)
        completion = Completion(f"chatcmpl-{uuid4().hex}", int(time.time()), (Choice(message),))
        if not chat.stream:
            return JSONResponse(asdict(completion))
        include_usage = bool(chat.stream_options and chat.stream_options.include_usage)

        return EventSourceResponse(_events(completion, include_usage), headers=STREAM_HEADERS)

    @router.get("/v1/models", summary="The models of the OpenAI protocol: one")
    async def list_models() -> Models:
        return Models()

    @router.get("/v1/models/{model}", summary="One model of the OpenAI protocol")
    async def show_model(model: str) -> Model:
        if model != MODEL:
            raise RequestProblem("unknown-model", f"The only model is {MODEL!r}.", f"只有一个模型：{MODEL}。")
        return Model()

    return router


async def _events(completion: Completion, include_usage: bool) -> AsyncIterator[bytes]:
    chunks = [json.dumps(chunk, ensure_ascii=False) for chunk in completion_chunks(completion, include_usage)]
    yield b"".join(format_sse_event(data_str=data) for data in [*chunks, "[DONE]"])
