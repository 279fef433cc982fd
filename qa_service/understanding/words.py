"""Cutting a question into words with known meanings, Chinese and English in one pass.

A question in normal form becomes a row of units (one Chinese character, one Latin word, one number). A vocabulary maps
phrases (unit sequences) to entries. `segment` chooses the cut that explains the most of the question.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from threading import Lock
from typing import Protocol

import snowballstemmer

from qa_service.understanding.normal_form import is_han

# Quotation marks, brackets and the like are no units: a name may be quoted in part. Commas and full stops are: no phrase
# of the vocabulary runs across them unless it has them itself.
# A hyphen within a word joins nothing and parts nothing: "in-person" is "in person".
_UNIT = re.compile(
    r"[\u3400-\u9fff]|[a-z]+(?:'[a-z]+)?|\d+(?:\.\d+)?|[,.;:!?、。，；：！？/%+&]|(?<![a-z])-|-(?![a-z])"
)
_LATIN_WEIGHT = 2.0
# Groups of entries without content.
_EMPTY = frozenset(("filler", "turn", "verb", "noun"))
# What the stemmer would fold into another word ("publication" into "public"), and forms it does not fold at all.
_OWN_STEM = frozenset(
    (
        "persons",
        "publication",
        "timely",
        "yearly",
        "itemize",
        "itemise",
        "organisation",
        "busy",
        "officer",
        "corresponding",
        "correspondence",
        "generally",
        "university",
    )
)
# "Clearly", "presently", "completely" say how, where "clear", "present", "complete" name what is done with requests.
_ADVERB = re.compile(
    r"(?:clear|present|complete|close|final|new|late|open|definite|conclusive|fresh|merit|order|rejected)ly"
)
_STEMS = {
    "publications": "publication",
    "organisations": "organisation",
    "officers": "officer",
    "organizations": "organisation",
    "organization": "organisation",
    "sent": "send",
    "drawn": "draw",
    "drew": "draw",
    "written": "write",
    "wrote": "write",
    "lost": "lose",
    "won": "win",
    "gave": "give",
    "given": "give",
    "held": "hold",
    "brought": "bring",
    "made": "make",
    "taken": "take",
    "took": "take",
    "gotten": "get",
    "got": "get",
    "gone": "go",
    "went": "go",
    "came": "come",
    "ran": "run",
    "kept": "keep",
    "left": "leave",
    "spent": "spend",
    "paid": "pay",
    "sought": "seek",
    "began": "begin",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "dealt": "deal",
    "met": "meet",
    "fell": "fall",
    "fallen": "fall",
    "rose": "rise",
    "risen": "rise",
    "grew": "grow",
    "grown": "grow",
    "upheld": "uphold",
    "withheld": "withhold",
    "undertook": "undertake",
    "said": "say",
    "told": "tell",
    "found": "find",
    "stood": "stand",
    "seen": "see",
    "saw": "see",
}


@dataclass(frozen=True, slots=True)
class Unit:
    """The smallest piece of a question. key is what phrases are compared by: the character, or a Latin word's stem.

    weight: how much it counts, a Latin word as two Chinese characters, punctuation nothing.
    """

    text: str
    key: str
    start: int
    end: int
    weight: float


@dataclass(frozen=True, slots=True)
class Entry:
    """What a phrase may mean. group tells the kinds of entries apart ("meaning", "filler", "label", "cue", …)."""

    group: str
    value: str


@dataclass(frozen=True, slots=True)
class Word:
    """A run of units with all the entries of its phrase; no entries: unknown text."""

    start: int
    end: int
    text: str
    weight: float
    entries: frozenset[Entry]

    def values(self, group: str) -> frozenset[str]:
        """The values of one group of entries."""
        return frozenset(entry.value for entry in self.entries if entry.group == group)

    def has(self, group: str) -> bool:
        """Whether any entry is of that group."""
        return any(entry.group == group for entry in self.entries)


_STEMMING = Lock()


@cache
def _stemmer() -> snowballstemmer.stemmer:
    return snowballstemmer.stemmer("english")


@lru_cache(maxsize=20_000)
def stem(word: str) -> str:
    """The English stem of a lower-case word ("requests" -> "request")."""
    # "in persons trained" must not read as "in person".
    word = _STEMS.get(word, word)
    if word in _OWN_STEM or _ADVERB.fullmatch(word):
        return word
    # The stemmer works on its own fields: two threads at once would mix their words.
    with _STEMMING:
        return str(_stemmer().stemWord(word))


def units_of(text: str) -> tuple[Unit, ...]:
    """The units of a text in normal form; start and end are character offsets."""
    units = []
    for match in _UNIT.finditer(text):
        found = match.group()
        key = stem(found) if "a" <= found[0] <= "z" else found
        units.append(Unit(found, key, match.start(), match.end(), _weight(found)))
    return tuple(units)


def _weight(text: str) -> float:
    if is_han(text) or text[0].isdigit():
        return 1.0
    return _LATIN_WEIGHT if text[0].isalpha() else 0.0


class PhraseSource(Protocol):
    """Anything that knows phrases: a vocabulary, or a table of names."""

    def matches(self, units: Sequence[Unit], start: int) -> list[tuple[int, frozenset[Entry]]]:
        """All phrases that begin at that unit: (index after the last unit, entries)."""


@dataclass
class _Node:
    """A node of the trie: what the phrase that ends here may mean, and the longer phrases."""

    entries: frozenset[Entry] = frozenset()
    next: "dict[str, _Node]" = field(default_factory=dict)


class Vocabulary:
    """Phrases in a trie over unit keys."""

    def __init__(self) -> None:
        self._root = _Node()
        self.phrases: dict[str, set[Entry]] = {}

    def add(self, phrase: str, entry: Entry) -> None:
        """Adds a phrase in normal form; a phrase may have several entries."""
        keys = [unit.key for unit in units_of(phrase)]
        if not keys:
            return
        node = self._root
        for key in keys:
            node = node.next.setdefault(key, _Node())
        node.entries |= {entry}
        self.phrases.setdefault(phrase, set()).add(entry)

    def matches(self, units: Sequence[Unit], start: int) -> list[tuple[int, frozenset[Entry]]]:
        """All phrases that begin at that unit: (index after the last unit, entries)."""
        found: list[tuple[int, frozenset[Entry]]] = []
        node = self._root
        for index in range(start, len(units)):
            child = node.next.get(units[index].key)
            if child is None:
                break
            node = child
            if node.entries:
                found.append((index + 1, node.entries))
        return found


def segment(
    units: Sequence[Unit], text: str, vocabularies: Sequence[PhraseSource], fixed: Sequence[tuple[int, int]] = ()
) -> tuple[Word, ...]:
    """The cut of the units into words that explains the most, longer words first; unknown runs come out as one word.

    fixed: unit ranges (start, end) already explained by something else (agencies, years); they are left out.
    """
    blocked = [False] * len(units)
    for start, end in fixed:
        for index in range(start, end):
            blocked[index] = True
    best: list[float] = [0.0] * (len(units) + 1)
    step: list[tuple[int, frozenset[Entry]]] = [(0, frozenset())] * (len(units) + 1)
    for index in range(len(units) - 1, -1, -1):
        best[index], step[index] = best[index + 1], (index + 1, frozenset())
        if blocked[index]:
            continue
        for end, entries in _candidates(units, index, vocabularies):
            if any(blocked[index:end]):
                continue
            weight = sum(unit.weight for unit in units[index:end])
            # Squares favour long words; fillers count less, so that a meaning is never lost to a filler of equal length.
            value = weight * weight * (0.8 if all(entry.group in _EMPTY for entry in entries) else 1.0)
            if best[end] + value > best[index]:
                best[index], step[index] = best[end] + value, (end, entries)
    return _words(units, text, step, blocked)


def _candidates(
    units: Sequence[Unit], index: int, vocabularies: Sequence[PhraseSource]
) -> list[tuple[int, frozenset[Entry]]]:
    by_end: dict[int, frozenset[Entry]] = {}
    for vocabulary in vocabularies:
        for end, entries in vocabulary.matches(units, index):
            by_end[end] = by_end.get(end, frozenset()) | entries
    return list(by_end.items())


def _words(
    units: Sequence[Unit], text: str, step: Sequence[tuple[int, frozenset[Entry]]], blocked: Sequence[bool]
) -> tuple[Word, ...]:
    words: list[Word] = []
    index = 0
    unknown: list[int] = []

    def close_unknown() -> None:
        if unknown:
            first, last = unknown[0], unknown[-1] + 1
            words.append(_word(units, text, first, last, frozenset()))
            unknown.clear()

    while index < len(units):
        end, entries = step[index]
        if blocked[index] or units[index].weight == 0:
            close_unknown()
        elif entries:
            close_unknown()
            words.append(_word(units, text, index, end, entries))
        else:
            unknown.append(index)
        index = end
    close_unknown()
    return tuple(words)


def _word(units: Sequence[Unit], text: str, first: int, last: int, entries: frozenset[Entry]) -> Word:
    weight = sum(unit.weight for unit in units[first:last])
    return Word(first, last, text[units[first].start : units[last - 1].end], weight, entries)
