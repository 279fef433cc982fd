"""Sentences and clauses of Chinese prose."""

import re

_SENTENCE = re.compile(r"[^。；！？]+[。；！？]?")
_CLAUSE = re.compile(r"[^，。；：！？、]+[，。；：！？、]?")


def split_sentences(text: str) -> list[str]:
    """The sentences with their closing marks; joined they are the text."""
    return _SENTENCE.findall(text)


def split_clauses(text: str) -> list[str]:
    """The clauses with their closing marks, split at commas and enumeration marks too."""
    return _CLAUSE.findall(text)
