"""Synthetic corpora: the laws of the forms hold in every report, names compete, and the same seed gives the same."""

import os
import time
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.agency_names import parse_body
from eval.corpora import kept_folder
from eval.facts import Facts, make_facts, parse_cell
from eval.forms import APPLICANTS, MATRIX, edition_of
from eval.generated.wordings import agency_wordings
from eval.synthetic.bodies import fictional_bodies
from eval.synthetic.corpus import SyntheticCorpus
from eval.synthetic.figures import draw_figures
from eval.synthetic.layout import cell_places
from ingest.read_report import read_report
from reports.divisions import is_division

ANNEX_SUMS = {
    "legacy.requests.received": "in_person fax online letter",
    "legacy.requests.closed": "on_time extended",
    "legacy.requests.replied": "already_public granted partial refused not_this_body not_exist supplement other_channel",
    "legacy.review": "upheld corrected other",
    "legacy.litigation": "upheld corrected other",
    "legacy.institution.staff": "full_time part_time",
}


def number(raw: str) -> int:
    return int(raw or 0)


@given(seed=st.integers(0, 10**6), agency=st.integers(0, 2000), year=st.integers(2014, 2030))
@settings(max_examples=60, deadline=None)
def test_the_sums_of_the_form_hold(seed: int, agency: int, year: int) -> None:
    raw = draw_figures(seed, agency, year)
    assert raw == draw_figures(seed, agency, year)
    assert raw.keys() == cell_places(edition_of(year)).keys()
    if edition_of(year) == "A":
        for whole, parts in ANNEX_SUMS.items():
            assert number(raw[whole, None]) == sum(number(raw[f"{whole}.{part}", None]) for part in parts.split())
        return
    rows = [row.indicator for row in MATRIX[edition_of(year)]]
    results = [row for row in rows if "results." in row and row != "requests.results.total"]
    for who in (*APPLICANTS, "total"):
        done = number(raw["requests.results.total", who])
        assert done == sum(number(raw[row, who]) for row in results)
        incoming = number(raw["requests.new_received", who]) + number(raw["requests.carried_over", who])
        assert incoming == done + number(raw["requests.carried_forward", who])
    for row in rows:
        assert number(raw[row, "total"]) == sum(number(raw[row, who]) for who in APPLICANTS)
    if edition_of(year + 1) != "A":
        after = draw_figures(seed, agency, year + 1)
        assert raw["requests.carried_forward", "total"] == after["requests.carried_over", "total"]


def test_eight_hundred_names_differ_compete_and_are_no_real_places() -> None:
    bodies = fictional_bodies(800)
    assert len({body.official for body in bodies}) == 800
    assert all(parse_body(body.official) == body for body in bodies)
    assert not any(is_division(place) for body in bodies for place in (body.city, body.district) if place)
    twins = [wording for wording in agency_wordings(bodies).values() if len(wording.names) == 2]
    assert any("区" in wording.text for wording in twins), "no district name stands in two cities"


def test_more_names_than_there_are_is_an_error() -> None:
    with pytest.raises(ValueError, match="not for 5000"):
        fictional_bodies(5000)


def test_ingestions_say_what_the_facts_say() -> None:
    corpus = SyntheticCorpus(agencies=6, years=(2018, 2020, 2021), seed=3)
    cells = corpus.facts().cells
    seen = 0
    for ingestion in corpus.ingestions():
        for each in ingestion.observations:
            fact = cells[ingestion.report.agency.name, each.year, each.indicator or "", each.applicant]
            assert (fact.value, fact.missing, fact.unit) == (each.value, each.missing, each.unit)
            assert each.citation.report == ingestion.report.id
            seen += 1
    assert seen == len(cells)
    assert {fact.missing for fact in cells.values()} >= {None, "not_applicable"}


def test_its_text_files_are_read_as_what_was_written(tmp_path: Path) -> None:
    corpus = SyntheticCorpus(agencies=3, years=(2017, 2019, 2022), seed=4)
    cells = corpus.facts().cells
    for path in corpus.write_texts(tmp_path):
        reading = read_report(path)
        agency, year = reading.report.agency.name, reading.report.year
        read = {(each.indicator, each.applicant): each.value for each in reading.observations if each.origin == "table"}
        wrote = {key[2:]: fact.value for key, fact in cells.items() if key[:2] == (agency, year)}
        assert read == wrote, path.name


def test_printed_values_are_parsed_exactly() -> None:
    units = {"a": "件"}
    values = {raw: parse_cell("r", "x", 2020, ("a", None), raw, units) for raw in ("+1", "-6", "96.30万元", "/", "")}
    assert values["+1"].value == Decimal(1)
    assert values["-6"].value == Decimal(-6)
    assert (values["96.30万元"].value, values["96.30万元"].unit) == (Decimal("96.30"), "万元")
    assert (values["/"].value, values["/"].missing) == (None, "not_applicable")
    assert values[""].missing == "blank"


def test_years_of_facts() -> None:
    fact = parse_cell("r", "示例市教育局", 2020, ("a", None), "1", {"a": "件"})
    facts: Facts = make_facts([fact])
    assert facts.years == {"示例市教育局": (2020,)}
    assert facts.find("示例市教育局", 2020, "a") == fact
    assert facts.find("示例市教育局", 2019, "a") is None


def test_corpora_of_other_code_are_deleted_unless_somebody_may_be_using_them(tmp_path: Path) -> None:
    for name, age in (("old", 2 * 3600), ("new", 60)):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "figures.sqlite3").write_bytes(b"x")
        for path in (folder / "figures.sqlite3", folder):
            os.utime(path, (time.time() - age, time.time() - age))
    kept = kept_folder(tmp_path)
    assert not kept.exists()
    assert [path.name for path in tmp_path.iterdir()] == ["new"]
