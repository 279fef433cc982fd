"""Kills storing and reindexing at random moments and looks at what is left: `python -m tests.vectorstore.index_kills 50`.

Each run stores one report after the other and builds a new generation of vectors after each, all in one data folder that
goes through all kills.
"""

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from indicators.store import IndicatorStore
from tests.imports import ROOT
from tests.vectorstore.stand_in import HashedTokens
from tests.vectorstore.told_reports import OFFICE, told
from vectorstore.index_builder import IndexBuilder, IndexPlace
from vectorstore.index_check import find_lexical_fault, find_vector_fault
from vectorstore.passage_writer import PassageWriter
from vectorstore.store import PassageStore
from vectorstore.vector_index import GenerationIndex

_EMBEDDING = HashedTokens()
_PER_RUN = 50
_MODULE = "tests.vectorstore.index_kills"


def store_and_build(dsn: str, root: Path, first_year: int) -> None:
    """Stores a report and builds, again and again, saying "stored <id>" and "built" after each, until it is killed."""
    with IndicatorStore.open(dsn, (PassageWriter(),)) as store:
        passages = PassageStore(store.reading)
        builder = IndexBuilder(passages, store.writing, IndexPlace(root))
        for year in range(first_year, first_year + _PER_RUN):
            _say(f"stored {store.save(told(OFFICE, year)).report_id}")
            builder.build(_EMBEDDING)
            _say("built")


def kill_often(dsn: str, root: Path, kills: int, seed: int) -> Iterator[str]:
    """Kills as often, looks after each kill, and at the end builds once in peace and compares every vector. Says what it did."""
    moments = random.Random(seed)
    stored: set[str] = set()
    with IndicatorStore.open(dsn, (PassageWriter(),)) as store:
        passages = PassageStore(store.reading)
        for number in range(kills):
            before = len(stored)
            how = _kill_once(dsn, root, 2000 + _PER_RUN * number, moments, stored)
            yield f"kill {number + 1}: {how}, {len(stored) - before} reports said to be stored"
            # A report may have been stored just before it could be said: nothing said is lost.
            assert stored <= {item.id for item in store.reports(limit=10_000)}
            assert find_lexical_fault(passages, store.writing) is None
            assert find_vector_fault(passages, IndexPlace(root), _EMBEDDING) is None
        IndexBuilder(passages, store.writing, IndexPlace(root)).build(_EMBEDDING)
        assert_no_ghosts(passages, IndexPlace(root))


def assert_no_ghosts(passages: PassageStore, place: IndexPlace) -> None:
    """Chroma holds the vectors of the stored passages, all of them and no other; no other generation is left."""
    index = GenerationIndex(passages, place)
    index.start(_EMBEDDING)
    index.wait()
    try:
        chroma = index._open.chroma
        assert chroma is not None
        with_vectors = sorted(chroma.keys())
    finally:
        index.close()
    assert with_vectors == [key for batch in passages.texts() for key, _ in batch]
    assert [folder.name for folder in place.root.iterdir() if folder.is_dir()] == [index.pointer().name]


def _kill_once(dsn: str, root: Path, first_year: int, moments: random.Random, stored: set[str]) -> str:
    """Kills one run some time after it said so many things: the whole group, or it alone and not its Chroma."""
    arguments = [sys.executable, "-m", _MODULE, dsn, str(root), str(first_year)]
    process = subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, text=True, process_group=0)
    assert process.stdout is not None
    lines = moments.choice((0, 1, 1, 1, 2, 2, 3))
    said = [process.stdout.readline() for _ in range(lines)]
    time.sleep(moments.random() * (1.5 if lines else 2.0))
    alone = moments.random() < 0.5
    os.kill(process.pid, signal.SIGKILL) if alone else os.killpg(process.pid, signal.SIGKILL)
    rest, _ = process.communicate(timeout=60)
    stored.update(
        line.split()[1] for line in [*said, *rest.splitlines()] if line.startswith("stored ") and line.split()[1:]
    )
    return f"after {lines} lines, {'alone' if alone else 'with its Chroma'}"


def _say(line: str) -> None:
    print(line, flush=True)  # noqa: T201


def main() -> None:
    """With an address, a folder and a year: the run that is killed. With a number: kills as often."""
    if len(sys.argv) == 4:
        store_and_build(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
        return
    with tempfile.TemporaryDirectory(prefix="wenbao-index-kills-") as scratch:
        dsn = f"sqlite:///{scratch}/wenbao.sqlite3"
        for line in kill_often(dsn, Path(scratch) / "vectors", int(sys.argv[1]), seed=int((*sys.argv, "1")[2])):
            _say(line)


if __name__ == "__main__":
    main()
