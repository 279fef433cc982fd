"""A linear model over named features, its weights in a table that belongs to the package: feature, tab, weight."""

import math
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

BIAS = "*"


class LinearModel:
    """Immutable, safe to share between threads."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self._weights = weights

    def likelihood(self, features: Iterable[str], language: str) -> float:
        """From 0 to 1. language: "zh" or "en", each with weights of its own; features the model never met count nothing."""
        weights = self._weights
        # Exactly, for the order of a set is another in each process.
        met = [weights.get(f"{language}:{feature}", 0.0) for feature in frozenset(features)]
        total = math.fsum([weights.get(f"{language}:{BIAS}", 0.0), *met])
        return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def load_model(name: str) -> LinearModel:
    """The model of that name; its table is loaded once."""
    text = files("qa_service.understanding").joinpath(f"{name}.tsv").read_text(encoding="utf-8")
    rows = (line.rsplit("\t", 1) for line in text.split("\n") if line)
    return LinearModel({feature: float(weight) for feature, weight in rows})
