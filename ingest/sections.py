"""Headings and the paragraphs below them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ingest.labels import folded, outline_level
from reports.document import Document, Paragraph
from reports.report import Section
from reports.table import Table

_LONGEST_HEADING = 50
# A heading that runs into its text, and one that ends like a sentence (（五）严格保密审查。); longer ones are list items.
_LONGEST_RUN_IN = 26
_LONGEST_SENTENCE = 18
_ANNEX = re.compile(r"附[件表]\d*(?:[:：].{0,40})?")
_SENTENCE_END = re.compile(r"[。；;!！?？,，:：]$")
# Headings that reports print without a number (an export can lose automatic numbers).
_KNOWN = re.compile(
    r"概述|总体情况|基本情况|引言|前言|主动公开(?:政府信息)?(?:的)?情况|依申请公开(?:政府信息)?(?:办理)?(?:的)?情况|"
    r"收到和处理政府信息公开申请情况|(?:政府信息公开)?行政复议、?(?:和)?(?:提起)?行政诉讼(?:的)?情况|"
    r"(?:政府信息公开)?(?:工作)?存在的(?:主要)?问题(?:及|和|与)改进(?:情况|措施)|其他需要报告的事项|需要说明的(?:其他)?事项"
)
_LOWER = re.compile(r".{2,20}(?:情况|数量|类别|形式|方式|措施|机制|建设|保障|解读)")


@dataclass(frozen=True, slots=True)
class SectionMap:
    """sections in reading order; of_block: block number -> heading path in force there."""

    sections: tuple[Section, ...]
    of_block: Mapping[int, tuple[str, ...]]


def find_sections(document: Document, title_blocks: Collection[int] = ()) -> SectionMap:
    """The sections of a document; title_blocks are the numbers of blocks that are its title, no headings."""
    stack: list[tuple[int, str]] = []
    sections: list[tuple[tuple[str, ...], list[Paragraph]]] = [((), [])]
    of_block: dict[int, tuple[str, ...]] = {}
    for index, block in enumerate(document.blocks):
        if isinstance(block, Paragraph) and index not in title_blocks:
            heading = _heading(block, stack)
            if heading is not None:
                level, text, alone = heading
                while stack and stack[-1][0] >= level:
                    stack.pop()
                stack.append((level, text))
                sections.append((tuple(text for _, text in stack), [] if alone else [block]))
            elif _leaves_list(block, stack):
                # A list item beside a numbered heading belongs to what encloses that heading.
                sections.append((tuple(text for _, text in stack), [block]))
            else:
                sections[-1][1].append(block)
        elif isinstance(block, Paragraph):
            sections[-1][1].append(block)
        of_block[index] = tuple(text for _, text in stack)
    kept = [Section(path, tuple(paragraphs)) for path, paragraphs in sections if path or paragraphs]
    return SectionMap(tuple(kept), of_block)


def _leaves_list(paragraph: Paragraph, stack: list[tuple[int, str]]) -> bool:
    level = outline_level(paragraph.text)
    if level is None or not stack or stack[-1][0] < level:
        return False
    while stack and stack[-1][0] >= level:
        stack.pop()
    return True


def table_sections(document: Document, sections: SectionMap) -> dict[str, str]:
    """The heading path each table stands under, joined by " / ", by table id."""
    return {
        block.id: " / ".join(sections.of_block.get(index, ()))
        for index, block in enumerate(document.blocks)
        if isinstance(block, Table) and sections.of_block.get(index)
    }


def _heading(paragraph: Paragraph, stack: list[tuple[int, str]]) -> tuple[int, str, bool] | None:
    """Level, text, and whether the paragraph is nothing but the heading; None for running text."""
    text = re.sub(r"\[bookmark:[^\]]*\]", "", paragraph.text).strip()
    level = outline_level(text)
    if level is not None and not folded(text).startswith("其中"):
        first, rest = _first_sentence(text)
        longest = _LONGEST_RUN_IN if rest else _LONGEST_SENTENCE if text.endswith("。") else _LONGEST_HEADING
        if len(first) <= longest and not _SENTENCE_END.search(first):
            return level, first, not rest
        return None
    if _ANNEX.fullmatch(folded(text)):
        return 1, text, True
    if "\n" in text or len(text) > 30 or _SENTENCE_END.search(text):
        return None
    if paragraph.heading_level is not None:
        return paragraph.heading_level, text, True
    plain = folded(text)
    if "统计表" in plain or "年度报告" in plain:
        return None
    if _KNOWN.fullmatch(plain):
        return 1, text, True
    if stack and _LOWER.fullmatch(plain):
        return 2, text, True
    return None


def _first_sentence(text: str) -> tuple[str, str]:
    """The text up to its first full stop or line end (which a run-in heading has), and what follows."""
    match = re.search(r"[。\n]", text)
    if match is None:
        return text, ""
    return text[: match.start()], text[match.end() :].strip()
