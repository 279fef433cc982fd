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
from sqlalchemy import Connection, func, select

from reports.passage import Passage
from vectorstore import schema
from vectorstore.asked_chapters import with_chapter_words
from vectorstore.embedding import Embedding
from vectorstore.lexical import LexicalIndex, lexical_index
from vectorstore.lexical_tokens import lexical_tokens
from vectorstore.ranking import Candidate, Statistics, bm25_scores, fused_scores, same_text, statistics_of
from vectorstore.store import PassageStore, Scope

# As many reports are ranked passage by passage; more are searched through the indexes.
_EXACT_REPORTS = 24
# Prepared reports that are kept, a few hundred kilobytes each.
_KEPT_REPORTS = 128
_CANDIDATES = 48
# Passages that the keywords of one query may touch: what stands in half of all passages tells nothing.
_POSTINGS = 8_000
_LONGEST_QUERY = 1_000
_MOST_TOKENS = 64
_KEPT_TOKENS = 50_000
_TABLE_ROW_BEHIND = 0.3
# Where no report is asked for, none of them may fill the answer alone: so many passages, or a third of the answer.
_OF_ONE_REPORT = 3
# Below this score a passage has nothing to say on the question (docs/decisions/0007-passage-search.md).
_FLOOR = 0.15


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage that was found. score: higher is better, comparable between questions.

    lexical_rank, vector_rank: 1-based place among the candidates by keywords and by vectors; None where it shares no
    keyword with the question, or where there are no vectors.
    """

    passage: Passage
    score: float
    lexical_rank: int | None
    vector_rank: int | None


class EmbeddingSource(Protocol):
    """Gives the embedding once it is there."""

    def get(self) -> Embedding | None: ...


class VectorIndex(Protocol):
    """The vectors of all passages, or of some of them."""

    def nearest(self, embedding: Embedding, vector: NDArray[np.float32], count: int) -> list[int]:
        """Keys of the passages nearest to a unit vector, the nearest first; fewer, or none, where it is degraded."""
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
        self._corpus = _CorpusStatistics()

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
        asked = with_chapter_words(query[:_LONGEST_QUERY])
        tokens = Counter(lexical_tokens(asked)[:_MOST_TOKENS])
        if not tokens or k < 1:
            return ()
        embedding = None if self._embedding is None else self._embedding.get()
        vector = None if embedding is None else embedding.encode([asked])[0]
        question = _Question(tokens, embedding, vector)
        if scope.names_reports:
            found = self._passages.report_keys(scope, _EXACT_REPORTS)
            if len(found) <= _EXACT_REPORTS:
                return self._rank_reports(question, found, scope, k)
        return self._rank_candidates(question, scope, k)

    def neighbours(self, passage: Passage, reach: int = 1) -> tuple[Passage, ...]:
        """The passages of the same section just before and after, in reading order, without itself."""
        return self._passages.neighbours(passage, reach)

    def _rank_reports(
        self, question: "_Question", reports: Sequence[tuple[int, int]], scope: Scope, k: int
    ) -> tuple[Hit, ...]:
        prepared = self._prepared(reports)
        candidates = [each for report in prepared for each in report.candidates]
        cosines = None
        if question.embedding is not None and question.vector is not None and candidates:
            vectors = [self._vectors_of(report, question.embedding) for report in prepared]
            cosines = np.concatenate(vectors) @ question.vector
        statistics = statistics_of(candidates, tuple(question.tokens))
        kept = [row for row, each in enumerate(candidates) if scope.takes_part(each.passage)]
        return _rank(
            question,
            [candidates[row] for row in kept],
            statistics,
            None if cosines is None else cosines[kept],
            k,
            across_reports=False,
        )

    def _rank_candidates(self, question: "_Question", scope: Scope, k: int) -> tuple[Hit, ...]:
        with self._passages.reading() as connection:
            index = lexical_index(connection)
            statistics = self._corpus.read(connection, index, tuple(question.tokens))
            telling = _telling(tuple(question.tokens), statistics)
            keys = index.find(connection, telling, _CANDIDATES) if telling else []
        if self._index is not None and question.embedding is not None and question.vector is not None:
            keys += self._index.nearest(question.embedding, question.vector, _CANDIDATES)
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
        return _rank(question, candidates, statistics, cosines, k, across_reports=True)

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


@dataclass(frozen=True, slots=True)
class _Question:
    tokens: Counter[str]
    embedding: Embedding | None
    vector: NDArray[np.float32] | None


class _CorpusStatistics:
    """How common each token is in the whole collection, asked once and again when the collection has changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: int | None = None
        self._count = 0
        self._average = 1.0
        self._frequencies: dict[str, int] = {}

    def read(self, connection: Connection, index: LexicalIndex, tokens: Sequence[str]) -> Statistics:
        """The statistics that a query with these tokens needs."""
        with self._lock:
            state = int(connection.execute(select(schema.corpus_state.c.generation)).scalar_one())
            if state != self._state:
                self._state, self._frequencies = state, {}
                self._count, self._average = _size(connection)
            missing = [token for token in tokens if token not in self._frequencies]
            if missing:
                if len(self._frequencies) > _KEPT_TOKENS:
                    self._frequencies = {}
                    missing = list(tokens)
                self._frequencies.update(index.frequencies(connection, missing))
            return Statistics(self._count, self._average, {token: self._frequencies[token] for token in tokens})


def _size(connection: Connection) -> tuple[int, float]:
    """How many passages there are, and the length of one in tokens: about that of the newest ones in characters."""
    count = connection.execute(select(func.count()).select_from(schema.passages)).scalar_one()
    newest = (
        select((func.length(schema.passages.c.text) + func.length(schema.passages.c.section)).label("length"))
        .order_by(schema.passages.c.key.desc())
        .limit(1_000)
        .subquery()
    )
    average = connection.execute(select(func.avg(newest.c.length))).scalar()
    return int(count), max(float(average or 1), 1.0)


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


def _rank(
    question: _Question,
    candidates: Sequence[Candidate],
    statistics: Statistics,
    cosines: NDArray[np.float32] | None,
    k: int,
    *,
    across_reports: bool,
) -> tuple[Hit, ...]:
    """The best k candidates above the floor. across_reports: whether one of several reports' same words is enough."""
    if not candidates:
        return ()
    lexical, ceiling = bm25_scores(candidates, question.tokens, statistics)
    scores = fused_scores(lexical, ceiling, cosines)
    # Figures are answered from the tables themselves: where running text says as much, it comes first.
    preferred = scores - np.array([_TABLE_ROW_BEHIND * (each.passage.kind == "table_row") for each in candidates])
    order = sorted(range(len(candidates)), key=lambda row: (-preferred[row], candidates[row].key))
    chosen: list[int] = []
    taken: Counter[str] = Counter()
    for row in (row for row in order if scores[row] >= _FLOOR):
        if len(chosen) == k:
            break
        report = candidates[row].passage.report
        if across_reports and taken[report] == max(_OF_ONE_REPORT, k // 3):
            continue
        if not any(_repeats(candidates[row], candidates[other], across_reports) for other in chosen):
            chosen.append(row)
            taken[report] += 1
    lexical_ranks = _ranks(lexical)
    vector_ranks = None if cosines is None else _ranks(cosines)
    return tuple(
        Hit(
            candidates[row].passage,
            float(scores[row]),
            lexical_ranks[row] if lexical[row] > 0 else None,
            None if vector_ranks is None else vector_ranks[row],
        )
        for row in chosen
    )


def _repeats(one: Candidate, other: Candidate, across_reports: bool) -> bool:
    return (across_reports or one.passage.report == other.passage.report) and same_text(one, other)


def _ranks(scores: NDArray[np.float32]) -> list[int]:
    """1-based place of each score, the highest first."""
    ranks = np.empty(len(scores), np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return [int(rank) for rank in ranks]
