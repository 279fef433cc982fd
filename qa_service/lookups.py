"""What programs may look up besides asking questions: figures, passages, commitments and reports, by everyday names.

Nothing here is written by a language model. The LangChain tools (qa_service/tools.py) and the tools of the Model Context
Protocol (qa_service/web/mcp) are these look-ups.
"""

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from indicators.observation import Observation
from indicators.stored_report import ReportItem
from qa_service.answering.corpus import Corpus, CorpusView
from qa_service.library import Library
from qa_service.understanding.asked_agencies import find_asked_agencies
from reports.errors import WenbaoError
from reports.passage import Commitment
from reports.theme import THEMES, match_themes_in_question
from vectorstore.prose_pages import CommitmentFilter, read_commitment_page
from vectorstore.search import Hit

_MOST_FIGURES = 200
_MOST_COMMITMENTS = 100
MOST_REPORTS = 1000
_AGENCIES_SHOWN = 20

# The arguments, with what a program or a language model is told about each.
IndicatorName = Annotated[
    str, Field(description="What is counted: an indicator id, its official label, or everyday words.")
]
AgencyName = Annotated[
    str | None,
    Field(description="A public body by any of its names, Chinese or English, or its id. Leave out for all."),
]
DataYear = Annotated[
    int | None,
    Field(
        description="Data year of the report (the year it tells of, not the year it was published). Leave out for all."
    ),
]
Applicant = Annotated[
    str | None, Field(description="Applicant type (natural_person, business, …); leave out for the total.")
]
Query = Annotated[str, Field(description="What to look for, in Chinese or English.")]
PassageCount = Annotated[int, Field(ge=1, le=50, description="How many passages at most.")]
Theme = Annotated[str | None, Field(description="What they are about: a theme id, or words. Leave out for all.")]


class UnknownName(WenbaoError):
    """No body or indicator is called that; the message says what there is."""


class Lookups:
    """Look-ups over an open library, always as stored now. Safe between threads. Names are those of everyday life."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._view = CorpusView(library)

    def corpus(self) -> Corpus:
        """The corpus as stored now."""
        return self._view.current()

    def figures(
        self, indicator: str, agency: str | None = None, year: int | None = None, applicant: str | None = None
    ) -> tuple[Observation, ...]:
        """Stored figures, at most 200, without applicant types unless one is named. Raises UnknownName."""
        corpus = self.corpus()
        found = corpus.observations(
            _indicators(corpus, indicator),
            _agencies(corpus, agency),
            None if year is None else [year],
            [applicant] if applicant else [None, "total"],
        )
        return tuple(found[:_MOST_FIGURES])

    def passages(self, query: str, agency: str | None = None, year: int | None = None, k: int = 5) -> tuple[Hit, ...]:
        """The passages that fit the words best, best first. Raises UnknownName."""
        agencies = _agencies(self.corpus(), agency)
        years = None if year is None else [year]
        return self._library.search.search(query, agencies=agencies, years=years, kinds=["prose"], k=k)

    def commitments(
        self, theme: str | None = None, agency: str | None = None, year: int | None = None, kind: str | None = None
    ) -> tuple[Commitment, ...]:
        """Problems and commitments, at most 100. kind: "problem", "commitment", None for both. Raises UnknownName."""
        themes, words = _themes(theme)
        wanted = CommitmentFilter(
            _agencies(self.corpus(), agency),
            None if year is None else [year],
            None if kind is None else [kind],
            themes,
            words,
        )
        return read_commitment_page(self._library.passages, wanted, None, _MOST_COMMITMENTS).items

    def reports(self, agency: str | None = None, year: int | None = None) -> tuple[ReportItem, ...]:
        """Current reports by agency and year, at most 1000. Raises UnknownName."""
        store = self._library.store
        agencies = _agencies(self.corpus(), agency)
        if agencies is None:
            return store.reports(None, year, limit=MOST_REPORTS)
        return tuple(item for each in agencies for item in store.reports(each, year, limit=MOST_REPORTS))[:MOST_REPORTS]


def _agencies(corpus: Corpus, name: str | None) -> list[str] | None:
    """The ids meant by a name; None for all. Raises UnknownName for a body that has no report here."""
    if name is None or not name.strip():
        return None
    if name in corpus.agencies:
        return [name]
    asked = find_asked_agencies(corpus.reader, corpus.reader.read(name))
    found = asked.agencies or asked.choices
    if not found:
        shown = list(corpus.agencies.values())[:_AGENCIES_SHOWN]
        have = "; ".join(f"{agency.name} ({agency.id})" for agency in shown)
        raise UnknownName(f"There is no report of {name!r} here. Bodies with reports: {have}.")
    return list(found)


def _indicators(corpus: Corpus, words: str) -> Sequence[str]:
    """Ids meant by an id, a label or everyday words. Raises UnknownName where nothing fits."""
    if corpus.catalogue.find(words) is not None:
        return [words]
    matches = corpus.reader.names.match(corpus.reader.read(words).words)
    best = next((match.concept for match in matches if match.score > 0 and match.concept.members), None)
    if best is None:
        raise UnknownName(
            f"No indicator is called {words!r}. Use an id or a label of GET /v1/indicators, such as legacy.requests.received."
        )
    return best.members


def _themes(words: str | None) -> tuple[list[str] | None, tuple[str, ...]]:
    """(theme ids, words of the text) meant by an id or by words."""
    if words is None or not words.strip():
        return None, ()
    if any(theme.id == words for theme in THEMES):
        return [words], ()
    themes = match_themes_in_question(words)
    return (list(themes), ()) if themes else (None, tuple(words.split()))
