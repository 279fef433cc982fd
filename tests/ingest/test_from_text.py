"""Plain text: paragraphs, the three ways in which text holds tables, charsets, and files that are no reports."""

import random
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.formats.from_text import read_text
from reports.errors import UnreadableFile
from reports.table import Table

WORD = "统计表\n\t指标\n\t单位\n\t统计数\n\n\t（一）收到\n申请数\n\t件\n\t3\n\n\t（二）办结数\n\t件\n\t\n\n正文在后。"
PIPES = "统计表\n指标 | 单位 | 统计数 |\n---|---|---|\n一、申请 |\n|\n|\n（一）收到\n申请数 | 件 | 3 |\n（二）办结数 | 件 |  |\n\n正文在后。"
TABS = "统计表\n指标\t单位\t统计数\n一、申请\t\t\n（一）收到申请数\t件\t3\n\n正文在后。"


def only_table(text: str) -> Table:
    (table,) = read_text(text.encode(), "report.txt").tables
    return table


def rows_of(table: Table) -> list[list[str]]:
    return [[cell.text for cell in table.row_cells(row)] for row in range(table.rows)]


def test_a_word_export_has_one_line_per_cell() -> None:
    document = read_text(WORD.encode(), "folder/report.txt")
    (table,) = document.tables
    assert rows_of(table) == [["指标", "单位", "统计数"], ["（一）收到\n申请数", "件", "3"], ["（二）办结数", "件", ""]]
    assert table.ragged
    assert table.caption == "统计表"
    assert [cell.place.line for cell in table.row_cells(1)] == [6, 8, 9]
    assert [paragraph.text for paragraph in document.paragraphs] == ["统计表", "正文在后。"]
    assert document.source.name == "report.txt"


def test_pipe_rows_may_break_over_lines() -> None:
    table = only_table(PIPES)
    assert rows_of(table) == [
        ["指标", "单位", "统计数"],
        ["一、申请", "", ""],
        ["（一）收到\n申请数", "件", "3"],
        ["（二）办结数", "件", ""],
    ]
    assert not table.ragged
    assert [cell.place.line for cell in table.row_cells(2)] == [7, 8, 8]


def test_a_pipe_row_that_lacks_a_cell_does_not_take_one_from_the_next() -> None:
    text = "指标 | 单位 | 统计数 |\n---|---|---|\n（一）收到申请数 | 3 |\n（二）办结数 | 件 | 4 |\n"
    assert rows_of(only_table(text))[1:] == [["（一）收到申请数", "3"], ["（二）办结数", "件", "4"]]


def test_pipe_rows_with_outer_pipes_and_blank_first_cells() -> None:
    assert rows_of(only_table("| a | b |\n|---|---|\n|  | 2 |\n")) == [["a", "b"], ["", "2"]]
    assert rows_of(only_table("a | b |\n---|---|\n | 2 |\n")) == [["a", "b"], ["", "2"]]


def test_tab_separated_rows() -> None:
    assert rows_of(only_table(TABS)) == [
        ["指标", "单位", "统计数"],
        ["一、申请", "", ""],
        ["（一）收到申请数", "件", "3"],
    ]


def test_paragraphs_indented_by_a_tab_are_no_table() -> None:
    text = "\t根据《条例》要求，特编制本报告，报告由六个部分组成。\n\t本报告中所列数据的统计期限为一年。\n"
    document = read_text(text.encode(), "report.txt")
    assert document.tables == ()
    assert len(document.paragraphs) == 2
    assert len(read_text((text * 5000).encode(), "report.txt").paragraphs) == 10_000


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "big5"])
def test_charsets(charset: str) -> None:
    text = "政府公文 | 位 | 5 |\n---|---|---|\n主文 | 件 | 3 |\n" * 2
    document = read_text(text.encode(charset), "report.txt")
    assert "政府公文" in document.tables[0].cells[0].text
    assert not document.problems


def test_a_few_broken_bytes_do_not_turn_the_file_into_another_charset() -> None:
    data = bytearray(WORD.replace("3", "3七").encode())
    data[data.index("七".encode())] = 0xFF
    document = read_text(bytes(data), "report.txt")
    (broken,) = [cell for cell in document.tables[0].cells if cell.unreadable]
    assert broken.text.startswith("3")
    assert [problem.code for problem in document.problems] == ["damaged-characters"]
    assert document.problems[0].place is not None
    assert document.problems[0].place.line == 9


def test_control_characters_are_a_problem_not_a_failure() -> None:
    document = read_text(WORD.replace("3", "3\x08").encode(), "report.txt")
    assert [problem.code for problem in document.problems] == ["control-characters"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b" \n\t\r\n ", "empty"),
        ("\ufeff".encode(), "empty"),
        (b"\x00\x01\x02\x03binary", "binary"),
        (random.Random(1).randbytes(10_000), "unknown-charset"),
        (b"\xff\xfe" + b"a" * 11, None),
        ("行".encode() * 300_000, "line-too-long"),
        (b"x" * (17 * 1024 * 1024), "too-large"),
        (("a\t" * 60_000 + "\n").encode() * 2, "table-too-large"),
        (("a\t" * 400 + "\n" + "a\tb\n" * 400).encode(), "table-too-large"),  # few cells, but a grid of 160,000
    ],
)
def test_what_is_no_report_text_is_refused_with_a_reason(data: bytes, code: str | None) -> None:
    if code is None:
        assert read_text(data, "report.txt").paragraphs
        return
    with pytest.raises(UnreadableFile) as refusal:
        read_text(data, "report.txt")
    assert refusal.value.code == code
    assert refusal.value.message_zh != str(refusal.value)


def test_fifty_megabytes_of_one_line_take_no_memory() -> None:
    data = b"5" * (50 * 1024 * 1024)
    tracemalloc.start()
    with pytest.raises(UnreadableFile):
        read_text(data, "report.txt")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1024 * 1024


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300) | st.text(alphabet="一二|\t\n -件3（）", max_size=200).map(str.encode))
def test_any_bytes_give_a_document_or_a_refusal(data: bytes) -> None:
    try:
        document = read_text(data, "report.txt")
    except UnreadableFile:
        return
    assert document.blocks
