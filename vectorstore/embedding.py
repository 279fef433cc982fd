"""Embeddings: texts to unit vectors, by the model shipped with the project or by any other that is on this machine.

    embedding = load_embedding(None)                          # the shipped one: numpy and tokenizers, nothing else
    embedding = load_embedding("BAAI/bge-small-zh-v1.5")      # through sentence-transformers, from this machine's files
    embedding.encode(["收到多少申请", "requests received"])     # float32 [2, dimensions]

Nothing is ever downloaded.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray

SHIPPED_MODEL = Path(__file__).parent / "model"


class Embedding(Protocol):
    """A model that turns texts into vectors. Safe to share between threads."""

    @property
    def name(self) -> str:
        """What people call it: "shipped", the model's name, or the path it was loaded from."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) of the files that decide the vectors. Vectors of different fingerprints must never be mixed."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors [len(texts), dimensions], float32, of length 1; all zeros for a text without a known token."""
        ...


@runtime_checkable
class WordVectors(Protocol):
    """An embedding that also knows single words: which words of two texts mean the same, without a table of synonyms."""

    def word_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """By text the ids of its words of two characters and more, each once."""
        ...

    def word_likeness(self, vectors: NDArray[np.float32], ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """[vectors, ids]: cosine of unit vectors and words."""
        ...


def load_embedding(name_or_path: str | Path | None = None) -> Embedding:
    """The shipped embedding for None, "" or "shipped"; otherwise the sentence-transformers model of that name or folder.

    A folder is taken as it is; a name is looked up in this machine's Hugging Face cache. The shipped model is read at once
    (about 0.2 s); another one when it is first used, because importing sentence-transformers takes seconds: call
    `encode([])` in the background to have it ready.

    Raises SettingsError when the model is not on this machine, StoreError when its files are damaged.
    """
    if name_or_path is None or str(name_or_path) in ("", "shipped"):
        from vectorstore.token_table import TokenTable

        return TokenTable.read(SHIPPED_MODEL, name="shipped")
    from vectorstore.transformer_embedding import TransformerEmbedding

    return TransformerEmbedding(str(name_or_path))
