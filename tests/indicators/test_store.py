"""What the store promises about saving, revisions and removal."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from indicators.observation import Imbalance, Observation
from indicators.store import IndicatorStore, Saved
from reports.errors import StoreError
from reports.problem import Problem, Severity
from tests.indicators.readings import RECEIVED, Reading, make_reading, with_observations


def received(store: IndicatorStore) -> list[tuple[int, Decimal | None]]:
    found = store.observations(indicators=["legacy.requests.received"])
    return [(each.year, each.value) for each in found]


def test_an_empty_store_answers_with_nothing(store: IndicatorStore) -> None:
    assert store.generation() == 0
    assert (store.agencies(), store.coverage(), store.reports(), store.observations()) == ((), (), (), ())
    assert store.report("no_such-report") is None
    assert store.find_damage() == ()


def test_a_saved_report_is_there_with_all_its_parts(store: IndicatorStore) -> None:
    imbalance = Imbalance("a.sum", "hard", "fails", "total", Decimal("3.0"), Decimal(4), (("t1", 0, 2),), "off by one")
    problem = Problem("page-is-picture", "Page 3 is a picture.", "第3页是图片。", Severity.ERROR)
    reading = replace(make_reading(), imbalances=(imbalance,))
    reading = replace(reading, report=replace(reading.report, problems=(problem,)))
    saved = store.save(reading)
    assert saved == Saved(reading.report.id, 1, "new")
    stored = store.report(saved.report_id)
    assert stored is not None
    assert stored.sections == reading.report.sections
    assert stored.tables == reading.report.tables
    assert stored.problems == (problem,)
    assert stored.imbalances == (imbalance,)
    assert (stored.sha256, stored.bytes) == (reading.report.source.sha256, 512)
    assert stored.revisions == (stored.item,)
    assert (stored.item.figures, stored.item.passages, stored.item.problems) == (3, 2, 1)
    assert store.report_items([saved.report_id, "gone-1"]) == {saved.report_id: stored.item}
    assert store.reports() == (stored.item,)
    assert store.imbalances(saved.report_id, statuses=["fails"]) == (imbalance,)
    assert store.imbalances(saved.report_id, statuses=["holds"]) == ()
    assert store.find_report(reading.report.source.sha256) == saved.report_id
    assert store.observations() == reading.observations
    assert store.agencies() == (reading.report.agency,)


def test_the_same_file_again_changes_nothing(store: IndicatorStore) -> None:
    store.save(make_reading())
    before = (store.generation(), store.reports(), store.observations())
    assert store.save(make_reading()).outcome == "unchanged"
    assert (store.generation(), store.reports(), store.observations()) == before


def test_another_file_of_the_same_year_is_a_revision(store: IndicatorStore) -> None:
    first = store.save(make_reading(received="3", file="first.txt"))
    second = store.save(make_reading(received="4", file="second.txt"))
    assert second == Saved(second.report_id, 2, "revised")
    assert received(store) == [(2017, Decimal(4))]
    assert len(store.coverage()) == 1
    kept = store.observations(reports=[first.report_id], current_only=False)
    assert kept[0].value == Decimal(3)
    stored = store.report(second.report_id)
    assert stored is not None
    assert [(item.revision, item.is_current) for item in stored.revisions] == [(1, False), (2, True)]
    (problem,) = stored.problems
    assert (problem.code, problem.severity) == ("revision-differs", Severity.WARNING)
    assert "first.txt" in problem.message
    assert "1 figures differ" in problem.message
    assert stored.item.problems == 1


def test_a_revision_with_the_same_figures_says_so(store: IndicatorStore) -> None:
    store.save(make_reading(received="10", file="report.txt"))
    saved = store.save(make_reading(received="10.0", file="report.pdf"))
    stored = store.report(saved.report_id)
    assert stored is not None
    assert "0 figures differ" in stored.problems[0].message
    assert stored.problems[0].severity == Severity.INFO


def test_both_files_of_a_year_in_one_folder_settle(store: IndicatorStore) -> None:
    """A folder with two files of one year must not go back and forth each time it is ingested."""
    files = [make_reading(file="a.txt"), make_reading(file="b.txt")]
    store.save_many(files)
    generation = store.generation()
    assert [saved.outcome for saved in store.save_many(files)] == ["unchanged", "unchanged"]
    assert store.generation() == generation


def test_removal_makes_the_newest_remaining_revision_current(store: IndicatorStore) -> None:
    ids = [store.save(make_reading(received=str(number))).report_id for number in (1, 2, 3)]
    assert store.remove(ids[1])
    assert received(store) == [(2017, Decimal(3))]
    assert store.remove(ids[2])
    assert received(store) == [(2017, Decimal(1))]
    assert store.remove(ids[0])
    assert (store.observations(current_only=False), store.agencies()) == ((), ())
    generation = store.generation()
    assert not store.remove(ids[0])
    assert store.generation() == generation


def test_every_change_grows_the_generation(store: IndicatorStore) -> None:
    saved = store.save(make_reading())
    after_save = store.generation()
    store.save(make_reading(year=2018))
    after_second = store.generation()
    store.remove(saved.report_id)
    assert 0 < after_save < after_second < store.generation()


def test_another_store_on_the_same_database_sees_the_change(store: IndicatorStore, dsn: str) -> None:
    with IndicatorStore.open(dsn) as other:
        other.save(make_reading())
        assert store.generation() == other.generation()
        assert len(store.observations()) == 3


def unstorable(kind: str) -> Reading:
    reading = make_reading(year=2020)
    first = reading.observations[0]
    broken: dict[str, Observation] = {
        "not a number": replace(first, value=Decimal("NaN")),
        "neither value nor reason": replace(first, value=None),
        "half a surrogate pair": replace(first, label="\ud83d"),
        "too large a whole number": replace(first, citation=replace(first.citation, row=2**70)),
    }
    return with_observations(reading, *reading.observations, broken[kind])


@pytest.mark.parametrize(
    "kind", ["not a number", "neither value nor reason", "half a surrogate pair", "too large a whole number"]
)
def test_what_cannot_be_stored_leaves_nothing_behind(store: IndicatorStore, kind: str) -> None:
    store.save(make_reading())
    before = (store.generation(), store.reports(current_only=False), store.observations(current_only=False))
    with pytest.raises(StoreError):
        store.save(unstorable(kind))
    assert (store.generation(), store.reports(current_only=False), store.observations(current_only=False)) == before


def test_one_unstorable_report_of_many_costs_only_itself(store: IndicatorStore) -> None:
    readings = [make_reading(year=year) for year in (2014, 2015)]
    with pytest.raises(StoreError):
        store.save_many([*readings, unstorable("not a number")])
    assert [each.year for each in store.coverage()] == [2014, 2015]


def test_save_many_saves_each_as_save_does(store: IndicatorStore) -> None:
    readings = [make_reading(year=2000 + number) for number in range(120)]
    assert [each.revision for each in store.save_many(iter(readings))] == [1] * 120
    assert len(store.coverage()) == 120
    assert received(store) == [(2000 + number, Decimal(3)) for number in range(120)]


@pytest.mark.parametrize("other", [{"agency": "its_district"}, {"year": 2016}])
def test_a_figure_of_another_body_or_year_is_not_taken_for_the_reports_own(
    store: IndicatorStore, other: dict[str, Any]
) -> None:
    reading = make_reading()
    with pytest.raises(StoreError, match="the report is of"):
        store.save(with_observations(reading, replace(reading.observations[0], **other)))
    assert store.coverage() == ()


def test_a_folder_with_odd_characters_is_a_folder(tmp_path: Path) -> None:
    from sqlalchemy import URL

    file = tmp_path / "数 据 50%?#'\"" / "wenbao.sqlite3"
    with IndicatorStore.open(URL.create("sqlite", database=str(file))) as store:
        store.save(make_reading())
    assert file.is_file()


def test_control_characters_and_sql_are_text(store: IndicatorStore) -> None:
    label = "'; DROP TABLE observations; --\t\x01\x7f\u202e"
    reading = make_reading()
    odd = replace(reading.observations[0], label=label)
    store.save(with_observations(reading, odd))
    assert store.observations(labels=[label]) == (odd,)
    assert store.observations(labels=[RECEIVED]) == ()
