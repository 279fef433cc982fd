"""Draws a Table on PDF pages as different programs and clerks do, broken over pages where a test wants it."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from reports.table import Cell, Table
from tests.rendering.plain_pdf import HEIGHT, PlainPage, text_width

SIZE = 9.0
_LEADING = 12.0
_PADDING = 4.0


@dataclass(frozen=True)
class Style:
    """How a table is drawn.

    borders: "lines" as one line per cell side; "areas" as thin filled rectangles (Word); "dashes"; "cells": light areas
    with white gaps and no line. outer: whether the left and right side of the frame are drawn. shift: how far later pages are moved sideways.
    repeat: number of head rows printed again on each page. middle: labels in the middle of their cell.
    """

    borders: str = "lines"
    outer: bool = True
    shift: float = 0.0
    repeat: int = 0
    middle: bool = False


def draw_table(
    table: Table, widths: Sequence[float], breaks: Sequence[int], style: Style, left: float = 60.0
) -> list[PlainPage]:
    """Pages with the table; `breaks` are the rows that begin a new page. Tables at a break fill the page to its end."""
    starts = [0, *sorted({row for row in breaks if style.repeat < row < table.rows}), table.rows]
    pages = []
    rest: dict[Cell, list[str]] = {}
    for number, (first, last) in enumerate(pairwise(starts)):
        rows = list(range(style.repeat)) * (number > 0) + list(range(first, last))
        page = PlainPage(height=max(HEIGHT, sum(_height(table, row, widths) for row in rows) + 160))
        _draw_part(page, table, widths, rows, style, left + style.shift * number, rest)
        page.text(280, page.height - 27, SIZE, f"- {number + 1} -")
        pages.append(page)
    return pages


def _draw_part(
    page: PlainPage,
    table: Table,
    widths: Sequence[float],
    rows: Sequence[int],
    style: Style,
    left: float,
    rest: dict[Cell, list[str]],
) -> None:
    xs = [left + sum(widths[:column]) for column in range(table.columns + 1)]
    heights = [_height(table, row, widths) for row in rows]
    ys = [70 + sum(heights[:number]) for number in range(len(rows) + 1)]
    for number, row in enumerate(rows):
        begins = number == 0 or rows[number - 1] != row - 1
        for cell in dict.fromkeys(table.grid[row]):
            if cell is None or (cell.row < row and not begins):
                continue
            covered = sum(1 for other in rows[number:] if row <= other < cell.row + cell.row_span)
            box = (xs[cell.column], ys[number], xs[cell.column + cell.column_span], ys[number + covered])
            # A label that goes on from the page before prints here what had no room there.
            lines = wrapped(cell.text, box[2] - box[0]) if cell.row == row else rest.get(cell, [])
            room = max(1, round((box[3] - box[1] - 2 * _PADDING) // _LEADING))
            rest[cell] = lines[room:]
            _draw_borders(page, box, style, (xs[0], xs[-1]))
            _draw_lines(page, lines[:room], box, style)


def _draw_borders(
    page: PlainPage, box: tuple[float, float, float, float], style: Style, across: tuple[float, float]
) -> None:
    x0, y0, x1, y1 = box
    if style.borders == "cells":
        page.area(x0 + 0.5, y0 + 0.5, x1 - 0.5, y1 - 0.5, 0.9)
        return
    for xa, ya, xb, yb in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
        if style.outer or not (xa == xb and xa in across):
            _draw_side(page, style.borders, xa, ya, xb, yb)


def _draw_lines(page: PlainPage, lines: list[str], box: tuple[float, float, float, float], style: Style) -> None:
    spare = box[3] - box[1] - 2 * _PADDING - len(lines) * _LEADING
    top = box[1] + _PADDING + (max(0.0, spare / 2) if style.middle else 0)
    for number, line in enumerate(lines):
        page.text(box[0] + _PADDING, top + number * _LEADING + SIZE, SIZE, line)


def _draw_side(page: PlainPage, borders: str, x0: float, y0: float, x1: float, y1: float) -> None:
    if borders == "areas":
        page.area(x0 - 0.25, y0 - 0.25, x1 + 0.25, y1 + 0.25, 0.0)
    else:
        page.line(x0, y0, x1, y1, dash="[2 1.5] 0 d" if borders == "dashes" else "")


def wrapped(text: str, width: float) -> list[str]:
    """The lines of a text in a cell of this width, broken at any character."""
    lines: list[str] = []
    for part in text.split("\n") if text else []:
        line = ""
        for character in part:
            if line and text_width(line + character, SIZE) > width - 2 * _PADDING:
                lines.append(line)
                line = ""
            line += character
        lines.append(line)
    return lines


def _height(table: Table, row: int, widths: Sequence[float]) -> float:
    tallest = 1
    for cell in table.row_cells(row):
        width = sum(widths[cell.column : cell.column + cell.column_span])
        tallest = max(tallest, -(-len(wrapped(cell.text, width)) // cell.row_span))
    return tallest * _LEADING + 2 * _PADDING
