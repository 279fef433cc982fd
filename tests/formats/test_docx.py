"""Word files: true spans, tracked changes, text boxes, notes, automatic numbers, nested tables."""

import pytest

from ingest.formats.from_docx import read_docx
from reports.document import Document, Paragraph
from reports.table import Table
from tests.formats.real_reports import real_report
from tests.formats.word_parts import cell, paragraph, row, table, word_file

_CONTINUE, _RESTART = "<w:vMerge/>", '<w:vMerge w:val="restart"/>'


def _read(body: str, parts: dict[str, str] | None = None) -> Document:
    return read_docx(word_file(body, parts), "report.docx")


def _grid(document: Document) -> list[list[str | None]]:
    [found] = document.tables
    return [[None if item is None else item.text for item in line] for line in found.grid]


def _texts(document: Document) -> list[str]:
    return [block.text for block in document.paragraphs]


def test_official_blank_form() -> None:
    document = read_docx(real_report("blank_form_2021.docx"), "blank_form_2021.docx")
    assert [(item.rows, item.columns, len(item.cells)) for item in document.tables] == [
        (14, 4, 30),
        (28, 10, 215),
        (4, 15, 34),
    ]
    for item in document.tables:
        assert sum(each.row_span * each.column_span for each in item.cells) == item.rows * item.columns
    assert [item.caption and item.caption[:2] for item in document.tables] == ["二、", "三、", "四、"]


def test_merged_cells() -> None:
    body = table(
        row(cell("办理结果", _RESTART), cell("公开", '<w:gridSpan w:val="2"/>'), cell("1")),
        row(cell("", _CONTINUE), cell("甲"), cell("乙"), cell("2")),
        row(cell("", _CONTINUE), cell("丙"), cell("丁"), cell("3")),
        row(cell("另一个"), cell("戊"), cell("己"), cell("")),
    )
    document = _read(body)
    assert _grid(document) == [
        ["办理结果", "公开", "公开", "1"],
        ["办理结果", "甲", "乙", "2"],
        ["办理结果", "丙", "丁", "3"],
        ["另一个", "戊", "己", ""],
    ]


def test_row_that_begins_further_right() -> None:
    body = table(
        row(cell("甲"), cell("乙"), cell("1")),
        row(cell("丙"), cell("2"), properties='<w:gridBefore w:val="1"/>'),
    )
    assert _grid(_read(body)) == [["甲", "乙", "1"], [None, "丙", "2"]]


def test_hair_thin_columns_from_rounding_are_none() -> None:
    """Files saved from .doc have columns one twentieth of a point wide where borders were rounded apart."""
    grid = '<w:tblGrid><w:gridCol w:w="800"/><w:gridCol w:w="1"/><w:gridCol w:w="800"/></w:tblGrid>'
    rows = row(cell("甲"), cell("乙", '<w:gridSpan w:val="2"/>')) + row(cell("1", '<w:gridSpan w:val="2"/>'), cell("2"))
    assert _grid(_read(f"<w:tbl><w:tblPr/>{grid}{rows}</w:tbl>")) == [["甲", "乙"], ["1", "2"]]


def test_tracked_changes() -> None:
    changed = (
        '<w:tc><w:tcPr/><w:p><w:del w:id="1"><w:r><w:delText>31</w:delText></w:r></w:del>'
        '<w:ins w:id="2"><w:r><w:t>32</w:t></w:r></w:ins></w:p></w:tc>'
    )
    moved = '<w:p><w:moveFrom w:id="3"><w:r><w:t>旧处</w:t></w:r></w:moveFrom><w:moveTo w:id="4"><w:r><w:t>新处</w:t></w:r></w:moveTo></w:p>'
    gone = row(cell("删去的行"), cell("9"), properties='<w:del w:id="5"/>')
    document = _read(moved + table(row(cell("申请数"), changed), gone))
    assert _grid(document) == [["申请数", "32"]]
    assert _texts(document) == ["新处"]


def test_paragraph_whose_end_was_deleted_goes_on() -> None:
    body = paragraph("共收到申请", '<w:rPr><w:del w:id="1"/></w:rPr>') + paragraph("12件。")
    assert _texts(_read(body)) == ["共收到申请12件。"]


def test_hidden_text_is_left_out_and_struck_figures_are_unreadable() -> None:
    hidden = "<w:tc><w:tcPr/><w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>9</w:t></w:r><w:r><w:t>1</w:t></w:r></w:p></w:tc>"
    struck = "<w:tc><w:tcPr/><w:p><w:r><w:rPr><w:strike/></w:rPr><w:t>5</w:t></w:r><w:r><w:t>7</w:t></w:r></w:p></w:tc>"
    [found] = _read(table(row(hidden, struck))).tables
    assert [(item.text, item.unreadable is not None) for item in found.cells] == [("1", False), ("57", True)]


def test_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{paragraph('框内文字')}{table(row(cell('甲'), cell('1')))}</w:txbxContent>"
    body = (
        "<w:p><w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps"><w:drawing><wps:wsp><wps:txbx>{box}</wps:txbx></wps:wsp></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r><w:r><w:t>框外文字</w:t></w:r></w:p>"
    )
    document = _read(body)
    assert _texts(document) == ["框外文字", "框内文字"]
    assert _grid(document) == [["甲", "1"]]


def test_breaks_tabs_symbols_and_fields() -> None:
    body = (
        '<w:p><w:r><w:t>商业</w:t><w:br/><w:t>企业</w:t><w:tab/><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t><w:br w:type="page"/></w:r>'
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>SUM(1)</w:instrText><w:fldChar w:fldCharType="separate"/>'
        '<w:t>26</w:t><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    [found] = _read(table(row(f"<w:tc><w:tcPr/>{body}</w:tc>", cell("x")))).tables
    assert found.cells[0].text == "商业\n企业\tA-126"


def test_placeholder_of_a_content_control_is_no_text() -> None:
    control = (
        "<w:tc><w:tcPr/><w:p><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:r><w:t>单击此处输入0</w:t></w:r>"
        "</w:sdtContent></w:sdt></w:p></w:tc>"
    )
    filled = (
        "<w:tc><w:tcPr/><w:p><w:sdt><w:sdtPr/><w:sdtContent><w:r><w:t>4</w:t></w:r></w:sdtContent></w:sdt></w:p></w:tc>"
    )
    assert _grid(_read(table(row(control, filled)))) == [["", "4"]]


def test_notes_follow_the_text_when_referred_to() -> None:
    body = '<w:p><w:r><w:t>公开数</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
    notes = f'<w:footnote w:id="2">{paragraph("不含派出机构")}</w:footnote><w:footnote w:id="3">{paragraph("无人引用")}</w:footnote>'
    assert _texts(_read(body, {"word/footnotes.xml": notes})) == ["公开数", "不含派出机构"]


def test_automatic_numbers_are_printed() -> None:
    numbering = (
        '<w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
        '<w:num w:numId="5"><w:abstractNumId w:val="0"/></w:num>'
    )
    styles = '<w:style w:styleId="H"><w:name w:val="heading 1"/><w:pPr><w:numPr><w:numId w:val="5"/></w:numPr></w:pPr></w:style>'
    deeper = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="5"/></w:numPr>'
    body = (
        paragraph("总体情况", '<w:pStyle w:val="H"/>')
        + paragraph("甲", deeper)
        + paragraph("乙", deeper)
        + paragraph("主动公开", '<w:pStyle w:val="H"/>')
        + paragraph("丙", deeper)
    )
    document = _read(body, {"word/numbering.xml": numbering, "word/styles.xml": styles})
    assert _texts(document) == ["一、总体情况", "1.甲", "2.乙", "二、主动公开", "1.丙"]
    assert [block.heading_level for block in document.paragraphs] == [1, None, None, 1, None]


def test_table_in_a_layout_cell() -> None:
    inner = table(row(cell("规章"), cell("3")), row(cell("文件"), cell("4")))
    body = table(row(f"<w:tc><w:tcPr/>{paragraph('一、总体情况')}{inner}{paragraph('完')}</w:tc>"))
    document = _read(body)
    assert [block.text if isinstance(block, Paragraph) else block.rows for block in document.blocks] == [
        "一、总体情况",
        2,
        "完",
    ]


def test_table_inside_a_cell_of_a_data_table() -> None:
    inner = table(row(cell("甲"), cell("3")))
    body = table(
        row(cell("一个很长很长很长很长很长的标签"), cell("12")),
        row(f"<w:tc><w:tcPr/>{paragraph('备注')}{inner}</w:tc>", cell("13")),
    )
    outer, nested = _read(body).tables
    assert [item.text for item in outer.cells] == ["一个很长很长很长很长很长的标签", "12", "备注", "13"]
    assert [item.text for item in nested.cells] == ["甲", "3"]


def test_embedded_worksheet_is_named() -> None:
    body = '<w:p><w:r><w:object><o:OLEObject ProgID="Excel.Sheet.12"/></w:object></w:r></w:p>' + paragraph("正文")
    assert [problem.code for problem in _read(body).problems] == ["embedded-object"]


def test_strict_namespace() -> None:
    """Word's "Strict Open XML" has other namespaces for the same elements."""
    data = word_file(table(row(cell("甲"), cell("1"))), namespace="http://purl.oclc.org/ooxml/wordprocessingml/main")
    assert _grid(read_docx(data, "report.docx")) == [["甲", "1"]]


@pytest.mark.parametrize("columns", [1, 3])
def test_table_type(columns: int) -> None:
    document = _read(table(*(row(*(cell(f"{r}{c}") for c in range(columns))) for r in range(2))))
    assert any(isinstance(block, Table) for block in document.blocks) == (columns > 1)
