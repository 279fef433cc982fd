"""Pages with their table pieces and lines -> blocks of the document: tables joined, furniture left out, paragraphs made."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ingest.formats.glyphs import Line
from ingest.formats.joined_table import JoinedTable
from ingest.formats.pdf_frames import PageFrame
from ingest.formats.running_text import PageLine, page_margins, paragraphs_of, without_furniture
from ingest.formats.table_joins import as_joined, as_table, can_continue, join_piece
from ingest.formats.table_pieces import TablePiece, is_figure
from reports.document import Paragraph
from reports.problem import Problem, Severity
from reports.table import Table

_CONTINUED = re.compile(r"[（(]?\s*(?:接上表|续上表|续表|上接.*|续)\s*\d*\s*[）)]?|.{0,40}[（(]续\s*\d*[）)]")
_NAMED_CELLS = 50
_PROSE = 120


@dataclass(frozen=True)
class PageParts:
    """What was found on one page: its table pieces and the lines outside them, in the upright coordinates of `frame`."""

    number: int
    frame: PageFrame
    pieces: tuple[TablePiece, ...]
    lines: tuple[Line, ...]
    ocr: bool = False


def assemble_blocks(pages: Sequence[PageParts], name: str) -> tuple[list[Paragraph | Table], list[Problem]]:
    """(paragraphs and tables of all pages in reading order, the problems of unreadable cells)."""
    frames = {page.number: page.frame for page in pages}
    lines = without_furniture({page.number: page.lines for page in pages}, frames)
    items = _with_joined_tables([(page.number, _in_order(lines[page.number], page.pieces)) for page in pages])
    blocks = list(_blocks(items, pages, lines))
    return blocks, list(_unreadable_cells(blocks, name))


def _in_order(lines: Sequence[Line], pieces: Sequence[TablePiece]) -> list[Line | TablePiece]:
    """Lines and tables of a page from top to bottom."""
    items: list[Line | TablePiece] = [*lines, *pieces]
    return sorted(items, key=lambda item: (item.bbox[1], item.bbox[0]))


def _with_joined_tables(pages: Sequence[tuple[int, list[Line | TablePiece]]]) -> list[tuple[int, Line | JoinedTable]]:
    """All lines and tables in reading order with their page. A table that ends a page and one with the same frame that
    begins the next are one table; a line such as 续表 between them is left out."""
    stream: list[tuple[int, Line | JoinedTable]] = []
    for number, items in pages:
        rest = items
        first = items[0] if items else None
        start = 1 if isinstance(first, Line) and _CONTINUED.fullmatch(first.text.strip()) else 0
        head = items[start] if start < len(items) else None
        if stream and isinstance(head, TablePiece):
            page, above = stream[-1]
            if isinstance(above, JoinedTable) and can_continue(above, head):
                stream[-1] = (page, join_piece(above, head))
                rest = items[start + 1 :]
        stream += [(number, as_joined(item) if isinstance(item, TablePiece) else item) for item in rest]
    return stream


def _blocks(
    items: list[tuple[int, Line | JoinedTable]], pages: Sequence[PageParts], lines: Mapping[int, tuple[Line, ...]]
) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables; a box that only frames text gives its lines back to the text."""
    margins = page_margins(lines)
    frames = {page.number: page.frame for page in pages}
    pictures = {page.number for page in pages if page.ocr}
    flat: list[PageLine | JoinedTable] = []
    for page, item in items:
        if isinstance(item, Line):
            flat.append(PageLine(page, item))
        elif _is_frame(item):
            flat += [PageLine(piece.page, line) for piece in item.pieces for cell in piece.cells for line in cell.lines]
        else:
            flat.append(item)
    for is_text, group in groupby(flat, key=lambda part: isinstance(part, PageLine)):
        if is_text:
            text = [part for part in group if isinstance(part, PageLine)]
            for paragraph in paragraphs_of(text, margins, frames):
                yield replace(paragraph, ocr=paragraph.place.page in pictures)
        else:
            for table in group:
                if isinstance(table, JoinedTable):
                    yield as_table(table, frames, ocr=any(piece.page in pictures for piece in table.pieces))


def _is_frame(table: JoinedTable) -> bool:
    """A box around running text: one column, or one row in which whole paragraphs stand and no figure."""
    if table.columns == 1:
        return True
    texts = [entry.text for entry in table.entries]
    return table.rows == 1 and any(len(text) > _PROSE for text in texts) and not any(map(is_figure, texts))


def _unreadable_cells(blocks: Sequence[Paragraph | Table], name: str) -> Iterator[Problem]:
    cells = [cell for block in blocks if isinstance(block, Table) for cell in block.cells if cell.unreadable]
    for cell in cells[:_NAMED_CELLS]:
        page, row, column = cell.place.page, cell.row + 1, cell.column + 1
        yield Problem(
            "figure-unreadable",
            f"{name}: page {page}: the cell in table row {row}, column {column} is not used: {cell.unreadable}. "
            "Look at the page and give the figure by hand.",
            f"{name}：第 {page} 页表格第 {row} 行第 {column} 列无法可靠识别，未采用，请人工核对。",
            Severity.ERROR,
            cell.place,
        )
    if len(cells) > _NAMED_CELLS:
        yield Problem(
            "figure-unreadable",
            f"{name}: {len(cells) - _NAMED_CELLS} more cells are unreadable.",
            f"{name}：另有 {len(cells) - _NAMED_CELLS} 个单元格无法可靠识别。",
            Severity.ERROR,
        )
