"""Chroma behind a process border: whatever happens over there is an `IndexFault` here, after a bounded time."""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, Queue
from threading import Lock, Thread
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from vectorstore.generations import CHROMA_FOLDER, OWNER_LOCK

# Chroma's documentation advises 50 to 250.
_BATCH = 200
_OPEN_SECONDS, _QUERY_SECONDS, _LONG_SECONDS = 60.0, 2.0, 300.0


class IndexFault(Exception):
    """The vector index failed; the message says how, in words. locked: another process has it open, nothing is wrong."""

    def __init__(self, message: str, *, locked: bool = False) -> None:
        super().__init__(message)
        self.locked = locked


class ChromaProcess:
    """A child process with one collection open. Safe to use from many threads; after a fault it is of no more use."""

    def __init__(self, name: str, *, folder: Path | None = None, url: str | None = None, create: bool = False) -> None:
        """Opens (or creates) the collection in a generation's folder or on a server. Raises IndexFault."""
        self._lock = Lock()
        self._replies: Queue[str | None] = Queue()
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "ANONYMIZED_TELEMETRY": "0"}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "vectorstore.chroma_child"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            encoding="ascii",
            env=environment,
        )
        Thread(target=self._listen, name="chroma", daemon=True).start()
        where = {"url": url}
        if folder is not None and url is None:
            where = {"folder": str(folder / CHROMA_FOLDER), "lock": str(folder / OWNER_LOCK)}
        self._ask({"op": "open", "name": name, "create": create, **where}, _OPEN_SECONDS)

    @property
    def pid(self) -> int:
        """The child's process id."""
        return self._process.pid

    def add(self, keys: Sequence[int], vectors: NDArray[np.float32]) -> None:
        """Adds vectors."""
        for start in range(0, len(keys), _BATCH):
            part = np.ascontiguousarray(vectors[start : start + _BATCH], np.float32)
            self._ask({"op": "add", "keys": list(keys[start : start + _BATCH]), "vectors": _text(part)}, _LONG_SECONDS)

    def nearest(self, vector: NDArray[np.float32], count: int) -> list[tuple[int, float]]:
        """(key, cosine) of about the `count` nearest, the nearest first: the search is approximate."""
        found = self._ask({"op": "query", "vector": _text(vector), "count": count}, _QUERY_SECONDS)
        return [(int(key), float(cosine)) for key, cosine in found]

    def count(self) -> int:
        """How many vectors it says it has."""
        return int(self._ask({"op": "count"}, _LONG_SECONDS))

    def keys(self) -> list[int]:
        """All keys."""
        return [int(key) for key in self._ask({"op": "keys"}, _LONG_SECONDS)]

    def drop(self, name: str) -> None:
        """Deletes another collection if it is there."""
        self._ask({"op": "drop", "name": name}, _LONG_SECONDS)

    def close(self) -> None:
        """Ends the child, giving Chroma the time to put its files in order."""
        with suppress(IndexFault, subprocess.TimeoutExpired):
            self._ask({"op": "close"}, _OPEN_SECONDS)
            self._process.wait(_OPEN_SECONDS)
        self._end()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def _ask(self, request: dict[str, Any], seconds: float) -> Any:
        with self._lock:
            try:
                assert self._process.stdin is not None
                self._process.stdin.write(json.dumps(request) + "\n")
                self._process.stdin.flush()
                line = self._replies.get(timeout=seconds)
            except Empty:
                self._end()
                raise IndexFault(f"Chroma did not answer within {seconds:g} seconds") from None
            except (OSError, ValueError):
                line = None
            if line is None:
                self._end()
                raise IndexFault(f"Chroma ended (exit status {self._process.returncode})")
        reply = json.loads(line)
        if "error" in reply:
            self._end()
            raise IndexFault(reply["error"], locked=reply.get("locked", False))
        return reply["ok"]

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as replies:
            for line in replies:
                self._replies.put(line)
        self._replies.put(None)

    def _end(self) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        # What was written and never read cannot be flushed any more. The listener closes the other pipe.
        with suppress(OSError):
            assert self._process.stdin is not None
            self._process.stdin.close()


def _text(vectors: NDArray[np.float32]) -> str:
    return base64.b64encode(np.ascontiguousarray(vectors, np.float32).tobytes()).decode("ascii")
