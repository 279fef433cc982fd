"""Text beside tables: agreement, disagreement with its likely explanation, approximate words, units of money."""

from decimal import Decimal

import pytest

from indicators.catalogue import load_catalogue
from indicators.conflicts import Verdict, compare_text_with_tables, find_text_table_conflicts
from indicators.observation import Exactness, Missing, Observation, Origin
from reports.citation import Citation

TOTAL = "legacy.proactive.info_total"
WEBSITE = "legacy.proactive.channels.website"


def _figure(
    indicator: str,
    value: str | None,
    origin: Origin,
    *,
    unit: str = "条",
    exactness: Exactness = Exactness.EXACT,
    applicant: str | None = None,
) -> Observation:
    return Observation(
        indicator,
        "",
        "moon",
        2016,
        Citation("moon_2016", value or "", ""),
        applicant=applicant,
        value=None if value is None else Decimal(value),
        missing=Missing.BLANK if value is None else None,
        unit=unit,
        exactness=exactness,
        origin=origin,
    )


def _cell(indicator: str, value: str | None, unit: str = "条", applicant: str | None = None) -> Observation:
    return _figure(indicator, value, Origin.TABLE, unit=unit, applicant=applicant)


def _told(
    indicator: str, value: str, unit: str = "条", exactness: Exactness = Exactness.EXACT, applicant: str | None = None
) -> Observation:
    return _figure(indicator, value, Origin.TEXT, unit=unit, exactness=exactness, applicant=applicant)


def test_a_disagreement_gives_both_figures_and_the_cell_that_states_the_text_s() -> None:
    cells = [_cell(TOTAL, "2938"), _cell(WEBSITE, "526"), _cell("legacy.meetings.trainees", "526", "人次")]
    (conflict,) = find_text_table_conflicts([*cells, _told(TOTAL, "526")], load_catalogue())
    assert (conflict.verdict, conflict.text.value, conflict.table_value) == (
        Verdict.DISAGREE,
        Decimal(526),
        Decimal(2938),
    )
    assert [one.indicator for one in conflict.same_value] == [WEBSITE]


def test_agreement_is_no_conflict() -> None:
    observations = [_cell(TOTAL, "691"), _told(TOTAL, "691")]
    assert find_text_table_conflicts(observations, load_catalogue()) == ()
    assert [one.verdict for one in compare_text_with_tables(observations, load_catalogue())] == [Verdict.AGREE]


@pytest.mark.parametrize("cells", [[], [_cell(TOTAL, None)], [_cell(WEBSITE, "12")]])
def test_without_a_figure_in_the_table_the_text_stands_alone(cells: list[Observation]) -> None:
    (one,) = compare_text_with_tables([*cells, _told(TOTAL, "12")], load_catalogue())
    assert (one.verdict, one.table) == (Verdict.TEXT_ONLY, ())


@pytest.mark.parametrize(
    ("value", "exactness", "table", "verdict"),
    [
        ("5500", Exactness.MORE_THAN, "5523", Verdict.AGREE),
        ("5500", Exactness.MORE_THAN, "5621", Verdict.DISAGREE),
        ("5500", Exactness.MORE_THAN, "5499", Verdict.DISAGREE),
        ("10000", Exactness.ABOUT, "9800", Verdict.AGREE),
        ("10000", Exactness.ABOUT, "8000", Verdict.DISAGREE),
        ("10", Exactness.LESS_THAN, "8", Verdict.AGREE),
        ("10", Exactness.LESS_THAN, "10", Verdict.DISAGREE),
    ],
)
def test_an_approximate_figure_agrees_with_what_it_can_stand_for(
    value: str, exactness: Exactness, table: str, verdict: Verdict
) -> None:
    (one,) = compare_text_with_tables([_cell(TOTAL, table), _told(TOTAL, value, exactness=exactness)], load_catalogue())
    assert one.verdict is verdict


def test_lawsuits_in_the_text_are_the_sum_of_the_two_totals() -> None:
    direct, after = "disputes.litigation.direct.total", "disputes.litigation.after_review.total"
    cells = [_cell(direct, "26", "件"), _cell(after, "20", "件")]
    (one,) = compare_text_with_tables([*cells, _told("disputes.litigation", "46", "件")], load_catalogue())
    assert (one.verdict, one.table_value, one.table) == (Verdict.AGREE, Decimal(46), tuple(cells))


def test_amounts_are_compared_in_one_unit() -> None:
    fees = "legacy.fees_collected"
    (one,) = compare_text_with_tables([_cell(fees, "0.12", "万元"), _told(fees, "1200", "元")], load_catalogue())
    assert (one.verdict, one.table_value) == (Verdict.AGREE, Decimal(1200))


def test_the_total_column_is_compared() -> None:
    new = "requests.new_received"
    cells = [_cell(new, "3", "件", "natural_person"), _cell(new, "5", "件", "total")]
    (one,) = compare_text_with_tables([*cells, _told(new, "5", "件", applicant="total")], load_catalogue())
    assert (one.verdict, one.table_value) == (Verdict.AGREE, Decimal(5))
