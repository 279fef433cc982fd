"""Vectors of the passages that came after the last build: made when first asked for, kept in memory, compared exactly."""

import logging
from threading import Event, Lock, Thread

import numpy as np
from numpy.typing import NDArray

from reports.errors import StoreError
from vectorstore.embedding import Embedding
from vectorstore.store import PassageStore
from vectorstore.vector_file import KeySpans, VectorFile, nearest_keys

log = logging.getLogger(__name__)

# 51 MB at 256 dimensions. Of more passages than these only the newest are kept: it is time for a new generation.
RECENT_AT_MOST = 50_000
# A search waits so long for them. The shipped model makes thousands of vectors in this time.
_PATIENCE_SECONDS = 0.5
_BATCH = 500


class RecentVectors:
    """The vectors of all passages after a key. Safe to use from many threads."""

    def __init__(self, passages: PassageStore) -> None:
        self._passages = passages
        self._lock = Lock()
        self._filling: Thread | None = None
        self._done = Event()
        self._made_by: tuple[str, int] = ("", 0)
        self._up_to = 0
        self._keys = np.zeros(0, np.int64)
        self._vectors = np.zeros((0, 0), np.float32)

    def nearest(
        self,
        embedding: Embedding,
        after: int,
        vector: NDArray[np.float32],
        count: int,
        among: KeySpans | None = None,
    ) -> list[int]:
        """Keys of the nearest passages with keys above `after`, among those whose vectors are there by now."""
        last = self._passages.last_key()
        with self._lock:
            if self._made_by != (embedding.fingerprint, after):
                self._made_by, self._up_to = (embedding.fingerprint, after), max(after, last - RECENT_AT_MOST)
                self._keys = np.zeros(0, np.int64)
                self._vectors = np.zeros((0, embedding.dimensions), np.float32)
                self._filling = None
            if self._up_to < last and self._filling is None:
                self._done.clear()
                self._filling = Thread(target=self._fill, args=(embedding, self._made_by), daemon=True)
                self._filling.start()
        if self._up_to < last:
            self._done.wait(_PATIENCE_SECONDS)
        with self._lock:
            keys, vectors = self._keys, self._vectors
        return nearest_keys(keys, vectors, vector, count, among)

    def snapshot(self, embedding: Embedding) -> VectorFile | None:
        """The vectors that are there by now; None where they are another model's."""
        with self._lock:
            return VectorFile(self._keys, self._vectors) if self._made_by[0] == embedding.fingerprint else None

    def _fill(self, embedding: Embedding, made_by: tuple[str, int]) -> None:
        try:
            for batch in self._passages.texts(after=self._up_to, batch=_BATCH):
                made = embedding.encode([text for _, text in batch])
                with self._lock:
                    if self._made_by != made_by:
                        return
                    self._keys = np.concatenate((self._keys, [key for key, _ in batch]))[-RECENT_AT_MOST:]
                    self._vectors = np.concatenate((self._vectors, made))[-RECENT_AT_MOST:]
                    self._up_to = batch[-1][0]
        except StoreError as error:
            log.warning("no vectors of recent passages: %s", error)
        finally:
            with self._lock:
                if self._made_by == made_by:
                    self._filling = None
            self._done.set()
