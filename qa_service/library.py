"""What the service answers from: the store and the catalogue, opened together."""

from threading import Lock
from types import TracebackType
from typing import Self

from indicators.catalogue import Catalogue, load_catalogue
from indicators.store import Corpus, Coverage, IndicatorStore, Reading, Saved
from qa_service.settings import Settings


class Library:
    """The open stores of one data folder. Safe to use from many threads; every process opens its own."""

    def __init__(self, store: IndicatorStore, catalogue: Catalogue) -> None:
        self.store = store
        self.catalogue = catalogue
        self._corpus: Corpus | None = None
        self._lock = Lock()

    @classmethod
    def open(cls, settings: Settings) -> Self:
        """Opens what the settings name; makes it if need be. Raises StoreError that says what to do."""
        return cls(IndicatorStore.open(settings.database_url), load_catalogue())

    def close(self) -> None:
        """Closes the stores."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def save(self, reading: Reading) -> Saved:
        """Stores what was read from one file, as `IndicatorStore.save` does."""
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
