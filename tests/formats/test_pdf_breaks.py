"""LibreOffice breaks the official matrix over pages at other places each time, also through rows and numbers."""

import random
from pathlib import Path

from ingest.formats.from_pdf import read_pdf
from reports.document import Document, Paragraph, Source
from reports.table import Table
from tests.rendering.office import convert
from tests.rendering.official_form import request_matrix
from tests.rendering.word_file import render_docx

_OFFSETS = range(0, 30, 3)


def _figure(source: random.Random) -> str:
    return source.choice(["", "0", "/", str(source.randint(1, 99)), str(source.randint(1000, 9999))])


def _signature(table: Table) -> list[tuple[int, int, int, int, str, bool]]:
    return sorted(
        (
            cell.row,
            cell.column,
            cell.row_span,
            cell.column_span,
            "".join(cell.text.split()),
            cell.unreadable is not None,
        )
        for cell in table.cells
    )


def test_breaks_anywhere(tmp_path: Path) -> None:
    """One long file: the same form again and again, each time pushed down the page by more lines."""
    source = random.Random(20)
    tables = [request_matrix(iter([_figure(source) for _ in range(175)])) for _ in _OFFSETS]
    blocks: list[Paragraph | Table] = []
    for offset, table in zip(_OFFSETS, tables, strict=True):
        blocks += [Paragraph("以下为统计表，表前另有数行文字。")] * offset
        blocks.append(table)
    written = Document(Source("forms.docx", "", "docx", 0), tuple(blocks))
    document = read_pdf(convert(render_docx(written, font_size=9), "docx", "pdf", tmp_path), "forms.pdf")
    assert not document.problems
    assert [_signature(table) for table in document.tables] == [_signature(table) for table in tables]
