"""What the service answers from: figures, passages and the catalogue, opened together on one database."""

import math
from collections.abc import Callable
from threading import Lock
from types import TracebackType
from typing import Self

from indicators.catalogue import Catalogue, load_catalogue
from indicators.store import Corpus, Coverage, IndicatorStore, Reading, ReportItem, Saved
from qa_service.keys.store import KeyStore
from qa_service.originals.page_pictures import PagePictures
from qa_service.originals.store import Originals
from qa_service.settings import Settings
from vectorstore.embedding import Embedding
from vectorstore.embedding_loader import EmbeddingLoader
from vectorstore.index_builder import IndexBuilder, IndexPlace
from vectorstore.index_check import find_lexical_fault, find_vector_fault, rebuild_lexical
from vectorstore.passage_writer import PassageWriter
from vectorstore.search import PassageSearch
from vectorstore.store import PassageStore
from vectorstore.vector_index import GenerationIndex

# From so many new passages on a new vector index is worth its seconds; until then they are compared one by one.
_NEW_PASSAGES = 5_000


class Library:
    """The open stores of one data folder. Safe to use from many threads; every process opens its own.

    store: reports and figures. passages: prose and commitments of the same reports, search: finds passages.
    originals: the files that the reports were read from, pictures: drawn pages of them. keys: who may change them.
    """

    def __init__(self, store: IndicatorStore, catalogue: Catalogue, settings: Settings) -> None:
        self.store = store
        self.catalogue = catalogue
        self.keys = KeyStore(store.reading, store.writing)
        self.passages = PassageStore(store.reading)
        self.embedding = EmbeddingLoader(lambda: _load_embedding(settings.embedding))
        self._place = IndexPlace(settings.data / "vectors", settings.chroma_url)
        self.vectors = GenerationIndex(self.passages, self._place)
        self.search = PassageSearch(self.passages, self.embedding, self.vectors)
        self.originals = Originals(settings.data / "originals")
        self.pictures = PagePictures()
        self._corpus: Corpus | None = None
        self._lock = Lock()

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Opens what the settings name; makes it if need be. Raises StoreError that says what to do."""
        return cls(IndicatorStore.open(settings.database_url, (PassageWriter(),)), load_catalogue(), settings)

    def close(self) -> None:
        """Closes the stores."""
        self.vectors.close()
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def save(self, reading: Reading, original: bytes | None = None) -> Saved:
        """Stores what was read from one file, figures and prose, as `IndicatorStore.save` does, and then the file itself."""
        saved = self.store.save(reading)
        if original is not None:
            self.originals.keep(original)
        return saved

    def keep_original(self, report_id: str, content: bytes) -> None:
        """Stores the file of a report that is stored, if it is not kept yet. Raises StoreError."""
        sha256 = self.store.find_sha256(report_id)
        if sha256 is not None and self.originals.find(sha256) is None:
            self.originals.keep(content)

    def report_item(self, report_id: str) -> ReportItem | None:
        """A stored report as lists show it; None if there is none of this id."""
        return self.store.report_items([report_id]).get(report_id)

    def remove(self, report_id: str) -> bool:
        """Deletes a report everywhere, its file too; False if there is none."""
        sha256 = self.store.find_sha256(report_id)
        if sha256 is not None:
            self.originals.remove(sha256)
        return self.store.remove(report_id)

    def repair_originals(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The current reports whose file was damaged and is deleted now, and those that have no file otherwise: their ids.

        Reads every file.
        """
        damaged, missing = [], []
        for each in self.store.coverage():
            sha256 = self.store.find_sha256(each.report_id)
            if sha256 is None:
                continue
            if self.originals.remove_damaged(sha256):
                damaged.append(each.report_id)
            elif self.originals.find(sha256) is None:
                missing.append(each.report_id)
        return tuple(damaged), tuple(missing)

    def corpus(self) -> Corpus:
        """All agencies and current reports: the same object until the store changes, by whichever process."""
        generation = self.store.generation()
        with self._lock:
            if self._corpus is None or self._corpus.generation != generation:
                self._corpus = self.store.corpus()
            return self._corpus

    def coverage(self) -> tuple[Coverage, ...]:
        """All current reports, by agency and year, as `corpus` keeps them."""
        return self.corpus().coverage

    def warm(self) -> None:
        """Loads the embedding and opens the vector index, so that no search has to wait for them."""
        embedding = self.embedding.get(math.inf)
        if embedding is not None:
            self.vectors.start(embedding)

    def reindex(self, progress: Callable[[int, int], None] = lambda _done, _total: None) -> int:
        """Makes both search indexes anew from SQL; how many passages they hold. progress: called with (done, total).

        Raises SettingsError or StoreError where the embedding or Chroma fails: then vectors stay as they were.
        """
        rebuild_lexical(self.passages, self.store.writing)
        return self._builder().build(self.embedding.require(), progress).vectors

    def index_new(self) -> int:
        """Builds the vector index anew if many passages came after the last time; how many it holds then, or 0."""
        pointer = self.vectors.pointer()
        if self.passages.last_key() - pointer.last_key < max(_NEW_PASSAGES, pointer.vectors // 10):
            return 0
        return self._builder().build(self.embedding.require()).vectors

    def repair(self) -> tuple[str, ...]:
        """Makes anew each search index that does not agree with SQL; what was wrong with them, () if nothing was."""
        found = []
        lexical = find_lexical_fault(self.passages, self.store.writing)
        if lexical is not None:
            rebuild_lexical(self.passages, self.store.writing)
            found.append(lexical)
        vectors = find_vector_fault(self.passages, self._place, self.embedding.require())
        if vectors is not None:
            self._builder().build(self.embedding.require())
            found.append(vectors)
        return tuple(found)

    def _builder(self) -> IndexBuilder:
        return IndexBuilder(self.passages, self.store.writing, self._place)


def _load_embedding(name: str | None) -> Embedding:
    # Tokenizers and the model's table: no figure waits for them.
    from vectorstore.embedding import load_embedding

    return load_embedding(name)
