"""Pages of a PDF that are pictures: read by the optional OCR, or named in a problem that says how to have them read."""

from collections.abc import Sequence

import pypdfium2

from ingest.formats.ocr import is_ocr_installed, read_picture
from ingest.formats.pdf_pages import PdfPage, render_page
from reports.document import Paragraph
from reports.place import Place
from reports.problem import Problem, Severity
from reports.table import Table

_DOTS_PER_INCH = 200.0
_POINTS = 72.0


def read_scanned_pages(
    document: pypdfium2.PdfDocument, name: str, pages: Sequence[PdfPage], blocks: Sequence[Paragraph | Table]
) -> tuple[list[Paragraph | Table], list[Problem]]:
    """(blocks with those of the picture pages put in at their page, the problems to report)."""
    if not is_ocr_installed():
        return list(blocks), [_unread(name, page) for page in pages]
    problems = []
    merged = [block for block in blocks if block.place.page not in {page.number for page in pages}]
    for page in pages:
        picture = render_page(document, page.number, _DOTS_PER_INCH)
        merged += read_picture(picture, page=page.number, points_per_pixel=_POINTS / _DOTS_PER_INCH)
        problems.append(_read_by_ocr(name, page))
    return sorted(merged, key=lambda block: block.place.page or 0), problems


def _unread(name: str, page: PdfPage) -> Problem:
    return Problem(
        "page-is-picture",
        f"{name}: page {page.number} is a picture; install wenbao[ocr] to have it read.",
        f"{name}：第 {page.number} 页是图片，请安装 wenbao[ocr] 后重新读取。",
        Severity.ERROR,
        Place(page=page.number),
    )


def _read_by_ocr(name: str, page: PdfPage) -> Problem:
    return Problem(
        "read-by-ocr",
        f"{name}: page {page.number} is a picture and was read by character recognition; compare its figures.",
        f"{name}：第 {page.number} 页是图片，由文字识别读取，请核对其中的数字。",
        Severity.WARNING,
        Place(page=page.number),
    )
