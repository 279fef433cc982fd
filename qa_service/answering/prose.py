"""The running text of the reports, as answering needs it: sentences for a question, problems and commitments."""

from collections.abc import Sequence

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
_PROSE = "prose"


class Prose:
    """Passages, their search and the commitments of one collection. Safe to share between threads."""

    def __init__(self, passages: PassageStore, search: PassageSearch, embedding: EmbeddingSource) -> None:
        self._passages = passages
        self._search = search
        self._embedding = embedding

    def sentences(self, query: ProseQuery, points: Sequence[tuple[str, int]] | None = None) -> tuple[Quote, ...]:
        """Sentences that bear on the query, best first; () where nothing is to be looked for.

        points: the (agency, data year) whose reports alone are looked at; None looks everywhere.
        """
        if query.is_empty or points == ():
            return ()
        return rank_sentences(query, self._candidates(query, points), self._similarity)

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
            return [hit.passage for hit in self._search.search(query.text, kinds=[_PROSE], k=_PASSAGES)]
        agencies = sorted({agency for agency, _ in points})
        years = sorted({year for _, year in points})
        wanted = frozenset(points)
        if len(wanted) <= _READ_WHOLE:
            keys = self._passages.report_keys(Scope(agencies, years), len(agencies) * len(years))
            found = [
                passage
                for report in self._passages.passages_of([key for key, _ in keys]).values()
                for _, passage in report
            ]
            found = [passage for passage in found if passage.kind == _PROSE]
            found.sort(key=lambda passage: (passage.agency, passage.year, passage.position))
        else:
            hits = self._search.search(query.text, agencies=agencies, years=years, kinds=[_PROSE], k=_PASSAGES)
            found = [hit.passage for hit in hits]
        # Agencies and years are asked for apart; only the pairs of them that are meant may be shown.
        return [passage for passage in found if (passage.agency, passage.year) in wanted]

    def _similarity(self, text: str, sentences: Sequence[str]) -> Sequence[float]:
        embedding = self._embedding.get()
        if embedding is None or not sentences:
            return [0.0] * len(sentences)
        vectors = embedding.encode([text, *sentences])
        return [float(cosine) for cosine in vectors[1:] @ vectors[0]]
