"""The shipped kind of model: a table with one vector per token; a text is the normalised sum of its tokens' vectors.

The folder is that of a sentence-transformers `StaticEmbedding` followed by `Normalize`, so `SentenceTransformer(folder)` opens
it too and gives the same vectors. Here it is read with numpy and tokenizers alone. Why such a model: vectorstore/model/MODEL_CARD.md.
"""

import hashlib
import json
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from reports.errors import StoreError

WEIGHTS_FILE = Path("0_StaticEmbedding/model.safetensors")
TOKENIZER_FILE = Path("0_StaticEmbedding/tokenizer.json")

_BATCH = 512
_FEW = 16
_BLOCK = 1 << 20
_DTYPES: dict[str, type[np.int8 | np.float16 | np.float32]] = {"I8": np.int8, "F16": np.float16, "F32": np.float32}
_HEADER_LIMIT = 1_000_000


class TokenTable:
    """Implements `vectorstore.embedding.Embedding`."""

    def __init__(
        self,
        tokenizer: Tokenizer,
        table: NDArray[np.int8 | np.float16 | np.float32],
        weights: NDArray[np.float32],
        *,
        name: str,
        fingerprint: str,
    ) -> None:
        """table: [tokens, dimensions], row i times weights[i] the vector of token id i; its length is the token's weight.

        It may be mapped from a file: only the rows of tokens that occur are ever read, and processes share them.
        """
        self._tokenizer = tokenizer
        # Normalising in Python is several times faster than the tokenizer's own normaliser and gives the same tokens:
        # what the two fold differently (a Greek final sigma, for one) is no token of this model.
        self._tokenizer.normalizer = None
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._table = table
        self._weights = weights
        self._name = name
        self._fingerprint = fingerprint

    @classmethod
    def read(cls, folder: Path, *, name: str = "") -> Self:
        """The model in `folder`. Raises StoreError when a file is missing or damaged."""
        digest = hashlib.sha256()
        try:
            for file in (WEIGHTS_FILE, TOKENIZER_FILE):
                digest.update(_sha256(folder / file))
            table, weights = _map_table(folder / WEIGHTS_FILE)
            tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
            if tokenizer.get_vocab_size() != len(table):
                raise ValueError(f"{tokenizer.get_vocab_size()} tokens, but {len(table)} vectors")
        # tokenizers raises bare Exception for a file it cannot parse
        except Exception as error:
            raise StoreError(
                f"The embedding in {folder} cannot be read ({error}). Restore its files or install Wenbao again.",
                f"无法读取向量模型 {folder}（{error}）。请恢复该文件夹或重新安装。",
            ) from error
        return cls(tokenizer, table, weights, name=name or str(folder), fingerprint=digest.hexdigest())

    @property
    def name(self) -> str:
        """The name it was loaded under."""
        return self._name

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        return int(self._table.shape[1])

    @property
    def fingerprint(self) -> str:
        """SHA-256 (hex) over the SHA-256 of weights and tokenizer."""
        return self._fingerprint

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors [len(texts), dimensions], float32, of length 1; all zeros for a text without a known token."""
        vectors = np.zeros((len(texts), self.dimensions), np.float32)
        for row, ids in enumerate(self._token_ids(texts)):
            if ids:
                np.matmul(self._weights[ids], self._table.take(ids, axis=0).astype(np.float32), out=vectors[row])
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        np.divide(vectors, norms, out=vectors, where=norms > 0)
        return vectors

    def word_ids(self, texts: Sequence[str]) -> list[NDArray[np.int32]]:
        """By text the ids of its words of two characters and more, each once."""
        words = self._words
        return [
            np.array([each for each in dict.fromkeys(ids) if words[each]], np.int32) for ids in self._token_ids(texts)
        ]

    def word_likeness(self, vectors: NDArray[np.float32], ids: NDArray[np.int32]) -> NDArray[np.float32]:
        """[vectors, ids]: cosine of unit vectors and words."""
        rows = self._table.take(ids, axis=0).astype(np.float32)
        return np.asarray(vectors @ rows.T / self._lengths[ids], np.float32)

    @cached_property
    def _lengths(self) -> NDArray[np.float32]:
        """[tokens]: lengths of the rows of the table, never 0."""
        blocks = (self._table[start : start + _BATCH] for start in range(0, len(self._table), _BATCH))
        lengths = [np.linalg.norm(block.astype(np.float32), axis=1) for block in blocks]
        return np.asarray(np.maximum(np.concatenate(lengths), 1e-6), np.float32)

    @cached_property
    def _words(self) -> NDArray[np.bool_]:
        """[tokens]: whether a token is a word rather than a single character."""
        lengths = {index: len(token) for token, index in self._tokenizer.get_vocab().items()}
        return np.array([lengths[index] > 1 for index in range(len(self._table))])

    def _token_ids(self, texts: Sequence[str]) -> Iterator[list[int]]:
        for start in range(0, len(texts), _BATCH):
            batch = [unicodedata.normalize("NFKC", text).lower() for text in texts[start : start + _BATCH]]
            if len(batch) <= _FEW:
                # Handing a question to all processors takes longer than reading it.
                yield from (self._tokenizer.encode(text, add_special_tokens=False).ids for text in batch)
                continue
            for encoding in self._tokenizer.encode_batch_fast(batch, add_special_tokens=False):
                yield encoding.ids


def _sha256(path: Path) -> bytes:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.digest()


def _map_table(path: Path) -> tuple[NDArray[np.int8 | np.float16 | np.float32], NDArray[np.float32]]:
    """The tensor "embeddings" of a safetensors file, mapped into memory, and by row "weights", ones where not given.

    The format: 8 bytes little-endian length of the header, the header as JSON, the tensors
    (https://github.com/huggingface/safetensors#format). Raises ValueError or KeyError on anything else.
    """
    with path.open("rb") as file:
        header_length = int.from_bytes(file.read(8), "little")
        if not 2 <= header_length <= min(_HEADER_LIMIT, path.stat().st_size - 8):
            raise ValueError("no safetensors header")
        header = json.loads(file.read(header_length))
    content = np.memmap(path, np.uint8, "r", offset=0)[8 + header_length :]

    def tensor(key: str) -> NDArray[np.int8 | np.float16 | np.float32]:
        start, end = header[key]["data_offsets"]
        values: NDArray[np.int8 | np.float16 | np.float32] = content[start:end].view(_DTYPES[header[key]["dtype"]])
        return values.reshape(header[key]["shape"])

    table = tensor("embeddings")
    if table.ndim != 2 or not table.size:
        raise ValueError(f"a table of shape {table.shape}")
    weights = tensor("weights").astype(np.float32) if "weights" in header else np.ones(len(table), np.float32)
    if weights.shape != (len(table),):
        raise ValueError(f"{weights.shape} weights for {len(table)} vectors")
    if not np.isfinite(weights).all() or (table.dtype != np.int8 and not np.isfinite(table).all()):
        raise ValueError("the table holds values that are no numbers")
    return table, weights
