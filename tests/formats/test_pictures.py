"""Pages that are pictures: named in a problem without the OCR extra, read and marked with it."""

import io

import pypdfium2
import pytest
from PIL import Image

from ingest.formats.from_image import read_image
from ingest.formats.from_pdf import read_pdf
from ingest.formats.ocr import is_ocr_installed
from reports.errors import UnreadableFile
from reports.table import Table
from tests.formats.real_reports import real_report

_without = pytest.mark.skipif(is_ocr_installed(), reason="wenbao[ocr] is installed")
_with = pytest.mark.skipif(not is_ocr_installed(), reason="wenbao[ocr] is not installed: pip install 'wenbao[ocr]'")


def _blank_picture() -> Image.Image:
    return Image.new("RGB", (1200, 1700), "white")


def _saved(picture: Image.Image, kind: str) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, kind, resolution=150)
    return buffer.getvalue()


def _page_as_picture(page: int) -> Image.Image:
    document = pypdfium2.PdfDocument(real_report("huaian_gov_2024.pdf"))
    picture: Image.Image = document[page - 1].render(scale=200 / 72).to_pil().convert("RGB")
    document.close()
    return picture


@_without
def test_scanned_page_is_named() -> None:
    document = read_pdf(_saved(_blank_picture(), "PDF"), "scan.pdf")
    [problem] = document.problems
    assert problem.code == "page-is-picture"
    assert problem.message == "scan.pdf: page 1 is a picture; install wenbao[ocr] to have it read."
    assert problem.place is not None
    assert problem.place.page == 1


@_without
def test_picture_file_says_what_to_install() -> None:
    with pytest.raises(UnreadableFile) as caught:
        read_image(_saved(_blank_picture(), "PNG"), "page.png")
    assert "wenbao[ocr]" in str(caught.value)


@_with
def test_damaged_picture() -> None:
    with pytest.raises(UnreadableFile):
        read_image(_saved(_blank_picture(), "PNG")[:300], "page.png")


@_with
def test_scanned_tables_are_read_or_unreadable_never_wrong() -> None:
    """The real report's page 3 as a scan, against the same page as text."""
    document = read_pdf(_saved(_page_as_picture(3), "PDF"), "scan.pdf")
    [table] = [block for block in document.blocks if isinstance(block, Table)]
    assert table.ocr
    assert all(block.ocr for block in document.paragraphs)
    printed = read_pdf(real_report("huaian_gov_2024.pdf"), "huaian.pdf").tables[0]
    by_place = {(cell.row, cell.column): cell.text for cell in printed.cells}
    read = [cell for cell in table.cells if cell.unreadable is None]
    assert len(read) >= len(table.cells) - 2
    assert [cell.text for cell in read] == [by_place[cell.row, cell.column] for cell in read]
