"""The Vega-Lite spec of a chart. Nothing in it names a file or an address: the data stand in it."""

import json
import unicodedata
from collections.abc import Sequence
from typing import Any

from qa_service.web.chart import Chart, ChartKind, ChartPoint

_FONT = 'system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif'
_INK, _QUIET, _GRID = "#1b2830", "#52616a", "#e3e6e3"
# Told apart with any kind of sight, 3:1 or more on white; shapes tell the lines apart as well.
_COLOURS = ("#14505c", "#b8541a", "#6a4c93", "#3a7d44", "#1f6fb2", "#b03a6b", "#7a5c2e", "#52616a")
_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "triangle-right", "triangle-left")
_SIZE = 13
# Beyond so many points the numbers beside them would stand in one another's way.
_LABELLED_POINTS = 12
_ROOM_FOR_VALUE = 110


def render_spec(chart: Chart) -> str:
    """The spec as JSON on one line. The layout does not depend on how wide a text is drawn: it comes out the same on a
    machine without Chinese fonts, and the reader's own fonts are used."""
    body = _lines(chart) if chart.kind is ChartKind.LINE else _bars(chart)
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "padding": 12,
        "width": chart.width,
        "height": chart.height,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": {
            "font": _FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": _SIZE, "labelColor": _QUIET, "domainColor": _QUIET, "tickColor": _QUIET},
            "text": {"fontSize": _SIZE, "fill": _INK},
        },
        **body,
    }
    return json.dumps(spec, ensure_ascii=False)


def _lines(chart: Chart) -> dict[str, Any]:
    names = list(dict.fromkeys(point.name for point in chart.points))
    years = [point.year for point in chart.points]
    ordinal = [str(year) for year in range(min(years), max(years) + 1)]
    rows = [
        {"year": str(point.year), "name": point.name, "run": run, "value": float(point.value), "label": _label(point)}
        for point, run in _runs(chart.points)
        if point.value is not None
    ]
    missing = [{"year": str(point.year), "words": point.words} for point in chart.points if point.value is None]
    x = {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": ordinal},
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy"},
    }
    y = {
        "field": "value",
        "type": "quantitative",
        "scale": {"zero": True, "nice": True},
        "axis": {"title": None, "tickCount": 5, "gridColor": _GRID, "domain": False, "ticks": False, **_whole(chart)},
    }
    colour = {"field": "name", "type": "nominal", "scale": {"domain": names, "range": _COLOURS[: len(names)]}}
    shape = {"field": "name", "type": "nominal", "scale": {"domain": names, "range": _SHAPES[: len(names)]}}
    legend = _legend(chart.width, names)
    layers: list[dict[str, Any]] = [
        {
            "mark": {"type": "line", "strokeWidth": 2.5},
            "encoding": {"x": x, "y": y, "detail": {"field": "run"}, "color": {**colour, "legend": legend}},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": {
                "x": x,
                "y": y,
                "color": {**colour, "legend": legend},
                "shape": {**shape, "legend": legend},
            },
        },
    ]
    if len(names) == 1:
        if len(rows) <= _LABELLED_POINTS:
            layers.append(
                {
                    "mark": {"type": "text", "dy": -13, "fontWeight": 600},
                    "encoding": {"x": x, "y": y, "text": {"field": "label"}},
                }
            )
        layers.append(
            {
                "data": {"values": missing},
                "mark": {"type": "text", "baseline": "bottom", "dy": -4, "fill": _QUIET, "fontSize": _SIZE - 1},
                "encoding": {"x": x, "y": {"datum": 0}, "text": {"field": "words"}},
            }
        )
    return {"data": {"values": rows}, "title": _title(chart), "layer": layers}


def _runs(points: Sequence[ChartPoint]) -> list[tuple[ChartPoint, str]]:
    """Each point with the stretch of its line that it belongs to: a missing year or another form begins a new one."""
    found = []
    latest: dict[str, tuple[ChartPoint, int]] = {}
    for point in sorted(points, key=lambda each: each.year):
        before, number = latest.get(point.name, (None, 0))
        if before is None or before.value is None or before.year < point.year - 1 or before.part != point.part:
            number += 1
        latest[point.name] = point, number
        found.append((point, f"{point.name} {number}"))
    return found


def _whole(chart: Chart) -> dict[str, int]:
    """No ticks between whole numbers where all values are whole."""
    return {} if any("." in (point.value or "") for point in chart.points) else {"tickMinStep": 1}


def _legend(width: int, names: Sequence[str]) -> dict[str, Any] | None:
    if len(names) == 1:
        return None
    return {
        "orient": "top",
        "direction": "vertical",
        "columns": 1,
        "title": None,
        "labelFontSize": _SIZE,
        "labelColor": _INK,
        "labelLimit": width - 60,
        "symbolStrokeWidth": 2.5,
    }


def _bars(chart: Chart) -> dict[str, Any]:
    width = chart.width - 24
    rows = [
        {
            "row": number,
            "name": _shorten(point.name, width),
            "value": float(point.value or 0),
            "end": max(0.0, float(point.value or 0)),
            "label": _label(point),
            "missing": point.value is None,
        }
        for number, point in enumerate(chart.points)
    ]
    y = {"field": "row", "type": "ordinal", "axis": None}
    scale = {"zero": True, "nice": False, "range": [0, width - _ROOM_FOR_VALUE]}
    return {
        "data": {"values": rows},
        "title": _title(chart),
        "encoding": {"y": y},
        "layer": [
            {
                "mark": {"type": "bar", "height": 16, "yOffset": 9, "cornerRadiusEnd": 3, "color": _COLOURS[0]},
                "encoding": {"x": {"field": "value", "type": "quantitative", "axis": None, "scale": scale}},
            },
            {
                "mark": {"type": "text", "align": "left", "yOffset": 9, "dx": 6, "fontWeight": 600},
                "encoding": {
                    "x": {"field": "end", "type": "quantitative"},
                    "text": {"field": "label"},
                    "color": {"condition": {"test": "datum.missing", "value": _QUIET}, "value": _INK},
                },
            },
            {
                "mark": {"type": "text", "align": "left", "yOffset": -10},
                "encoding": {"x": {"value": 0}, "text": {"field": "name"}},
            },
        ],
    }


def _label(point: ChartPoint) -> str:
    """The value as it was given, after the words that limit it ("about"); the words alone where there is no value."""
    return " ".join(filter(None, (point.words, point.value)))


def _title(chart: Chart) -> dict[str, Any]:
    return {
        "text": _wrap(chart.title, chart.width - 24),
        "anchor": "start",
        "frame": "bounds",
        "fontSize": _SIZE + 1,
        "fontWeight": 600,
        "color": _INK,
        "offset": 12,
    }


def _wrap(text: str, width: int) -> list[str]:
    """The text on one or two lines of so many pixels, cut where that is not enough."""
    first = _shorten(text, width)
    if not first.endswith("…") or first == text:
        return [first]
    return [first[:-1], _shorten(text[len(first) - 1 :], width)]


def _shorten(text: str, width: int) -> str:
    """The text, cut to what fits into so many pixels: a Chinese character is as wide as it is high, others half of that."""
    room = float(width)
    for number, character in enumerate(text):
        room -= _SIZE if unicodedata.east_asian_width(character) in "WF" else _SIZE * 0.6
        if room < _SIZE and number < len(text) - 1:
            return text[:number] + "…"
    return text
