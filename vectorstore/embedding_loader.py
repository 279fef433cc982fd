"""Loads the embedding in the background: figures, and keyword search, never wait for it."""

import logging
import math
from collections.abc import Callable
from threading import Event, Lock, Thread

from reports.errors import WenbaoError
from vectorstore.embedding import Embedding

log = logging.getLogger(__name__)

# The shipped model is there sooner than this, so that its first answer is like all later ones; others take seconds.
_PATIENCE_SECONDS = 2.0


class EmbeddingLoader:
    """An embedding that may not be there yet, or never. Safe to use from many threads."""

    def __init__(self, load: Callable[[], Embedding]) -> None:
        self._load = load
        self._lock = Lock()
        self._done = Event()
        self._thread: Thread | None = None
        self._embedding: Embedding | None = None
        self._problem: str | None = None
        self._fault: BaseException | None = None

    def start(self) -> None:
        """Begins to load it unless that was done before; returns at once."""
        with self._lock:
            if self._thread is None:
                self._thread = Thread(target=self._run, name="embedding", daemon=True)
                self._thread.start()

    def get(self, wait: float = _PATIENCE_SECONDS) -> Embedding | None:
        """The embedding; None where it is not ready after `wait` seconds, or cannot be loaded (see `problem`)."""
        if not self._done.is_set():
            self.start()
            self._done.wait(None if wait == math.inf else wait)
        return self._embedding

    def require(self) -> Embedding:
        """The embedding, however long it takes. Raises what loading it raised."""
        self.start()
        self._done.wait()
        if self._embedding is None:
            assert self._fault is not None
            raise self._fault
        return self._embedding

    @property
    def problem(self) -> str | None:
        """Why it cannot be loaded, in words; None while it may still come."""
        return self._problem

    @property
    def loading(self) -> bool:
        """Whether it is still to come."""
        return not self._done.is_set()

    def _run(self) -> None:
        try:
            embedding = self._load()
            embedding.encode(["."])  # the first call of some models is the one that loads them
            self._embedding = embedding
        except WenbaoError as error:
            self._fault, self._problem = error, str(error)
        # A model is other people's code: whatever it raises, keyword search goes on.
        except Exception as error:
            log.exception("the embedding cannot be loaded")
            self._fault, self._problem = error, f"The embedding cannot be loaded: {type(error).__name__}: {error}"
        finally:
            self._done.set()
