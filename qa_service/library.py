"""What the service answers from: figures, passages and the catalogue, opened together on one database."""

from threading import Lock
from types import TracebackType
from typing import Self

from indicators.catalogue import Catalogue, load_catalogue
from indicators.store import Corpus, Coverage, IndicatorStore, Reading, Saved
from qa_service.settings import Settings
from vectorstore.embedding import Embedding
from vectorstore.embedding_loader import EmbeddingLoader
from vectorstore.passage_writer import PassageWriter
from vectorstore.search import PassageSearch
from vectorstore.store import PassageStore


class Library:
    """The open stores of one data folder. Safe to use from many threads; every process opens its own.

    store: reports and figures. passages: prose and commitments of the same reports, search: finds passages.
    """

    def __init__(self, store: IndicatorStore, catalogue: Catalogue, settings: Settings) -> None:
        self.store = store
        self.catalogue = catalogue
        self.passages = PassageStore(store.reading)
        self.embedding = EmbeddingLoader(lambda: _load_embedding(settings.embedding))
        self.search = PassageSearch(self.passages, self.embedding)
        self._corpus: Corpus | None = None
        self._lock = Lock()

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Opens what the settings name; makes it if need be. Raises StoreError that says what to do."""
        return cls(IndicatorStore.open(settings.database_url, (PassageWriter(),)), load_catalogue(), settings)

    def close(self) -> None:
        """Closes the stores."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def save(self, reading: Reading) -> Saved:
        """Stores what was read from one file, figures and prose, as `IndicatorStore.save` does."""
        return self.store.save(reading)

    def remove(self, report_id: str) -> bool:
        """Deletes a report everywhere; False if there is none."""
        return self.store.remove(report_id)

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


def _load_embedding(name: str | None) -> Embedding:
    # Tokenizers and the model's table: no figure waits for them.
    from vectorstore.embedding import load_embedding

    return load_embedding(name)
