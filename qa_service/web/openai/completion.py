"""The objects of the OpenAI chat protocol that carry an answer."""

from dataclasses import dataclass, field
from typing import Any, Literal

MODEL = "wenbao"


@dataclass(frozen=True, slots=True)
class UrlCitation:
    """A source. url: opens the very cell or paragraph; content[start_index:end_index] is the mark [n] that stands for it."""

    url: str
    title: str
    start_index: int
    end_index: int


@dataclass(frozen=True, slots=True)
class Annotation:
    """A citation mark in the text."""

    url_citation: UrlCitation
    type: Literal["url_citation"] = "url_citation"


@dataclass(frozen=True, slots=True)
class Message:
    """The answer. wenbao: the whole object of POST /v1/ask, with exact figures and the place of each."""

    content: str
    annotations: tuple[Annotation, ...]
    wenbao: Any
    role: Literal["assistant"] = "assistant"
    refusal: None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The one answer."""

    message: Message
    index: int = 0
    logprobs: None = None
    finish_reason: Literal["stop"] = "stop"


@dataclass(frozen=True, slots=True)
class Usage:
    """No language model takes part, so there are no tokens to count."""

    prompt_tokens: int = 0
    completion_tokens: int = 0
    total_tokens: int = 0


@dataclass(frozen=True, slots=True)
class Completion:
    """The reply to a request that does not stream. created: seconds since 1970."""

    id: str
    created: int
    choices: tuple[Choice, ...]
    model: str = MODEL
    object: Literal["chat.completion"] = "chat.completion"
    usage: Usage = field(default_factory=Usage)


@dataclass(frozen=True, slots=True)
class Model:
    """The only model there is."""

    id: str = MODEL
    object: Literal["model"] = "model"
    created: int = 0
    owned_by: str = "wenbao"


@dataclass(frozen=True, slots=True)
class Models:
    """All models."""

    data: tuple[Model, ...] = (Model(),)
    object: Literal["list"] = "list"
