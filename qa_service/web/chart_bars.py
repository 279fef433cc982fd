"""Values as bars below one another, each with its name above it: long names have room, also on a phone."""

from typing import Any

from qa_service.web.chart import Chart
from qa_service.web.chart_style import COLOURS, INK, PADDING, QUIET, render_label, render_title, shorten

# Kept free to the right of the longest bar.
_ROOM_FOR_VALUE = 110


def render_bars(chart: Chart) -> dict[str, Any]:
    """The part of the spec that is a bar for each point, in the given order; a missing value has words and no bar."""
    width = chart.width - 2 * PADDING
    rows = [
        {
            "row": number,
            "name": shorten(point.name, width),
            "value": None if point.value is None else float(point.value),
            "end": max(0.0, float(point.value or 0)),
            "label": render_label(point),
            "missing": point.value is None,
        }
        for number, point in enumerate(chart.points)
    ]
    scale = {"zero": True, "nice": False, "range": [0, width - _ROOM_FOR_VALUE]}
    bar = {
        "mark": {"type": "bar", "height": 16, "yOffset": 9, "cornerRadiusEnd": 3, "color": COLOURS[0]},
        "encoding": {"x": {"field": "value", "type": "quantitative", "axis": None, "scale": scale}},
    }
    value = {
        "mark": {"type": "text", "align": "left", "yOffset": 9, "dx": 6, "fontWeight": 600},
        "encoding": {
            "x": {"field": "end", "type": "quantitative"},
            "text": {"field": "label"},
            "color": {"condition": {"test": "datum.missing", "value": QUIET}, "value": INK},
        },
    }
    name = {
        "mark": {"type": "text", "align": "left", "yOffset": -10},
        "encoding": {"x": {"value": 0}, "text": {"field": "name"}},
    }
    return {
        "data": {"values": rows},
        "title": render_title(chart),
        "encoding": {"y": {"field": "row", "type": "ordinal", "axis": None}},
        "layer": [bar, value, name],
    }
