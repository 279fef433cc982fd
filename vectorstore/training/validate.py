"""Measures the embedding beside character-bigram BM25 on everything that training never saw.

    python -m vectorstore.training.validate --shared ../shared [--model vectorstore/model]

Prints a Markdown table: MRR@10 / Recall@10 / nDCG@10 of BM25, the embedding alone, both fused by rank and by score, and the
relative gain in MRR@10 of the score fusion over BM25; then passages per second.
"""

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from vectorstore.embedding import SHIPPED_MODEL, Embedding
from vectorstore.fusion import fuse_ranks, fuse_scores
from vectorstore.token_table import TokenTable
from vectorstore.training.bm25 import Bm25
from vectorstore.training.corpora import read_laws
from vectorstore.training.measures import Measures, measure
from vectorstore.training.validation_sets import ValidationSet, build_validation_sets

_HEAD = (
    "| Validation set | queries | texts | BM25 | embedding | fused by rank | fused by score | gain |",
    "|---|---:|---:|---|---|---|---|---:|",
)


def render_measures(task: ValidationSet, embedding: Embedding) -> str:
    """One row of the table."""
    questions = [query.text for query in task.queries]
    index = Bm25(task.texts)
    bm25 = index.scores(questions)
    cosines = embedding.encode(questions) @ embedding.encode(task.texts).T
    by_score = fuse_scores(cosines, bm25, index.ceilings(questions)[:, None])
    results = [measure(task.queries, scores) for scores in (bm25, cosines, fuse_ranks(bm25, cosines), by_score)]
    gain = results[-1].mrr / results[0].mrr - 1 if results[0].mrr else float("inf")
    cells = [task.name, str(len(questions)), str(len(task.texts)), *map(_render, results), f"{gain:+.0%}"]
    return f"| {' | '.join(cells)} |"


def render_speed(embedding: Embedding, corpora: Path) -> str:
    """Speed over 20,000 law paragraphs of 80 to 400 characters; processor seconds tell more where a machine is shared."""
    texts = [text for law in read_laws(corpora) for _, text in law.paragraphs if 80 <= len(text) <= 400]
    sample = random.Random(0).sample(texts, 20_000)
    embedding.encode(sample[:1000])
    wall, processor = time.perf_counter(), time.process_time()
    embedding.encode(sample)
    wall, processor = time.perf_counter() - wall, time.process_time() - processor
    length = sum(map(len, sample)) / len(sample)
    return (
        f"{len(sample) / wall:,.0f} passages of {length:.0f} characters on average per second, "
        f"{len(sample) / processor:,.0f} per second of one processor core"
    )


def _render(measures: Measures) -> str:
    return f"{measures.mrr:.3f} / {measures.recall:.3f} / {measures.ndcg:.3f}"


def _lines(shared: Path, catalogue: Path, model: Path) -> Iterator[str]:
    embedding = TokenTable.read(model)
    yield from _HEAD
    for task in build_validation_sets(shared / "corpora", catalogue, shared):
        yield render_measures(task, embedding)
    yield "\n" + render_speed(embedding, shared / "corpora")


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--shared", type=Path, default=Path("../shared"), help="folder with corpora/, reports/, domain/"
    )
    parser.add_argument("--catalogue", type=Path, default=Path("indicators/catalogue"))
    parser.add_argument("--model", type=Path, default=SHIPPED_MODEL)
    options = parser.parse_args()
    for line in _lines(options.shared, options.catalogue, options.model):
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
