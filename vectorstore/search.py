"""Hybrid search over the passages: keywords and vectors.

Where the question says whose or which year's report is meant, the few passages of these reports are fetched from SQL and
all of them ranked exactly. Otherwise the keyword index and the vector index each propose candidates, which are ranked by
the same measure. Without vectors (the model still loads, the index is damaged) keywords answer alone.
"""

from collections import Counter, OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from reports.passage import Passage
from vectorstore.corpus_statistics import CorpusStatistics
from vectorstore.embedding import Embedding
from vectorstore.hits import Hit, SearchQuestion, rank_hits
from vectorstore.lexical import lexical_index
from vectorstore.lexical_tokens import lexical_tokens
from vectorstore.query_terms import chapter_terms, query_terms
from vectorstore.ranking import Candidate, Statistics, statistics_of
from vectorstore.store import PassageStore, Scope
from vectorstore.vector_file import KeySpans

__all__ = ["EmbeddingSource", "Hit", "PassageSearch", "VectorIndex"]

# As many reports are ranked passage by passage; more are searched through the indexes.
_EXACT_REPORTS = 24
# Prepared reports that are kept, a few hundred kilobytes each.
_KEPT_REPORTS = 128
_CANDIDATES = 48
# Passages that the keywords of one query may touch: what stands in half of all passages tells nothing.
_POSTINGS = 4_000
_LONGEST_QUERY = 1_000
_MOST_TOKENS = 64
_MOST_TERMS = 64


class EmbeddingSource(Protocol):
    """Gives the embedding once it is there."""

    def get(self) -> Embedding | None: ...


class VectorIndex(Protocol):
    """The vectors of all passages, or of some of them."""

    def nearest(
        self, embedding: Embedding, vector: NDArray[np.float32], count: int, among: KeySpans | None = None
    ) -> list[int]:
        """Keys of the passages nearest to a unit vector, the nearest first; fewer, or none, where it is degraded.

        among: spans of keys that alone are wanted; others may come all the same.
        """
        ...

    def vectors(self, embedding: Embedding, candidates: Sequence[Candidate]) -> NDArray[np.float32]:
        """[candidates, dimensions]: their unit vectors, stored or made anew."""
        ...


class PassageSearch:
    """Finds passages. Safe to use from many threads."""

    def __init__(
        self, passages: PassageStore, embedding: EmbeddingSource | None = None, index: VectorIndex | None = None
    ) -> None:
        self._passages = passages
        self._embedding = embedding
        self._index = index
        self._reports: OrderedDict[tuple[int, int], _ReportPassages] = OrderedDict()
        self._lock = Lock()
        self._corpus = CorpusStatistics()

    def search(
        self,
        query: str,
        *,
        agencies: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
        reports: Sequence[str] | None = None,
        sections: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        k: int = 5,
    ) -> tuple[Hit, ...]:
        """The best k passages, the best first; () where nothing in the scope bears on the query.

        agencies, reports: ids. sections: words of which the heading path must hold one ("依申请公开"). kinds: of
        `Passage.kind`. None is no condition, an empty sequence fits nothing. Raises StoreError where the database fails.
        """
        scope = Scope(agencies, years, reports, sections, kinds)
        question_terms = query_terms(query[:_LONGEST_QUERY])
        chapters = chapter_terms(question_terms.asked)
        terms = (*question_terms.terms, *chapters)[:_MOST_TERMS]
        asked = " ".join(
            [question_terms.text or question_terms.asked, *(form for term in chapters for form in term.forms)]
        )
        tokens = Counter(lexical_tokens(asked)[:_MOST_TOKENS])
        if not tokens or k < 1:
            return ()
        embedding = None if self._embedding is None else self._embedding.get()
        vector = None if embedding is None else embedding.encode([asked])[0]
        question = SearchQuestion(tokens, terms, embedding, vector)
        if scope.names_reports:
            found = self._passages.report_keys(scope, _EXACT_REPORTS)
            if len(found) <= _EXACT_REPORTS:
                return self._rank_reports(question, found, scope, k)
        return self._rank_candidates(question, scope, k)

    def neighbours(self, passage: Passage, reach: int = 1) -> tuple[Passage, ...]:
        """The passages of the same section just before and after, in reading order, without itself."""
        return self._passages.neighbours(passage, reach)

    def _rank_reports(
        self, question: SearchQuestion, reports: Sequence[tuple[int, int]], scope: Scope, k: int
    ) -> tuple[Hit, ...]:
        prepared = self._prepared(reports)
        candidates = [each for report in prepared for each in report.candidates]
        cosines = None
        if question.embedding is not None and question.vector is not None and candidates:
            vectors = [self._vectors_of(report, question.embedding) for report in prepared]
            cosines = np.concatenate(vectors) @ question.vector
        statistics = statistics_of(candidates, question.words)
        kept = [row for row, each in enumerate(candidates) if scope.takes_part(each.passage)]
        return rank_hits(
            question,
            [candidates[row] for row in kept],
            statistics,
            None if cosines is None else cosines[kept],
            k,
            across_reports=False,
        )

    def _rank_candidates(self, question: SearchQuestion, scope: Scope, k: int) -> tuple[Hit, ...]:
        with self._passages.reading() as connection:
            index = lexical_index(connection)
            statistics = self._corpus.read(connection, index, question.words)
            telling = _telling(question.words, statistics)
            among = scope.keys() if scope.names_reports else None
            keys = index.find(connection, telling, _CANDIDATES, among) if telling else []
        if self._index is not None and question.embedding is not None and question.vector is not None:
            spans = self._passages.key_spans(scope) if scope.names_reports else None
            keys += self._index.nearest(question.embedding, question.vector, _CANDIDATES, spans)
        found = self._passages.passages(dict.fromkeys(keys))
        candidates = [Candidate(key, found[key]) for key in dict.fromkeys(keys) if key in found]
        candidates = [each for each in candidates if scope.takes(each.passage)]
        cosines = None
        if question.embedding is not None and question.vector is not None and candidates:
            if self._index is None:
                vectors = question.embedding.encode([each.searched for each in candidates])
            else:
                vectors = self._index.vectors(question.embedding, candidates)
            cosines = vectors @ question.vector
        return rank_hits(question, candidates, statistics, cosines, k, across_reports=True)

    def _prepared(self, reports: Sequence[tuple[int, int]]) -> list["_ReportPassages"]:
        with self._lock:
            kept = {report: self._reports[report] for report in reports if report in self._reports}
        missing = [report for report in reports if report not in kept]
        if missing:
            read = self._passages.passages_of([key for key, _ in missing])
            for report in missing:
                kept[report] = _ReportPassages([Candidate(key, passage) for key, passage in read[report[0]]])
        with self._lock:
            for report in reports:
                self._reports[report] = kept[report]
                self._reports.move_to_end(report)
            while len(self._reports) > _KEPT_REPORTS:
                self._reports.popitem(last=False)
        return [kept[report] for report in reports]

    def _vectors_of(self, report: "_ReportPassages", embedding: Embedding) -> NDArray[np.float32]:
        if report.vectors is None or report.fingerprint != embedding.fingerprint:
            if self._index is None:
                report.vectors = embedding.encode([each.searched for each in report.candidates])
            else:
                report.vectors = self._index.vectors(embedding, report.candidates)
            report.fingerprint = embedding.fingerprint
        return report.vectors


@dataclass
class _ReportPassages:
    """All passages of one report, and once somebody asked, their vectors."""

    candidates: Sequence[Candidate]
    vectors: NDArray[np.float32] | None = None
    fingerprint: str = ""


def _telling(tokens: Sequence[str], statistics: Statistics) -> list[str]:
    """The rarest tokens of a query that stand anywhere, as many as a search may look up in a few milliseconds."""
    chosen: list[str] = []
    postings = 0
    for token in sorted(tokens, key=lambda each: statistics.frequencies[each]):
        frequency = statistics.frequencies[token]
        if not frequency:
            continue
        postings += frequency
        if chosen and postings > _POSTINGS:
            break
        chosen.append(token)
    return chosen
