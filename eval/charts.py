"""Charts as SVG, made in this process: nothing is loaded from anywhere."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import vl_convert

_WIDTH = 560
# Colours that are told apart with any kind of sight, dark for what is bad.
OUTCOME_COLOURS = {
    "right": "#7fb8d9",
    "asked": "#dddddd",
    "refused": "#bbbbbb",
    "wrong": "#f0a34a",
    "wrong_figure": "#a3162e",
    "failed": "#222222",
}


def outcome_bars(rows: Iterable[tuple[str, str, int]]) -> str:
    """Stacked bars: (group, outcome, questions), groups in the given order."""
    values = [{"group": group, "outcome": outcome, "questions": count} for group, outcome, count in rows]
    order = list(dict.fromkeys(value["group"] for value in values))
    return _svg(
        {
            "data": {"values": values},
            "mark": {"type": "bar", "tooltip": False},
            "encoding": {
                "y": {"field": "group", "type": "nominal", "sort": order, "title": None},
                "x": {
                    "field": "questions",
                    "type": "quantitative",
                    "stack": "normalize",
                    "title": "share of questions",
                },
                "color": {
                    "field": "outcome",
                    "type": "nominal",
                    "scale": {"domain": list(OUTCOME_COLOURS), "range": list(OUTCOME_COLOURS.values())},
                    "title": None,
                },
            },
        }
    )


def latency_steps(seconds_by_set: Mapping[str, Sequence[float]]) -> str:
    """Cumulative share of turns answered within so many milliseconds, a line per set."""
    values = []
    for name, seconds in seconds_by_set.items():
        ordered = sorted(seconds)
        step = max(1, len(ordered) // 200)
        marked = [*range(0, len(ordered), step), len(ordered) - 1]
        values += [
            {"set": name, "ms": max(1000 * ordered[at], 0.01), "share": (at + 1) / len(ordered)} for at in marked
        ]
    return _svg(
        {
            "data": {"values": values},
            "mark": {"type": "line", "interpolate": "step-after"},
            "encoding": {
                "x": {"field": "ms", "type": "quantitative", "scale": {"type": "log"}, "title": "milliseconds"},
                "y": {"field": "share", "type": "quantitative", "title": "share of turns answered"},
                "color": {"field": "set", "type": "nominal", "title": None},
            },
        }
    )


def size_curve(points: Iterable[tuple[str, float, float, str]]) -> str:
    """Small charts below one another, a line each: (measure, reports, value, line); both axes logarithmic."""
    values = [{"measure": what, "reports": size, "value": value, "line": line} for what, size, value, line in points]
    order = list(dict.fromkeys(value["measure"] for value in values))
    charts = [
        {
            "title": {"text": what, "anchor": "start"},
            "width": _WIDTH / 2,
            "height": 110,
            "transform": [{"filter": {"field": "measure", "equal": what}}],
            "mark": {"type": "line", "point": True},
            "encoding": {
                "x": {"field": "reports", "type": "quantitative", "scale": {"type": "log"}, "title": "reports"},
                "y": {"field": "value", "type": "quantitative", "title": None, "scale": {"zero": True}},
                "color": {"field": "line", "type": "nominal", "title": None},
            },
        }
        for what in order
    ]
    return _svg({"data": {"values": values}, "concat": charts, "columns": 2}, width=None)


def _svg(spec: Mapping[str, Any], width: int | None = _WIDTH) -> str:
    head: dict[str, Any] = {"$schema": "https://vega.github.io/schema/vega-lite/v5.json", "background": "white"}
    svg: str = vl_convert.vegalite_to_svg({**head, **({"width": width} if width else {}), **spec})
    return svg
