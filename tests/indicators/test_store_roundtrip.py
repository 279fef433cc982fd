"""What is read from the store equals what was written, to the last digit."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indicators.observation import Exactness, Imbalance, Missing, Observation, Origin
from indicators.store import IndicatorStore
from reports.citation import Citation
from reports.document import Paragraph
from reports.place import Place
from reports.problem import Problem, Severity
from reports.report import Section
from reports.table import Cell, Table
from tests.indicators.readings import Reading, make_reading, with_observations

# Every character but halves of surrogate pairs, which are no text, and NUL, which PostgreSQL has no place for.
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
INTEGERS = st.integers(0, 2**31 - 1)
COORDINATES = st.floats(allow_nan=False, allow_infinity=False, width=64)
PLACES = st.builds(
    Place,
    page=st.none() | INTEGERS,
    bbox=st.none() | st.tuples(COORDINATES, COORDINATES, COORDINATES, COORDINATES),
    line=st.none() | INTEGERS,
    block=st.none() | INTEGERS,
)
DECIMALS = st.decimals(allow_nan=False, allow_infinity=False)
_numbers = count()


def citations(report: str) -> st.SearchStrategy[Citation]:
    text, index = st.none() | TEXT, st.none() | INTEGERS
    return st.builds(
        Citation, st.just(report), raw=TEXT, quote=TEXT, section=text, table=text, table_title=text, row=index,
        column=index, row_label=text, column_label=text, place=PLACES, ocr=st.booleans(),
    )  # fmt: skip


def observations(report: str, agency: str, year: int) -> st.SearchStrategy[Observation]:
    figure = st.tuples(DECIMALS, st.none()) | st.tuples(st.none(), st.sampled_from(Missing))
    return st.builds(
        lambda figure, **fields: Observation(value=figure[0], missing=figure[1], **fields), figure,
        indicator=st.none() | TEXT, label=TEXT, agency=st.just(agency), year=st.just(year),
        citation=citations(report), applicant=st.none() | TEXT, unit=st.none() | TEXT,
        exactness=st.sampled_from(Exactness), origin=st.sampled_from(Origin),
    )  # fmt: skip


CELLS = st.builds(Cell, TEXT, INTEGERS, INTEGERS, INTEGERS, INTEGERS, place=PLACES, unreadable=st.none() | TEXT)
TABLES = st.builds(
    Table, TEXT, st.lists(CELLS, max_size=3).map(tuple), PLACES, st.none() | TEXT, st.booleans(), st.booleans()
)
PARAGRAPHS = st.builds(Paragraph, TEXT, PLACES, st.none() | st.integers(1, 9), st.booleans())
SECTIONS = st.builds(Section, st.lists(TEXT, max_size=3).map(tuple), st.lists(PARAGRAPHS, max_size=3).map(tuple))
PROBLEMS = st.builds(Problem, TEXT, TEXT, TEXT, st.sampled_from(Severity), st.none() | PLACES)
IMBALANCES = st.builds(
    Imbalance, TEXT, TEXT, TEXT, st.none() | TEXT, st.none() | DECIMALS, st.none() | DECIMALS,
    st.lists(st.tuples(TEXT, INTEGERS, INTEGERS), max_size=3).map(tuple), st.none() | TEXT,
)  # fmt: skip


@st.composite
def readings(draw: st.DrawFn) -> Reading:
    plain = make_reading(file=f"{next(_numbers)}.txt")
    report = plain.report
    return Reading(
        replace(
            report,
            title=draw(TEXT),
            edition=draw(st.none() | TEXT),
            sections=tuple(draw(st.lists(SECTIONS, max_size=2))),
            tables=tuple(draw(st.lists(TABLES, max_size=2))),
            problems=tuple(draw(st.lists(PROBLEMS, max_size=2))),
        ),
        tuple(draw(st.lists(observations(report.id, report.agency.id, report.year), max_size=4))),
        tuple(draw(st.lists(IMBALANCES, max_size=2))),
    )


@pytest.fixture(scope="module")
def shared_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[IndicatorStore]:
    folder: Path = tmp_path_factory.mktemp("roundtrip")
    with IndicatorStore.open(f"sqlite:///{folder}/wenbao.sqlite3") as store:
        yield store


@given(reading=readings())
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_what_was_saved_comes_back(shared_store: IndicatorStore, reading: Reading) -> None:
    saved = shared_store.save(reading)
    try:
        stored = shared_store.report(saved.report_id)
        assert stored is not None
        assert (stored.item.title, stored.item.edition) == (reading.report.title, reading.report.edition)
        assert stored.sections == reading.report.sections
        assert stored.tables == reading.report.tables
        assert stored.problems == reading.report.problems
        assert stored.imbalances == reading.imbalances
        found = shared_store.observations()
        assert found == reading.observations
        # Decimals that are equal may still print differently.
        assert [str(each.value) for each in found] == [str(each.value) for each in reading.observations]
    finally:
        shared_store.remove(saved.report_id)


@pytest.mark.parametrize(
    "digits",
    ["26.815", "0.10", "196.7", "0", "-6", "123456789012345.6789", "1E+2", "0.1", "0.30000000000000004", "-0.0"],
)
def test_every_digit_of_a_decimal_is_kept(store: IndicatorStore, digits: str) -> None:
    reading = make_reading()
    store.save(with_observations(reading, replace(reading.observations[0], value=Decimal(digits))))
    (found,) = store.observations()
    assert str(found.value) == digits


def test_blank_zero_and_not_applicable_stay_apart(store: IndicatorStore) -> None:
    reading = make_reading()
    first = reading.observations[0]
    blank = replace(first, value=None, missing=Missing.BLANK)
    zero = replace(first, value=Decimal(0))
    slash = replace(first, value=None, missing=Missing.NOT_APPLICABLE)
    store.save(with_observations(reading, blank, zero, slash))
    assert [(each.value, each.missing) for each in store.observations()] == [
        (None, Missing.BLANK),
        (Decimal(0), None),
        (None, Missing.NOT_APPLICABLE),
    ]
