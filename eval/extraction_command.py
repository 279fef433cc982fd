"""`python -m eval extraction`: cell precision and recall per format and edition, and every cell read otherwise."""

import tempfile
from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

from eval.corpora import SAMPLES_FOLDER, catalogue_units, issuer_names
from eval.extraction import FileScore, score_files, sum_up
from eval.facts import Fact, read_cells, sample_cells
from eval.synthetic.corpus import SyntheticCorpus

# Two bodies, so that a row that a body marks "/" and one that it fills both occur; every edition.
_SYNTHETIC = SyntheticCorpus(agencies=4, years=(2015, 2018, 2019, 2020, 2021, 2024))


def score_extraction(shared: Path, folder: Path | None, least: float) -> int:
    """Prints the score; 0 if precision and recall are both at least `least`, otherwise 1.

    folder: files of any format whose names without ending are those of gold reports; None takes the real reports (where
    they are at hand), the samples, and synthetic reports written as text.
    """
    scores = list(score_files(_files(folder), gold_cells(shared))) if folder else list(_all(shared))
    print("\n".join(render_extraction(scores)))
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


def render_extraction(scores: Sequence[FileScore]) -> Iterator[str]:
    """A line per format and edition, a line for all, then the differing cells."""
    yield f"{'format':<8}{'edition':<9}{'files':>6} {'gold':>7} {'read':>7} {'right':>7} {'precision':>10} {'recall':>8}"
    groups = sorted({(score.format, score.edition) for score in scores})
    for format_, edition in groups:
        yield _line(format_, edition, [each for each in scores if (each.format, each.edition) == (format_, edition)])
    yield _line("all", "", scores)
    differences = [each for score in scores for each in score.differences]
    yield f"\n{len(differences)} differences"
    for each in differences:
        yield f"  {each.file}  {each.what}: in the report {each.wanted or '-'}, read {each.got or '-'}"


def _line(format_: str, edition: str, scores: Sequence[FileScore]) -> str:
    found = sum_up(scores)
    return (
        f"{format_:<8}{edition:<9}{found.files:>6} {found.gold:>7} {found.read:>7} {found.right:>7} "
        f"{100 * found.precision:>9.2f}% {100 * found.recall:>7.2f}%"
    )
