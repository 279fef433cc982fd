"""Exact arithmetic with its formula."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.arithmetic import add, average, convert, growth, median, ratio_percent, render_number, subtract, times
from indicators.observation import Missing, Observation
from reports.citation import Citation


def figure(value: str | None, unit: str = "件") -> Observation:
    return Observation(
        "x",
        "x",
        "a",
        2020,
        Citation("r", value or "", value or ""),
        value=Decimal(value) if value else None,
        missing=None if value else Missing.BLANK,
        unit=unit,
    )


def test_formulas() -> None:
    assert add([figure("31"), figure("4")]).formula == "31 + 4 = 35"
    assert subtract(figure("3"), figure("39")).formula == "3 - 39 = -36"
    share = ratio_percent([figure("31"), figure("4")], [figure("39")])
    assert share is not None
    assert (share.text, share.formula) == ("89.7", "(31 + 4) ÷ 39 ≈ 89.7%")
    rate = growth(figure("40"), figure("34"))
    assert rate is not None
    assert (rate.text, rate.rounded) == ("-15", False)
    assert average([figure("1"), figure("2")]).text == "1.5"
    assert convert(figure("26.815", "万元"), Decimal(10_000), "元").text == "268150"


def test_half_is_rounded_up() -> None:
    share = ratio_percent([figure("1")], [figure("8")])
    assert share is not None
    assert share.text == "12.5"
    assert (ratio_percent([figure("17")], [figure("400")]) or share).text == "4.3"


def test_a_zero_base_gives_no_ratio() -> None:
    assert growth(figure("0"), figure("5")) is None
    assert ratio_percent([figure("0")], [figure("0")]) is None
    assert times(figure("5"), figure("0")) is None


def test_blanks_and_unlike_units_are_refused() -> None:
    with pytest.raises(ValueError, match="value"):
        add([figure("1"), figure(None)])
    with pytest.raises(ValueError, match="units"):
        add([figure("1", "件"), figure("1", "条")])


decimals = st.decimals(min_value=-(10**9), max_value=10**9, places=4, allow_nan=False, allow_infinity=False)


@given(st.lists(decimals, min_size=1, max_size=12))
def test_sums_are_exact(values: list[Decimal]) -> None:
    assert add([figure(str(value)) for value in values]).value == sum(values)


@given(decimals)
def test_rendered_numbers_read_back(value: Decimal) -> None:
    assert Decimal(render_number(value)) == value


@given(st.lists(st.integers(-(10**6), 10**6), min_size=1, max_size=20))
def test_half_of_the_values_lie_on_each_side_of_the_median(values: list[int]) -> None:
    derived = median([figure(str(value)) for value in values])
    assert 2 * sum(value < derived.value for value in values) <= len(values)
    assert 2 * sum(value > derived.value for value in values) <= len(values)
    assert len(derived.operands) == len(values)
    assert derived.formula.endswith(f"= {derived.text}")


def test_a_median_needs_one_unit_and_every_value() -> None:
    for operands in ([figure("1"), figure("2", "条")], [figure("1"), figure(None)], []):
        with pytest.raises(ValueError, match="arithmetic"):
            median(operands)
