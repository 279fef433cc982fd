"""What the service knows about one state of the corpus, kept until the corpus changes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Protocol

from indicators.catalogue import Catalogue
from indicators.checks import load_rules
from indicators.observation import Imbalance, Observation
from indicators.store import Coverage, IndicatorStore, ReportItem
from qa_service.answering.prose import Prose
from qa_service.understanding.reading import Reader
from reports.agency import Agency
from vectorstore.search import EmbeddingSource, PassageSearch
from vectorstore.store import PassageStore


class CorpusSource(Protocol):
    """What answering needs of the library."""

    @property
    def store(self) -> IndicatorStore:
        """The figures."""

    @property
    def catalogue(self) -> Catalogue:
        """The indicators."""

    @property
    def passages(self) -> PassageStore:
        """The running text."""

    @property
    def search(self) -> PassageSearch:
        """Finds passages of it."""

    @property
    def embedding(self) -> EmbeddingSource:
        """What sentences are compared by, once it is loaded."""


@dataclass(frozen=True, eq=False)
class Corpus:
    """An immutable view: which bodies have reports for which years in which edition of the form."""

    store: IndicatorStore
    catalogue: Catalogue
    agencies: Mapping[str, Agency]
    coverage: Sequence[Coverage]
    reader: Reader = field(repr=False)
    prose: Prose = field(repr=False)
    # Filled as questions come; the corpus object lives for one generation only, so nothing in them can grow stale.
    _failed: dict[str, tuple[Imbalance, ...]] = field(default_factory=dict, repr=False)
    _items: dict[str, ReportItem] = field(default_factory=dict, repr=False)

    @cached_property
    def editions(self) -> Mapping[str, Mapping[int, str | None]]:
        """agency -> year -> edition of its current report, years ascending."""
        found: dict[str, dict[int, str | None]] = {agency: {} for agency in self.agencies}
        for item in sorted(self.coverage, key=lambda item: item.year):
            found.setdefault(item.agency_id, {})[item.year] = item.edition
        return found

    def years(self, agency: str) -> tuple[int, ...]:
        """Data years of an agency, ascending."""
        return tuple(self.editions.get(agency, {}))

    @cached_property
    def all_years(self) -> tuple[int, ...]:
        """Data years of the whole corpus, ascending."""
        return tuple(sorted({item.year for item in self.coverage}))

    def edition(self, agency: str, year: int) -> str | None:
        """Edition of that report; None if there is no report or no official form in it."""
        return self.editions.get(agency, {}).get(year)

    def name(self, agency: str, language: str) -> str:
        """The agency's name in the language of the answer."""
        known = self.agencies[agency]
        return known.english or known.name if language == "en" else known.name

    def observations(
        self,
        indicators: Sequence[str],
        agencies: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
        applicants: Sequence[str | None] | None = None,
    ) -> tuple[Observation, ...]:
        """Observations of current reports, every origin."""
        return self.store.observations(
            indicators=list(indicators),
            agencies=list(agencies) if agencies else None,
            years=list(years) if years else None,
            applicants=applicants,
        )

    def failed_identities(self, report: str) -> tuple[Imbalance, ...]:
        """Identities of the form that fail in that report."""
        if report not in self._failed:
            self._failed[report] = self.store.imbalances(report, ["fails"])
        return self._failed[report]

    def cells_of(self, report: str, places: Sequence[tuple[str, int, int]]) -> tuple[Observation, ...]:
        """The observations of those (table, row, column) places of a report."""
        wanted = set(places)
        found = self.store.observations(reports=[report])
        return tuple(o for o in found if (o.citation.table, o.citation.row, o.citation.column) in wanted)

    @staticmethod
    def rule_name(rule: str) -> tuple[str, str]:
        """(zh, en) name of an identity; its id twice where it is not known."""
        return next(((known.zh, known.en) for known in load_rules() if known.id == rule), (rule, rule))

    def report_items(self, ids: Sequence[str]) -> Mapping[str, ReportItem]:
        """Titles and files of reports, for citations."""
        unknown = [report for report in dict.fromkeys(ids) if report not in self._items]
        if unknown:
            self._items.update(self.store.report_items(unknown))
        return {report: self._items[report] for report in ids if report in self._items}


class CorpusView:
    """Gives the current corpus; rebuilt when the store's generation has changed. Safe to share between threads."""

    def __init__(self, source: CorpusSource) -> None:
        self._source = source
        self._lock = Lock()
        self._generation = -1
        self._corpus: Corpus | None = None

    def current(self) -> Corpus:
        """The corpus as stored now."""
        generation = self._source.store.generation()
        if self._corpus is not None and generation == self._generation:
            return self._corpus
        with self._lock:
            if self._corpus is None or generation != self._generation:
                self._corpus = self._load()
                self._generation = generation
            return self._corpus

    def _load(self) -> Corpus:
        store, catalogue = self._source.store, self._source.catalogue
        stored = store.corpus()
        agencies, coverage = stored.agencies, stored.coverage
        newest = max((item.year for item in coverage), default=None)
        reader = Reader(catalogue, agencies, newest)
        prose = Prose(self._source.passages, self._source.search, self._source.embedding)
        return Corpus(store, catalogue, {agency.id: agency for agency in agencies}, coverage, reader, prose)
