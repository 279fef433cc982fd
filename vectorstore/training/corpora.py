"""The texts that the embedding learns from, and which of them it must never see.

What is kept for validation is decided by a hash of the text (or of the law's title), so it is the same on every machine and
does not move when a corpus grows.
"""

import hashlib
import json
import lzma
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

# Every n-th: laws and sentence pairs 1/20, aliases of the catalogue 1/4, lay questions 3/10.
_CHAPTER = re.compile(r"^第[一二三四五六七八九十百零]+[编章节分]+\s*")


@dataclass(frozen=True, slots=True)
class Law:
    """A law or regulation. paragraphs: (heading, text) in the printed order; the heading may be the title itself."""

    title: str
    paragraphs: tuple[tuple[str, str], ...]

    @property
    def held_out(self) -> bool:
        """Whether it is kept for validation."""
        return _bucket(self.title, 20) == 0


@dataclass(frozen=True, slots=True)
class SentencePair:
    """A sentence of a government work report and its official English translation."""

    zh: str
    en: str

    @property
    def held_out(self) -> bool:
        """Whether it is kept for validation; equal Chinese sentences fall on the same side."""
        return _bucket(self.zh, 20) == 0


@dataclass(frozen=True, slots=True)
class LayQuestion:
    """A question in everyday words and the statute articles (name -> text) that answer it."""

    text: str
    articles: tuple[tuple[str, str], ...]

    @property
    def held_out(self) -> bool:
        """Whether it is kept for validation."""
        return _bucket(self.text, 10) < 3


@dataclass(frozen=True, slots=True)
class Term:
    """An indicator of the official forms, as people name it."""

    zh: str
    en: str
    unit: str
    aliases_zh: tuple[str, ...]
    aliases_en: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GlossaryRow:
    """Expressions that mean about the same, in both languages."""

    zh: tuple[str, ...]
    en: tuple[str, ...]


def alias_held_out(alias: str) -> bool:
    """Whether an alias of the catalogue is kept for validation."""
    return _bucket(alias, 4) == 0


def without_chapter_number(heading: str) -> str:
    """ "第三章  监督管理" -> "监督管理"."""
    return _CHAPTER.sub("", heading)


def read_laws(corpora: Path) -> list[Law]:
    """All laws, in the order of the file."""
    with lzma.open(corpora / "laws_zh.jsonl.xz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    return [Law(row["title"], tuple((heading, text) for heading, text in row["paras"])) for row in rows]


def read_sentence_pairs(corpora: Path) -> list[SentencePair]:
    """The aligned sentences in the order of the reports: neighbours in the list are neighbours in the text."""
    with lzma.open(corpora / "government_work_reports_zh_en.json.xz", "rt", encoding="utf-8") as file:
        return [SentencePair(zh, en) for zh, en in json.load(file)]


def read_lay_questions(corpora: Path) -> list[LayQuestion]:
    """The questions of STARD (MIT licence, THUIR)."""
    with lzma.open(corpora / "stard_queries.json.xz", "rt", encoding="utf-8") as file:
        rows = json.load(file)
    return [
        LayQuestion(row["问题"], tuple((name, text.strip()) for name, text in row["相关法规"].items())) for row in rows
    ]


def read_terms(catalogue: Path) -> list[Term]:
    """The indicators of the catalogue, read as data: this package does not import the one that owns it."""
    rows: list[dict[str, Any]] = []
    for path in sorted(catalogue.glob("*.yaml")):
        rows += yaml.safe_load(path.read_text(encoding="utf-8")).get("indicators") or []
    return [
        Term(
            row["zh"],
            row["en"],
            row.get("unit") or "",
            tuple(row.get("aliases_zh") or ()),
            tuple(row.get("aliases_en") or ()),
        )
        for row in rows
    ]


def read_glossary(path: Path = Path(__file__).parent / "glossary.tsv") -> list[GlossaryRow]:
    """The rows of the project's own glossary."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = [line.split("\t") for line in lines]
    return [GlossaryRow(tuple(zh.split("|")), tuple(en.split("|"))) for zh, en in rows]


def _bucket(key: str, buckets: int) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:8], "big") % buckets
