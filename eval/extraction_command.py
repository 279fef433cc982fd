"""`python -m eval extraction`: cell precision and recall per format and edition, and every cell read otherwise."""

import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from eval.corpora import SAMPLES_FOLDER, catalogue_units, issuer_names
from eval.extraction import FileScore, score_files, sum_up
from eval.facts import Fact, read_cells, sample_cells
from eval.kept_table import KeptTable, keep_table, render_text
from eval.synthetic.corpus import SyntheticCorpus

# Two bodies, so that a row that a body marks "/" and one that it fills both occur; every edition.
_SYNTHETIC = SyntheticCorpus(agencies=4, years=(2015, 2018, 2019, 2020, 2021, 2024))

_NOTE = (
    "Every figure cell of the official tables against gold: the checked cells of the real reports, the sources of the "
    "samples, and synthetic reports written as text. A report taken for another body's or year's has no cell right."
)


def score_extraction(shared: Path, folder: Path | None, least: float, out: Path | None) -> int:
    """Prints the score, keeps it with the run `out`; 0 if precision and recall are both at least `least`, otherwise 1.

    folder: files of any format whose names without ending are those of gold reports; None takes the real reports (where
    they are at hand), the samples, and synthetic reports written as text.
    """
    scores = list(score_files(_files(folder), gold_cells(shared))) if folder else list(_all(shared))
    table = make_table(scores)
    print(render_text(table))
    print("\n".join(render_differences(scores)))
    keep_table(out, table)
    total = sum_up(scores)
    return 0 if scores and min(total.precision, total.recall) >= least else 1


def gold_cells(shared: Path) -> Iterator[Fact]:
    """The gold cells of all reports that are at hand."""
    facts = shared / "domain" / "facts_gold.jsonl"
    real = read_cells(facts, issuer_names(shared)) if facts.exists() else iter(())
    return chain(real, sample_cells(catalogue_units()))


def _all(shared: Path) -> Iterator[FileScore]:
    gold = list(gold_cells(shared))
    yield from score_files(_files(shared / "reports"), gold)
    yield from score_files(_files(SAMPLES_FOLDER), gold)
    with tempfile.TemporaryDirectory(prefix="wenbao-extraction-") as folder:
        files = list(_SYNTHETIC.write_texts(Path(folder)))
        yield from score_files(files, _SYNTHETIC.facts().cells.values())


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_file()) if folder.is_dir() else []


def make_table(scores: Sequence[FileScore]) -> KeptTable:
    """A line per format and edition, a line for all."""
    groups = sorted({(score.format, score.edition) for score in scores})
    rows = [
        _row(format_, edition, [each for each in scores if (each.format, each.edition) == (format_, edition)])
        for format_, edition in groups
    ]
    heads = ("format", "edition", "files", "cells in them", "cells read", "right", "precision", "recall")
    return KeptTable("extraction", "Reading files", _NOTE, heads, (*rows, _row("all", "", scores)))


def render_differences(scores: Sequence[FileScore]) -> Iterator[str]:
    """Every cell read otherwise than it stands in the report."""
    differences = [each for score in scores for each in score.differences]
    yield f"\n{len(differences)} differences"
    for each in differences:
        yield f"  {each.file}  {each.what}: in the report {each.wanted or '-'}, read {each.got or '-'}"


def _row(format_: str, edition: str, scores: Sequence[FileScore]) -> tuple[str, ...]:
    found = sum_up(scores)
    counts = map(str, (found.files, found.gold, found.read, found.right))
    return (format_, edition, *counts, f"{100 * found.precision:.2f} %", f"{100 * found.recall:.2f} %")
