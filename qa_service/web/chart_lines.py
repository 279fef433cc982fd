"""Values over years as lines: open where a year has no value and where the form changed."""

from collections.abc import Sequence
from typing import Any

from qa_service.web.chart import Chart, ChartPoint
from qa_service.web.chart_style import COLOURS, GRID, INK, QUIET, SHAPES, SIZE, render_label, render_title

# Beyond so many points the numbers beside them would stand in one another's way.
_LABELLED_POINTS = 12


def render_lines(chart: Chart) -> dict[str, Any]:
    """The part of the spec that is a line for each name. One line alone has its values and its gaps in words beside it;
    several have a legend."""
    names = list(dict.fromkeys(point.name for point in chart.points))
    rows = [
        {
            "year": str(point.year),
            "name": point.name,
            "run": run,
            "value": float(point.value),
            "label": render_label(point),
        }
        for point, run in find_runs(chart.points)
        if point.value is not None
    ]
    axes = {"x": _years(chart), "y": _values(chart)}
    layers = _marks(axes, names, chart.width)
    if len(names) == 1:
        layers += _words(axes, chart.points, is_labelled=len(rows) <= _LABELLED_POINTS)
    return {"data": {"values": rows}, "title": render_title(chart), "layer": layers}


def find_runs(points: Sequence[ChartPoint]) -> list[tuple[ChartPoint, str]]:
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


def _years(chart: Chart) -> dict[str, Any]:
    """Every year between the first and the last has its place, also those without a value."""
    years = [point.year for point in chart.points]
    return {
        "field": "year",
        "type": "ordinal",
        "scale": {"domain": [str(year) for year in range(min(years), max(years) + 1)]},
        "axis": {"title": None, "labelAngle": 0, "labelOverlap": "greedy"},
    }


def _values(chart: Chart) -> dict[str, Any]:
    axis = {"title": None, "tickCount": 5, "gridColor": GRID, "domain": False, "ticks": False}
    if not any("." in (point.value or "") for point in chart.points):
        # Between whole numbers there is nothing to mark.
        axis["tickMinStep"] = 1
    return {"field": "value", "type": "quantitative", "scale": {"zero": True, "nice": True}, "axis": axis}


def _marks(axes: dict[str, Any], names: Sequence[str], width: int) -> list[dict[str, Any]]:
    legend = _legend(width) if len(names) > 1 else None
    colour, shape = (
        {"field": "name", "type": "nominal", "scale": {"domain": names, "range": each[: len(names)]}, "legend": legend}
        for each in (COLOURS, SHAPES)
    )
    return [
        {
            "mark": {"type": "line", "strokeWidth": 2.5},
            "encoding": {**axes, "detail": {"field": "run"}, "color": colour},
        },
        {
            "mark": {"type": "point", "filled": True, "size": 70, "opacity": 1},
            "encoding": {**axes, "color": colour, "shape": shape},
        },
    ]


def _words(axes: dict[str, Any], points: Sequence[ChartPoint], *, is_labelled: bool) -> list[dict[str, Any]]:
    missing = [{"year": str(point.year), "words": point.words} for point in points if point.value is None]
    gaps = {
        "data": {"values": missing},
        "mark": {"type": "text", "baseline": "bottom", "dy": -4, "fill": QUIET, "fontSize": SIZE - 1},
        "encoding": {"x": axes["x"], "y": {"datum": 0}, "text": {"field": "words"}},
    }
    mark = {"type": "text", "dy": -13, "fontWeight": 600}
    labels = {"encoding": {**axes, "text": {"field": "label"}}}
    # White behind the numbers, where the line runs through them.
    halo = {"mark": {**mark, "stroke": "white", "strokeWidth": 4, "aria": False}, **labels}
    return [halo, {"mark": mark, **labels}, gaps] if is_labelled else [gaps]


def _legend(width: int) -> dict[str, Any]:
    return {
        "orient": "top",
        "direction": "vertical",
        "columns": 1,
        "title": None,
        "labelFontSize": SIZE,
        "labelColor": INK,
        "labelLimit": width - 60,
        "symbolStrokeWidth": 2.5,
    }
