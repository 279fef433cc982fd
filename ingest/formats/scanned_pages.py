"""Pages of a PDF that are pictures: read by the optional OCR, or named in a problem that says how to have them read."""

import pypdfium2

from ingest.formats.glyphs import group_lines
from ingest.formats.ocr import is_ocr_installed
from ingest.formats.page_assembly import PageParts
from ingest.formats.pdf_frames import PageFrame
from ingest.formats.pdf_pages import PdfPage, render_page
from reports.place import Place
from reports.problem import Problem, Severity

_DOTS_PER_INCH = 200.0
_POINTS = 72.0


def read_scanned_page(document: pypdfium2.PdfDocument, page: PdfPage, name: str) -> tuple[PageParts, Problem]:
    """(what could be read of a page that is a picture, the problem to report about it)."""
    place = Place(page=page.number)
    if not is_ocr_installed():
        # A scanner's own invisible text layer is better than nothing for search, but its tables are not to be trusted.
        parts = PageParts(page.number, page.frame, (), group_lines(page.glyphs), ocr=True)
        return parts, Problem(
            "page-is-picture",
            f"{name}: page {page.number} is a picture; install wenbao[ocr] to have it read.",
            f"{name}：第 {page.number} 页是图片，请安装 wenbao[ocr] 后重新读取。",
            Severity.ERROR,
            place,
        )
    # Imported here: numpy and the recognition are needed by scans alone.
    from ingest.formats.picture_pages import read_picture_page

    picture = render_page(document, page.number, _DOTS_PER_INCH)
    scale = _POINTS / _DOTS_PER_INCH
    found = read_picture_page(picture, page.number, scale)
    frame = PageFrame(0.0, 0.0, picture.width * scale, picture.height * scale, 0, 0)
    return PageParts(page.number, frame, found.pieces, found.lines, ocr=True), Problem(
        "read-by-ocr",
        f"{name}: page {page.number} is a picture and was read by character recognition; compare its figures.",
        f"{name}：第 {page.number} 页是图片，由文字识别读取，请核对其中的数字。",
        Severity.WARNING,
        place,
    )
