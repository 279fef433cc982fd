"""How well files are read: every cell of ingestion against the gold cell, none left out on either side."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from eval.facts import Cell, Fact
from eval.forms import edition_of
from indicators.observation import Observation, Origin
from ingest.read_report import read_report
from reports.errors import WenbaoError


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell read otherwise than it stands in the report. wanted or got is "" where only the other side has the cell."""

    file: str
    what: str
    wanted: str
    got: str


@dataclass(frozen=True, slots=True)
class FileScore:
    """One file: gold cells, catalogue cells that were read, and how many of these are as in the gold."""

    file: str
    format: str
    edition: str
    gold: int
    read: int
    right: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class Extraction:
    """Cell precision and recall over some files."""

    files: int
    gold: int
    read: int
    right: int

    @property
    def precision(self) -> float:
        """Of the cells read, the share that is right; 1 of none."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Of the gold cells, the share that was read right; 1 of none."""
        return self.right / self.gold if self.gold else 1.0


def score_files(files: Iterable[Path], gold: Iterable[Fact]) -> Iterator[FileScore]:
    """The score of each file whose name without ending is a report of the gold; others are passed over."""
    by_report: dict[str, list[Fact]] = {}
    for fact in gold:
        by_report.setdefault(fact.report, []).append(fact)
    return (score_file(path, by_report[path.stem]) for path in files if path.stem in by_report)


def score_file(path: Path, gold: Sequence[Fact]) -> FileScore:
    """Reads one file and compares it cell by cell; a file that cannot be read has no cell right."""
    wanted = {(fact.indicator, fact.applicant): (fact.value, fact.missing) for fact in gold}
    first = gold[0]
    differences: list[Difference] = []
    try:
        ingestion = read_report(path)
    except WenbaoError as error:
        read: list[Observation] = []
        differences.append(Difference(path.name, "the file", "", f"not read: {error}"))
    else:
        read = [each for each in ingestion.observations if each.indicator and each.origin is Origin.TABLE]
        report = ingestion.report
        if report.agency.name != first.agency:
            differences.append(Difference(path.name, "the agency", first.agency, report.agency.name))
        if report.year != first.year:
            differences.append(Difference(path.name, "the year", str(first.year), str(report.year)))
    # A report of another body or year is another report: none of its cells is right.
    same_report = bool(read) and not differences
    differences += _differences(path.name, wanted, read)
    right = len(_right(wanted, read)) if same_report else 0
    return FileScore(
        path.name,
        path.suffix.removeprefix("."),
        edition_of(first.year),
        len(wanted),
        len(read),
        right,
        tuple(differences),
    )


def sum_up(scores: Iterable[FileScore]) -> Extraction:
    """Several files together."""
    found = list(scores)
    totals = (sum(each.gold for each in found), sum(each.read for each in found), sum(each.right for each in found))
    return Extraction(len(found), *totals)


def _right(wanted: Mapping[Cell, tuple[Decimal | None, str | None]], read: Iterable[Observation]) -> set[Cell]:
    return {_cell(each) for each in read if wanted.get(_cell(each)) == (each.value, _missing(each))}


def _differences(
    file: str, wanted: Mapping[Cell, tuple[Decimal | None, str | None]], read: Sequence[Observation]
) -> Iterator[Difference]:
    seen = set()
    for each in read:
        cell, got = _cell(each), (each.value, _missing(each))
        if cell in seen or wanted.get(cell) != got:
            shown = f"{_shown(*wanted[cell])}{', once' if cell in seen else ''}" if cell in wanted else ""
            place = f"{each.citation.table} row {each.citation.row} column {each.citation.column}"
            yield Difference(file, _name(cell), shown, f"{_shown(*got)} ({place})")
        seen.add(cell)
    yield from (Difference(file, _name(cell), _shown(*wanted[cell]), "") for cell in wanted if cell not in seen)


def _cell(observation: Observation) -> Cell:
    return observation.indicator or "", observation.applicant


def _missing(observation: Observation) -> str | None:
    return None if observation.missing is None else str(observation.missing)


def _shown(value: Decimal | None, missing: str | None) -> str:
    return missing or "" if value is None else format(value, "f")


def _name(cell: Cell) -> str:
    return cell[0] if cell[1] is None else f"{cell[0]} @ {cell[1]}"
