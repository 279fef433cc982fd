"""Character-bigram BM25, on purpose without anything of the product's own keyword search."""

import math
import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

_K1, _B = 1.5, 0.75
_WORDS = re.compile(r"[a-z]+|\d+|[一-鿿]+")


def bigrams(text: str) -> list[str]:
    """Words, numbers and pairs of Chinese characters of a text; a single character stays one."""
    found = []
    for run in _WORDS.findall(unicodedata.normalize("NFKC", text).lower()):
        pairs = [run[at : at + 2] for at in range(len(run) - 1)]
        found += pairs if "一" <= run[0] <= "鿿" and pairs else [run]
    return found


class BigramIndex:
    """Ranks texts by BM25 (Robertson, k1 1.5, b 0.75)."""

    def __init__(self, texts: Sequence[str], tokens: Callable[[str], list[str]] = bigrams) -> None:
        """tokens: what a text is taken apart into."""
        self._tokens = tokens
        counts = [Counter(tokens(text)) for text in texts]
        lengths = np.array([sum(count.values()) for count in counts], dtype=float)
        self._norm = _K1 * (1 - _B + _B * lengths / max(lengths.mean(), 1.0)) if texts else lengths
        postings: dict[str, list[tuple[int, int]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for token, times in count.items():
                postings[token].append((number, times))
        self._postings = {token: np.array(places).T for token, places in postings.items()}

    def scores(self, query: str) -> NDArray[np.float64]:
        """[texts]: the score of each for the query."""
        total = np.zeros(len(self._norm))
        for token in self._tokens(query):
            if token in self._postings:
                rows, times = self._postings[token]
                idf = math.log(1 + (len(total) - len(rows) + 0.5) / (len(rows) + 0.5))
                total[rows] += idf * times * (_K1 + 1) / (times + self._norm[rows])
        return total
