"""One turn of a conversation; the service itself keeps none."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """What was said before. role: "user" or "assistant"."""

    role: str
    content: str
