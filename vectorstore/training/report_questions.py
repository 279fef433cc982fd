"""Questions about real reports and the passages that hold their evidence: measured on, never trained on."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from vectorstore.training.sentences import split_sentences

_PROSE_TYPES = ("narrative_only", "narrative_how", "commitments", "definition", "conflict")
_SECTION = re.compile(r"[一二三四五六七八九十]+、")
_SUBSECTION = re.compile(r"[（(]")
_YEAR = r"(?:19|20)\d\d年?度?(?:的?报告)?(?:里|说)?"
_LONGEST_HEADING = 40
_PASSAGE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class ReportQuestion:
    """A question, the passages that hold its evidence, and its scope: all passages of the reports that it is about.

    without_scope: the text less agency and year, as the service searches within a report that it has already found.
    """

    text: str
    language: str
    evidence: frozenset[int]
    scope: frozenset[int]
    without_scope: str


def read_report_questions(shared: Path) -> tuple[tuple[str, ...], list[ReportQuestion]]:
    """The passages of all text reports, and the prose questions whose quoted evidence stands in one of them."""
    passages = [
        (path.stem, passage)
        for path in sorted((shared / "reports").glob("*.txt"))
        for passage in _passages(path.read_text(encoding="utf-8"))
    ]
    squeezed = [_squeeze(text) for _, text in passages]
    domain = shared / "domain"
    agencies = _agency_pattern(yaml.safe_load((domain / "issuers.yaml").read_text(encoding="utf-8"))["issuers"])
    rows = yaml.safe_load((domain / "questions.yaml").read_text(encoding="utf-8"))["questions"]
    questions = []
    for row in rows:
        if row["type"] not in _PROSE_TYPES or "question" not in row:
            continue
        quotes = [(item["report"], _squeeze(item["quote"])) for item in row.get("evidence", []) if "quote" in item]
        evidence = {
            index
            for report, quote in quotes
            for index, (own, _) in enumerate(passages)
            if own == report and quote in squeezed[index]
        }
        if evidence:
            reports = {passages[index][0] for index in evidence}
            scope = frozenset(index for index, (own, _) in enumerate(passages) if own in reports)
            bare = re.sub(r"\s+", " ", agencies.sub("", row["question"])).strip()
            questions.append(ReportQuestion(row["question"], row["lang"], frozenset(evidence), scope, bare))
    return tuple(text for _, text in passages), questions


def _passages(text: str) -> list[str]:
    """Whole sentences up to about 200 characters, after their heading path; table rows and bare lines are left out."""
    found = []
    section = subsection = ""
    for raw in text.splitlines():
        line = raw.strip()
        if not line or raw.startswith("\t") or "|" in line:
            continue
        if len(line) < _LONGEST_HEADING and _SECTION.match(line):
            section, subsection = line, ""
            continue
        if len(line) < _LONGEST_HEADING and _SUBSECTION.match(line) and not line.endswith("。"):
            subsection = line
            continue
        heading = f"{section} {subsection}".strip()
        found += [f"{heading} {part}" for part in _packed(split_sentences(line)) if re.search("[。；：;:]", part)]
    return found


def _packed(sentences: Iterable[str]) -> list[str]:
    parts = [""]
    for sentence in sentences:
        if parts[-1] and len(parts[-1]) + len(sentence) > _PASSAGE_LENGTH:
            parts.append("")
        parts[-1] += sentence
    return parts


def _agency_pattern(issuers: list[dict[str, Any]]) -> re.Pattern[str]:
    """What names an issuer in a question, with a year or an English genitive behind it; own words (我局) are no names."""
    names = {
        name
        for issuer in issuers
        for name in [issuer["official_zh"], issuer["en"], *issuer["aliases_zh"], *issuer["aliases_en"]]
    }
    longest_first = sorted(names, key=lambda name: (-len(name), name))
    alternatives = "|".join(re.escape(name) for name in longest_first)
    return re.compile(rf"(?:the )?(?:{alternatives})(?:'s?)?的?|(?:in )?{_YEAR}的?", re.IGNORECASE)


def _squeeze(text: str) -> str:
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))
