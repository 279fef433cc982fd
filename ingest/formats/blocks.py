"""Collects paragraphs and tables in reading order and makes the Document of them: ids, captions and block numbers."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace

from reports.document import Document, Paragraph, Source
from reports.problem import Problem
from reports.table import Table

_CAPTION_LENGTH = 60
_SENTENCE_END = re.compile(r"[。；;，,！!?？]$")
# Lines that stand between a table and its heading: the reporting unit, a unit of measure, a bracketed remark.
_TABLE_REMARK = re.compile(
    r"(?:填报|报送|填表|制表)?(?:单位|日期|时间|人)\s*(?:（[^）]*）|\([^)]*\))?\s*[:：].*|（[^）]*）|\([^)]*\)"
)


def source_of(data: bytes, name: str, format_name: str) -> Source:
    """The Source of a file: its name without folders, the sha256 of its bytes, the format that was really inside."""
    own_name = name.replace("\\", "/").rstrip("/").rsplit("/", 1)[-1]
    return Source(name=own_name, sha256=hashlib.sha256(data).hexdigest(), format=format_name, bytes=len(data))


def assemble_document(
    source: Source,
    blocks: Iterable[Paragraph | Table],
    problems: Iterable[Problem] = (),
    pages: int | None = None,
) -> Document:
    """The Document of blocks in reading order.

    Empty paragraphs and tables without cells are dropped; tables get the ids t1, t2, … and, where they carry none, the
    nearest heading-like paragraph above them as caption; every Place gets its block number.
    """
    placed: list[Paragraph | Table] = []
    caption: str | None = None
    tables = 0
    for block in blocks:
        position = replace(block.place, block=len(placed))
        if isinstance(block, Paragraph):
            text = block.text.strip()
            if text:
                placed.append(replace(block, text=text, place=position))
                caption = text if _is_heading_like(text) else caption
        elif block.cells:
            tables += 1
            own = block.caption or caption
            placed.append(replace(block, id=f"t{tables}", caption=own, place=position))
    return Document(source=source, blocks=tuple(placed), problems=tuple(problems), pages=pages)


def _is_heading_like(text: str) -> bool:
    """Whether a paragraph may name the table below it: short, one line, and not a sentence."""
    return (
        len(text) <= _CAPTION_LENGTH
        and "\n" not in text
        and not (_SENTENCE_END.search(text) or _TABLE_REMARK.fullmatch(text))
    )
