"""Where the readers say that something stands is where the drawn page shows it, however the page is turned or cut."""

from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingest.formats.from_pdf import read_pdf
from qa_service.originals.page import PageDrawing
from qa_service.originals.page_process import draw_page
from qa_service.originals.quotes import find_quote
from reports.place import BBox
from tests.rendering.plain_pdf import PlainPage, write_pdf

_ROWS = (("指标", "自然人", "总计"), ("本年新收", "12", "3456"), ("上年结转", "0", "78"))
_SENTENCE = "全年共收到申请3534件"


def _page(left: float, top: float, rotate: int, sideways: bool, box: BBox | None) -> PlainPage:
    page = PlainPage(rotate=rotate, box=box)
    for number in range(len(_ROWS) + 1):
        page.line(left, top + 24 * number, left + 240, top + 24 * number)
        page.line(left + 80 * number, top, left + 80 * number, top + 24 * len(_ROWS))
    for number, row in enumerate(_ROWS):
        for column, text in enumerate(row):
            page.text(left + 5 + 80 * column, top + 16 + 24 * number, 9, text)
    page.text(left, top + 120, 12, _SENTENCE)
    if sideways:
        page.lay_sideways()
    return page


def _inside(drawing: PageDrawing, box: BBox) -> list[str]:
    """The characters whose middle lies in the box."""
    return sorted(
        glyph.text
        for glyph in drawing.glyphs
        if box[0] <= (glyph.box[0] + glyph.box[2]) / 2 <= box[2]
        and box[1] <= (glyph.box[1] + glyph.box[3]) / 2 <= box[3]
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    left=st.floats(60, 250),
    top=st.floats(60, 300),
    rotate=st.sampled_from([0, 90, 180, 270]),
    sideways=st.booleans(),
    box=st.sampled_from([None, (20, 30, 575, 812)]),
)
def test_a_cell_and_a_sentence_are_framed_where_they_are_drawn(
    tmp_path: Path, left: float, top: float, rotate: int, sideways: bool, box: BBox | None
) -> None:
    content = write_pdf([_page(left, top, rotate, sideways, box)])
    document = read_pdf(content, "page.pdf")
    file = tmp_path / "page.pdf"
    file.write_bytes(content)
    drawing = draw_page(file, 1)
    assert drawing is not None
    for cell in document.tables[0].cells:
        assert cell.place.bbox is not None
        assert _inside(drawing, cell.place.bbox) == sorted(cell.text)
    told = next(each for each in document.paragraphs if _SENTENCE in each.text)
    marks = find_quote(drawing, _SENTENCE, told.place.bbox)
    assert sorted(text for mark in marks for text in _inside(drawing, mark)) == sorted(_SENTENCE)
