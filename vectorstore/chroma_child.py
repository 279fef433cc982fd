"""The process that has Chroma open: `python -m vectorstore.chroma_child`, started by vectorstore/chroma_process.py.

Chroma's native code can end its process (a truncated graph does); here that ends an answer's second opinion, not the
service. It also keeps Chroma's import, seconds long, away from whoever answers figures.

One JSON object a line on standard input is a request, one on standard output its reply: {"ok": …} or {"error": "…"}.
The first request opens: {"op": "open", "folder": … or "url": …, "name": collection, "create": bool}. When standard input
ends, so does the process: it never outlives its parent.
"""

import base64
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import numpy as np
from filelock import FileLock, Timeout

# Enough to look at for 64 neighbours; Chroma's defaults find too few of them.
_HNSW = {"space": "ip", "ef_construction": 128, "ef_search": 160, "max_neighbors": 16}
_PAGE = 10_000


class _Index:
    """One collection."""

    def __init__(self, request: dict[str, Any]) -> None:
        import chromadb

        self._lock: FileLock | None = None
        if request.get("url"):
            parts = urlsplit(request["url"])
            port = parts.port or (443 if parts.scheme == "https" else 80)
            self._client: Any = chromadb.HttpClient(parts.hostname or "", port, parts.scheme == "https")
        else:
            folder = Path(request["folder"])
            self._lock = FileLock(request["lock"], timeout=0)
            self._lock.acquire()
            folder.mkdir(exist_ok=True)
            self._client = chromadb.PersistentClient(folder)
        # No embedding function: Chroma's own would be downloaded, and a collection may name one that loads code.
        if request["create"]:
            self._collection: Any = self._client.create_collection(
                request["name"],
                configuration={"hnsw": _HNSW},
                embedding_function=None,
            )
        else:
            self._collection = self._client.get_collection(request["name"], embedding_function=None)

    def add(self, request: dict[str, Any]) -> int:
        vectors = np.frombuffer(base64.b64decode(request["vectors"]), np.float32)
        keys = [str(key) for key in request["keys"]]
        self._collection.add(keys, embeddings=vectors.reshape(len(keys), -1))
        return len(keys)

    def query(self, request: dict[str, Any]) -> list[list[float]]:
        """[key, cosine] of the nearest."""
        vector = np.frombuffer(base64.b64decode(request["vector"]), np.float32)
        found = self._collection.query(query_embeddings=[vector], n_results=request["count"], include=["distances"])
        return [[int(key), 1 - distance] for key, distance in zip(found["ids"][0], found["distances"][0], strict=True)]

    def count(self, _: dict[str, Any]) -> int:
        return int(self._collection.count())

    def keys(self, _: dict[str, Any]) -> list[int]:
        total = self._collection.count()
        pages = (
            self._collection.get(limit=_PAGE, offset=offset, include=[])["ids"] for offset in range(0, total, _PAGE)
        )
        return [int(key) for page in pages for key in page]

    def drop(self, request: dict[str, Any]) -> bool:
        """Deletes another collection if it is there: others on the same server may not be ours."""
        there = request["name"] in [each.name for each in self._client.list_collections()]
        if there:
            self._client.delete_collection(request["name"])
        return there

    def close(self, _: dict[str, Any]) -> bool:
        self._client.close()
        return True


def main() -> None:
    """Serves requests until standard input ends."""
    # Ctrl+C reaches the whole group; the parent decides what becomes of us.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # What a library prints must not get between the replies.
    replies = os.fdopen(os.dup(1), "w", encoding="ascii")
    os.dup2(2, 1)
    index: _Index | None = None
    for line in sys.stdin:
        request = json.loads(line)
        operation = request["op"]
        reply: dict[str, Any]
        try:
            if operation == "open":
                index = _Index(request)
                reply = {"ok": True}
            else:
                reply = {"ok": getattr(index, operation)(request)}
        except Timeout:
            reply = {"error": "another process has it open", "locked": True}
        # Chroma raises what it likes, and its Rust side's panics are no Exception.
        except BaseException as error:  # noqa: BLE001
            reply = {"error": " ".join(f"{type(error).__name__}: {error}".split())[:300]}
        replies.write(json.dumps(reply) + "\n")
        replies.flush()
        if operation == "close":
            return


if __name__ == "__main__":
    main()
