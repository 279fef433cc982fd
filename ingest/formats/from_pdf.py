"""PDF -> Document: running text from pdfium, tables from pdfplumber, every figure read by both."""

from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pypdfium2

from ingest.formats.blocks import assemble_document, source_of
from ingest.formats.glyphs import group_lines
from ingest.formats.page_assembly import PageParts, assemble_blocks
from ingest.formats.pdf_damage import check_pdf_bytes
from ingest.formats.pdf_pages import PdfPage, open_pdfium, read_page, with_flat_forms
from ingest.formats.pdf_rules import PLUMBER_FAILURES, open_pdfplumber, read_drawing
from ingest.formats.pdf_tables import find_pieces, inside
from ingest.formats.scanned_pages import read_scanned_page
from ingest.formats.table_pieces import TablePiece
from reports.document import Document
from reports.errors import UnreadableFile
from reports.place import Place
from reports.problem import Problem, Severity

_LARGE_PICTURE = 0.15


def read_pdf(data: bytes, name: str) -> Document:
    """The document of a PDF file, pages numbered from 1, boxes in points as a viewer shows the page.

    Tables that continue over pages are one Table. A figure on which the two readers disagree is unreadable, with a
    problem. Pages that are pictures are read by the optional OCR, or named in a problem. Raises UnreadableFile for a
    file that is encrypted, damaged, cut short, or blows up when unpacked.
    """
    check_pdf_bytes(data, name)
    with open_pdfium(data, name) as document:
        read = _read(document, data, data, name)
    if read is None:
        flat = with_flat_forms(data)
        with open_pdfium(flat, name) as document:
            read = _read(document, flat, data, name, is_flat=True)
    assert read is not None
    return read


def _read(
    document: pypdfium2.PdfDocument, readable: bytes, original: bytes, name: str, *, is_flat: bool = False
) -> Document | None:
    """The document; None as soon as a page with form fields is met, unless they were made text before."""
    pages: list[PageParts] = []
    problems: list[Problem] = []
    with ExitStack() as stack:
        plumber = None
        for number in range(1, len(document) + 1):
            page = read_page(document, number)
            if page.has_fields and not is_flat:
                return None
            if page.is_picture:
                parts, problem = read_scanned_page(document, page, name)
                problems.append(problem)
            else:
                if page.may_have_table:
                    plumber = plumber or stack.enter_context(open_pdfplumber(readable))
                parts = _page_parts(page, plumber, name)
                problems += _picture_beside_text(page, name)
            pages.append(parts)
    blocks, unreadable = assemble_blocks(pages, name)
    return assemble_document(source_of(original, name, "pdf"), blocks, [*problems, *unreadable], pages=len(document))


def _page_parts(page: PdfPage, plumber: Any, name: str) -> PageParts:
    pieces: list[TablePiece] = []
    if page.may_have_table:
        try:
            pieces = find_pieces(page, read_drawing(plumber, page.number, page.frame))
        except PLUMBER_FAILURES as error:
            raise UnreadableFile(
                f"{name}: page {page.number} of the PDF is damaged ({type(error).__name__}). Fetch the file again from "
                "where it was published, or print it to a new PDF.",
                f"{name}：第 {page.number} 页已损坏，请重新下载或重新导出 PDF。",
                code="damaged-file",
            ) from error
    boxes = [piece.bbox for piece in pieces]
    outside = [glyph for glyph in page.glyphs if not any(inside(box, glyph) for box in boxes)]
    return PageParts(page.number, page.frame, tuple(pieces), group_lines(outside))


def _picture_beside_text(page: PdfPage, name: str) -> Iterator[Problem]:
    if page.picture_share > _LARGE_PICTURE:
        yield Problem(
            "picture-on-page",
            f"{name}: page {page.number} has a large picture. Figures inside it are not read; look at the page.",
            f"{name}：第 {page.number} 页含有较大图片，图片中的数字未读取，请人工核对。",
            Severity.WARNING,
            Place(page=page.number),
        )
