"""Words of conversation: what people say around the thing that a further turn changes. Source: turns.yaml."""

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib.resources import files

import yaml

from qa_service.understanding.words import Entry, Unit, Word

GROUP = "turn"
_CONTENT = ("meaning", "label", "part", "applicant", "other_body", "foreign")
_COURTESIES = ("HELLO", "THANKS")
CORRECT = "correct"


class TurnWords:
    """Finds them at a unit of one text; a phrase source like a vocabulary, by patterns instead of a trie."""

    def __init__(self, text: str) -> None:
        self._text = text

    def matches(self, units: Sequence[Unit], start: int) -> list[tuple[int, frozenset[Entry]]]:
        """All phrases that begin at that unit, the longest of every pattern: (index after the last unit, entries)."""
        found = []
        for kind, pattern in _patterns():
            match = pattern.match(self._text, units[start].start)
            if match is None or not match.group():
                continue
            end = start
            while end < len(units) and units[end].end <= match.end():
                end += 1
            if end > start and not any(unit.weight == 0 for unit in units[start:end]):
                found.append((end, frozenset((Entry(GROUP, kind),))))
        return found


def without_cues(word: Word) -> Word:
    """A word of conversation as nothing but that, unless it names a figure, a body or an applicant, or is a courtesy."""
    if not word.has(GROUP):
        return word
    if any(word.has(group) for group in _CONTENT):
        kept = frozenset(entry for entry in word.entries if entry.group != GROUP)
    else:
        kept = frozenset(entry for entry in word.entries if entry.group == GROUP or entry.value in _COURTESIES)
    return replace(word, entries=kept)


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    kinds = yaml.safe_load(files("qa_service.understanding").joinpath("turns.yaml").read_text(encoding="utf-8"))
    return tuple(
        (kind, re.compile(rf"(?:{pattern}){_END[language]}"))
        for kind, languages in kinds.items()
        for language, patterns in languages.items()
        for pattern in patterns
    )


# A Latin phrase ends with a word.
_END = {"zh": "", "en": r"(?![a-z])"}
