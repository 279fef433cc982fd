"""The vector index: built, verified, answered from, damaged in every way, repaired."""

import json
import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from filelock import FileLock

from indicators.store import IndicatorStore
from reports.errors import StoreError
from tests.vectorstore.index_kills import kill_often
from tests.vectorstore.stand_in import Given, HashedTokens
from tests.vectorstore.told_reports import BUREAU, CHANNELS, OFFICE, SECRECY, told
from vectorstore.chroma_process import IndexFault
from vectorstore.generations import BUILD_LOCK, MANIFEST_FILE, OWNER_LOCK, read_pointer
from vectorstore.index_builder import IndexBuilder, IndexPlace
from vectorstore.index_check import find_lexical_fault, find_vector_fault, rebuild_lexical
from vectorstore.passage_writer import PassageWriter
from vectorstore.search import PassageSearch
from vectorstore.store import PassageStore
from vectorstore.vector_file import KEYS_FILE, VECTORS_FILE
from vectorstore.vector_index import GenerationIndex

EMBEDDING = HashedTokens()
QUERY = "怎么做保密审查"


@pytest.fixture
def dsn(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/wenbao.sqlite3"


@pytest.fixture
def builder(store: IndicatorStore, passages: PassageStore, place: IndexPlace) -> IndexBuilder:
    store.save_many([told(OFFICE, 2017), told(BUREAU, 2018)])
    return IndexBuilder(passages, store.writing, place)


@pytest.fixture
def index(passages: PassageStore, place: IndexPlace) -> Iterator[GenerationIndex]:
    opened = GenerationIndex(passages, place)
    yield opened
    opened.close()


def nearest_texts(index: GenerationIndex, passages: PassageStore, count: int = 3) -> list[str]:
    index.start(EMBEDDING)
    index.wait()
    keys = index.nearest(EMBEDDING, EMBEDDING.encode([QUERY])[0], count)
    found = passages.passages(keys)
    return [found[key].text for key in keys if key in found]


def generation(place: IndexPlace) -> Path:
    return next(folder for folder in place.root.iterdir() if (folder / MANIFEST_FILE).exists())


def test_a_generation_is_built_verified_and_answered_from(
    builder: IndexBuilder, index: GenerationIndex, passages: PassageStore, place: IndexPlace, store: IndicatorStore
) -> None:
    progress: list[tuple[int, int]] = []
    pointer = builder.build(EMBEDDING, lambda done, total: progress.append((done, total)))
    assert (pointer.vectors, pointer.last_key) == (passages.count(), passages.last_key())
    assert progress[-1] == (10, 10)
    assert nearest_texts(index, passages)[:2] == [SECRECY, SECRECY]
    assert (index.state().mode, index.state().problem, index.state().recent) == ("chroma", None, 0)
    # A second process that wants the same files is told, and compares the vectors itself.
    other = GenerationIndex(passages, place)
    assert nearest_texts(other, passages)[:2] == [SECRECY, SECRECY]
    assert other.state().mode == "exact"
    assert "another process" in (other.state().problem or "")
    other.close()
    # What came later is found at once, what was removed no more.
    store.save(told(OFFICE, 2019, texts=[SECRECY + "另行规定的除外。"]))
    assert "另行规定" in "".join(nearest_texts(index, passages))
    for item in store.reports():
        store.remove(item.id)
    assert nearest_texts(index, passages, 10) == []
    # The next generation takes the place of this one, everywhere.
    store.save(told(BUREAU, 2020, texts=[CHANNELS]))
    assert builder.build(EMBEDDING).vectors == 2
    assert nearest_texts(index, passages) == [CHANNELS, "收到申请数：3件"]
    assert [folder.name for folder in place.root.iterdir() if folder.is_dir()] == [index.state().name]


def test_chroma_that_ends_is_started_once_more_and_then_left(
    builder: IndexBuilder, index: GenerationIndex, passages: PassageStore
) -> None:
    builder.build(EMBEDDING)
    for mode in ("chroma", "exact"):
        assert nearest_texts(index, passages)[0] == SECRECY
        chroma = index._open.chroma
        assert chroma is not None
        os.kill(chroma.pid, signal.SIGKILL)
        assert nearest_texts(index, passages)[0] == SECRECY
        index.start(EMBEDDING)
        index.wait()
        assert index.state().mode == mode
    assert "doctor" in (index.state().problem or "")


def cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def overwrite(file: Path) -> None:
    file.write_bytes(b"no database" * 1000)


def flip(file: Path) -> None:
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 0xFF
    file.write_bytes(content)


def chroma_file(folder: Path) -> Path:
    return folder / "chroma" / "chroma.sqlite3"


def rewrite_manifest(folder: Path, **changes: object) -> None:
    said = json.loads((folder / MANIFEST_FILE).read_text())
    (folder / MANIFEST_FILE).write_text(json.dumps(said | changes))


DAMAGES: dict[str, tuple[Callable[[Path], object], str]] = {
    "vectors cut": (lambda folder: cut(folder / VECTORS_FILE), "none"),
    "vectors flipped": (lambda folder: flip(folder / VECTORS_FILE), "none"),
    "keys flipped": (lambda folder: flip(folder / KEYS_FILE), "none"),
    "keys gone": (lambda folder: (folder / KEYS_FILE).unlink(), "none"),
    "no manifest": (lambda folder: (folder / MANIFEST_FILE).unlink(), "none"),
    "manifest cut": (lambda folder: cut(folder / MANIFEST_FILE), "none"),
    "older format": (lambda folder: rewrite_manifest(folder, format=0), "none"),
    "of another database": (lambda folder: rewrite_manifest(folder, name="passages-other"), "none"),
    "folder moved": (lambda folder: folder.rename(folder.parent / "elsewhere"), "none"),
    "chroma cut": (lambda folder: cut(chroma_file(folder)), "exact"),
    "chroma no database": (lambda folder: overwrite(chroma_file(folder)), "exact"),
}


@dataclass(frozen=True)
class Copy:
    """A data folder of its own, with a database and the index that was built of it."""

    store: IndicatorStore
    place: IndexPlace

    @property
    def passages(self) -> PassageStore:
        return PassageStore(self.store.reading)


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Built once, for Chroma takes seconds to start; tests that damage it take a copy."""
    folder = tmp_path_factory.mktemp("built")
    with IndicatorStore.open(f"sqlite:///{folder}/wenbao.sqlite3", (PassageWriter(),)) as store:
        store.save_many([told(OFFICE, 2017), told(BUREAU, 2018)])
        IndexBuilder(PassageStore(store.reading), store.writing, IndexPlace(folder / "vectors")).build(EMBEDDING)
    return folder


@pytest.fixture
def copy(built: Path, tmp_path: Path) -> Iterator[Copy]:
    folder = shutil.copytree(built, tmp_path / "copy")
    with IndicatorStore.open(f"sqlite:///{folder}/wenbao.sqlite3", (PassageWriter(),)) as store:
        yield Copy(store, IndexPlace(folder / "vectors"))


@contextmanager
def opened(copy: Copy, place: IndexPlace | None = None) -> Iterator[GenerationIndex]:
    index = GenerationIndex(copy.passages, place or copy.place)
    yield index
    index.close()


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_told_while_answers_go_on(copy: Copy, damage: str) -> None:
    do, mode = DAMAGES[damage]
    do(generation(copy.place))
    assert find_vector_fault(copy.passages, copy.place, EMBEDDING)
    with opened(copy) as index:
        assert nearest_texts(index, copy.passages)[:2] == [SECRECY, SECRECY]
        assert index.state().mode == mode
        assert "doctor" in (index.state().problem or "")
        assert PassageSearch(copy.passages, Given(), index).search(QUERY)[0].passage.text == SECRECY


def test_damage_is_repaired_by_a_new_generation(copy: Copy) -> None:
    flip(generation(copy.place) / VECTORS_FILE)
    IndexBuilder(copy.passages, copy.store.writing, copy.place).build(EMBEDDING)
    assert find_vector_fault(copy.passages, copy.place, EMBEDDING) is None


def test_an_index_of_another_model_is_not_used(copy: Copy) -> None:
    other = replace(EMBEDDING, name="other", dimensions=32)
    assert "another embedding" in (find_vector_fault(copy.passages, copy.place, other) or "")
    with opened(copy) as index:
        index.start(other)
        index.wait()
        keys = index.nearest(other, other.encode([SECRECY])[0], 2)
        assert {each.text for each in copy.passages.passages(keys).values()} == {SECRECY}
        assert (index.state().mode, "another embedding" in (index.state().problem or "")) == ("none", True)


def test_an_index_locked_by_another_process_is_left_alone(copy: Copy) -> None:
    with FileLock(generation(copy.place) / OWNER_LOCK), opened(copy) as index:
        assert nearest_texts(index, copy.passages)[0] == SECRECY
        assert (index.state().mode, "another process" in (index.state().problem or "")) == ("exact", True)
        assert find_vector_fault(copy.passages, copy.place, EMBEDDING) is None
    assert chroma_file(generation(copy.place)).exists()


def test_a_server_that_is_not_there_is_told(copy: Copy) -> None:
    away = IndexPlace(copy.place.root, "http://127.0.0.1:9")
    with opened(copy, away) as index:
        assert nearest_texts(index, copy.passages)[0] == SECRECY
        assert (index.state().mode, "server" in (index.state().problem or "")) == ("exact", True)
        with pytest.raises(StoreError, match="could not be built"):
            IndexBuilder(copy.passages, copy.store.writing, away).build(EMBEDDING)
        assert index.pointer().name == index.state().name


def test_nobody_builds_while_somebody_builds(copy: Copy) -> None:
    with FileLock(copy.place.root / BUILD_LOCK), pytest.raises(StoreError, match="Another process is rebuilding"):
        IndexBuilder(copy.passages, copy.store.writing, copy.place).build(EMBEDDING)


def test_a_build_that_cannot_be_verified_changes_nothing(copy: Copy, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise IndexFault("as told by the test")

    monkeypatch.setattr("vectorstore.index_builder.verify", fail)
    before = generation(copy.place)
    with pytest.raises(StoreError, match="as told by the test"):
        IndexBuilder(copy.passages, copy.store.writing, copy.place).build(EMBEDDING)
    with copy.store.reading() as connection:
        assert read_pointer(connection).name == before.name
    assert generation(copy.place) == before


def test_the_keyword_index_is_compared_and_made_anew(copy: Copy) -> None:
    passages, writing = copy.passages, copy.store.writing
    assert find_lexical_fault(passages, writing) is None
    with writing() as connection:
        connection.exec_driver_sql("INSERT INTO passage_tokens (passage_tokens) VALUES ('delete-all')")
    assert "0 passages instead of 10" in (find_lexical_fault(passages, writing) or "")
    assert rebuild_lexical(passages, writing) == 10
    assert find_lexical_fault(passages, writing) is None
    assert PassageSearch(passages).search(QUERY)[0].passage.text == SECRECY


def test_kills_at_any_moment_lose_nothing_and_leave_no_ghost(dsn: str, place: IndexPlace) -> None:
    assert len(list(kill_often(dsn, place.root, kills=3, seed=1))) == 3
