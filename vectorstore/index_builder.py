"""Builds a new generation of the vector index from SQL, verifies it in a fresh process, then answers from it."""

import random
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from filelock import FileLock, Timeout
from sqlalchemy import Connection

from reports.errors import StoreError
from vectorstore.chroma_process import ChromaProcess, IndexFault
from vectorstore.embedding import Embedding
from vectorstore.generations import (
    BUILD_LOCK,
    FORMAT,
    Manifest,
    Pointer,
    graph_files,
    new_name,
    read_pointer,
    remove_others,
    vector_files,
    write_manifest,
    write_pointer,
)
from vectorstore.store import PassageStore
from vectorstore.vector_file import VectorFile, VectorFileWriter, sha256_of

# Vectors of the index that are searched for themselves, and the share of true neighbours that must come back.
_SELF_QUERIES, _NEIGHBOURS, _LEAST_RECALL = 50, 10, 0.9
_COSINE_ERROR = 1e-3


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """Where vectors are kept. root: the folder of all generations. url: a Chroma server's address, or None."""

    root: Path
    url: str | None = None

    def connect(self, name: str, *, create: bool = False) -> ChromaProcess:
        """Opens or creates a generation's Chroma collection in a process of its own. Raises IndexFault."""
        return ChromaProcess(name, folder=self.root / name, url=self.url, create=create)


class IndexBuilder:
    """Builds generations; one at a time, whoever asks."""

    def __init__(
        self,
        passages: PassageStore,
        writing: Callable[[], AbstractContextManager[Connection]],
        place: IndexPlace,
    ) -> None:
        """writing: opens a transaction in which one may write."""
        self._passages = passages
        self._writing = writing
        self._place = place

    def build(self, embedding: Embedding, progress: Callable[[int, int], None] = lambda _done, _total: None) -> Pointer:
        """Makes vectors of all passages and answers from them from now on. What was there before is deleted.

        progress: called with (done, total) passages. Raises StoreError where another process is building, where Chroma
        fails or what it made does not hold what it should: then all stays as it was.
        """
        self._place.root.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self._place.root / BUILD_LOCK, timeout=0):
                return self._build(embedding, progress)
        except Timeout:
            raise StoreError(
                "Another process is rebuilding the vector index; wait until it has finished.",
                "另一个进程正在重建向量索引，请等它完成。",
            ) from None
        except (IndexFault, OSError) as error:
            raise StoreError(
                f"The vector index could not be built: {error}. The one before is kept; try `wenbao reindex` again.",
                f"向量索引未能建成：{error}。原有索引保留，请重新执行 wenbao reindex。",
            ) from error

    def _build(self, embedding: Embedding, progress: Callable[[int, int], None]) -> Pointer:
        with self._passages.reading() as connection:
            before = read_pointer(connection)
        # What a build that was killed left goes first: the disk may be nearly full.
        remove_others(self._place.root, before.name)
        name, last_key = new_name(), self._passages.last_key()
        folder = self._place.root / name
        folder.mkdir()
        vectors = self._fill(name, embedding, last_key, progress)
        pointer = Pointer(name, embedding.fingerprint, last_key, vectors)
        files = (sha256_of(vector_files(folder)), sha256_of(graph_files(folder)))
        self._verify(pointer, embedding.dimensions)
        write_manifest(
            folder,
            Manifest(name, FORMAT, embedding.fingerprint, embedding.dimensions, vectors, last_key, *files),
        )
        with self._writing() as connection:
            write_pointer(connection, pointer)
        remove_others(self._place.root, name)
        if self._place.url and before.name:
            with self._place.connect(name) as chroma:
                chroma.drop(before.name)
        return pointer

    def _fill(self, name: str, embedding: Embedding, last_key: int, progress: Callable[[int, int], None]) -> int:
        total, done = self._passages.count(last_key), 0
        with (
            self._place.connect(name, create=True) as chroma,
            VectorFileWriter(self._place.root / name) as file,
        ):
            for batch in self._passages.texts(up_to=last_key):
                keys = [key for key, _ in batch]
                vectors = embedding.encode([text for _, text in batch])
                file.add(keys, vectors)
                chroma.add(keys, vectors)
                done += len(keys)
                progress(done, total)
        return done

    def _verify(self, pointer: Pointer, dimensions: int) -> None:
        file = VectorFile.read(self._place.root / pointer.name, pointer.vectors, dimensions)
        with self._place.connect(pointer.name) as chroma:
            verify(chroma, file)


def verify(chroma: ChromaProcess, file: VectorFile) -> None:
    """Compares Chroma with the vectors it was made from: how many, which, and what it finds. Raises IndexFault."""
    if (count := chroma.count()) != len(file.keys):
        raise IndexFault(f"Chroma holds {count} vectors instead of {len(file.keys)}")
    if sorted(chroma.keys()) != file.keys.tolist():
        raise IndexFault("Chroma holds vectors of other passages than it should")
    rows = random.Random(0).sample(range(len(file.keys)), min(_SELF_QUERIES, len(file.keys)))  # noqa: S311
    shares = []
    for row in rows:
        vector = np.asarray(file.vectors[row])
        found = chroma.nearest(vector, min(_NEIGHBOURS, len(file.keys)))
        true = file.vectors[file.rows_of([key for key, _ in found])] @ vector
        told = np.array([cosine for _, cosine in found], np.float32)
        if len(told) and float(np.abs(told - true).max()) > _COSINE_ERROR:
            raise IndexFault("Chroma's distances are not those of the vectors")
        best = file.vectors[file.rows_of(file.nearest(vector, len(found) or 1))] @ vector
        # By cosine, not by key: the same boilerplate has the same vector in many reports.
        shares.append(float((true >= best[-1] - _COSINE_ERROR).mean()) if len(true) else 0.0)
    if shares and float(np.mean(shares)) < _LEAST_RECALL:
        raise IndexFault(f"Chroma finds only {np.mean(shares):.0%} of the nearest vectors")
