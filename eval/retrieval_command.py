"""`python -m eval retrieval`: how well passages are found, beside keywords alone and vectors alone."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.baselines.passages import MEASURES, make_set, measure_search, searches
from eval.corpora import SAMPLES_FOLDER, open_library
from eval.kept_table import KeptTable, keep_table, render_text
from eval.question import GoldQuestion
from eval.sets import question_sets
from ingest.read_report import read_report
from vectorstore.embedding import load_embedding

_NOTE = (
    "Questions whose answer is a sentence; relevant is every passage of the right report that holds the quoted words. "
    "Measures by ir-measures: precision of the first, reciprocal rank, nDCG, recall. “Reports the question names”: the "
    "search within the bodies and years that the product read from the question."
)


def measure_retrieval(shared: Path, beir: Path | None, out: Path | None) -> int:
    """Prints the table and keeps it with the run `out`; beir: also writes the sets there. Always 0."""
    rows: list[tuple[str, ...]] = []
    files = {
        "passages": sorted((shared / "reports").glob("*.txt")),
        "passages-samples": sorted(path for path in SAMPLES_FOLDER.iterdir() if path.is_file()),
    }
    for each in question_sets(shared):
        if each.name in files and each.missing is None:
            rows += _rows(each.name, files[each.name], each.load(), beir)
    heads = ("set", "search", "passages", "questions", *map(str, MEASURES))
    table = KeptTable("retrieval", "Finding passages", _NOTE, heads, tuple(rows))
    print(render_text(table))
    keep_table(out, table)
    return 0


def _rows(
    name: str, files: Sequence[Path], questions: Sequence[GoldQuestion], beir: Path | None
) -> Iterator[tuple[str, ...]]:
    with tempfile.TemporaryDirectory(prefix="wenbao-retrieval-") as folder, open_library(Path(folder)) as library:
        readings = [(path.stem, read_report(path)) for path in files]
        library.store.save_many([reading for _, reading in readings])
        retrieval = make_set(questions, [(stem, each) for stem, reading in readings for each in reading.passages])
        if beir is not None:
            retrieval.write_beir(beir / name)
        for search, find in searches(library, retrieval, load_embedding()).items():
            found = measure_search(retrieval, find)
            counts = (str(len(retrieval.passages)), str(len(retrieval.queries)))
            yield (name, search, *counts, *(f"{found[str(measure)]:.3f}" for measure in MEASURES))
