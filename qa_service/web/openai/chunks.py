"""A completion in pieces, as the chat protocol streams it."""

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from qa_service.web.openai.completion import Completion
from qa_service.web.sentences import split_sentences


def completion_chunks(completion: Completion, include_usage: bool) -> Iterator[dict[str, Any]]:
    """The objects of the stream in order: the text in pieces, then the sources, then (if wanted) the usage."""
    message = completion.choices[0].message
    usage = {"usage": None} if include_usage else {}

    def chunk(delta: dict[str, Any], finish_reason: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish_reason}
        return {**head, "choices": [choice], **usage}

    head = {
        "id": completion.id,
        "object": "chat.completion.chunk",
        "created": completion.created,
        "model": completion.model,
    }
    yield chunk({"role": message.role, "content": ""})
    for piece in split_sentences(message.content):
        yield chunk({"content": piece})
    annotations = [asdict(annotation) for annotation in message.annotations]
    yield chunk({"annotations": annotations, "wenbao": message.wenbao}, "stop")
    if include_usage:
        yield {**head, "choices": [], "usage": asdict(completion.usage)}
