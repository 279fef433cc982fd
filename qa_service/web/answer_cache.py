"""Remembers answers as they were sent. The same question over the same collection has the same bytes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock

# About 30 MB at most; a usual answer has 2 KB.
_ANSWERS_AT_MOST = 2048
_BYTES_AT_MOST = 16 * 1024


class AnswerCache:
    """Answers of one generation of the store; all are forgotten once the store has changed. Safe between threads."""

    def __init__(self, generation: Callable[[], int]) -> None:
        self._read_generation = generation
        self._generation: int | None = None
        self._bodies: OrderedDict[Hashable, bytes] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """What `make` returned for an equal key at this generation, or what it returns now."""
        generation = self._read_generation()
        with self._lock:
            if generation != self._generation:
                self._bodies.clear()
                self._generation = generation
            if key in self._bodies:
                self._bodies.move_to_end(key)
                return self._bodies[key]
        body = make()
        if len(body) <= _BYTES_AT_MOST:
            self._keep(generation, key, body)
        return body

    def _keep(self, generation: int, key: Hashable, body: bytes) -> None:
        with self._lock:
            # Made from an older collection than the others are by now: it must not stand among them.
            if generation != self._generation:
                return
            self._bodies[key] = body
            if len(self._bodies) > _ANSWERS_AT_MOST:
                self._bodies.popitem(last=False)
