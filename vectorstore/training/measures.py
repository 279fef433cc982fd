"""Ranking measures: MRR@10, Recall@10, nDCG@10 as in ir-measures, computed on score matrices."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.training.validation_sets import Query

_DEPTH = 10


@dataclass(frozen=True, slots=True)
class Measures:
    """Means over the queries, 0 to 1."""

    mrr: float
    recall: float
    ndcg: float


def measure(queries: Sequence[Query], scores: NDArray[np.float32]) -> Measures:
    """scores [queries, texts]. Ties go to the text that stands first. Recall counts at most ten relevant texts a query."""
    gains = 1 / np.log2(np.arange(_DEPTH) + 2)
    rows = []
    for query, own in zip(queries, scores, strict=True):
        candidates = np.arange(len(own)) if query.allowed is None else np.array(sorted(query.allowed))
        best = candidates[np.argsort(-own[candidates], kind="stable")[:_DEPTH]]
        hits = np.array([index in query.relevant for index in best.tolist()])
        reachable = min(len(query.relevant), _DEPTH)
        first = 1 / (int(hits.argmax()) + 1) if hits.any() else 0.0
        rows.append((first, hits.sum() / reachable, gains[: len(hits)][hits].sum() / gains[:reachable].sum()))
    means = np.array(rows).mean(axis=0)
    return Measures(*(float(mean) for mean in means))
