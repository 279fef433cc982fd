"""How charts look, and their texts: of a size that is known without drawing them."""

import unicodedata
from typing import Any

from qa_service.web.chart import Chart, ChartPoint

FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'
SIZE = 13
PADDING = 12
INK, QUIET, GRID = "#1b2830", "#52616a", "#e3e6e3"
# Told apart with any kind of sight, 3:1 or more on white; shapes tell the lines apart as well.
COLOURS = ("#14505c", "#b8541a", "#6a4c93", "#3a7d44", "#1f6fb2", "#b03a6b", "#7a5c2e", "#52616a")
SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")


def render_label(point: ChartPoint) -> str:
    """The value as it was given, after the words that limit it ("about"); the words alone where there is no value."""
    return " ".join(filter(None, (point.words, point.value)))


def render_title(chart: Chart) -> dict[str, Any]:
    """The title on one or two lines."""
    return {
        "text": wrap(chart.title, chart.width - 2 * PADDING),
        "anchor": "start",
        "frame": "bounds",
        "fontSize": SIZE + 1,
        "lineHeight": SIZE + 7,
        "fontWeight": 600,
        "color": INK,
        "offset": 12,
    }


def wrap(text: str, width: int) -> list[str]:
    """The text on one or two lines of so many pixels, cut where that is not enough."""
    fitting = _fitting(text, width)
    return [text] if fitting == len(text) else [text[:fitting], shorten(text[fitting:], width)]


def shorten(text: str, width: int) -> str:
    """The text, cut to what fits into so many pixels."""
    fitting = _fitting(text, width)
    return text if fitting == len(text) else text[: fitting - 1] + "…"


def _fitting(text: str, width: int) -> int:
    """How many characters fit: a Chinese one is as wide as it is high, others about half of that."""
    room = float(width)
    for number, character in enumerate(text):
        room -= SIZE if unicodedata.east_asian_width(character) in "WF" else SIZE * 0.6
        if room < 0:
            return max(number, 1)
    return len(text)
