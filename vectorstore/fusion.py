"""One order out of two: the embedding's cosine and BM25 of the keyword tokens.

Scores are fused, not ranks: a question without a single keyword in the texts (English over Chinese ones) gives BM25 nothing to
say, and by ranks its arbitrary order would count as much as the embedding's. Measured in model/MODEL_CARD.md.
"""

import numpy as np
from numpy.typing import NDArray

# How much a full keyword match counts against a cosine of 1. Held-out sets are flat between 1 and 3.
LEXICAL_WEIGHT = 2.0
_RANK_OFFSET = 60


def fuse_scores(
    cosines: NDArray[np.float32],
    bm25: NDArray[np.float32],
    ceilings: NDArray[np.float32] | float,
    lexical_weight: float = LEXICAL_WEIGHT,
) -> NDArray[np.float32]:
    """cosine + lexical_weight * BM25 / ceiling: higher is better, comparable between questions.

    cosines, bm25: the same shape, [texts] or [queries, texts]. ceilings: per query (a number, or [queries, 1]) the BM25 score
    of a text in which every token of the query counts fully, the sum of idf * (k1 + 1) over its tokens, those that no text
    holds included: a query half of whose words are unknown can reach half of it.
    """
    share = bm25 / np.maximum(ceilings, 1e-6)
    return np.asarray(cosines + lexical_weight * share, np.float32)


def fuse_ranks(*scores: NDArray[np.float32]) -> NDArray[np.float32]:
    """Reciprocal rank fusion: the sum of 1 / (60 + rank) over the scores, ranks along the last axis from 1."""
    fused = np.zeros(scores[0].shape, np.float32)
    for score in scores:
        ranks = np.argsort(np.argsort(-score, axis=-1, kind="stable"), axis=-1, kind="stable") + 1
        fused += (1 / (_RANK_OFFSET + ranks)).astype(np.float32)
    return fused
