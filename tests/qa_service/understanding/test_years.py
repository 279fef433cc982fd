"""Every way of saying a year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.understanding.normal_form import normalise
from qa_service.understanding.years import YearKind, find_years


@pytest.mark.parametrize(
    ("text", "kind", "years"),
    [
        ("2017年收到多少", YearKind.LISTED, (2017,)),
        ("17年收到多少", YearKind.LISTED, (2017,)),
        ("二〇一七年", YearKind.LISTED, (2017,)),
        ("一七年", YearKind.LISTED, (2017,)),
        ("２０１７年度", YearKind.LISTED, (2017,)),
        ("in 2017", YearKind.LISTED, (2017,)),
        ("2016和2018年", YearKind.LISTED, (2016, 2018)),
        ("2016-2018年", YearKind.RANGE, (2016, 2017, 2018)),
        ("2016—2018年", YearKind.RANGE, (2016, 2017, 2018)),
        ("16年到18年", YearKind.RANGE, (2016, 2017, 2018)),
        ("二〇一六年至二〇一八年", YearKind.RANGE, (2016, 2017, 2018)),
        ("from 2016 to 2018", YearKind.RANGE, (2016, 2017, 2018)),
        ("between 2016 and 2018", YearKind.RANGE, (2016, 2017, 2018)),
        ("since 2021", YearKind.RANGE, (2021, 2022, 2023)),
        ("近三年", YearKind.RECENT, ()),
        ("over the last three years", YearKind.RECENT, ()),
        ("历年", YearKind.ALL, ()),
        ("去年", YearKind.LAST, ()),
        ("最新的报告", YearKind.LATEST, ()),
        ("the latest report", YearKind.LATEST, ()),
        # The year of publication is one after the year of the data.
        ("2018年公布的年度报告", YearKind.LISTED, (2017,)),
        ("the report that was published in 2018", YearKind.LISTED, (2017,)),
        # A document issued in a year is no publication of a report.
        ("documents issued in 2021", YearKind.LISTED, (2021,)),
        # Names of indicators and other numbers are no years.
        ("上年结转的申请", YearKind.NONE, ()),
        ("上一年项目数量", YearKind.NONE, ()),
        ("第17条", YearKind.NONE, ()),
        ("95年", YearKind.NONE, ()),
        ("3017年", YearKind.LISTED, (3017,)),
    ],
)
def test_spellings(text: str, kind: YearKind, years: tuple[int, ...]) -> None:
    found = find_years(normalise(text), newest=2023)
    assert (found.kind, found.years) == (kind, years)


@given(st.text(max_size=60))
def test_any_text_is_survived(text: str) -> None:
    plain = normalise(text)
    found = find_years(plain, newest=2023)
    assert all(0 <= start < end <= len(plain) for start, end in found.spans)


@given(st.integers(2008, 2039), st.sampled_from(["{}年收到几件", "{}年度", "in {}", "{} 北仑"]))
def test_a_four_digit_year_is_found(year: int, frame: str) -> None:
    assert find_years(frame.format(year)).years == (year,)


def test_the_year_before_in_a_year_is_that_year() -> None:
    mention = find_years("how many requests did it take over from the year before in 2020?")
    assert mention.years == (2020,)
