"""Phrases that are told by patterns instead of one by one: what is to be done with figures, and words of conversation."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from qa_service.understanding.normal_form import is_han
from qa_service.understanding.words import Entry, Unit, Word

TURN = "turn"
CORRECT = "correct"
_CONTENT = ("meaning", "label", "part", "applicant", "other_body", "foreign")
_COURTESIES = ("HELLO", "THANKS")
# `unknown`: it says something, but nothing that a table tells. `organisations`: an applicant type.
_OTHER_THAN_MEANINGS = {
    "nothing": Entry("filler", ""),
    "unknown": Entry("unknown", ""),
    "organisations": Entry("applicant", "legal_entities"),
}
_LATIN = re.compile(r"[a-z%]")
# A Latin phrase is whole words.
_AROUND = {"zh": ("", ""), "en": (r"(?<![a-z])", r"(?![a-z])")}

# A group without groups in it; kind: what makes it a look around.
_GROUP = re.compile(r"(?<!\\)\((?P<kind>\?(?:[:=!]|<[=!]))?(?P<parts>[^()\\?]*)\)")

Patterns = Sequence[tuple[str, re.Pattern[str], frozenset[Entry]]]


class PatternWords:
    """The phrases of one text that patterns find; a phrase source like a vocabulary."""

    def __init__(self, text: str, patterns: Patterns) -> None:
        self._found: dict[int, list[tuple[int, frozenset[Entry]]]] = defaultdict(list)
        # Patterns of a language that the text has no letter of need not be tried.
        written = {"zh": any(map(is_han, text)), "en": bool(_LATIN.search(text))}
        for language, pattern, entries in patterns:
            if not written[language]:
                continue
            for match in pattern.finditer(text):
                if match.end() > match.start():
                    self._found[match.start()].append((match.end(), entries))

    def matches(self, units: Sequence[Unit], start: int) -> list[tuple[int, frozenset[Entry]]]:
        """All phrases that begin at that unit: (index after the last unit, entries)."""
        found = []
        for stop, entries in self._found.get(units[start].start, ()):
            end = start
            while end < len(units) and units[end].end <= stop:
                end += 1
            if end > start:
                found.append((end, entries))
        return found


@cache
def operation_patterns() -> Patterns:
    """What is to be done with figures (operations.yaml): entries of the group "cue"; and meanings that no list of phrases
    can hold (meanings.yaml)."""
    operations = [
        (language, pattern, frozenset(Entry("cue", cue) for cue in cues.split()))
        for cues, languages in _read("operations").items()
        for language, pattern in _compiled(languages)
    ]
    meanings = [
        (language, pattern, frozenset((_OTHER_THAN_MEANINGS.get(meaning) or Entry("meaning", meaning),)))
        for meaning, languages in _read("meanings").items()
        for language, pattern in _compiled(languages)
    ]
    return [*operations, *meanings]


@cache
def turn_patterns() -> Patterns:
    """What is said around the thing that a further turn changes (turns.yaml): entries of the group "turn"."""
    return [
        (language, pattern, frozenset((Entry(TURN, kind),)))
        for kind, languages in _read("turns").items()
        for language, pattern in _compiled(languages)
    ]


def without_cues(word: Word) -> Word:
    """A word of conversation as nothing but that, unless it names a figure, a body or an applicant, or is a courtesy."""
    if not word.has(TURN):
        return word
    if any(word.has(group) for group in _CONTENT) and word.start > 0:
        # At the beginning of a turn a verb is the speaker's own ("Take the second one").
        kept = frozenset(entry for entry in word.entries if entry.group != TURN)
    else:
        kept = frozenset(entry for entry in word.entries if entry.group == TURN or entry.value in _COURTESIES)
    return replace(word, entries=kept)


def _compiled(languages: dict[str, list[str]]) -> list[tuple[str, re.Pattern[str]]]:
    return [
        (language, re.compile(f"{_AROUND[language][0]}(?:{_longest_first(pattern)}){_AROUND[language][1]}"))
        for language, patterns in languages.items()
        for alternatives in patterns
        for pattern in _split(alternatives)
    ]


def _split(alternatives: str) -> list[str]:
    """The alternatives outside all parentheses, each a pattern of its own: every one of them is found."""
    found, depth, start = [], 0, 0
    for index, character in enumerate(alternatives):
        depth += (character == "(") - (character == ")")
        if character == "|" and depth == 0:
            found.append(alternatives[start:index])
            start = index + 1
    return [*found, alternatives[start:]]


def _longest_first(pattern: str) -> str:
    """The pattern with the alternatives of its innermost groups ordered by length: "do" must not hide "do you have"."""

    def ordered(match: re.Match[str]) -> str:
        parts = match["parts"].split("|")
        return f"({match['kind'] or ''}{'|'.join(sorted(parts, key=len, reverse=True))})"

    return _GROUP.sub(ordered, pattern)


def _read(name: str) -> Any:
    text = files("qa_service.understanding").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe loaders)
