"""Every printed figure reads in one way or is unreadable."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indicators.numerals import Figure, parse_figure, parse_year
from indicators.observation import Exactness, Missing

FULL_WIDTH = str.maketrans("0123456789.,-+", "０１２３４５６７８９．，－＋")


@pytest.mark.parametrize(
    ("raw", "value", "unit"),
    [
        ("0", "0", None),
        ("00", "0", None),
        ("\u00a000 ", "0", None),
        ("0.0", "0.0", None),
        ("[bookmark: _GoBack]0", "0", None),
        ("26.815", "26.815", None),
        ("1,234", "1234", None),
        ("１，２３４", "1234", None),
        ("12件", "12", "件"),
        ("3起", "3", "起"),
        ("3（件）", "3", "件"),
        ("40人次", "40", "人次"),
        ("196.7万元", "196.7", "万元"),
        ("196.7 万元", "196.7", "万元"),
        ("251000元", "251000", "元"),
        ("¥251000", "251000", "元"),
        ("60.3％", "60.3", "%"),
        ("-6", "-6", None),
        ("－6", "-6", None),
        ("+1", "1", None),
        ("增2", "2", None),
        ("减3", "-3", None),
        ("减少3项", "-3", "项"),
        ("±0", "0", None),
        ("三", "3", None),
        ("十二", "12", None),
        ("一百二十三", "123", None),
        ("一百零五", "105", None),
        ("两千三百", "2300", None),
        ("三万五千", "35000", None),
        ("一件", "1", "件"),
        ("1.2万条", "12000", "条"),
        ("无", "0", None),
        ("3。", "3", None),
    ],
)
def test_exact_figures(raw: str, value: str, unit: str | None) -> None:
    assert parse_figure(raw) == Figure(Decimal(value), unit)


@pytest.mark.parametrize(
    ("raw", "value", "unit", "exactness"),
    [
        ("二百余", "200", None, Exactness.MORE_THAN),
        ("百余家", "100", "家", Exactness.MORE_THAN),
        ("30余场", "30", "场", Exactness.MORE_THAN),
        ("5500余条", "5500", "条", Exactness.MORE_THAN),
        ("1万余条", "10000", "条", Exactness.MORE_THAN),
        ("20余万元", "20", "万元", Exactness.MORE_THAN),
        ("超过50次", "50", "次", Exactness.MORE_THAN),
        ("近万名", "10000", "名", Exactness.ABOUT),
        ("约300", "300", None, Exactness.ABOUT),
        ("300左右", "300", None, Exactness.ABOUT),
        ("不足10件", "10", "件", Exactness.LESS_THAN),
    ],
)
def test_approximate_figures_keep_their_word(raw: str, value: str, unit: str | None, exactness: Exactness) -> None:
    assert parse_figure(raw) == Figure(Decimal(value), unit, exactness)


@pytest.mark.parametrize("raw", ["", " ", "\u00a0", "\u3000", "&nbsp;", "\u200b", "\n\t", "[bookmark: _GoBack]"])
def test_blank_is_not_zero(raw: str) -> None:
    assert parse_figure(raw) == Figure(None, missing=Missing.BLANK)


@pytest.mark.parametrize("raw", ["/", "／", "\\", "-", "—", "——", "--", "－", "不适用", " / "])
def test_marks_for_not_applicable(raw: str) -> None:
    assert parse_figure(raw).missing is Missing.NOT_APPLICABLE


def test_a_ruled_line_with_a_letter_after_it_is_read_at_once() -> None:
    # 60 dashes can be grouped in 2^59 ways.
    assert parse_figure("-" * 60 + "x").missing is Missing.UNREADABLE


@pytest.mark.parametrize(
    "raw",
    [
        "1 234", "1,23", "1.234.567", "1.2.3", "12\n34", "1e5", "(3)", "3)", "一", "一一", "三五", "一百二", "数百", "几十", "三项半",
        "二〇一七", "2017年", "+-1", "±1", "- 6", "约30余", "件", "0件/1", "3、4", "٣", "1-2", "见附件", "\ufffd3", "1\x085", "9" * 500,
        "3①", "3²", "①", "½", "Ⅻ",
    ],
)  # fmt: skip
def test_what_reads_in_no_single_way_is_unreadable(raw: str) -> None:
    assert parse_figure(raw).missing is Missing.UNREADABLE


@pytest.mark.parametrize(
    ("raw", "kind"),
    [("-6", "count"), ("1.5", "count"), ("196.7万元", "count"), ("-3", "money"), ("12件", "money"), ("0.5", "change")],
)
def test_a_figure_that_its_kind_cannot_have_is_unreadable(raw: str, kind: str) -> None:
    assert parse_figure(raw, kind=kind).missing is Missing.UNREADABLE


def test_money_keeps_the_unit_it_is_printed_in() -> None:
    assert parse_figure("196.7万", kind="money") == Figure(Decimal("196.7"), "万元")
    assert parse_figure("- 6", kind="change").value == -6


@given(st.integers(0, 10**12), st.booleans(), st.booleans(), st.sampled_from(["", " ", "\u00a0", "\u3000"]))
def test_whole_numbers_in_any_dress(number: int, grouped: bool, wide: bool, space: str) -> None:
    text = f"{number:,}" if grouped else str(number)
    assert parse_figure(space + (text.translate(FULL_WIDTH) if wide else text) + space).value == number


@given(st.decimals(0, 10**9, places=4, allow_nan=False))
def test_decimals_are_exact(number: Decimal) -> None:
    assert parse_figure(f"{number:f}").value == number


def _chinese(number: int) -> str:
    """The regular numeral below 10 000, written digit by digit."""
    digits, places, out, gap = "零一二三四五六七八九", ["千", "百", "十", ""], "", False
    for place, digit in zip(places, f"{number:04}", strict=True):
        if digit == "0":
            gap = bool(out)
            continue
        out += ("零" if gap else "") + digits[int(digit)] + place
        gap = False
    return out or "零"


@given(st.integers(0, 9999))
def test_chinese_numerals(number: int) -> None:
    text = _chinese(number)
    expected = None if text == "一" else number  # a bare 一 may be a dash
    assert parse_figure(text).value == expected
    assert parse_figure(text + "件") == Figure(Decimal(number), "件")


@given(st.text(max_size=40))
def test_nothing_raises_and_a_value_or_a_reason_comes_back(raw: str) -> None:
    figure = parse_figure(raw)
    assert (figure.value is None) == (figure.missing is not None)


@given(st.text(alphabet="0123456789,.-+/ \n一二十百千万余约件元()", max_size=12))
def test_a_value_never_has_other_digits_than_the_print(raw: str) -> None:
    figure = parse_figure(raw)
    if figure.value is not None and not any(char in raw for char in "一二十百千万"):
        printed = "".join(char for char in raw if char.isdigit())
        shown = "".join(char for char in f"{figure.value:f}" if char.isdigit())
        assert printed.lstrip("0") == shown.lstrip("0")


@pytest.mark.parametrize(
    ("text", "year"), [("2017", 2017), ("２０１７", 2017), ("二〇一七", 2017), ("二○一七", 2017), ("二零二四", 2024)]
)
def test_years(text: str, year: int) -> None:
    assert parse_year(text) == year


@pytest.mark.parametrize("text", ["17", "二〇一", "abcd", "20177", ""])
def test_no_years(text: str) -> None:
    assert parse_year(text) is None
