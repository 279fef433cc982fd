"""Passage search over the gold questions of passages: BEIR-layout sets, and the measures of ir-measures."""

import json
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ir_measures
import numpy as np
from ir_measures import RR, P, R, nDCG
from numpy.typing import NDArray

from eval.baselines.bigrams import BigramIndex
from eval.matching import squeeze
from eval.question import GoldQuestion
from qa_service.answering.dispatch import Answerer
from qa_service.answering.prose_query import without_scope
from qa_service.library import Library
from reports.passage import Passage
from vectorstore.embedding import Embedding

MEASURES = (P @ 1, RR @ 10, nDCG @ 10, R @ 5, R @ 10)
_DEPTH = 10
# A passage holds the gold quote if so many of the quote's character pairs stand in it.
_QUOTE_SHARE = 0.8

Search = Callable[[str], Sequence[str]]
"""A question in, ids of passages out, the best first."""


@dataclass(frozen=True)
class RetrievalSet:
    """Passages, questions by id and, by question, the ids of the passages that hold its answer."""

    passages: Mapping[str, Passage]
    queries: Mapping[str, str]
    relevant: Mapping[str, frozenset[str]]

    def part(self, wanted: Collection[str]) -> "RetrievalSet":
        """The same with these questions alone, by id."""
        queries = {id_: text for id_, text in self.queries.items() if id_ in wanted}
        return RetrievalSet(self.passages, queries, {id_: self.relevant[id_] for id_ in queries})

    def write_beir(self, folder: Path) -> None:
        """corpus.jsonl, queries.jsonl and qrels/test.tsv."""
        (folder / "qrels").mkdir(parents=True, exist_ok=True)
        corpus = ({"_id": each.id, "title": each.section, "text": each.text} for each in self.passages.values())
        _write_lines(folder / "corpus.jsonl", corpus)
        _write_lines(folder / "queries.jsonl", ({"_id": id_, "text": text} for id_, text in self.queries.items()))
        lines = [f"{query}\t{passage}\t1\n" for query, found in self.relevant.items() for passage in sorted(found)]
        (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\n" + "".join(lines), encoding="utf-8")


def make_set(questions: Iterable[GoldQuestion], passages: Iterable[tuple[str, Passage]]) -> RetrievalSet:
    """The single-turn questions that quote where their answer stands; those whose quote is in no passage have no
    relevant one, and count as missed. passages: each with the stem of its file's name."""
    filed = list(passages)
    known = {passage.id: passage for _, passage in filed}
    texts = [(stem, passage.id, squeeze(passage.text)) for stem, passage in filed]
    queries: dict[str, str] = {}
    relevant: dict[str, frozenset[str]] = {}
    for question in questions:
        expect = question.turns[0].expect
        quotes = [(place.report, place.quote) for place in (expect.evidence if expect else ()) if place.quote]
        if len(question.turns) > 1 or not quotes:
            continue
        queries[question.id] = question.turns[0].question
        relevant[question.id] = frozenset(
            id_
            for stem, id_, text in texts
            if any(report in (None, stem) and _holds(text, squeeze(quote)) for report, quote in quotes)
        )
    return RetrievalSet(known, queries, relevant)


def measure_search(retrieval: RetrievalSet, search: Search) -> dict[str, float]:
    """Each measure, averaged over all questions."""
    relevant = {query: dict.fromkeys(found, 1) for query, found in retrieval.relevant.items() if found}
    run = {query: _ranked(search(retrieval.queries[query])) for query in relevant}
    if not relevant:
        return {str(measure): 0.0 for measure in MEASURES}
    found = ir_measures.calc_aggregate(MEASURES, relevant, run)
    # A question whose passage was cut away counts as one that nothing was found for.
    share = len(relevant) / len(retrieval.queries)
    return {str(measure): float(found[measure]) * share for measure in MEASURES}


def searches(library: Library, retrieval: RetrievalSet, embedding: Embedding) -> dict[str, Search]:
    """The product's search, without and with what the question says of body and year, and two baselines over its passages."""
    ids = list(retrieval.passages)
    texts = [f"{each.section}\n{each.text}" for each in retrieval.passages.values()]
    index, vectors, answerer = BigramIndex(texts), embedding.encode(texts), Answerer(library)
    reader = answerer.corpus().reader

    def bare(question: str) -> str:
        return " ".join(without_scope(reader.read(question)).split()) or question

    def bigram(question: str) -> list[str]:
        return _best(ids, index.scores(question))

    def vector(question: str) -> list[str]:
        return _best(ids, vectors @ embedding.encode([question])[0])

    def ours(question: str) -> list[str]:
        return [hit.passage.id for hit in library.search.search(bare(question), k=_DEPTH)]

    def scoped(question: str) -> list[str]:
        read = answerer.ask(question).interpretation
        agencies, years = read.agencies or None, read.years or None
        found = library.search.search(bare(question), agencies=agencies, years=years, k=_DEPTH)
        return [hit.passage.id for hit in found]

    return {
        "character-bigram BM25": bigram,
        "the same, agency and year taken out": lambda question: bigram(bare(question)),
        "shipped embedding alone": vector,
        "Wenbao, agency and year taken out": ours,
        "Wenbao, in the reports the question names": scoped,
    }


def _best(ids: Sequence[str], scores: NDArray[np.floating[Any]]) -> list[str]:
    return [ids[at] for at in np.argsort(-scores, kind="stable")[:_DEPTH]]


def _ranked(ids: Sequence[str]) -> dict[str, float]:
    return {id_: float(len(ids) - at) for at, id_ in enumerate(ids)} or {"nothing": 0.0}


def _holds(text: str, quote: str) -> bool:
    pairs = [quote[at : at + 2] for at in range(max(1, len(quote) - 1))]
    return quote in text or sum(pair in text for pair in pairs) >= _QUOTE_SHARE * len(pairs)


def _write_lines(path: Path, entries: Iterable[Mapping[str, str]]) -> None:
    path.write_text("".join(f"{json.dumps(entry, ensure_ascii=False)}\n" for entry in entries), encoding="utf-8")
