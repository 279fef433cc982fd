"""What a chart shows: a few figures that an answer holds, with the words that stand for those that are missing."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import Field, TypeAdapter, ValidationError

MAX_POINTS = 120
MAX_LINES = 8
# How long a name may be that is drawn; the table beside the chart has it whole.
MAX_TEXT = 80
_FIRST_YEAR, _LAST_YEAR = 1900, 2200


class ChartKind(StrEnum):
    """LINE: values over years, a line for each name. BARS: one bar below the other, in the given order."""

    LINE = "line"
    BARS = "bars"


@dataclass(frozen=True, slots=True)
class ChartPoint:
    """name: of the bar, or of the line; part: a line is not drawn on from one part to another (forms of different
    years). value: an exact decimal string, or None where `words` say why there is none."""

    name: str
    year: int
    part: str
    value: str | None
    words: str


@dataclass(frozen=True, slots=True)
class Chart:
    """Points in the order of the answer; title: what the values are; width and height of the picture in CSS pixels."""

    kind: ChartKind
    points: tuple[ChartPoint, ...]
    title: str
    width: int
    height: int


_Text = Annotated[str, Field(max_length=MAX_TEXT)]
_Row = tuple[
    _Text,
    Annotated[int, Field(ge=_FIRST_YEAR, le=_LAST_YEAR)],
    _Text,
    Annotated[str, Field(pattern=r"^[+-]?\d{1,15}(\.\d{1,9})?$")] | None,
    _Text,
]
_ROWS = TypeAdapter(Annotated[list[_Row], Field(min_length=1, max_length=MAX_POINTS)])


def parse_points(text: str, kind: ChartKind) -> tuple[ChartPoint, ...]:
    """The points of a JSON list of [name, year, part, value, words]. Raises ValueError, with what is wrong, on anything
    else, and on more than MAX_LINES lines."""
    try:
        rows = _ROWS.validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        raise ValueError(f"points: {first['msg']} at {list(first['loc'])}") from error
    points = tuple(
        ChartPoint(printable(name), year, part, value, printable(words)) for name, year, part, value, words in rows
    )
    if kind is ChartKind.LINE and len({point.name for point in points}) > MAX_LINES:
        raise ValueError(f"points: more than {MAX_LINES} lines cannot be told apart")
    return points


def printable(text: str) -> str:
    """The text without characters that XML cannot hold or that turn the order of others around."""
    return "".join(character if character.isprintable() else " " for character in text)
