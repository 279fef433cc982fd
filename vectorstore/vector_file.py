"""Vectors of many passages in two files of one folder, mapped into memory: workers on one machine share it."""

import hashlib
import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
from numpy.typing import NDArray

KEYS_FILE, VECTORS_FILE = "keys.i64", "vectors.f32"
_BLOCK = 1 << 22

# [spans, 2]: first and last key of each, both included, ascending.
KeySpans = NDArray[np.int64]


class VectorFile:
    """Keys (ascending, int64) and unit vectors [keys, dimensions] (float32), read-only."""

    def __init__(self, keys: NDArray[np.int64], vectors: NDArray[np.float32]) -> None:
        self.keys = keys
        self.vectors = vectors

    @classmethod
    def read(cls, folder: Path, count: int, dimensions: int) -> Self:
        """The files in `folder`. Raises ValueError where they are not of this size, OSError where they cannot be read."""
        for name, size in ((KEYS_FILE, 8 * count), (VECTORS_FILE, 4 * count * dimensions)):
            if (folder / name).stat().st_size != size:
                raise ValueError(f"{name} has {(folder / name).stat().st_size} bytes instead of {size}")
        if not count:
            return cls(np.zeros(0, np.int64), np.zeros((0, dimensions), np.float32))
        keys = np.fromfile(folder / KEYS_FILE, np.int64)
        vectors = np.memmap(folder / VECTORS_FILE, np.float32, "r", shape=(count, dimensions))
        return cls(keys, vectors)

    def nearest(self, vector: NDArray[np.float32], count: int, among: KeySpans | None = None) -> list[int]:
        """Keys of the `count` vectors with the highest cosine to a unit vector, exactly, the nearest first."""
        return nearest_keys(self.keys, self.vectors, vector, count, among)

    def rows_of(self, keys: Sequence[int]) -> NDArray[np.int64]:
        """The row of each key; -1 where it is not there."""
        wanted = np.asarray(keys, np.int64)
        if not len(self.keys):
            return np.full(len(wanted), -1, np.int64)
        rows = np.minimum(np.searchsorted(self.keys, wanted), len(self.keys) - 1)
        return np.where(self.keys[rows] == wanted, rows, -1)


class VectorFileWriter:
    """Writes the two files; they are on the disk when it is closed."""

    def __init__(self, folder: Path) -> None:
        self._keys = (folder / KEYS_FILE).open("xb")
        self._vectors = (folder / VECTORS_FILE).open("xb")

    def add(self, keys: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Appends vectors; keys must ascend."""
        self._keys.write(np.asarray(keys, np.int64).tobytes())
        self._vectors.write(np.ascontiguousarray(vectors, np.float32).tobytes())

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        for file in (self._keys, self._vectors):
            if error is None:
                file.flush()
                os.fsync(file.fileno())
            file.close()


def nearest_keys(
    keys: NDArray[np.int64],
    vectors: NDArray[np.float32],
    vector: NDArray[np.float32],
    count: int,
    among: KeySpans | None = None,
) -> list[int]:
    """Keys of the `count` rows with the highest dot product, the highest first; a tie goes to the lower key.

    among: spans of keys that alone are compared.
    """
    if not len(keys) or count < 1:
        return []
    if among is None:
        scores = vectors @ vector
    else:
        starts, ends = np.searchsorted(keys, among[:, 0]), np.searchsorted(keys, among[:, 1], side="right")
        spans = [(start, end) for start, end in zip(starts.tolist(), ends.tolist(), strict=True) if start < end]
        if not spans:
            return []
        scores = np.concatenate([vectors[start:end] @ vector for start, end in spans])
        keys = np.concatenate([keys[start:end] for start, end in spans])
    rows = np.argpartition(-scores, count - 1)[:count] if count < len(scores) else np.arange(len(scores))
    return [int(key) for key in keys[rows[np.lexsort((keys[rows], -scores[rows]))]]]


def sha256_of(paths: Sequence[Path]) -> str:
    """SHA-256 (hex) over the contents of several files, in this order."""
    digest = hashlib.sha256()
    for path in paths:
        for block in _blocks(path):
            digest.update(block)
    return digest.hexdigest()


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            yield block
