"""Years said by the year talked about, and what only looks like them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_service.understanding.relative_years import with_years_said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("前一年呢", "2019年呢"),
        ("那上一年呢", "那2019年呢"),
        ("次年呢", "2021年呢"),
        ("三年前呢", "2017年呢"),
        ("后两年呢", "2021-2022年呢"),
        ("接下来的三年呢", "2021-2023年呢"),
        ("比上年多多少", "2020年比2019年多多少"),
        ("和前一年比呢", "2020年比2019年呢"),
        ("and the year before that?", "and 2019?"),
        ("and companies in the following year?", "and companies in 2021?"),
        ("two years later?", "2022?"),
        ("how many more than the year before?", "how many more in 2020 compared with 2019?"),
    ],
)
def test_a_year_beside_the_one_talked_about(text: str, said: str) -> None:
    assert with_years_said(text, 2020) == said


@pytest.mark.parametrize(
    "text",
    [
        # Parts of other words.
        "上次年报里是多少",
        "最后一年呢",
        "最后两年的呢",
        "目前一年一报吗",
        "以后一年一份吗",
        "how many a year on average?",
        "can i file one year later?",
        "谢谢,过两年后我再来问",
        # Figures of the form that are about another year.
        "结转到下一年的呢",
        "上年结转的呢",
        "与上年结转的合计",
        "留待次年再办的",
        "上一年项目数量呢",
        "how many were carried over from last year?",
        "held over for the next year",
        "passed on to the following year?",
        # Two years, or a year of its own.
        "the year before and the year after?",
        "and the year before 2018?",
    ],
)
def test_what_says_no_year_by_another_is_left_alone(text: str) -> None:
    assert with_years_said(text, 2020) == text


@given(st.text(max_size=60))
def test_without_one_year_before_nothing_changes(text: str) -> None:
    assert with_years_said(text, None) == text


@given(st.text(alphabet="前后上下次一两三年的呢,的那 yearbfotandtw", max_size=40), st.integers(2010, 2030))
def test_any_text_is_read(text: str, year: int) -> None:
    assert isinstance(with_years_said(text, year), str)
