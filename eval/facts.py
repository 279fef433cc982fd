"""What a corpus really says: the figures of its reports, known without the product's own reading."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path

from eval.agency_names import BodyName, parse_body
from eval.forms import ARTICLE_20, DISPUTES, MATRIX, OUTCOMES, annex_rows, bare_label, edition_of
from eval.samples.source import load_samples

_MISSING = {"blank": "blank", "slash": "not_applicable", "": "blank", "/": "not_applicable"}
_GROUPS = ("行政复议", "行政诉讼 未经复议直接起诉", "行政诉讼 复议后起诉")


Cell = tuple[str, str | None]
"""Indicator and applicant type: the place of a figure in the form of one report."""


@dataclass(frozen=True, slots=True)
class Fact:
    """One cell. agency: official name; raw: the characters in the cell without blanks around them; report: file stem."""

    report: str
    agency: str
    year: int
    indicator: str
    applicant: str | None
    value: Decimal | None
    missing: str | None
    unit: str | None
    raw: str


@dataclass(frozen=True)
class Facts:
    """All cells of a corpus. bodies: its agencies by official name; editions: of each agency's year."""

    cells: Mapping[tuple[str, int, str, str | None], Fact]
    bodies: Mapping[str, BodyName]

    @cached_property
    def years(self) -> dict[str, tuple[int, ...]]:
        """The years of which each agency has a report, ascending."""
        years: dict[str, set[int]] = {}
        for agency, year, _, _ in self.cells:
            years.setdefault(agency, set()).add(year)
        return {agency: tuple(sorted(found)) for agency, found in years.items()}

    @cached_property
    def report_years(self) -> dict[str, int]:
        """The year of each report."""
        return {fact.report: fact.year for fact in self.cells.values()}

    def find(self, agency: str, year: int, indicator: str, applicant: str | None = None) -> Fact | None:
        """The cell, or None where the report of that year has none."""
        return self.cells.get((agency, year, indicator, applicant))


def make_facts(facts: Iterable[Fact]) -> Facts:
    """Facts indexed by slot."""
    cells = {(fact.agency, fact.year, fact.indicator, fact.applicant): fact for fact in facts}
    return Facts(cells, {agency: parse_body(agency) for agency in {key[0] for key in cells}})


def read_fact_file(path: Path, agencies: Mapping[str, str]) -> Facts:
    """Facts from the checked cells of the real reports. agencies: report id -> official name; others are left out."""
    return make_facts(read_cells(path, agencies))


def read_cells(path: Path, agencies: Mapping[str, str]) -> Iterator[Fact]:
    """The checked cells of the reports of these agencies, one by one."""
    lines = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip())
    for line in lines:
        if line["report"] in agencies:
            yield Fact(
                report=line["report"],
                agency=agencies[line["report"]],
                year=int(line["report"].rsplit("_", 1)[1]),
                indicator=line["id"],
                applicant=line["applicant"],
                value=None if line["value"] is None else Decimal(str(line["value"])),
                missing=_MISSING.get(line["status"]),
                unit=line["unit"],
                raw=line["raw"].strip(),
            )


def sample_facts(units: Mapping[str, str | None]) -> Facts:
    """Facts of the bundled samples, from their sources. units: indicator id -> unit."""
    return make_facts(sample_cells(units))


def sample_cells(units: Mapping[str, str | None]) -> Iterator[Fact]:
    """The cells of the bundled samples, one by one. units: indicator id -> unit."""
    return (
        parse_cell(sample.id, sample.agency, sample.year, key, raw, units)
        for sample in load_samples()
        for key, raw in sample.figures.items()
    )


def parse_cell(report: str, agency: str, year: int, key: Cell, raw: str, units: Mapping[str, str | None]) -> Fact:
    """One cell as the synthetic and sample reports print it: plain decimals, "+1", "96.3万元", "/" or nothing."""
    indicator, applicant = key
    unit = "万元" if raw.endswith("万元") else units[indicator]
    missing = _MISSING.get(raw)
    value = None if missing else Decimal(raw.removesuffix("万元"))
    return Fact(report, agency, year, indicator, applicant, value, missing, unit, raw)


def printed_labels(indicator: str, year: int, applicant: str | None) -> tuple[str, str]:
    """Row and column label of an indicator in the form of that year, numbering left out; ("", "") if it has none."""
    row, column = _LABELS.get((edition_of(year), indicator), ("", ""))
    return row, _APPLICANT_HEADS.get(applicant or "", column)


def _labels() -> Iterator[tuple[tuple[str, str], tuple[str, str]]]:
    for row in annex_rows(ten_section=True):
        if row.indicator:
            yield ("A", row.indicator), (bare_label(row.label), "统计数")
    for edition, blocks in ARTICLE_20.items():
        for block in blocks:
            for label, names in block.rows:
                yield from (((edition, name), (label, head)) for name, head in zip(names, block.heads, strict=True))
        for line in MATRIX[edition]:
            yield (edition, line.indicator), (bare_label(line.path[-1]), "")
        for position, name in enumerate(DISPUTES):
            yield (edition, name), ("", f"{_GROUPS[position // 5]} {OUTCOMES[position % 5]}")


_APPLICANT_HEADS = {
    "natural_person": "自然人",
    "business": "商业企业",
    "research": "科研机构",
    "charity": "社会公益组织",
    "legal_service": "法律服务机构",
    "other_org": "其他",
    "total": "总计",
}
_LABELS = dict(_labels())
