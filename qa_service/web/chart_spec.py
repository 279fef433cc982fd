"""The Vega-Lite spec of a chart. Nothing in it names a file or an address: the data stand in it."""

import json

from qa_service.web.chart import Chart, ChartKind
from qa_service.web.chart_bars import render_bars
from qa_service.web.chart_lines import render_lines
from qa_service.web.chart_style import FONT, INK, PADDING, QUIET, SIZE


def render_spec(chart: Chart) -> str:
    """The spec as JSON on one line. The layout does not depend on how wide a text is drawn: it comes out the same on a
    machine without Chinese fonts, and the reader's own fonts are used."""
    spec = {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "padding": PADDING,
        "width": chart.width,
        "height": chart.height,
        "autosize": {"type": "fit", "contains": "padding"},
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelFontSize": SIZE, "labelColor": QUIET, "domainColor": QUIET, "tickColor": QUIET},
            "text": {"fontSize": SIZE, "fill": INK},
        },
        **(render_lines(chart) if chart.kind is ChartKind.LINE else render_bars(chart)),
    }
    return json.dumps(spec, ensure_ascii=False)
