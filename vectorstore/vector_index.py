"""The vectors that a search goes through: the generation that SQL names, and what was stored after it was built.

Chroma proposes from the generation; passages since then are few and compared one by one. Where Chroma's files cannot be
used, the generation's own vectors are compared one by one as well (10 ms for 300,000); where these are damaged too,
keywords answer alone. A generation that failed is set aside and never opened again by this process.
"""

import logging
import math
import time
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Event, Lock, Thread

import numpy as np
from numpy.typing import NDArray

from vectorstore.chroma_process import ChromaProcess, IndexFault
from vectorstore.embedding import Embedding
from vectorstore.generations import (
    CHROMA_FOLDER,
    Pointer,
    check_graph,
    check_manifest,
    check_vectors,
    read_manifest,
    read_pointer,
    take_out_of_use,
)
from vectorstore.index_builder import IndexPlace, verify
from vectorstore.ranking import Candidate
from vectorstore.recent_vectors import RECENT_AT_MOST, RecentVectors
from vectorstore.store import PassageStore
from vectorstore.vector_file import KeySpans, VectorFile

log = logging.getLogger(__name__)

# A Chroma that somebody else keeps, or that runs elsewhere, may come back; looked for at most this often.
_RETRY_SECONDS = 60.0
# A search waits so long for the vectors to be read, so that its answer is like all later ones.
_PATIENCE_SECONDS = 1.0


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the vectors stand. name: of the generation in use, "" if none.

    mode: "chroma", "exact" (its vectors are compared one by one), "opening", or "none".
    problem: what is wrong, in words, and what to do; None if nothing is. recent: passages that came after it was built.
    """

    name: str
    mode: str
    vectors: int
    recent: int
    problem: str | None


@dataclass(frozen=True)
class Generation:
    """A generation as one process uses it: with Chroma, with its vectors alone, or neither.

    problem: why not with Chroma; may_return: whether that may change by itself.
    """

    pointer: Pointer
    file: VectorFile | None = None
    chroma: ChromaProcess | None = None
    problem: str | None = None
    may_return: bool = False
    opening: bool = False

    @property
    def covers(self) -> int:
        """Passages up to this key are in it."""
        usable = self.opening or self.file is not None or self.chroma is not None
        return self.pointer.last_key if usable else 0


_NONE = Generation(Pointer("", "", 0, 0))


class GenerationIndex:
    """Implements `vectorstore.search.VectorIndex`. Safe to use from many threads."""

    def __init__(self, passages: PassageStore, place: IndexPlace) -> None:
        self._passages = passages
        self._place = place
        self._lock = Lock()
        self._open = _NONE
        self._opened = Event()
        self._opened.set()
        self._readable = Event()
        self._retry_at = math.inf
        self._failed = ""
        self._recent = RecentVectors(passages)

    def pointer(self) -> Pointer:
        """The generation that SQL names."""
        with self._passages.reading() as connection:
            return read_pointer(connection)

    def start(self, embedding: Embedding) -> None:
        """Begins to open the generation that SQL names, unless it is open already; returns at once."""
        pointer = self.pointer()
        with self._lock:
            if pointer.name == self._open.pointer.name and time.monotonic() < self._retry_at:
                return
            before, self._retry_at = self._open, math.inf
            same = pointer.name == before.pointer.name
            self._open = Generation(
                pointer,
                before.file if same else None,
                problem=before.problem if same else None,
                opening=bool(pointer.name),
            )
            self._opened.clear()
            self._readable.clear()
        Thread(target=self._open_now, args=(pointer, embedding, before.chroma), name="vectors", daemon=True).start()

    def wait(self, seconds: float = 60.0) -> None:
        """Returns when the generation that `start` began to open is open or given up, or after this time."""
        self._opened.wait(seconds)

    def nearest(
        self, embedding: Embedding, vector: NDArray[np.float32], count: int, among: KeySpans | None = None
    ) -> list[int]:
        """Keys of the passages nearest to a unit vector, the nearest first; fewer, or none, where it is degraded.

        among: spans of keys that alone are wanted; they are compared one by one, which takes less than filtering in Chroma.
        """
        self.start(embedding)
        if self._open.opening and self._open.file is None:
            self._readable.wait(_PATIENCE_SECONDS)
        opened = self._open
        keys = self._nearest_in(opened, vector, count, among)
        return [*self._recent.nearest(embedding, opened.covers, vector, count, among), *keys]

    def vectors(self, embedding: Embedding, candidates: Sequence[Candidate]) -> NDArray[np.float32]:
        """[candidates, dimensions]: their unit vectors, stored or made anew."""
        opened, dimensions = self._open, embedding.dimensions
        own = opened.file if opened.pointer.fingerprint == embedding.fingerprint else None
        result = np.empty((len(candidates), dimensions), np.float32)
        missing = np.arange(len(candidates))
        for file in (own, self._recent.snapshot(embedding)):
            if file is not None and len(missing):
                rows = file.rows_of([candidates[row].key for row in missing.tolist()])
                result[missing[rows >= 0]] = file.vectors[rows[rows >= 0]]
                missing = missing[rows < 0]
        if len(missing):
            result[missing] = embedding.encode([candidates[row].searched for row in missing.tolist()])
        return result

    def state(self) -> IndexState:
        """How the vectors stand now."""
        opened = self._open
        mode = "none"
        if opened.opening:
            mode = "opening"
        elif opened.chroma is not None:
            mode = "chroma"
        elif opened.file is not None:
            mode = "exact"
        recent = self._passages.last_key() - opened.covers
        problem = opened.problem
        if problem is None and recent > RECENT_AT_MOST:
            problem = f"about {recent} passages are not in the vector index; run `wenbao reindex`"
        return IndexState(opened.pointer.name, mode, opened.pointer.vectors, recent, problem)

    def close(self) -> None:
        """Ends Chroma's process."""
        with self._lock:
            opened, self._open = self._open, _NONE
        if opened.chroma is not None:
            opened.chroma.close()

    def _nearest_in(
        self, opened: Generation, vector: NDArray[np.float32], count: int, among: KeySpans | None
    ) -> list[int]:
        if opened.chroma is not None and (among is None or opened.file is None):
            try:
                return [key for key, _ in opened.chroma.nearest(vector, count)]
            except IndexFault as fault:
                self._give_up(opened, fault)
        return [] if opened.file is None else opened.file.nearest(vector, count, among)

    def _give_up(self, opened: Generation, fault: IndexFault) -> None:
        """From now on without Chroma. Once it is opened again, in case only its process was ended; a second time not."""
        log.error("vector index %s: %s", opened.pointer.name, fault)
        with self._lock:
            if self._open is not opened:
                return
            again, self._failed = self._failed != opened.pointer.name, opened.pointer.name
            self._use(without_chroma(self._place, opened.pointer, opened.file, fault, set_aside=not again))
            if again:
                self._retry_at = 0.0

    def _open_now(self, pointer: Pointer, embedding: Embedding, before: ChromaProcess | None) -> None:
        """First the vectors, a moment's work, then Chroma, which takes seconds."""
        if before is not None:
            before.close()
        opened = open_vectors(self._place, pointer, embedding) if pointer.name else _NONE
        self._take(pointer, opened)
        self._readable.set()
        if opened.opening:
            self._take(pointer, open_chroma(self._place, opened))
        self._opened.set()

    def _take(self, pointer: Pointer, opened: Generation) -> None:
        """Answers from it, unless SQL names another generation by now."""
        with self._lock:
            wanted = self._open.pointer == pointer
            if wanted:
                self._use(opened)
        if not wanted and opened.chroma is not None:
            opened.chroma.close()

    def _use(self, opened: Generation) -> None:
        self._open = opened
        self._retry_at = time.monotonic() + _RETRY_SECONDS if opened.may_return else math.inf


def open_vectors(place: IndexPlace, pointer: Pointer, embedding: Embedding) -> Generation:
    """The generation that SQL names with its vectors, Chroma still to be opened; what cannot be trusted is set aside."""
    folder = place.root / pointer.name
    if pointer.fingerprint != embedding.fingerprint:
        return Generation(pointer, problem="the vector index was made by another embedding model; run `wenbao reindex`")
    if place.url and not folder.exists():
        return Generation(pointer, opening=True)  # another machine built it, on the server that both use
    try:
        manifest = read_manifest(folder)
        check_manifest(manifest, pointer)
        check_vectors(folder, manifest)
        file = VectorFile.read(folder, manifest.vectors, manifest.dimensions)
    except (OSError, ValueError) as error:
        take_out_of_use(place.root, pointer.name)
        return Generation(pointer, problem=f"the vector index is damaged ({error}); run `wenbao doctor`")
    return Generation(pointer, file, opening=True)


def open_chroma(place: IndexPlace, generation: Generation) -> Generation:
    """The generation with Chroma, verified; without it, and why, where that fails."""
    pointer, file = generation.pointer, generation.file
    try:
        if file is not None:
            check_graph(place.root / pointer.name, read_manifest(place.root / pointer.name))
        chroma = place.connect(pointer.name)
        try:
            if file is not None:
                verify(chroma, file)
            elif (count := chroma.count()) != pointer.vectors:
                raise IndexFault(f"it holds {count} vectors instead of {pointer.vectors}")
        except IndexFault:
            chroma.close()
            raise
    except (OSError, ValueError) as error:
        return without_chroma(place, pointer, file, IndexFault(str(error)))
    except IndexFault as fault:
        return without_chroma(place, pointer, file, fault)
    return Generation(pointer, file, chroma)


def without_chroma(
    place: IndexPlace, pointer: Pointer, file: VectorFile | None, fault: IndexFault, *, set_aside: bool = True
) -> Generation:
    """The generation with its vectors alone. set_aside: whether to take Chroma's files out of use."""
    instead = "vectors are compared one by one" if file is not None else "keywords answer alone"
    if fault.locked:
        problem = f"Chroma's files are open in another process; {instead}"
        return Generation(pointer, file, problem=problem, may_return=True)
    if place.url:
        problem = f"the Chroma server at {place.url} fails ({fault}); {instead}"
        return Generation(pointer, file, problem=problem, may_return=True)
    if set_aside:
        take_out_of_use(place.root / pointer.name, CHROMA_FOLDER)
    return Generation(pointer, file, problem=f"Chroma's files are damaged ({fault}); {instead}; run `wenbao doctor`")
