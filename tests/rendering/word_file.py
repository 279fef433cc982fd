"""A Document as a Word file with its true spans (gridSpan, vMerge)."""

import io
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt

from reports.document import Document, Paragraph
from reports.table import Cell, Table

_WIDTH = 9000
_FONT = "Noto Sans CJK SC"


def render_docx(document: Document, font_size: float = 10.5, row_height: int | None = None) -> bytes:
    """The .docx file. font_size in points; row_height: least height of table rows in twentieths of a point."""
    word = docx.Document()
    style = word.styles["Normal"]
    style.font.size = Pt(font_size)
    style.font.name = _FONT
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    for block in document.blocks:
        if isinstance(block, Paragraph):
            word.add_paragraph(block.text)
        else:
            body = word.element.body
            body.insert(len(body) - 1, _table(block, row_height))
            word.add_paragraph("")
    buffer = io.BytesIO()
    word.save(buffer)
    return buffer.getvalue()


def _element(tag: str, **attributes: str) -> Any:
    element = OxmlElement(f"w:{tag}")
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _table(table: Table, row_height: int | None) -> Any:
    element = _element("tbl")
    properties = _element("tblPr")
    properties.append(_element("tblW", w=str(_WIDTH), type="dxa"))
    borders = _element("tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(side, val="single", sz="4", space="0", color="000000"))
    properties.append(borders)
    properties.append(_element("tblLayout", type="fixed"))
    element.append(properties)
    widths = _column_widths(table)
    grid = _element("tblGrid")
    for width in widths:
        grid.append(_element("gridCol", w=str(width)))
    element.append(grid)
    for row, covering in enumerate(table.grid):
        line = _element("tr")
        if row_height:
            height = _element("trPr")
            height.append(_element("trHeight", val=str(row_height), hRule="atLeast"))
            line.append(height)
        for column, cell in enumerate(covering):
            if cell is None:
                line.append(_cell(None, row, widths[column]))
            elif cell.column == column:
                line.append(_cell(cell, row, sum(widths[column : column + cell.column_span])))
        element.append(line)
    return element


def _column_widths(table: Table) -> list[int]:
    """Wider columns for longer texts, so that pages look as clerks make them."""
    longest = [2] * table.columns
    for cell in table.cells:
        if cell.column_span == 1:
            longest[cell.column] = max(longest[cell.column], min(20, max(map(len, cell.text.split("\n")))))
    return [max(560, _WIDTH * length // sum(longest)) for length in longest]


def _cell(cell: Cell | None, row: int, width: int) -> Any:
    element = _element("tc")
    properties = _element("tcPr")
    properties.append(_element("tcW", w=str(width), type="dxa"))
    if cell is not None and cell.column_span > 1:
        properties.append(_element("gridSpan", val=str(cell.column_span)))
    if cell is not None and cell.row_span > 1:
        properties.append(_element("vMerge", val="restart") if cell.row == row else _element("vMerge"))
    element.append(properties)
    paragraph = _element("p")
    element.append(paragraph)
    if cell is not None and cell.row == row and cell.text:
        run = _element("r")
        for number, line in enumerate(cell.text.split("\n")):
            if number:
                run.append(_element("br"))
            text = _element("t")
            text.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            text.text = line
            run.append(text)
        paragraph.append(run)
    return element
