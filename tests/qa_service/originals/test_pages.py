"""Pages are drawn in a process of its own: in print, framed where the words stand, and bounded whatever the file is."""

import io
import struct
import zlib
from pathlib import Path

import pytest
from PIL import Image

from qa_service.originals.page import Glyph, PageDrawing
from qa_service.originals.page_pictures import PagePictures
from qa_service.originals.page_process import DrawingLimits, draw_page
from qa_service.originals.quotes import find_quote, find_quote_end, find_quote_start
from reports.errors import UnreadableFile

SAMPLE = next((Path(__file__).resolve().parents[3] / "samples").glob("*.pdf"))


def picture_of(drawing: PageDrawing | None) -> Image.Image:
    assert drawing is not None
    return Image.open(io.BytesIO(drawing.picture))


def test_a_page_has_its_size_and_its_words() -> None:
    drawing = draw_page(SAMPLE, 1)
    assert drawing is not None
    assert drawing.pages >= 1
    picture = picture_of(drawing)
    assert picture.width / picture.height == pytest.approx(drawing.width / drawing.height, abs=0.01)
    assert "年" in "".join(glyph.text for glyph in drawing.glyphs)
    for glyph in drawing.glyphs:
        x0, top, x1, bottom = glyph.box
        assert 0 <= x0 <= x1 <= drawing.width
        assert 0 <= top <= bottom <= drawing.height


@pytest.mark.parametrize("number", [0, -1, 10_000])
def test_a_page_that_is_not_there_is_none(number: int) -> None:
    assert draw_page(SAMPLE, number) is None


def test_a_picture_is_a_page_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "page.png"
    Image.new("RGB", (3000, 1500), "white").save(file, "PNG")
    drawing = draw_page(file, 1)
    assert drawing is not None
    assert (drawing.pages, drawing.width, drawing.height) == (1, 842.0, 421.0)
    assert picture_of(drawing).width <= 2 * 842
    assert draw_page(file, 2) is None


def test_a_page_as_large_as_a_house_is_drawn_small(tmp_path: Path) -> None:
    file = tmp_path / "large.pdf"
    file.write_bytes(plain_pdf(b"0 0 100 100 re f", box="0 0 14400 14400"))
    picture = picture_of(draw_page(file, 1))
    assert picture.width * picture.height <= 6_100_000


def plain_pdf(content: bytes, box: str = "0 0 595 842", extra: str = "") -> bytes:
    """One page with these drawing commands."""
    stream = zlib.compress(content)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [{box}] {extra} /Contents 4 0 R >>".encode(),
        b"<< /Filter /FlateDecode /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.7\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, start=1))
    return body + b"trailer << /Root 1 0 R /Size 5 >>\n%%EOF"


def png_header(width: int, height: int) -> bytes:
    """A PNG that says it is that large and has nothing in it."""
    head = b"IHDR" + struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + head + struct.pack(">I", zlib.crc32(head))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 and nothing else",
        b"no file that has pages",
        png_header(60_000, 60_000),
        SAMPLE.read_bytes()[:3000],
    ],
    ids=["empty", "cut", "text", "huge-png", "damaged"],
)
def test_what_cannot_be_drawn_is_said_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(UnreadableFile) as raised:
        draw_page(file, 1)
    assert raised.value.code == "page-not-drawn"
    assert "下载" in raised.value.message_zh


def test_a_page_that_takes_for_ever_is_given_up(tmp_path: Path) -> None:
    file = tmp_path / "slow.pdf"
    # Each rectangle covers the page; a second of processor time is not enough for all.
    file.write_bytes(plain_pdf(b"/G gs 0 0 595 842 re 1 0 0 RG 10 10 500 800 re B*\n" * 3_000_000))
    with pytest.raises(UnreadableFile, match="takes too long"):
        draw_page(file, 1, DrawingLimits(seconds=1))


def test_a_page_that_takes_all_memory_is_given_up(tmp_path: Path) -> None:
    file = tmp_path / "bomb.pdf"
    file.write_bytes(plain_pdf(b" " * 300_000_000))
    with pytest.raises(UnreadableFile):
        draw_page(file, 1, DrawingLimits(megabytes=200))


def test_the_drawing_process_gets_no_key(monkeypatch: pytest.MonkeyPatch) -> None:
    # A name that Python would act on, were it handed over.
    monkeypatch.setenv("PYTHONSTARTUP", "x")
    monkeypatch.setenv("PYTHONHOME", "/nowhere")
    assert draw_page(SAMPLE, 1) is not None


def test_pages_are_remembered_up_to_a_size() -> None:
    pictures = PagePictures()
    assert pictures.find(SAMPLE, 1) is None
    first = pictures.draw(SAMPLE, 1)
    assert pictures.find(SAMPLE, 1) is first
    assert pictures.draw(SAMPLE, 1) is first
    forgetful = PagePictures(bytes_at_most=1000)
    assert forgetful.draw(SAMPLE, 1) is not None
    assert forgetful.find(SAMPLE, 1) is None


def page(*lines: str) -> PageDrawing:
    """A page of these lines, ten points wide and twenty points high each character."""
    glyphs = [
        Glyph(text, (10.0 * column, 20.0 * row, 10.0 * column + 10, 20.0 * row + 20))
        for row, line in enumerate(lines)
        for column, text in enumerate(line)
        if text.strip()
    ]
    return PageDrawing(1, 2, 400, 800, b"", tuple(glyphs))


def test_a_quotation_has_a_box_for_each_line() -> None:
    found = find_quote(page("共收到申请", "16件，答复", "16件。"), "申请 16件,")
    assert found == ((30, 0, 50, 20), (0, 20, 40, 40))


def test_of_several_places_the_one_in_the_paragraph_is_taken() -> None:
    twice = page("收到16件", "", "收到16件", "收到16件")
    assert find_quote(twice, "16件", (0, 40, 200, 60)) == ((20, 40, 50, 60),)
    # The paragraph began on the page before or its box is not known.
    assert find_quote(twice, "16件") == ((20, 0, 50, 20),)
    assert find_quote(twice, "16件", (0, 45, 5, 50)) == ((20, 40, 50, 60),)


def test_a_quotation_over_two_pages_is_found_on_both() -> None:
    quote = "全年共受理申请三千件"
    first, second = page("前文。全年共受理", "申请", " - 2 -"), page("- 3 -", "三千件。后文")
    assert find_quote(first, quote) == ()
    assert find_quote_start(first, quote) == ((30, 0, 80, 20), (0, 20, 20, 40))
    assert find_quote_end(second, "全年共受理申请三千件。") == ((0, 20, 40, 40),)


@pytest.mark.parametrize("quote", ["", "   ", "不在这里的话"])
def test_what_is_not_there_is_not_found(quote: str) -> None:
    here = page("共收到申请16件")
    assert (find_quote(here, quote), find_quote_end(here, quote), find_quote_start(here, quote)) == ((), (), ())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_are_where_they_are_drawn_on_a_turned_and_cut_page(tmp_path: Path, turn: int) -> None:
    """The boxes hold the ink of the letters, whatever the page's own coordinates are."""
    file = tmp_path / "turned.pdf"
    font = "/Resources << /Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold >> >> >>"
    text = b"BT /F1 40 Tf 1 0 0 1 150 300 Tm (HHHH) Tj ET"
    file.write_bytes(plain_pdf(text, extra=f"/CropBox [50 100 450 700] /Rotate {turn} {font}"))
    drawing = draw_page(file, 1)
    assert drawing is not None
    picture = picture_of(drawing).convert("L")
    scale = picture.width / drawing.width
    boxes = [glyph.box for glyph in drawing.glyphs]
    x0, top = min(box[0] for box in boxes), min(box[1] for box in boxes)
    x1, bottom = max(box[2] for box in boxes), max(box[3] for box in boxes)
    ink = picture.point(lambda value: 255 if value < 128 else 0).getbbox()
    assert ink is not None
    assert x0 * scale - 3 <= ink[0]
    assert top * scale - 3 <= ink[1]
    assert ink[2] <= x1 * scale + 3
    assert ink[3] <= bottom * scale + 3
    assert (x1 - x0) * (bottom - top) * scale * scale < 3 * (ink[2] - ink[0]) * (ink[3] - ink[1])
