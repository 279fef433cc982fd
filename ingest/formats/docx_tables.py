"""w:tbl -> grid of cells: gridSpan, vMerge, hMerge, gridBefore, tracked rows. Never python-docx's Row.cells, which repeats
merged cells."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from lxml import etree

from ingest.formats.docx_styles import WORD, child, value
from ingest.formats.docx_text import is_placeholder
from ingest.formats.span_grid import MOST_POSITIONS, TableTooLarge, without_unused_lines
from reports.table import Cell

_WIDEST = 1000
# Twentieths of a point: no column with text in it is two points wide.
_SLIVER = 40
_WRAPPERS = frozenset(WORD + name for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))

CellText = Callable[[etree._Element], tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class _GridCell:
    element: etree._Element
    column: int
    width: int
    goes_on: bool


def read_cells(table: etree._Element, cell_text: CellText) -> tuple[Cell, ...]:
    """The cells of a table; cell_text gives a w:tc's (text, reason why it is unreadable). Raises TableTooLarge."""
    numbers = _columns_without_slivers(table)
    cells: list[Cell] = []
    above: dict[tuple[int, int], int] = {}
    for number, row in enumerate(grid_rows(table)):
        current: dict[tuple[int, int], int] = {}
        for item in (_renumbered(cell, numbers) for cell in row):
            key = (item.column, item.width)
            if item.goes_on and key in above:
                position = above[key]
                cells[position] = replace(cells[position], row_span=cells[position].row_span + 1)
            else:
                position = len(cells)
                text, reason = cell_text(item.element)
                cells.append(Cell(text, number, item.column, 1, item.width, unreadable=reason))
            current[key] = position
            if len(cells) > MOST_POSITIONS:
                raise TableTooLarge
        above = current
    return without_unused_lines(cells)


def is_too_large(table: etree._Element) -> bool:
    """Whether a table holds more cells than any report's; found out before its cells are looked at."""
    return sum(1 for _ in islice(table.iter(f"{WORD}tc"), MOST_POSITIONS + 1)) > MOST_POSITIONS


def grid_rows(table: etree._Element) -> Iterator[list[_GridCell]]:
    """The rows that are there after tracked changes, each with its cells at their grid columns."""
    for row in unwrapped(table, f"{WORD}tr"):
        if child(row, "trPr/del") is not None:
            continue
        cells: list[_GridCell] = []
        column = _count(value(row, "trPr/gridBefore"), 0)
        for element in unwrapped(row, f"{WORD}tc"):
            if child(element, "tcPr/cellDel") is not None:
                continue
            width = max(1, _count(value(element, "tcPr/gridSpan"), 1))
            if _merge(element, "hMerge") == "continue" and cells:
                cells[-1] = replace(cells[-1], width=cells[-1].width + width)
            else:
                cells.append(_GridCell(element, column, width, _merge(element, "vMerge") == "continue"))
            column += width
        yield cells


def _columns_without_slivers(table: etree._Element) -> list[int]:
    """For each column border of w:tblGrid its number when hair-thin columns, left by rounding, are not counted."""
    grid = child(table, "tblGrid")
    widths = [] if grid is None else [column.get(f"{WORD}w", "") for column in grid.iterchildren(f"{WORD}gridCol")]
    numbers = [0]
    for width in widths:
        numbers.append(numbers[-1] + (not width.isdigit() or int(width) >= _SLIVER))
    return numbers


def _renumbered(cell: _GridCell, numbers: list[int]) -> _GridCell:
    last = len(numbers) - 1

    def number(border: int) -> int:
        return numbers[border] if border <= last else numbers[last] + border - last

    column = number(cell.column)
    return replace(cell, column=column, width=max(1, number(cell.column + cell.width) - column))


def unwrapped(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """Children with a tag, also those inside content controls and the like."""
    stack = list(reversed(parent))
    while stack:
        element = stack.pop()
        if element.tag == tag:
            yield element
        elif element.tag in _WRAPPERS and not (element.tag == f"{WORD}sdt" and is_placeholder(element)):
            stack.extend(reversed(element))


def _merge(cell: etree._Element, name: str) -> str | None:
    found = child(cell, f"tcPr/{name}")
    return None if found is None else found.get(f"{WORD}val") or "continue"


def _count(text: str | None, default: int) -> int:
    return min(int(text), _WIDEST) if text is not None and text.isdigit() else default
