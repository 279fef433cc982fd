"""What else is found in PDF files: frames around text, turned pages, doubled print, missing lines, running heads."""

import pytest

from ingest.formats.from_pdf import read_pdf
from reports.document import Document, Paragraph
from reports.table import Table
from tests.rendering.plain_pdf import PlainPage, write_pdf

_SIZE = 10.0
_LINE = "本年度月亮湾市档案局主动公开政府信息三百余条并及时回应社会关切接受群众监督"


def _read(*pages: PlainPage) -> Document:
    return read_pdf(write_pdf(list(pages)), "odd.pdf")


def _grid(table: Table) -> list[list[str | None]]:
    return [[None if cell is None else cell.text for cell in row] for row in table.grid]


def _box(page: PlainPage, x0: float, y0: float, x1: float, y1: float) -> None:
    for line in ((x0, y0, x1, y0), (x0, y1, x1, y1), (x0, y0, x0, y1), (x1, y0, x1, y1)):
        page.line(*line)


def _small_table(page: PlainPage, rows: list[list[str]], left: float = 100, top: float = 200) -> None:
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            x, y = left + 120 * column, top + 24 * number
            _box(page, x, y, x + 120, y + 24)
            if text:
                page.text(x + 5, y + 16, _SIZE, text)


_ROWS = [["信息内容", "本年制发件数"], ["规章", "12"], ["行政规范性文件", ""]]


def test_frame_around_text_is_no_table() -> None:
    page = PlainPage()
    _box(page, 60, 80, 530, 400)
    for number in range(5):
        page.text(80, 110 + 20 * number, _SIZE, _LINE)
    document = _read(page)
    assert not document.tables
    assert _LINE in "".join(block.text for block in document.paragraphs)


def test_frame_around_a_page_with_a_table() -> None:
    page = PlainPage()
    _box(page, 40, 40, 560, 800)
    page.text(80, 110, _SIZE, _LINE)
    _small_table(page, _ROWS)
    document = _read(page)
    assert [block.text if isinstance(block, Paragraph) else _grid(block) for block in document.blocks] == [_LINE, _ROWS]


def test_underlines_and_rules_are_no_table() -> None:
    page = PlainPage()
    for number in range(8):
        page.text(80, 110 + 30 * number, _SIZE, _LINE)
        page.line(80, 113 + 30 * number, 300, 113 + 30 * number)
    assert not _read(page).tables


def test_underlined_figure_does_not_split_its_cell() -> None:
    page = PlainPage()
    _small_table(page, _ROWS)
    page.line(225, 242, 237, 242)
    assert _grid(_read(page).tables[0]) == _ROWS


def test_bold_print_by_doubling_gives_no_second_digit() -> None:
    page = PlainPage()
    _small_table(page, _ROWS)
    page.text(225.3, 240, _SIZE, "12")
    assert _grid(_read(page).tables[0]) == _ROWS


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
def test_turned_pages(rotate: int) -> None:
    """A viewer turns the page; the cells lie where the viewer shows them."""
    page = PlainPage(rotate=rotate)
    _small_table(page, _ROWS)
    document = _read(page)
    assert _grid(document.tables[0]) == _ROWS
    box = document.tables[0].place.bbox
    assert box is not None
    expected = {
        0: (100, 200, 340, 272),
        90: (842 - 272, 100, 842 - 200, 340),
        180: (595 - 340, 842 - 272, 595 - 100, 842 - 200),
        270: (200, 595 - 340, 272, 595 - 100),
    }[rotate]
    assert box == pytest.approx(expected, abs=1.0)


def test_page_whose_box_does_not_begin_at_zero() -> None:
    page = PlainPage(box=(20, 30, 575, 812))
    _small_table(page, _ROWS)
    document = _read(page)
    assert _grid(document.tables[0]) == _ROWS
    assert document.tables[0].place.bbox == pytest.approx((80, 170, 320, 242), abs=1.0)


def test_table_with_horizontal_lines_only() -> None:
    page = PlainPage()
    for number, row in enumerate(_ROWS):
        page.line(80, 200 + 24 * number, 500, 200 + 24 * number)
        for column, text in enumerate(row):
            page.text(90 + 220 * column, 216 + 24 * number, _SIZE, text or " ")
    page.line(80, 272, 500, 272)
    [table] = _read(page).tables
    assert _grid(table) == _ROWS


def test_columns_without_lines_between_the_rows() -> None:
    page = PlainPage()
    for x0, x1, texts in (
        (80, 300, ["甲项", "乙项", "丙项"]),
        (300, 400, ["1", "20", "3"]),
        (400, 500, ["4", "5", "60"]),
    ):
        _box(page, x0, 200, x1, 280)
        for number, text in enumerate(texts):
            page.text(x0 + 8, 220 + 24 * number, _SIZE, text)
    [table] = _read(page).tables
    assert _grid(table) == [["甲项", "1", "4"], ["乙项", "20", "5"], ["丙项", "3", "60"]]


def test_figure_that_only_one_reader_sees_is_unreadable() -> None:
    """pdfium passes over a lone character without a glyph in the font: a figure that a person may not see either."""
    page = PlainPage()
    _small_table(page, [["规章", "７"], ["文件", "12"]])
    document = read_pdf(write_pdf([page], own_codes=True), "odd.pdf")
    assert [cell.unreadable is not None for cell in document.tables[0].cells] == [False, True, False, False]
    [problem] = document.problems
    assert problem.code == "figure-unreadable"
    assert "page 1" in problem.message


def test_two_figures_in_one_cell_are_unreadable() -> None:
    page = PlainPage()
    _small_table(page, [["规章", ""], ["文件", "3"]])
    page.text(225, 212, 8, "1")
    page.text(225, 221, 8, "2")
    document = _read(page)
    assert document.tables[0].cells[1].unreadable
    assert [problem.code for problem in document.problems] == ["figure-unreadable"]


def test_page_numbers_and_running_heads_are_no_text() -> None:
    pages = []
    for number in range(1, 5):
        page = PlainPage()
        page.text(200, 40, 9, "月亮湾市档案局年度报告")
        page.text(80, 120, _SIZE, f"第{'一二三四'[number - 1]}部分的正文，与其他各页不同。")
        page.text(270, 810, 9, f"第 {number} 页 共 4 页")
        pages.append(page)
    assert [block.text for block in _read(*pages).paragraphs] == [
        f"第{character}部分的正文，与其他各页不同。" for character in "一二三四"
    ]


def test_paragraph_goes_on_over_the_page_break() -> None:
    one, two = PlainPage(), PlainPage()
    for number in range(4):
        one.text(110 if number == 0 else 90, 100 + 20 * number, _SIZE, (_LINE * 2)[: 40 if number == 0 else 42])
        two.text(90, 100 + 20 * number, _SIZE, (_LINE * 2)[:42] if number < 3 else "完。")
    [paragraph] = _read(one, two).paragraphs
    assert paragraph.text.endswith("完。")
    assert paragraph.place.page == 1


def test_compatibility_glyphs_stay_as_printed() -> None:
    page = PlainPage()
    _small_table(page, [["⽉份", "１２"], ["⼩计", "3"]])
    [table] = read_pdf(write_pdf([page], own_codes=True), "odd.pdf").tables
    assert _grid(table) == [["⽉份", "１２"], ["⼩计", "3"]]


def test_table_laid_sideways_on_an_upright_page() -> None:
    """A wide table turned by the clerk, not by the page: the text runs up the page."""
    page = PlainPage()
    _small_table(page, _ROWS, left=100, top=100)
    page.lay_sideways()
    document = _read(page)
    assert _grid(document.tables[0]) == _ROWS
    box = document.tables[0].place.bbox
    assert box is not None
    assert box[3] - box[1] == pytest.approx(240, abs=1)
    assert box[2] - box[0] == pytest.approx(72, abs=1)


def test_watermark_does_not_get_into_the_cells() -> None:
    page = PlainPage()
    _small_table(page, _ROWS)
    page.slanted_text(120, 280, 30, "2022年9月")
    document = _read(page)
    assert not document.problems
    assert _grid(document.tables[0]) == _ROWS


def test_dotted_borders() -> None:
    page = PlainPage()
    for number in range(3):
        for step in range(80):
            page.area(100 + 3 * step, 200 + 24 * number, 100.75 + 3 * step, 200.75 + 24 * number, 0)
    for x in (100, 220, 340):
        for step in range(17):
            page.area(x, 200 + 3 * step, x + 0.75, 200.75 + 3 * step, 0)
    for number, row in enumerate(_ROWS[:2]):
        for column, text in enumerate(row):
            page.text(105 + 120 * column, 216 + 24 * number, _SIZE, text)
    assert _grid(_read(page).tables[0]) == _ROWS[:2]


def test_letters_that_the_file_does_not_tell_are_a_picture_to_us() -> None:
    page = PlainPage()
    for number in range(6):
        page.text(80, 110 + 20 * number, _SIZE, _LINE)
    data = write_pdf([page], own_codes=True).replace(b"/ToUnicode 4 0 R ", b"")
    document = read_pdf(data, "odd.pdf")
    assert not document.tables
    assert [problem.code for problem in document.problems] == ["page-is-picture"]


def test_raised_footnote_mark_is_no_digit_of_the_figure() -> None:
    page = PlainPage()
    _small_table(page, _ROWS)
    page.text(235.5, 236, 6, "1")
    [cell] = [cell for cell in _read(page).tables[0].cells if cell.text.startswith("12")]
    assert cell.text == "12¹"


def test_struck_out_figure_is_unreadable() -> None:
    page = PlainPage()
    _small_table(page, _ROWS)
    page.line(224, 236.5, 237, 236.5)
    [cell] = [cell for cell in _read(page).tables[0].cells if cell.text == "12"]
    assert cell.unreadable


def test_figure_covered_and_written_anew_is_unreadable() -> None:
    """Programs that edit PDF files put a white area over the old figure, which stays in the file."""
    page = PlainPage()
    _small_table(page, _ROWS)
    page.area(224, 230, 240, 243, 1)
    page.text(226.5, 240, _SIZE, "35")
    [cell] = [cell for cell in _read(page).tables[0].cells if cell.text and cell.row == 1 and cell.column == 1]
    assert cell.unreadable
