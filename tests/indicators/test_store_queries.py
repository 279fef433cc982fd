"""Which figures and reports the store finds, in which order, and along which index."""

from collections.abc import Callable
from dataclasses import replace
from itertools import product

import pytest
from sqlalchemy import event, text

from indicators.observation import Observation, Origin
from indicators.store import IndicatorStore
from reports.errors import StoreError
from tests.indicators.readings import LOCAL_ROW, RECEIVED, make_agency, make_reading, with_observations

RECEIVED_ID = "legacy.requests.received"
AGENCIES = [make_agency(f"town_{name}", f"示例市{name}镇人民政府") for name in "abc"]
YEARS = [2016, 2017, 2018]


@pytest.fixture
def filled(store: IndicatorStore) -> IndicatorStore:
    """Three agencies and years, saved in an order that is no order."""
    everything = list(product(AGENCIES, YEARS))
    for agency, year in everything[1::2] + everything[0::2]:
        store.save(make_reading(agency, year, received=str(year)))
    return store


def told(observations: tuple[Observation, ...]) -> list[tuple[str, int, str]]:
    return [(each.agency, each.year, each.label) for each in observations]


def test_figures_come_by_agency_year_and_place(filled: IndicatorStore) -> None:
    found = filled.observations()
    assert [(each.agency, each.year, each.citation.row) for each in found] == [
        (agency.id, year, row) for agency in AGENCIES for year in YEARS for row in range(3)
    ]


def test_one_figure(filled: IndicatorStore) -> None:
    found = filled.observations([RECEIVED_ID], ["town_b"], [2017])
    assert told(found) == [("town_b", 2017, RECEIVED)]


@pytest.mark.parametrize(
    ("agencies", "years", "count"),
    [
        (None, None, 9),
        (["town_a", "town_c"], None, 6),
        (None, [2016, 2018, 3017], 6),
        (["town_a"], [2016, 2017], 2),
        (["nowhere"], None, 0),
        ([], None, 0),
        (None, [], 0),
    ],
)
def test_conditions_narrow_and_an_empty_one_fits_nothing(
    filled: IndicatorStore, agencies: list[str] | None, years: list[int] | None, count: int
) -> None:
    assert len(filled.observations([RECEIVED_ID], agencies, years)) == count


def test_labels_origins_and_applicants(store: IndicatorStore) -> None:
    reading = make_reading()
    first = reading.observations[0]
    told_in_text = replace(first, origin=Origin.TEXT)
    by_person = replace(first, applicant="natural_person")
    total = replace(first, applicant="total")
    store.save(with_observations(reading, first, told_in_text, by_person, total))
    assert store.observations(origins=[Origin.TEXT]) == (told_in_text,)
    assert store.observations(applicants=["total"]) == (total,)
    assert store.observations(applicants=["total", "natural_person"]) == (by_person, total)
    assert store.observations(applicants=[None]) == (first, told_in_text)
    assert store.observations(applicants=[None, "total"]) == (first, told_in_text, total)
    assert store.observations(applicants=[None, "total", "natural_person"], labels=[RECEIVED]) == (
        first,
        told_in_text,
        by_person,
        total,
    )


def test_figures_no_indicator_covers_are_found_by_their_label(filled: IndicatorStore) -> None:
    assert {each.label for each in filled.uncatalogued()} == {LOCAL_ROW}
    assert told(filled.uncatalogued("town_a", 2017)) == [("town_a", 2017, LOCAL_ROW)]
    assert len(filled.uncatalogued(labels=[LOCAL_ROW])) == 9
    assert filled.uncatalogued(labels=[RECEIVED]) == ()


@pytest.mark.parametrize("limit", [1, 2, 4, 26, 27, 100])
def test_pages_of_figures_join_to_the_whole_list(filled: IndicatorStore, limit: int) -> None:
    pages, after = [], None
    while True:
        page = filled.observation_page(after=after, limit=limit)
        pages.append(page.observations)
        after = page.next
        if after is None:
            break
    assert sum(pages, ()) == filled.observations()
    assert all(len(page) == limit for page in pages[:-1])


def test_pages_of_reports_join_to_the_whole_list(filled: IndicatorStore) -> None:
    whole = filled.reports()
    assert [(each.agency, each.year) for each in whole] == [
        (agency.id, year) for agency, year in product(AGENCIES, YEARS)
    ]
    first = filled.reports(limit=4)
    assert first + filled.reports(after=first[-1].id) == whole
    assert filled.reports(after=whole[-1].id) == ()
    assert [each.year for each in filled.reports(agency="town_b")] == YEARS
    assert [each.agency for each in filled.reports(year=2016)] == [agency.id for agency in AGENCIES]
    assert filled.reports(year=2016)[0].agency_name == "示例市a镇人民政府"


def test_a_page_after_something_that_is_gone_says_so(filled: IndicatorStore) -> None:
    last = filled.reports()[-1].id
    after = filled.observation_page(limit=26).next
    filled.remove(last)
    filled.remove(filled.reports(agency="town_c")[-1].id)
    for ask in (lambda: filled.reports(after=last), lambda: filled.observation_page(after=10**9)):
        with pytest.raises(StoreError) as error:
            ask()
        assert error.value.code == "unknown-cursor"
    assert after is not None


FIGURE = "observations USING INDEX ix_observations_report (report_key=? AND indicator=?)"
FIGURES = "observations USING INDEX ix_observations_report (report_key=?)"


@pytest.mark.parametrize(
    ("ask", "steps"),
    [
        (lambda s: s.observations([RECEIVED_ID], ["a"], [2017]), ("(agency_id=? AND year=?)", FIGURE)),
        (
            lambda s: s.observations([RECEIVED_ID, "b"], ["a", "b"], [2017, 2018], ["total"]),
            ("(agency_id=? AND year=?)", FIGURE),
        ),
        (lambda s: s.observations([RECEIVED_ID], years=[2017]), ("ix_reports_year (year=?)", FIGURE)),
        (lambda s: s.observations([RECEIVED_ID], ["a"]), ("(agency_id=?)", FIGURE)),
        (lambda s: s.observations([RECEIVED_ID]), ("SCAN reports", FIGURE)),
        (lambda s: s.observations(agencies=["a"], years=[2017]), ("(agency_id=? AND year=?)", FIGURES)),
        (lambda s: s.observations(reports=["a"]), ("reports USING INDEX sqlite_autoindex_reports_2 (id=?)", FIGURES)),
        (lambda s: s.uncatalogued("a", 2017), ("(agency_id=? AND year=?)", FIGURE)),
        (lambda s: s.uncatalogued(labels=["a"]), ("ix_observations_uncatalogued (label=?)",)),
        (lambda s: s.observation_page(), ("SCAN reports", FIGURES)),
    ],
)
def test_a_question_touches_only_its_rows(
    sqlite_dsn: str, ask: Callable[[IndicatorStore], object], steps: tuple[str, ...]
) -> None:
    """By SQLite's own plan. Without the statistics that the schema brings it reads a whole report for one figure."""
    with IndicatorStore.open(sqlite_dsn) as store:
        plans: list[str] = []

        @event.listens_for(store._engine, "before_cursor_execute")
        def explain(connection, cursor, statement, parameters, context, many) -> None:  # type: ignore[no-untyped-def]
            if statement.startswith("SELECT observations"):
                cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
                plans.extend(row[-1] for row in cursor.fetchall())

        ask(store)
    for step, planned in zip(steps, plans, strict=False):
        assert step in planned, plans
    assert len(plans) >= len(steps)


def test_the_statistics_survive_opening(sqlite_dsn: str) -> None:
    for _ in range(2):
        with IndicatorStore.open(sqlite_dsn) as store, store._engine.connect() as connection:
            assert connection.execute(text("SELECT count(*) FROM sqlite_stat1")).scalar() == 9
