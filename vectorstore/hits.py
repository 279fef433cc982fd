"""The hits of a search: which of some passages answer a question, in which order, and what stands for what."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reports.passage import Passage
from vectorstore.embedding import Embedding
from vectorstore.query_terms import Term
from vectorstore.ranking import Candidate, Statistics, bm25_scores, same_text
from vectorstore.term_scores import term_shares, term_tokens

_TABLE_ROW_BEHIND = 0.3
_PREAMBLE_BEHIND = 0.3
# A line that tells how to reach the body, where just that is asked.
_CONTACT_AHEAD = 0.3
_CONTACT_WORDS = frozenset(("电话", "热线", "传真", "邮编", "邮箱", "联系", "联系电话"))
_NUMBER_TO_REACH = re.compile(
    r"(?<!\d)0\d{2,3}[-－—]?\d{7,8}(?!\d)|(?<!\d)1\d{10}(?!\d)|(?<!\d)12345(?!\d)|@|邮编\D{0,3}\d{6}"
)
# What fitting words count against a cosine of 1 (docs/decisions/0007-passage-search.md).
_TOKENS, _TERMS, _SENTENCE = 1.0, 1.0, 0.5
_SHORTLIST = 40
# Where no report is asked for, none of them may fill the answer alone: so many passages, or a third of the answer.
_OF_ONE_REPORT = 3
# Below this score a passage has nothing to say on the question (docs/decisions/0007-passage-search.md).
_FLOOR, _FLOOR_OF_WORDS_ALONE = 0.25, 0.15


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


@dataclass(frozen=True, slots=True)
class SearchQuestion:
    """What is looked for: keyword tokens with their number, things said, and the vector where there is an embedding."""

    tokens: Counter[str]
    terms: tuple[Term, ...]
    embedding: Embedding | None
    vector: NDArray[np.float32] | None

    @property
    def words(self) -> tuple[str, ...]:
        """All keyword tokens that anything it says may be written in."""
        return tuple(dict.fromkeys((*self.tokens, *term_tokens(self.terms))))


def rank_hits(
    question: SearchQuestion,
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
    by_token = _token_scores(question, candidates, statistics)
    first = by_token if cosines is None else cosines + by_token
    # What is said takes longer to find out than which tokens occur: only the best by these are asked.
    rows = _best(first, max(_SHORTLIST, 3 * k))
    candidates, by_token = [candidates[row] for row in rows], by_token[rows]
    cosines = None if cosines is None else cosines[rows]
    lexical = by_token + _term_scores(question, candidates, statistics)
    scores = lexical if cosines is None else cosines + lexical
    # Figures are answered from the tables themselves: where running text says as much, it comes first.
    contact = _asks_for_contact(question)
    preferred = scores - np.array([_behind(each.passage, contact=contact) for each in candidates])
    order = sorted(range(len(candidates)), key=lambda row: (-preferred[row], candidates[row].key))
    chosen: list[int] = []
    taken: Counter[str] = Counter()
    floor = _FLOOR_OF_WORDS_ALONE if cosines is None else _FLOOR
    for row in (row for row in order if scores[row] >= floor):
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


def _behind(passage: Passage, *, contact: bool) -> float:
    """How far a passage stands back: table rows, and what stands before the first heading (title, addressees, contents).

    contact: whether it is asked how to reach somebody; such lines stand there, and come first where they hold a number.
    """
    if contact and _NUMBER_TO_REACH.search(passage.text):
        return -_CONTACT_AHEAD
    return _TABLE_ROW_BEHIND * (passage.kind == "table_row") + _PREAMBLE_BEHIND * (not passage.section and not contact)


def _asks_for_contact(question: SearchQuestion) -> bool:
    return any(form in _CONTACT_WORDS for term in question.terms for form in term.forms)


def _token_scores(
    question: SearchQuestion, candidates: Sequence[Candidate], statistics: Statistics
) -> NDArray[np.float32]:
    """BM25 of the keyword tokens, as a share of what a text could reach that has them all."""
    bm25, ceiling = bm25_scores(candidates, question.tokens, statistics)
    return np.asarray(_TOKENS * bm25 / max(ceiling, 1e-6), np.float32)


def _term_scores(
    question: SearchQuestion, candidates: Sequence[Candidate], statistics: Statistics
) -> NDArray[np.float32]:
    """The share of what is said that a passage, and that its best sentence says."""
    whole, sentence = term_shares(candidates, question.terms, statistics)
    return np.asarray(_TERMS * whole + _SENTENCE * sentence, np.float32)


def _best(scores: NDArray[np.float32], count: int) -> list[int]:
    """The rows of the highest scores, in their order."""
    if len(scores) <= count:
        return list(range(len(scores)))
    return sorted(np.argpartition(-scores, count - 1)[:count].tolist())


def _repeats(one: Candidate, other: Candidate, across_reports: bool) -> bool:
    return (across_reports or one.passage.report == other.passage.report) and same_text(one, other)


def _ranks(scores: NDArray[np.float32]) -> list[int]:
    """1-based place of each score, the highest first."""
    ranks = np.empty(len(scores), np.int64)
    ranks[np.argsort(-scores, kind="stable")] = np.arange(1, len(scores) + 1)
    return [int(rank) for rank in ranks]
