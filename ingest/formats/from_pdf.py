"""PDF -> Document: running text from pdfium, tables from pdfplumber, every figure read by both."""

import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby

import pypdfium2

from ingest.formats.blocks import assemble_document, source_of
from ingest.formats.glyphs import Line, group_lines
from ingest.formats.pdf_damage import check_pdf_bytes
from ingest.formats.pdf_pages import PageFrame, PdfPage, open_pdfium, read_page, with_flat_forms
from ingest.formats.pdf_rules import PLUMBER_FAILURES, open_pdfplumber, read_drawing
from ingest.formats.pdf_tables import find_pieces, inside
from ingest.formats.running_text import PageLine, page_margins, paragraphs_of, without_furniture
from ingest.formats.scanned_pages import read_scanned_pages
from ingest.formats.table_joins import JoinedTable, as_joined, as_table, can_continue, join_piece
from ingest.formats.table_pieces import TablePiece, is_figure
from reports.document import Document, Paragraph
from reports.errors import UnreadableFile
from reports.place import Place
from reports.problem import Problem, Severity
from reports.table import Table

_CONTINUED = re.compile(r"[（(]?\s*(?:接上表|续上表|续表|上接.*|续)\s*\d*\s*[）)]?|.{0,40}[（(]续\s*\d*[）)]")
_NAMED_CELLS = 50
_LARGE_PICTURE = 0.15
_PROSE = 120


@dataclass(frozen=True)
class _PageParts:
    """What was found on one page: its table pieces and the lines outside them, both in upright coordinates."""

    page: PdfPage
    pieces: tuple[TablePiece, ...]
    lines: tuple[Line, ...]


def read_pdf(data: bytes, name: str) -> Document:
    """The document of a PDF file, pages numbered from 1, boxes in points as a viewer shows the page.

    Tables that continue over pages are one Table. A figure on which the two readers disagree is unreadable, with a
    problem. Pages that are pictures are read by the optional OCR, or named in a problem. Raises UnreadableFile for a
    file that is encrypted, damaged, cut short, or blows up when unpacked.
    """
    check_pdf_bytes(data, name)
    with open_pdfium(data, name) as document:
        flat = with_flat_forms(document, data)
        if flat is None:
            return _read(document, data, data, name)
    with open_pdfium(flat, name) as document:
        return _read(document, flat, data, name)


def _read(document: pypdfium2.PdfDocument, readable: bytes, original: bytes, name: str) -> Document:
    parts = _page_parts(document, readable, name)
    frames = {part.page.number: part.page.frame for part in parts}
    lines = without_furniture({part.page.number: part.lines for part in parts}, frames)
    items = _with_joined_tables([(part.page.number, _in_order(lines[part.page.number], part.pieces)) for part in parts])
    blocks: list[Paragraph | Table] = list(_blocks(items, frames, lines))
    problems = [*_unreadable_cells(blocks, name), *_pictures_beside_text(parts, name)]
    pictures = [part.page for part in parts if part.page.is_picture]
    if pictures:
        blocks, found = read_scanned_pages(document, name, pictures, blocks)
        problems += found
    return assemble_document(source_of(original, name, "pdf"), blocks, problems, pages=len(document))


def _page_parts(document: pypdfium2.PdfDocument, data: bytes, name: str) -> list[_PageParts]:
    parts = []
    with ExitStack() as stack:
        plumber = None
        for number in range(1, len(document) + 1):
            page = read_page(document, number)
            pieces: list[TablePiece] = []
            if page.may_have_table and not page.is_picture:
                try:
                    plumber = plumber or stack.enter_context(open_pdfplumber(data))
                    pieces = find_pieces(page, read_drawing(plumber, number, page.frame))
                except PLUMBER_FAILURES as error:
                    raise _damaged_page(name, number, error) from error
            boxes = [piece.bbox for piece in pieces]
            outside = [glyph for glyph in page.glyphs if not any(inside(box, glyph) for box in boxes)]
            parts.append(_PageParts(page, tuple(pieces), group_lines(outside)))
    return parts


def _damaged_page(name: str, number: int, error: Exception) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: page {number} of the PDF is damaged ({type(error).__name__}). Fetch the file again from where it was "
        "published, or print it to a new PDF.",
        f"{name}：第 {number} 页已损坏，请重新下载或重新导出 PDF。",
        code="damaged-file",
    )


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
    items: list[tuple[int, Line | JoinedTable]], frames: dict[int, PageFrame], lines: dict[int, tuple[Line, ...]]
) -> Iterator[Paragraph | Table]:
    """Paragraphs and tables; a box that only frames text gives its lines back to the text."""
    margins = page_margins(lines)
    flat: list[PageLine | JoinedTable] = []
    for page, item in items:
        if isinstance(item, Line):
            flat.append(PageLine(page, item))
        elif _is_frame(item):
            flat += [PageLine(piece.page, line) for piece in item.pieces for cell in piece.cells for line in cell.lines]
        else:
            flat.append(item)
    for is_text, group in groupby(flat, key=lambda item: isinstance(item, PageLine)):
        if is_text:
            yield from paragraphs_of([item for item in group if isinstance(item, PageLine)], margins, frames)
        else:
            yield from (as_table(item, frames) for item in group if isinstance(item, JoinedTable))


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


def _pictures_beside_text(parts: Sequence[_PageParts], name: str) -> Iterator[Problem]:
    for part in parts:
        page = part.page
        if not page.is_picture and page.picture_share > _LARGE_PICTURE:
            yield Problem(
                "picture-on-page",
                f"{name}: page {page.number} has a large picture. Figures inside it are not read; look at the page.",
                f"{name}：第 {page.number} 页含有较大图片，图片中的数字未读取，请人工核对。",
                Severity.WARNING,
                Place(page=page.number),
            )
