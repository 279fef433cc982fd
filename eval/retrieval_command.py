"""`python -m eval retrieval`: how well passages are found, beside the pipelines of the usual tutorials."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.baselines.passages import MEASURES, RetrievalSet, Search, make_set, measure_search, searches
from eval.baselines.stock import stock_searches, stock_set
from eval.corpora import SAMPLES_FOLDER, open_library
from eval.kept_table import KeptTable, keep_table, render_text
from eval.question import GoldQuestion
from eval.sets import question_sets
from ingest.read_report import read_report
from vectorstore.embedding import load_embedding

_NOTE = (
    "Questions whose answer is a sentence; relevant is every passage of the right report that holds the quoted words. "
    "Measures by ir-measures: precision of the first, reciprocal rank, nDCG, recall; the last columns are R@5 of the "
    "questions in either language and of the held-out wordings. LangChain’s pipelines rank pieces of 500 characters, the "
    "others the product’s passages. “Agency and year taken out”: nothing in the question says whose report is meant."
)
_PARTS = ("zh", "en", "heldout")


def passage_files(shared: Path) -> dict[str, tuple[Path, ...]]:
    """The sets whose questions passages answer, with the reports that hold them."""
    return {
        "passages": tuple(sorted((shared / "reports").glob("*.txt"))),
        "passages-samples": tuple(sorted(path for path in SAMPLES_FOLDER.iterdir() if path.is_file())),
    }


def measure_retrieval(shared: Path, beir: Path | None, out: Path | None) -> int:
    """Prints the table and keeps it with the run `out`; beir: also writes the sets there. Always 0."""
    files = passage_files(shared)
    rows: list[tuple[str, ...]] = []
    for each in question_sets(shared):
        if each.name in files and each.missing is None:
            rows += _rows(each.name, files[each.name], each.load(), beir)
    table = _table(rows)
    print(render_text(table))
    keep_table(out, table)
    return 0


def render_searches(name: str, files: Sequence[Path], questions: Sequence[GoldQuestion]) -> str:
    """How well the product and the stock pipelines find what answers these questions, as a table for a terminal."""
    return render_text(_table(list(_rows(name, files, questions))))


def _table(rows: Sequence[tuple[str, ...]]) -> KeptTable:
    heads = ("set", "search", "passages", "questions", *map(str, MEASURES), *(f"R@5 {part}" for part in _PARTS))
    return KeptTable("retrieval", "Finding passages", _NOTE, heads, tuple(rows))


def _rows(
    name: str, files: Sequence[Path], questions: Sequence[GoldQuestion], beir: Path | None = None
) -> Iterator[tuple[str, ...]]:
    with tempfile.TemporaryDirectory(prefix="wenbao-retrieval-") as folder, open_library(Path(folder)) as library:
        readings = [(path.stem, read_report(path)) for path in files]
        library.store.save_many([reading for _, reading in readings])
        retrieval = make_set(questions, [(stem, each) for stem, reading in readings for each in reading.passages])
        if beir is not None:
            retrieval.write_beir(beir / name)
        pieces, chunks = stock_set(questions, files)
        for search, find in stock_searches(chunks).items():
            yield _row(name, search, pieces, find, questions)
        for search, find in searches(library, retrieval, load_embedding()).items():
            yield _row(name, search, retrieval, find, questions)


def _row(
    name: str, search: str, retrieval: RetrievalSet, find: Search, questions: Sequence[GoldQuestion]
) -> tuple[str, ...]:
    found = measure_search(retrieval, find)
    parts = []
    for part in _PARTS:
        own = retrieval.part({each.id for each in questions if part in (each.language, each.split)})
        parts.append(f"{measure_search(own, find)['R@5']:.3f}" if own.queries else "·")
    counts = (str(len(retrieval.passages)), str(len(retrieval.queries)))
    return (name, search, *counts, *(f"{found[str(measure)]:.3f}" for measure in MEASURES), *parts)
