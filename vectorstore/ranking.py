"""The order of a few passages for a question: BM25 of their keywords and the cosine of their vectors, both exact."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from reports.passage import Passage
from vectorstore.fusion import fuse_scores
from vectorstore.lexical_tokens import lexical_tokens
from vectorstore.passage_writer import searched_text

K1, B = 1.2, 0.75
# What a full keyword match counts against a cosine of 1 where passages of reports are ranked.
_LEXICAL_WEIGHT = 3.0
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
    def tokens(self) -> Counter[str]:
        """How often each keyword token occurs in it."""
        return Counter(lexical_tokens(self.searched))

    @cached_property
    def length(self) -> int:
        """How many tokens it has."""
        return self.tokens.total()


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
    frequencies = {token: sum(token in each.tokens for each in candidates) for token in tokens}
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
        tokens = candidate.tokens
        scores[row] = sum(
            weight * tokens[token] / (tokens[token] + soft) for token, weight in weights.items() if token in tokens
        )
    return scores, sum(weights.values())


def fused_scores(
    lexical: NDArray[np.float32], ceiling: float, cosines: NDArray[np.float32] | None
) -> NDArray[np.float32]:
    """What the order follows; without vectors the keywords alone."""
    known = np.zeros_like(lexical) if cosines is None else cosines
    return fuse_scores(known, lexical, max(ceiling, 1e-6), _LEXICAL_WEIGHT)


def same_text(one: Candidate, other: Candidate) -> bool:
    """Whether two passages say the same in nearly the same words. Figures must be the same ones."""
    small, large = sorted((one.tokens, other.tokens), key=len)
    if len(small) < _SAME * len(large) or _numbers(one.tokens) != _numbers(other.tokens):
        return False
    common = len(small.keys() & large.keys())
    return common >= _SAME * (len(small) + len(large) - common)


def _numbers(tokens: Counter[str]) -> set[str]:
    return {token for token in tokens if token[0].isdigit()}
