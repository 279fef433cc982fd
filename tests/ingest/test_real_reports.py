"""The five real text reports, cell by cell against the checked figures, and their identities."""

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest
import yaml

from indicators.observation import Missing, Observation, Origin
from ingest.ingestion import Ingestion
from ingest.read_report import read_report
from tests.ingest.real_reports import SHARED, TEXT_REPORTS, gold_facts, needs_gold, needs_reports, report_path

_STATUS = {None: "ok", Missing.BLANK: "blank", Missing.NOT_APPLICABLE: "slash", Missing.UNREADABLE: "unreadable"}


def table_figures(ingestion: Ingestion) -> list[Observation]:
    return [each for each in ingestion.observations if each.origin is Origin.TABLE]


@needs_reports
@needs_gold
@pytest.mark.parametrize("name", TEXT_REPORTS)
def test_every_checked_cell_is_read_once_and_right(name: str) -> None:
    gold = gold_facts(name)
    ingestion = read_report(report_path(name))
    figures = table_figures(ingestion)
    keys = Counter((each.indicator, each.applicant) for each in figures)
    assert keys == Counter(dict.fromkeys(gold, 1))
    for each in figures:
        fact = gold[each.indicator or "", each.applicant]
        value = None if fact["value"] is None else Decimal(str(fact["value"]))
        assert (each.citation.raw, each.value, _STATUS[each.missing], each.unit) == (
            fact["raw"],
            value,
            fact["status"],
            fact["unit"],
        )
    assert ingestion.report.edition == next(iter(gold.values()))["gen"]
    assert not ingestion.report.problems


@needs_reports
@pytest.mark.parametrize("name", TEXT_REPORTS)
def test_citations_lead_back_to_the_printed_cell(name: str) -> None:
    ingestion = read_report(report_path(name))
    tables = {table.id: table for table in ingestion.report.tables}
    lines = report_path(name).read_text(encoding="utf-8").split("\n")
    for each in table_figures(ingestion):
        citation = each.citation
        assert citation.row is not None
        assert citation.column is not None
        assert citation.place.line is not None
        cell = tables[citation.table or ""].grid[citation.row][citation.column]
        assert cell is not None
        assert citation.raw in cell.text
        assert cell.text.strip().split("\n")[0] in lines[citation.place.line - 1]
        assert citation.raw in citation.quote
        assert citation.section


@needs_reports
@pytest.mark.parametrize(
    ("name", "agency", "official", "year"),
    [
        ("weihai_hrss_2016", "weihai_hrss", "威海市人力资源和社会保障局", 2016),
        ("yinzhou_hrss_2017", "yinzhou_hrss", "宁波市鄞州区人力资源和社会保障局", 2017),
        ("beilun_gov_office_2017", "beilun_gov_office", "宁波市北仑区人民政府办公室", 2017),
        ("gongshu_hrss_2020", "gongshu_hrss", "杭州市拱墅区人力资源和社会保障局", 2020),
        ("zhenhai_hrss_2022", "zhenhai_hrss", "宁波市镇海区人力资源和社会保障局", 2022),
    ],
)
def test_issuer_and_data_year(name: str, agency: str, official: str, year: int) -> None:
    report = read_report(report_path(name)).report
    assert (report.agency.id, report.agency.name, report.year) == (agency, official, year)
    assert report.id == f"{agency}_{year}-{report.source.sha256[:8]}"


def _expected_outcomes(name: str) -> list[dict[str, Any]]:
    checks = yaml.safe_load((SHARED / "domain" / "checks.yaml").read_text(encoding="utf-8"))
    outcomes: list[dict[str, Any]] = checks["results"]["by_report"][name]
    return outcomes


@needs_reports
@needs_gold
@pytest.mark.parametrize("name", TEXT_REPORTS)
def test_identities_come_out_as_worked_out_by_hand(name: str) -> None:
    outcomes = read_report(report_path(name)).imbalances
    expected = _expected_outcomes(name)
    assert {each.rule for each in outcomes} == {each["rule"] for each in expected}
    for rule in expected:
        found = [each for each in outcomes if each.rule == rule["rule"]]
        assert {each.status for each in found} == {rule["status"]}, rule
        if "instances" in rule:
            assert len(found) == rule["instances"]
        if "lhs" in rule:
            assert (found[0].left, found[0].right) == (rule["lhs"], rule["rhs"])
