"""Draws the tables of a report as they were read, each figure's cell coloured by what became of it."""

import unicodedata
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape

from indicators.observation import Imbalance, Observation
from indicators.report_writer import Reading
from reports.table import Cell, Table

# Pixels.
_MARGIN, _LINE, _PADDING, _FONT = 24, 18, 6, 13
_COLUMN_AT_LEAST, _COLUMN_AT_MOST = 56, 260

_COLOURS = {
    "figure": ("#dff1e4", "a figure of the catalogue"),
    "uncatalogued": ("#fff0c2", "a figure that no indicator covers"),
    "missing": ("#e6e8ec", "blank or not applicable"),
    "unreadable": ("#e9d5f5", "unreadable"),
    "failing": ("#f8c9bd", "in an identity that fails"),
    "heading": ("#ffffff", "heading, or not taken for a figure"),
}

Position = tuple[int, int]


def write_drawing(reading: Reading, path: Path) -> None:
    """Writes the drawing to path, as SVG or PNG by its suffix. Raises ValueError for another suffix."""
    drawing = render_drawing(reading)
    if path.suffix.lower() == ".svg":
        path.write_text(drawing, encoding="utf-8")
    elif path.suffix.lower() == ".png":
        import vl_convert

        path.write_bytes(vl_convert.svg_to_png(drawing, scale=1.5))
    else:
        raise ValueError(f"{path.name}: name the drawing *.png or *.svg")


def render_drawing(reading: Reading) -> str:
    """One SVG with every table of the report below the other, and the key to the colours."""
    parts: list[str] = []
    top, width = _MARGIN, 640
    parts.append(_text(_MARGIN, top + _FONT, reading.report.title, "bold"))
    top += 2 * _LINE
    for name, (colour, meaning) in _COLOURS.items():
        parts.append(f'<rect x="{_MARGIN}" y="{top}" width="14" height="14" fill="{colour}" stroke="#888"/>')
        parts.append(_text(_MARGIN + 22, top + 12, f"{name}: {meaning}"))
        top += _LINE
    for table in reading.report.tables:
        top += _LINE
        parts.append(_text(_MARGIN, top + _FONT, f"{table.id} {table.caption or ''}", "bold"))
        top += _LINE + _PADDING
        drawn, table_width, table_height = _draw_table(table, _states(table, reading), top)
        parts += drawn
        top += table_height
        width = max(width, table_width + 2 * _MARGIN)
    height = top + _MARGIN
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
        f'font-family="sans-serif" font-size="{_FONT}"><rect width="100%" height="100%" fill="#fff"/>'
        f"{''.join(parts)}</svg>"
    )


def _states(table: Table, reading: Reading) -> dict[Position, str]:
    states = {
        (each.citation.row, each.citation.column): _state(each)
        for each in reading.observations
        if each.citation.table == table.id and each.citation.row is not None and each.citation.column is not None
    }
    return {**states, **dict.fromkeys(_failing(table, reading.imbalances), "failing")}


def _state(observation: Observation) -> str:
    if observation.missing is not None:
        return "unreadable" if observation.missing == "unreadable" else "missing"
    return "figure" if observation.indicator else "uncatalogued"


def _failing(table: Table, imbalances: Iterable[Imbalance]) -> list[Position]:
    return [
        (row, column)
        for each in imbalances
        if each.status == "fails"
        for table_id, row, column in each.cells
        if table_id == table.id
    ]


def _draw_table(table: Table, states: dict[Position, str], top: int) -> tuple[list[str], int, int]:
    """The SVG parts of one table, its width and its height."""
    widths = _column_widths(table)
    lefts = [_MARGIN + sum(widths[:column]) for column in range(table.columns + 1)]
    wrapped = {
        cell: _wrap(cell.text, lefts[cell.column + cell.column_span] - lefts[cell.column]) for cell in table.cells
    }
    tops = _row_tops(table, wrapped, top)
    parts = []
    for cell, lines in wrapped.items():
        x, y = lefts[cell.column], tops[cell.row]
        width, height = lefts[cell.column + cell.column_span] - x, tops[cell.row + cell.row_span] - y
        colour = _COLOURS[states.get((cell.row, cell.column), "heading")][0]
        parts.append(f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{colour}" stroke="#888"/>')
        parts += [
            _text(x + _PADDING, y + _PADDING + _FONT + number * _LINE - 2, line) for number, line in enumerate(lines)
        ]
    return parts, lefts[-1] - _MARGIN, tops[-1] - top


def _column_widths(table: Table) -> list[int]:
    widths = [_COLUMN_AT_LEAST] * table.columns
    for cell in table.cells:
        if cell.column_span == 1:
            wanted = min(_width(" ".join(cell.text.split())) + 2 * _PADDING, _COLUMN_AT_MOST)
            widths[cell.column] = max(widths[cell.column], wanted)
    return widths


def _row_tops(table: Table, wrapped: dict[Cell, list[str]], top: int) -> list[int]:
    """The upper edge of each row, and the lower edge of the last."""
    heights = [_LINE + _PADDING] * table.rows
    for cell, lines in sorted(wrapped.items(), key=lambda item: item[0].row_span):
        wanted = len(lines) * _LINE + _PADDING
        rows = range(cell.row, cell.row + cell.row_span)
        heights[rows[-1]] += max(0, wanted - sum(heights[row] for row in rows))
    return [top + sum(heights[:row]) for row in range(table.rows + 1)]


def _wrap(text: str, width: int) -> list[str]:
    """The text in lines that fit; white space of the printed cell is one space here."""
    lines, line = [], ""
    for character in " ".join(text.split()):
        if line and _width(line + character) > width - 2 * _PADDING:
            lines.append(line)
            line = ""
        line += character
    return [*lines, line]


def _width(text: str) -> int:
    """About how wide the text is drawn, in pixels: Chinese characters are square."""
    return round(sum(_FONT if unicodedata.east_asian_width(each) in "WF" else _FONT * 0.6 for each in text))


def _text(x: int, y: int, text: str, weight: str = "normal") -> str:
    shown = "".join(each if each.isprintable() else " " for each in text)
    return f'<text x="{x}" y="{y}" font-weight="{weight}">{escape(shown)}</text>'
