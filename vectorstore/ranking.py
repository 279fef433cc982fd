"""The order of a few passages for a question: BM25 of their keywords and the cosine of their vectors, both exact."""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reports.passage import Passage
from vectorstore.lexical_tokens import lexical_tokens, normalise
from vectorstore.passage_writer import searched_text

K1, B = 1.2, 0.75
# Numbers and words of other scripts, punctuation within numbers included.
_NOT_HAN = re.compile(r"[0-9A-Za-z\u00c0-\u058f][0-9A-Za-z\u00c0-\u058f.,]*")
_LAST_LETTER = "\u058f"
# Stands between texts that are normalised together.
_APART = "\0"
# Share of common tokens from which on two passages say the same: the boilerplate that reports take over from each other.
_SAME = 0.8


@dataclass(frozen=True)
class Candidate:
    """A passage that may be shown. key: its key in SQL."""

    key: int
    passage: Passage

    @cached_property
    def searched(self) -> str:
        """What is searched: its heading path and its text."""
        return searched_text(self.passage.section, self.passage.text)

    @cached_property
    def plain(self) -> str:
        """The same, normalised as keyword tokens are."""
        return "\n".join(self._parts)

    @property
    def sentences(self) -> tuple[str, ...]:
        """Its sentences, normalised."""
        return self._parts[1:]

    @cached_property
    def _parts(self) -> tuple[str, ...]:
        """Heading path and sentences, normalised in one go: most of the time of ranking a passage would go there."""
        passage = self.passage
        parts = (passage.section, *(passage.sentence_texts() or (passage.text,)))
        return tuple(normalise(_APART.join(part.replace(_APART, " ") for part in parts)).split(_APART))

    @cached_property
    def tokens(self) -> Counter[str]:
        """How often each keyword token occurs in it."""
        return Counter(lexical_tokens(self.searched))

    @cached_property
    def _others(self) -> Counter[str]:
        """The tokens that are no Chinese characters."""
        return Counter(lexical_tokens(" ".join(_NOT_HAN.findall(self.plain))))

    def count(self, token: str) -> int:
        """How often a token occurs: what `tokens` would say, without making all of them."""
        # Digits and the letters that `_NOT_HAN` finds come before all Chinese characters.
        return self._others[token] if token[0] <= _LAST_LETTER else self.plain.count(token)

    @cached_property
    def length(self) -> int:
        """About how many tokens it has: nearly every character begins one."""
        return len(self.plain)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What BM25 knows of a collection. frequencies: in how many of its `count` passages each token of the query stands."""

    count: int
    average_length: float
    frequencies: Mapping[str, int]

    def idf(self, token: str) -> float:
        """The weight of a token: the rarer, the higher."""
        frequency = self.frequencies.get(token, 0)
        return math.log(1 + (self.count - frequency + 0.5) / (frequency + 0.5))


def statistics_of(candidates: Sequence[Candidate], tokens: Sequence[str]) -> Statistics:
    """The statistics of the candidates themselves: in one report, what tells its passages from each other."""
    frequencies = {token: sum(each.count(token) > 0 for each in candidates) for token in tokens}
    average = sum(each.length for each in candidates) / len(candidates) if candidates else 1.0
    return Statistics(len(candidates), max(average, 1.0), frequencies)


def bm25_scores(
    candidates: Sequence[Candidate], query: Mapping[str, int], statistics: Statistics
) -> tuple[NDArray[np.float32], float]:
    """BM25 of each candidate, and the score of a text in which every token of the query counts fully.

    Words in Latin letters that stand nowhere do not count: they say that the question is in English, no more.
    """
    weights = {
        token: count * statistics.idf(token) * (K1 + 1)
        for token, count in query.items()
        if statistics.frequencies.get(token) or not (token.isascii() and token.isalpha())
    }
    scores = np.zeros(len(candidates), np.float32)
    for row, candidate in enumerate(candidates):
        soft = K1 * (1 - B + B * candidate.length / statistics.average_length)
        counts = ((weight, candidate.count(token)) for token, weight in weights.items())
        scores[row] = sum(weight * count / (count + soft) for weight, count in counts if count)
    return scores, sum(weights.values())


def same_text(one: Candidate, other: Candidate) -> bool:
    """Whether two passages say the same in nearly the same words. Figures must be the same ones."""
    small, large = sorted((one.tokens, other.tokens), key=len)
    if len(small) < _SAME * len(large) or _numbers(one.tokens) != _numbers(other.tokens):
        return False
    common = len(small.keys() & large.keys())
    return common >= _SAME * (len(small) + len(large) - common)


def _numbers(tokens: Counter[str]) -> set[str]:
    return {token for token in tokens if token[0].isdigit()}
