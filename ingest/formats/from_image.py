"""Pictures of reports (PNG, JPEG, TIFF with one page or several) -> Document, by the optional OCR."""

import io
import warnings

from PIL import Image, ImageSequence, UnidentifiedImageError

from ingest.formats.blocks import assemble_document, source_of
from ingest.formats.ocr import is_ocr_installed
from ingest.formats.page_assembly import PageParts, assemble_blocks
from ingest.formats.pdf_frames import PageFrame
from ingest.formats.picture_pages import read_picture_page
from reports.document import Document
from reports.errors import UnreadableFile
from reports.place import Place
from reports.problem import Problem, Severity

_LARGEST = 80_000_000
_MOST_PAGES = 200
_PAGE_WIDTH, _PAGE_LENGTH = 595.0, 842.0


def read_image(data: bytes, name: str) -> Document:
    """The document of a picture, each of its frames a page of A4 size. All of it is marked as read by OCR.

    Raises UnreadableFile where the OCR extra is not installed or the file is no picture that can be read.
    """
    if not is_ocr_installed():
        raise UnreadableFile(
            f"{name}: page 1 is a picture; install wenbao[ocr] to have it read.",
            f"{name}：第 1 页是图片，请安装 wenbao[ocr] 后重新读取。",
            code="page-is-picture",
        )
    pages, frames = [], {}
    for number, picture in enumerate(_frames(data, name), start=1):
        wide = picture.width > picture.height
        scale = (_PAGE_LENGTH if wide else _PAGE_WIDTH) / picture.width
        frames[number] = PageFrame(0.0, 0.0, picture.width * scale, picture.height * scale, 0, 0)
        found = read_picture_page(picture, number, scale)
        pages.append(PageParts(number, frames[number], found.pieces, found.lines, ocr=True))
    problems = [
        Problem(
            "read-by-ocr",
            f"{name}: page {page.number} is a picture and was read by character recognition; compare its figures.",
            f"{name}：第 {page.number} 页是图片，由文字识别读取，请核对其中的数字。",
            Severity.WARNING,
            Place(page=page.number),
        )
        for page in pages
    ]
    blocks, unreadable = assemble_blocks(pages, name)
    return assemble_document(source_of(data, name, "image"), blocks, [*problems, *unreadable], pages=len(pages))


def _frames(data: bytes, name: str) -> list[Image.Image]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data)) as picture:
                if picture.width * picture.height > _LARGEST or getattr(picture, "n_frames", 1) > _MOST_PAGES:
                    raise _unreadable(name)
                return [frame.convert("RGB") for frame in ImageSequence.Iterator(picture)]
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, ValueError, SyntaxError) as error:
        raise _unreadable(name) from error


def _unreadable(name: str) -> UnreadableFile:
    return UnreadableFile(
        f"{name}: the picture is damaged or too large. Save it as PNG with at most 300 dots per inch and add that.",
        f"{name}：图片已损坏或过大，请另存为不超过 300 dpi 的 PNG 后再提交。",
        code="damaged-file",
    )
