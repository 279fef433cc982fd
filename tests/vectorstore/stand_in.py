"""A small embedding for tests of storing and searching: fast, and the same everywhere."""

import zlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from vectorstore.lexical_tokens import lexical_tokens


@dataclass(frozen=True)
class HashedTokens:
    """Implements `vectorstore.embedding.Embedding`: each token adds to a few dimensions that its checksum names."""

    name: str = "hashed"
    dimensions: int = 64

    @property
    def fingerprint(self) -> str:
        """Another name is another model."""
        return f"{self.name}-{self.dimensions}"

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """[texts, dimensions], of length 1, or zeros."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, text in enumerate(texts):
            for token in lexical_tokens(text):
                checksum = zlib.crc32(token.encode())
                vectors[row, checksum % self.dimensions] += 1
                vectors[row, checksum // self.dimensions % self.dimensions] += 0.5
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.where(norms > 0, norms, 1), np.float32)


@dataclass(frozen=True)
class Given:
    """Implements `vectorstore.search.EmbeddingSource` with an embedding that is there."""

    embedding: HashedTokens | None = HashedTokens()

    def get(self) -> HashedTokens | None:
        """The embedding."""
        return self.embedding
