"""What comes in at POST /v1/chat/completions, and the question in it."""

from dataclasses import dataclass
from typing import Literal

from qa_service.web.ask_request import AskRequest, HistoryTurn, Text
from qa_service.web.errors import RequestProblem


@dataclass(frozen=True, slots=True)
class ContentPart:
    """A part of a message; only those of type "text" are read."""

    type: str = "text"
    text: Text | None = None


@dataclass(frozen=True, slots=True)
class ChatMessage:
    """One turn. Only what "user" and "assistant" said is read: instructions cannot change how figures are looked up."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Text | tuple[ContentPart, ...] | None = None

    @property
    def text(self) -> str:
        """The text of all parts."""
        if self.content is None or isinstance(self.content, str):
            return self.content or ""
        return "\n".join(part.text for part in self.content if part.text)


@dataclass(frozen=True, slots=True)
class StreamOptions:
    """include_usage: send the (empty) count of tokens in a last piece."""

    include_usage: bool | None = None


@dataclass(frozen=True, slots=True)
class ChatRequest:
    """A conversation whose last user message is the question. Other parameters of the protocol are ignored."""

    messages: tuple[ChatMessage, ...]
    model: Text | None = None
    stream: bool | None = None
    stream_options: StreamOptions | None = None


def to_ask_request(request: ChatRequest) -> AskRequest:
    """The question and what was said before it. Raises RequestProblem where no user has said anything."""
    said = [
        HistoryTurn(message.role, message.text)
        for message in request.messages
        if message.role == "user" or (message.role == "assistant" and message.text)
    ]
    while said and said[-1].role == "assistant":
        said.pop()
    if not said:
        raise RequestProblem(
            "invalid-request",
            "There is no question in `messages`: send at least one message with the role user.",
            "messages 中没有问题：至少要有一条 role 为 user 的消息。",
        )
    return AskRequest(said[-1].content, tuple(said[:-1]))
