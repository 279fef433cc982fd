"""`python -m eval.bench_search`: how well passages are found in the real reports, and how fast among hundreds of thousands.

Quality needs the real reports beside the project (--shared); speed is measured over made-up prose. With its 300,000
passages and Chroma it takes about ten minutes on two cores, `--passages 30000` one.
"""

import argparse
import re
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import yaml

from eval.bench.machine import describe_machine
from eval.corpora import SHARED_FOLDER, open_library
from eval.synthetic.bodies import fictional_bodies
from eval.synthetic.prose import prose_reports
from ingest.read_report import read_report
from qa_service.answering.dispatch import Answerer
from qa_service.answering.prose_query import prose_query
from qa_service.library import Library
from qa_service.understanding.understand import understand
from reports.passage import Passage
from vectorstore.index_builder import IndexBuilder, IndexPlace
from vectorstore.training.bm25 import Bm25

_TYPES = ("narrative_only", "narrative_how", "commitments", "definition", "conflict")
_SHOWN = 5
_PER_REPORT = 30
_YEARS = range(2012, 2025)
_QUERIES = 200


@dataclass(frozen=True, slots=True)
class _Asked:
    """A question with the quotations that answer it. query: what the service looks for. scope: ids of the reports."""

    text: str
    query: str
    quotes: tuple[str, ...]
    scope: tuple[str, ...]


Finder = Callable[[_Asked], Sequence[Passage]]


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints each figure as it comes."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench_search")
    parser.add_argument("--shared", type=Path, default=SHARED_FOLDER, help="folder with reports/ and domain/")
    parser.add_argument("--passages", type=int, default=300_000, help="made-up passages to search; 0: quality alone")
    parser.add_argument("--no-chroma", action="store_true", help="leave out building and asking Chroma")
    options = parser.parse_args(arguments)
    print(describe_machine())
    if (options.shared / "reports").is_dir():
        for line in _quality(options.shared):
            print(line, flush=True)
    if options.passages:
        for line in _speed(options.passages, chroma=not options.no_chroma):
            print(line, flush=True)
    return 0


def _quality(shared: Path) -> Iterator[str]:
    with TemporaryDirectory() as folder, open_library(Path(folder)) as library:
        ids = {path.stem: library.save(read_report(path)).report_id for path in (shared / "reports").glob("*.txt")}
        library.warm()
        asked = _questions(shared, ids, Answerer(library))
        everything = [each for _, found in _all_passages(library) for each in found]
        bm25 = Bm25([f"{each.section}\n{each.text}" for each in everything])

        def plain_bm25(one: _Asked, scoped: bool) -> Sequence[Passage]:
            scores = bm25.scores([one.text])[0]
            rows = [row for row, each in enumerate(everything) if not scoped or each.report in one.scope]
            return [everything[row] for row in sorted(rows, key=lambda row: -scores[row])[:_SHOWN]]

        def ours(one: _Asked, scoped: bool) -> Sequence[Passage]:
            reports = one.scope if scoped else None
            return [hit.passage for hit in library.search.search(one.query, reports=reports, kinds=["prose"], k=_SHOWN)]

        yield f"{len(asked)} questions with quoted evidence: at least one quotation, and all quotations, in the top {_SHOWN}"
        for scoped in (True, False):
            where = "in the reports asked about" if scoped else "in all reports, without agency and year"
            yield _found(f"wenbao, {where}", asked, partial(ours, scoped=scoped))
            yield _found(f"character-bigram BM25, {where}", asked, partial(plain_bm25, scoped=scoped))


def _all_passages(library: Library) -> Iterator[tuple[int, list[Passage]]]:
    from vectorstore.store import Scope

    keys = [key for key, _ in library.passages.report_keys(Scope(), 10_000)]
    for key, found in library.passages.passages_of(keys).items():
        yield key, [passage for _, passage in found]


def _questions(shared: Path, ids: dict[str, str], answerer: Answerer) -> list[_Asked]:
    said: list[dict[str, Any]] = yaml.safe_load((shared / "domain" / "questions.yaml").read_text("utf-8"))["questions"]
    reader = answerer.corpus().reader
    asked = []
    for entry in said:
        evidence = [each for each in entry.get("evidence", []) if each.get("quote")]
        if entry["type"] in _TYPES and evidence:
            text = entry["question"]
            query = prose_query(understand(reader, text, (), "auto"), reader).asked or text
            scope = tuple(sorted({ids[each["report"]] for each in evidence}))
            asked.append(_Asked(text, query, tuple(each["quote"] for each in evidence), scope))
    return asked


def _found(name: str, asked: Sequence[_Asked], find: Finder) -> str:
    verdicts = []
    for one in asked:
        texts = [_plain(passage.text) for passage in find(one)]
        verdicts.append([any(_plain(quote) in text for text in texts) for quote in one.quotes])
    some = sum(map(any, verdicts)) / len(verdicts)
    quotes = [verdict for each in verdicts for verdict in each]
    return f"  {name}: {some:.0%} of questions, {sum(quotes) / len(quotes):.0%} of {len(quotes)} quotations"


def _plain(text: str) -> str:
    return re.sub(r"\s", "", text)


def _speed(passages: int, *, chroma: bool) -> Iterator[str]:
    with TemporaryDirectory() as folder, open_library(Path(folder)) as library:
        embedding = library.embedding.require()
        reports = passages // _PER_REPORT
        bodies = fictional_bodies(-(-reports // len(_YEARS)), 1)
        texts: list[str] = []
        saved = 0
        for limit in [each for each in (3_000, 30_000, 300_000) if each < passages] + [passages]:
            made = [
                each
                for number, each in enumerate(prose_reports(bodies, _YEARS, _PER_REPORT))
                if saved <= number < limit // _PER_REPORT
            ]
            texts += [passage.text for each in made for passage in each.passages][: 20_000 - len(texts)]
            seconds = _timed(partial(library.store.save_many, made))
            count = len(made) * _PER_REPORT
            yield f"storing and keyword-indexing up to {limit:,} passages: {1e6 * seconds / count:.0f} µs a passage"
            saved = limit // _PER_REPORT
        seconds = _timed(lambda: embedding.encode(texts))
        yield f"embedding: {len(texts) / seconds:,.0f} passages a second"
        if chroma:
            builder = IndexBuilder(library.passages, library.store.writing, IndexPlace(Path(folder) / "vectors"))
            pace = _Pace()
            seconds = _timed(lambda: builder.build(embedding, pace.note))
            yield f"building and verifying the vector index: {1e6 * seconds / passages:.0f} µs a passage"
            yield from pace.lines()
        library.warm()
        library.vectors.wait(600)
        yield f"vector index: {library.vectors.state()}"
        yield from _latencies(library, texts)


class _Pace:
    """What a passage costs as the vector index grows."""

    def __init__(self) -> None:
        self._at = [(0, time.perf_counter())]

    def note(self, done: int, _total: int) -> None:
        """Called with how many passages are in the index."""
        self._at.append((done, time.perf_counter()))

    def lines(self) -> Iterator[str]:
        """A line for each stretch between 3,000, 10,000, 30,000, 100,000 and 300,000 passages, or what was reached."""
        marks = [self._at[0]]
        for limit in (3_000, 10_000, 30_000, 100_000, 300_000):
            reached = next((mark for mark in self._at if mark[0] >= limit), self._at[-1])
            if reached != marks[-1]:
                marks.append(reached)
        for (before, start), (after, end) in pairwise(marks):
            yield f"  from {before:,} to {after:,} passages: {1e6 * (end - start) / (after - before):.0f} µs a passage"


def _latencies(library: Library, texts: Sequence[str]) -> Iterator[str]:
    draw = Random(1)
    queries = [_query(text, draw) for text in draw.sample(list(texts), _QUERIES)]
    agencies = [agency.id for agency in library.store.agencies()]
    library.search.search(queries[0])
    find = library.search.search
    scoped = [partial(find, query, agencies=[draw.choice(agencies)], years=[draw.choice(_YEARS)]) for query in queries]
    yield f"search in scope, every report for the first time: {_shown(scoped)}"
    of_year = [partial(find, query, years=[draw.choice(_YEARS)]) for query in queries]
    yield f"search in a year: {_shown(of_year)}"
    everywhere = [partial(find, query) for query in queries]
    yield f"search without scope: {_shown(everywhere)}"
    yield f"search without scope, words looked up before: {_shown(everywhere)}"


def _query(text: str, draw: Random) -> str:
    """Three pieces of a passage, as a question would name them."""
    starts = sorted(draw.randrange(max(1, len(text) - 8)) for _ in range(3))
    return " ".join(text[start : start + 6] for start in starts) + "是怎么做的"


def _timed(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _shown(searches: Sequence[Callable[[], object]]) -> str:
    """By the clock, and in processor time, which tells more where the machine has other work."""
    clock, processor = [], []
    for search in searches:
        before = time.process_time()
        clock.append(1000 * _timed(search))
        processor.append(1000 * (time.process_time() - before))
    return f"{_quantiles(clock)}; processor {_quantiles(processor)}"


def _quantiles(milliseconds: Sequence[float]) -> str:
    return f"p50 {median(milliseconds):.1f} ms, p95 {float(np.quantile(milliseconds, 0.95)):.1f} ms"


if __name__ == "__main__":
    raise SystemExit(main())
