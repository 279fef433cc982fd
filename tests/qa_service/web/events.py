"""Server-sent events as a client reads them."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Event:
    """One event: its name and its data as sent."""

    name: str
    data: str


def parse_events(lines: Iterable[str]) -> list[Event]:
    """The events in a stream's lines (without their line ends); comments are left out."""
    events, name, data = [], "message", list[str]()
    for line in lines:
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if not line:
            if data:
                events.append(Event(name, "\n".join(data)))
            name, data = "message", []
        elif field == "event":
            name = value
        elif field == "data":
            data.append(value)
    return events
