"""The running text of the reports, as answering needs it: sentences for a question, problems and commitments."""

from collections.abc import Sequence
from threading import Lock

from qa_service.answering.meaning import Meaning
from qa_service.answering.prose_query import ProseQuery
from qa_service.answering.sentences import Quote, rank_sentences
from reports.passage import Commitment, Passage
from vectorstore.prose_pages import CommitmentFilter, read_commitment_page
from vectorstore.search import EmbeddingSource, PassageSearch
from vectorstore.store import PassageStore, Scope

# As many reports are read sentence by sentence; more are searched for passages first.
_READ_WHOLE = 12
_PASSAGES = 40
_COMMITMENTS = 2_000
# Reports kept in memory: some tens of megabytes.
_KEPT_REPORTS = 256
_PROSE = "prose"


class Prose:
    """Passages, their search and the commitments of one collection. Safe to share between threads."""

    def __init__(self, passages: PassageStore, search: PassageSearch, embedding: EmbeddingSource) -> None:
        self._passages = passages
        self._search = search
        self._meaning = Meaning(embedding)
        # Of this state of the collection; a changed one has a Prose of its own.
        self._reports: dict[tuple[str, int], tuple[Passage, ...]] = {}
        self._lock = Lock()

    def sentences(self, query: ProseQuery, points: Sequence[tuple[str, int]] | None = None) -> tuple[Quote, ...]:
        """Sentences that bear on the query, best first; () where nothing is to be looked for.

        points: the (agency, data year) whose reports alone are looked at; None looks everywhere.
        """
        if query.is_empty or points == ():
            return ()
        return rank_sentences(query, self._candidates(query, points), self._meaning)

    def commitments(
        self, agencies: Sequence[str] | None, years: Sequence[int] | None, kinds: Sequence[str] | None = None
    ) -> tuple[Commitment, ...]:
        """All problems and commitments of these agencies and years, by agency, year and place in the report."""
        return self._passages.commitments(agencies, years, None, kinds)

    def commitments_about(
        self, years: Sequence[int] | None, kinds: Sequence[str], themes: Sequence[str], words: Sequence[str]
    ) -> tuple[Commitment, ...]:
        """Problems and commitments of all agencies on one of the themes, or with one of the words; the first thousands."""
        wanted = CommitmentFilter(None, years, kinds, themes or None, (), words)
        return read_commitment_page(self._passages, wanted, None, _COMMITMENTS).items

    def _candidates(self, query: ProseQuery, points: Sequence[tuple[str, int]] | None) -> list[Passage]:
        if points is None:
            return [hit.passage for hit in self._search.search(query.asked, kinds=[_PROSE], k=_PASSAGES)]
        wanted = frozenset(points)
        if len(wanted) <= _READ_WHOLE:
            return [passage for point in sorted(wanted) for passage in self._report(point)]
        agencies = sorted({agency for agency, _ in points})
        years = sorted({year for _, year in points})
        hits = self._search.search(query.asked, agencies=agencies, years=years, kinds=[_PROSE], k=_PASSAGES)
        # Agencies and years are asked for apart; only the pairs of them that are meant may be shown.
        return [hit.passage for hit in hits if (hit.passage.agency, hit.passage.year) in wanted]

    def _report(self, point: tuple[str, int]) -> tuple[Passage, ...]:
        """The running text of one report, in reading order."""
        with self._lock:
            if point in self._reports:
                return self._reports[point]
        agency, year = point
        keys = [key for key, _ in self._passages.report_keys(Scope([agency], [year]), 1)]
        read = self._passages.passages_of(keys)
        found = tuple(passage for key in keys for _, passage in read[key] if passage.kind == _PROSE)
        with self._lock:
            while len(self._reports) >= _KEPT_REPORTS:
                self._reports.pop(next(iter(self._reports)))
            self._reports[point] = found
        return found
