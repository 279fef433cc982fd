"""The pages of a PDF as pdfium sees them: characters, drawn shapes, pictures. Pages are numbered from 1.

pdfium is some fifty times faster than pdfplumber, so it reads the running text, tells which pages are worth opening
with pdfplumber at all, and gives the second opinion on every figure that pdfplumber finds.
"""

import ctypes
import io
import math
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
import pypdfium2.raw as pdfium
from PIL.Image import Image

from ingest.formats.glyphs import UNKNOWN, Glyph
from ingest.formats.pdf_frames import PageFrame, is_slanted
from reports.errors import UnreadableFile

MAXIMUM_PAGES = 2000
_POINTS = 72.0
_FORM_DEPTH = 4
_SHAPES_READ = 3000
_OUTLINED_TEXT = 300
_FEW_GLYPHS = 12
_INVISIBLE = 3
_UNKNOWN_SHARE = 0.3
_HYPHEN_MARKS = {0x02, 0xFFFE}


@dataclass(frozen=True, slots=True)
class PdfPage:
    """One page.

    glyphs: pdfium's characters in drawing order, upright coordinates. shapes: visible drawn shapes, capped, where a
    rectangle counts as 4 lines. picture_share: part of the page that its largest picture covers. hidden_text: the
    text is an invisible layer over a picture, as scanners with recognition make it. has_fields: form fields or typed
    comments lie on the page; see with_flat_forms.
    """

    number: int
    frame: PageFrame
    glyphs: tuple[Glyph, ...]
    shapes: int
    picture_share: float
    hidden_text: bool
    has_fields: bool

    @property
    def is_picture(self) -> bool:
        """Whether what a person reads on this page is no text to a program: a scan, letters drawn as shapes, or glyphs of
        which the file does not tell the characters."""
        if self.hidden_text and self.picture_share > 0.5:
            return True
        printed = [glyph.text for glyph in self.glyphs if glyph.text.strip()]
        if len(printed) >= _FEW_GLYPHS and printed.count(UNKNOWN) > _UNKNOWN_SHARE * len(printed):
            return True
        few = len(printed) < _FEW_GLYPHS
        return few and (self.picture_share > 0.25 or self.shapes >= _OUTLINED_TEXT)

    @property
    def may_have_table(self) -> bool:
        """Whether enough is drawn for a table: fewer than three lines are a heading rule and a footnote rule."""
        return self.shapes >= 3 and bool(self.glyphs)


@contextmanager
def open_pdfium(data: bytes, name: str) -> Iterator[pypdfium2.PdfDocument]:
    """The pdfium document of a PDF. Raises UnreadableFile where it is encrypted, damaged, or absurdly long."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise _why_unreadable(name, error) from error
    try:
        pages = len(document)
        if pages > MAXIMUM_PAGES:
            raise UnreadableFile(
                f"{name}: {pages} pages; a report has at most {MAXIMUM_PAGES}. Add the report alone.",
                f"{name}：共 {pages} 页，超过 {MAXIMUM_PAGES} 页的上限，请只提交年度报告部分。",
                code="too-many-pages",
            )
        if pages == 0:
            raise UnreadableFile(f"{name}: the PDF has no pages.", f"{name}：该 PDF 没有页面。", code="damaged-file")
        yield document
    finally:
        document.close()


def with_flat_forms(data: bytes) -> bytes:
    """The PDF with filled-in form fields and typed comments turned into page text.

    A form field's value is no page text for any reader: without this a filled-in cell would look blank.
    """
    copy = pypdfium2.PdfDocument(data)
    try:
        copy.init_forms()
        for index in range(len(copy)):
            page = copy[index]
            pdfium.FPDFPage_Flatten(page, pdfium.FLAT_NORMALDISPLAY)
            page.close()
        buffer = io.BytesIO()
        copy.save(buffer)
        return buffer.getvalue()
    finally:
        copy.close()


def read_page(document: pypdfium2.PdfDocument, number: int) -> PdfPage:
    """Page `number` (1-based) with its characters and a summary of what is drawn on it."""
    page = document[number - 1]
    text_page = page.get_textpage()
    try:
        frame = _frame_of(page, text_page)
        shapes, picture_share, hidden = _drawn(page, frame)
        return PdfPage(
            number=number,
            frame=frame,
            glyphs=tuple(_glyphs(text_page, frame)),
            shapes=shapes,
            picture_share=picture_share,
            hidden_text=hidden,
            has_fields=_has_fields(page),
        )
    finally:
        text_page.close()
        page.close()


def render_page(document: pypdfium2.PdfDocument, number: int, dots_per_inch: float) -> Image:
    """A picture of page `number` (1-based) as a viewer shows it."""
    page = document[number - 1]
    try:
        picture: Image = page.render(scale=dots_per_inch / _POINTS).to_pil().convert("RGB")
        return picture
    finally:
        page.close()


def _why_unreadable(name: str, error: Exception) -> UnreadableFile:
    if "password" in str(error).lower():
        return UnreadableFile(
            f"{name}: the PDF is protected by a password. Save a copy without the password and add that.",
            f"{name}：PDF 已加密，请另存为无密码的文件后再提交。",
            code="encrypted-file",
        )
    return UnreadableFile(
        f"{name}: the PDF is damaged or cut short. Fetch it again from where it was published.",
        f"{name}：PDF 已损坏或不完整，请重新下载。",
        code="damaged-file",
    )


def _frame_of(page: pypdfium2.PdfPage, text_page: pypdfium2.PdfTextPage) -> PageFrame:
    left, bottom, right, top = page.get_cropbox()
    shown = (page.get_rotation() // 90) % 4
    directions: Counter[int] = Counter()
    matrix = pdfium.FS_MATRIX()
    count = text_page.count_chars()
    for index in range(0, count, max(1, count // 200)):
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1 or not pdfium.FPDFText_GetMatrix(
            text_page, index, ctypes.byref(matrix)
        ):
            continue
        # A baseline that runs up the page needs one clockwise turn to run from left to right.
        directions[round(math.degrees(math.atan2(matrix.b, matrix.a)) / 90) % 4] += 1
    upright = directions.most_common(1)[0][0] if directions else shown
    return PageFrame(left, bottom, right, top, shown, upright)


def _glyphs(text_page: pypdfium2.PdfTextPage, frame: PageFrame) -> Iterator[Glyph]:
    box = pdfium.FS_RECTF()
    for index in range(text_page.count_chars()):
        if pdfium.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        # Slanted text is a watermark; its letters must not get into the cells that it crosses.
        if is_slanted(pdfium.FPDFText_GetCharAngle(text_page, index)):
            continue
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if not pdfium.FPDFText_GetLooseCharBox(text_page, index, ctypes.byref(box)):
            continue
        known = pdfium.FPDFText_HasUnicodeMapError(text_page, index) != 1
        yield Glyph(_character(code) if known else UNKNOWN, *frame.upright(box.left, box.bottom, box.right, box.top))


def _character(code: int) -> str:
    if code in _HYPHEN_MARKS:
        return "-"
    if code == 0 or 0xD800 <= code < 0xF900 or code > 0x10FFFF:
        return UNKNOWN
    return chr(code)


def _drawn(page: pypdfium2.PdfPage, frame: PageFrame) -> tuple[int, float, bool]:
    """(visible shapes, largest picture's share of the page, whether text is drawn invisibly)."""
    shapes, share, hidden, shown = 0, 0.0, 0, 0
    area = max(frame.width * frame.height, 1.0)
    for seen, item in enumerate(page.get_objects(max_depth=_FORM_DEPTH)):
        if seen > _SHAPES_READ:
            break
        if item.type == pdfium.FPDF_PAGEOBJ_PATH:
            shapes += _lines_in(item.raw)
        elif item.type in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_SHADING):
            left, bottom, right, top = item.get_bounds()
            share = max(share, min(1.0, (right - left) * (top - bottom) / area))
        elif item.type == pdfium.FPDF_PAGEOBJ_TEXT:
            invisible = pdfium.FPDFTextObj_GetTextRenderMode(item.raw) == _INVISIBLE
            hidden, shown = hidden + invisible, shown + (not invisible)
    return shapes, share, hidden > shown


def _has_fields(page: pypdfium2.PdfPage) -> bool:
    for number in range(min(pdfium.FPDFPage_GetAnnotCount(page), _SHAPES_READ)):
        annotation = pdfium.FPDFPage_GetAnnot(page, number)
        kind = pdfium.FPDFAnnot_GetSubtype(annotation)
        pdfium.FPDFPage_CloseAnnot(annotation)
        if kind in (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT):
            return True
    return False


def _lines_in(path: object) -> int:
    """0 for what cannot be seen, 1 for something thin, 4 for anything larger."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke))
    if not stroke.value and (not fill.value or _is_white_fill(path)):
        return 0
    sides = [ctypes.c_float() for _ in range(4)]
    pdfium.FPDFPageObj_GetBounds(path, *(ctypes.byref(side) for side in sides))
    left, bottom, right, top = (side.value for side in sides)
    return 1 if min(right - left, top - bottom) < 3 else 4


def _is_white_fill(path: object) -> bool:
    channels = [ctypes.c_uint() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetFillColor(path, *(ctypes.byref(channel) for channel in channels)):
        return False
    red, green, blue, alpha = (channel.value for channel in channels)
    return alpha == 0 or min(red, green, blue) >= 250
