"""Plain text reports: exports of Word documents, web pages saved as Markdown, tab-separated tables."""

import re
from collections.abc import Iterator

from ingest.formats.blocks import assemble_document, source_of
from ingest.formats.text_encoding import UNKNOWN, DecodedText, control_characters, decode_text
from ingest.formats.text_tables import (
    Line,
    Row,
    is_tabbed,
    read_pipe_rows,
    read_tabbed_rows,
    split_heading_rows,
)
from reports.document import Document, Paragraph
from reports.errors import UnreadableFile
from reports.place import Place
from reports.problem import Problem
from reports.table import Cell, Table

# A report is some ten thousand characters long; the limits only keep a wrong file from taking memory and time.
LARGEST_FILE = 4 * 1024 * 1024
LONGEST_LINE = 200_000
MOST_CELLS = 100_000

_LINE_END = re.compile(r"\r\n|\n|\r")


def read_text(data: bytes, name: str) -> Document:
    """Paragraphs and tables of a text file, each with its 1-based line.

    Tables whose spans the text does not tell are `ragged`. Raises UnreadableFile for an empty, binary or oversized file;
    damaged characters are Problems, and a cell that holds one is unreadable.
    """
    if len(data) > LARGEST_FILE:
        raise UnreadableFile(
            f"the file has {len(data):,} bytes; a report in text form has at most {LARGEST_FILE:,}. Split it into reports",
            f"文件有{len(data):,}字节，文本报告不应超过{LARGEST_FILE:,}字节；请拆分成单个报告",
            code="too-large",
        )
    if not data.strip():
        raise UnreadableFile("the file is empty", "文件是空的", code="empty")
    decoded = decode_text(data)
    lines = _LINE_END.split(decoded.text)
    longest = max(range(len(lines)), key=lambda index: len(lines[index]))
    if len(lines[longest]) > LONGEST_LINE:
        raise UnreadableFile(
            f"line {longest + 1} has {len(lines[longest]):,} characters; this is no report text",
            f"第{longest + 1}行有{len(lines[longest]):,}个字符，不像报告文本",
            code="line-too-long",
        )
    if not any(line.strip() for line in lines):
        raise UnreadableFile("the file is empty", "文件是空的", code="empty")
    numbered = list(enumerate(lines, start=1))
    return assemble_document(source_of(data, name, "txt"), _read_blocks(numbered), _character_problems(decoded, lines))


def _read_blocks(lines: list[Line]) -> Iterator[Paragraph | Table]:
    index = 0
    while index < len(lines):
        number, text = lines[index]
        rows, after = read_tabbed_rows(lines, index) if is_tabbed(text) else ([], index)
        if after > index and not rows:
            yield from (
                Paragraph(text.strip(), Place(line=number)) for number, text in lines[index:after] if text.strip()
            )
            index = after
            continue
        if rows:
            headings, rows = split_heading_rows(rows)
            yield from (Paragraph(text.strip(), Place(line=line)) for row in headings for line, text in row)
            yield _table(rows, ragged=True)
        else:
            rows, after = read_pipe_rows(lines, index)
            if rows:
                yield _table(rows, ragged=False)
            elif text.strip():
                yield Paragraph(text.strip(), Place(line=number))
        index = after if rows else index + 1


def _table(rows: list[Row], *, ragged: bool) -> Table:
    if len(rows) * max(map(len, rows)) > MOST_CELLS:
        raise UnreadableFile(
            f"the table at line {rows[0][0][0]} has more than {MOST_CELLS:,} cells; this is no report",
            f"第{rows[0][0][0]}行的表格超过{MOST_CELLS:,}个单元格，不像报告",
            code="table-too-large",
        )
    cells = (
        Cell(
            text=text if ragged else text.strip(),
            row=row_index,
            column=column,
            place=Place(line=line),
            unreadable="a character of this cell is damaged in the file" if UNKNOWN in text else None,
        )
        for row_index, row in enumerate(rows)
        for column, (line, text) in enumerate(row)
    )
    return Table(id="", cells=tuple(cells), place=Place(line=rows[0][0][0]), ragged=ragged)


def _character_problems(decoded: DecodedText, lines: list[str]) -> Iterator[Problem]:
    if decoded.damaged:
        line = next(number for number, text in enumerate(lines, start=1) if UNKNOWN in text)
        yield Problem(
            "damaged-characters",
            f"{decoded.damaged} characters cannot be read ({decoded.charset}), the first in line {line}; "
            "cells that hold one are unreadable. Save the file again as UTF-8",
            f"有{decoded.damaged}个字符无法按{decoded.charset}读取，最早在第{line}行；含有这些字符的单元格不作为数字使用。请另存为UTF-8",
            place=Place(line=line),
        )
    if controls := control_characters(decoded.text):
        yield Problem(
            "control-characters",
            f"the text holds {controls} control characters; figures next to them may be unreadable",
            f"文本中有{controls}个控制字符，其旁边的数字可能无法读取",
        )
