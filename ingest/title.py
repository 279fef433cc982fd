"""Whose report it is and which year's data it gives.

Looked up where the domain guide (section 8) says: title, 填报单位 line, sign-off, opening sentence. The year of publication
(in the sign-off, in plans for the year after) is never the data year.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ingest.agency_names import is_body_name, leading_places
from ingest.data_year import find_data_year
from ingest.issuer import find_issuer
from ingest.labels import folded
from ingest.report_words import LONGEST_TITLE_LINE, REPORT_WORDS, TOPIC, YEAR_TOKEN
from reports.document import Document, Paragraph
from reports.errors import NotAReport
from reports.problem import Problem
from reports.table import Table

_TITLE_LINES = 12
_LONGEST_OPENING = 1500


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """agency_name: the longest form of the name found; other_names: shorter forms; title: as printed, lines joined.
    title_blocks: block numbers of the title lines."""

    agency_name: str
    other_names: tuple[str, ...]
    year: int
    title: str
    title_blocks: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()


def find_title(document: Document) -> TitleFacts:
    """Agency and data year of a report. Raises NotAReport, saying what is missing, if either cannot be found."""
    lines = _title_lines(document)
    title = _title_text(lines)
    opening = _opening(document)
    names = find_issuer(title, document, opening)
    if not names:
        raise NotAReport(
            "no agency was found in the title, the reporting unit line, the sign-off or the opening; "
            "put the agency's official name into the title and read the file again",
            "在标题、填报单位、落款和开头均未找到发布机关；请在标题中写明机关全称后重新读取",
            code="no-agency",
        )
    year, problems = find_data_year(title, document, opening)
    return TitleFacts(
        agency_name=names[0],
        other_names=names[1:],
        year=year,
        title=title or f"{names[0]}{year}年政府信息公开工作年度报告",
        title_blocks=frozenset(line.place.block for line in lines if line.place.block is not None),
        problems=problems,
    )


def _title_lines(document: Document) -> list[Paragraph]:
    """The lines at the top that together name the report; a title may be split over several lines or printed twice."""
    lines = []
    for block in document.blocks[:_TITLE_LINES]:
        if isinstance(block, Table) or len(block.text) > LONGEST_TITLE_LINE or re.search(r"[。；]$", block.text):
            break
        lines.append(block)
    named = [index for index in range(len(lines)) if _names_report(lines, index)]
    if not named:
        return [line for line in lines if _is_title_line(line.text)][:3]
    first = last = named[0]
    while first and _is_title_line(lines[first - 1].text):
        first -= 1
    while not REPORT_WORDS.search(_joined(lines[first : last + 1])):
        last += 1
    while named and named[-1] > last and REPORT_WORDS.search(folded(lines[named[-1]].text)) and named[-1] <= last + 3:
        last = named[-1]
    return lines[first : last + 1]


def _names_report(lines: Sequence[Paragraph], index: int) -> bool:
    """Whether a report is named on this line, or on this and the next two together."""
    texts = [folded(line.text) for line in lines[index : index + 3]]
    return any(REPORT_WORDS.search("".join(texts[:count])) for count in range(1, len(texts) + 1)) and _is_title_line(
        texts[0]
    )


def _joined(lines: Sequence[Paragraph]) -> str:
    return "".join(folded(line.text) for line in lines)


def _is_title_line(text: str) -> bool:
    plain = folded(text)
    if re.search(r"[:：]|^[一二三四五六七八九十]+、|^\([一二三]\)", plain) and not REPORT_WORDS.search(plain):
        return False
    return bool(TOPIC.search(plain) or YEAR_TOKEN.search(plain) or is_body_name(plain) or leading_places(plain))


def _title_text(lines: Sequence[Paragraph]) -> str:
    """The title lines joined; a title printed twice is given once, a bracketed year behind it is kept."""
    joined = "".join(dict.fromkeys(folded(line.text) for line in lines))
    match = REPORT_WORDS.search(joined)
    if match is None:
        return joined
    tail = re.match(r"\(\d{4}年?度?\)", joined[match.end() :])
    return joined[: match.end()] + (tail[0] if tail else "")


def _opening(document: Document) -> str:
    """The first long paragraphs, in which a report names its issuer."""
    long = [folded(paragraph.text[:_LONGEST_OPENING]) for paragraph in document.paragraphs if len(paragraph.text) > 25]
    return "\n".join(long[:4])
