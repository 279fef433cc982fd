"""BM25 over the project's keyword tokens: the yardstick of the measures, and the keyword half of the hybrid."""

from collections import Counter
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix  # type: ignore[import-untyped]

from vectorstore.lexical_tokens import lexical_tokens

K1, B = 1.2, 0.75


class Bm25:
    """Scores of queries against a fixed list of texts."""

    def __init__(self, texts: Sequence[str]) -> None:
        self._ids: dict[str, int] = {}
        rows, columns, counts, lengths = [], [], [], []
        for row, text in enumerate(texts):
            tokens = Counter(lexical_tokens(text))
            lengths.append(tokens.total())
            for token, count in tokens.items():
                rows.append(row)
                columns.append(self._ids.setdefault(token, len(self._ids)))
                counts.append(count)
        shape = (len(texts), len(self._ids))
        column, tf, length = np.array(columns), np.array(counts, float), np.array(lengths, float)
        frequency = np.bincount(column, minlength=shape[1])
        self._idf = np.log(1 + (shape[0] - frequency + 0.5) / (frequency + 0.5))
        self._unseen_idf = float(np.log(1 + (shape[0] + 0.5) / 0.5))
        weights = tf * (K1 + 1) / (tf + K1 * (1 - B + B * length[rows] / length.mean())) * self._idf[column]
        self._by_token = csr_matrix((weights.astype(np.float32), (rows, column)), shape=shape).T.tocsr()

    def scores(self, queries: Sequence[str]) -> NDArray[np.float32]:
        """[queries, texts]."""
        rows, columns, counts = [], [], []
        for row, query in enumerate(queries):
            for token, count in Counter(lexical_tokens(query)).items():
                if token in self._ids:
                    rows.append(row)
                    columns.append(self._ids[token])
                    counts.append(count)
        shape = (len(queries), len(self._ids))
        matrix = csr_matrix((np.array(counts, np.float32), (rows, columns)), shape=shape)
        return np.asarray((matrix @ self._by_token).todense(), np.float32)

    def ceilings(self, queries: Sequence[str]) -> NDArray[np.float32]:
        """[queries]: the score that no text can pass, each token of the query counted with its full weight."""
        totals = [
            sum(
                count * (self._idf[self._ids[token]] if token in self._ids else self._unseen_idf)
                for token, count in Counter(lexical_tokens(query)).items()
            )
            for query in queries
        ]
        return np.array(totals, np.float32) * np.float32(K1 + 1)
