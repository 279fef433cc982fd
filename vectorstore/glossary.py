"""The bilingual glossary as something to ask: which Chinese words stand for an English or an everyday one."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import snowballstemmer

_LONGEST = 12


@dataclass(frozen=True)
class Glossary:
    """by_chinese: word -> the words that mean the same. by_english: stems of a phrase -> Chinese words."""

    by_chinese: dict[str, tuple[str, ...]]
    by_english: dict[tuple[str, ...], tuple[str, ...]]

    def chinese_in(self, run: str) -> Iterator[tuple[str, tuple[str, ...]]]:
        """(word, all words that mean the same, itself included) for the words of a run of Chinese characters, longest first."""
        at = 0
        while at < len(run):
            for end in range(min(len(run), at + _LONGEST), at + 1, -1):
                if others := self.by_chinese.get(run[at:end]):
                    yield run[at:end], others
                    at = end - 1
                    break
            at += 1

    def english(self, stems: tuple[str, ...]) -> tuple[str, ...]:
        """Chinese words for an English phrase given by its stems; () if it is not known."""
        return self.by_english.get(stems, ())


@cache
def load_glossary(*more: str) -> Glossary:
    """The glossary that the embedding learned from (`training/glossary.tsv`), and `more` texts of the same form.

    A line holds Chinese words apart by |, a tab, and English phrases apart by |; lines that begin with # are remarks.
    """
    stemmer = snowballstemmer.stemmer("english")
    chinese: dict[str, dict[str, None]] = {}
    english: dict[tuple[str, ...], dict[str, None]] = {}
    text = files("vectorstore.training").joinpath("glossary.tsv").read_text(encoding="utf-8")
    for line in "\n".join((text, *more)).splitlines():
        if line.startswith("#") or "\t" not in line:
            continue
        zh, en = (tuple(part.strip() for part in side.split("|")) for side in line.split("\t", 1))
        for word in zh:
            chinese.setdefault(word, {}).update(dict.fromkeys(zh))
        for phrase in en:
            stems = tuple(stemmer.stemWords(phrase.lower().replace("'s", "").split()))
            english.setdefault(stems, {}).update(dict.fromkeys(zh))
    return Glossary(
        {word: tuple(others) for word, others in chinese.items() if len(word) > 1},
        {stems: tuple(words) for stems, words in english.items()},
    )
