"""Bounds said in a question: "超过10件", "10件以上", "5到20件之间", "exactly 14", "at most three"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.arithmetic import render_number
from indicators.numerals import parse_figure

_EN_NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen "
        "nineteen twenty".split()
    )
} | {
    "thirty": "30",
    "forty": "40",
    "fifty": "50",
    "a hundred": "100",
    "one hundred": "100",
    "a dozen": "12",
    "a thousand": "1000",
}
_UNIT = r"(?:人次|万元|元|[个件条次项篇份起宗封场期名人家])"
_ZH = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+)[万千百]?\s*{_UNIT}?"
_EN = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?|{'|'.join(sorted(_EN_NUMBERS, key=len, reverse=True))})"
# In this order: what says more comes before what it contains.
_BETWEEN = (
    re.compile(rf"(?P<a>{_ZH})\s*(?:到|至|-|~|和|与)\s*(?P<b>{_ZH})\s*(?:之间|区间|范围)"),
    re.compile(rf"(?:介于|从)\s*(?P<a>{_ZH})\s*(?:到|至|-|~|和|与)\s*(?P<b>{_ZH})"),
    re.compile(rf"\b(?:between|from)\s+(?P<a>{_EN})\s+(?:and|to)\s+(?P<b>{_EN})\b"),
)
_SIDES: tuple[tuple[str, tuple[re.Pattern[str], ...]], ...] = (
    (
        "<=",
        (
            re.compile(
                rf"(?:不超过|没有?超过|未超过|不多于|不高于|不大于|至多|最多|顶多|小于等于|小于或等于)\s*(?P<n>{_ZH})"
            ),
            re.compile(rf"(?P<n>{_ZH})\s*(?:及|或|和|或者)?(?:以下|以内|更少)"),
            re.compile(
                rf"\b(?:at most|no more than|not more than|up to|not exceeding|(?:not|n't) exceed|a maximum of)\s+(?P<n>{_EN})\b"
            ),
            re.compile(rf"\b(?P<n>{_EN})\s+(?:[a-z]+\s+)?or\s+(?:fewer|less|below|under)\b"),
        ),
    ),
    (
        ">=",
        (
            re.compile(rf"(?:不少于|不低于|不小于|至少|起码|最少|大于等于|大于或等于)\s*(?P<n>{_ZH})"),
            re.compile(rf"(?P<n>{_ZH})\s*(?:及|或|和|或者)?(?:以上|更多|往上|起步)"),
            re.compile(
                rf"\b(?:at least|no fewer than|no less than|not fewer than|not less than|a minimum of)\s+(?P<n>{_EN})\b"
            ),
            re.compile(rf"\b(?P<n>{_EN})\s*(?:\+|(?:\s+[a-z]+)?\s+or\s+(?:more|above|over|higher)\b)"),
        ),
    ),
    (
        ">",
        (
            re.compile(rf"(?:超过|超出|大于|高于|多于|多过|高过|突破|逾|破)了?\s*(?P<n>{_ZH})"),
            re.compile(
                rf"\b(?:more than|over|above|exceed(?:ing|s|ed)?|greater than|higher than|larger than|upwards of|in excess of|beyond)\s+(?P<n>{_EN})\b"
            ),
        ),
    ),
    (
        "<",
        (
            re.compile(rf"(?:少于|低于|小于|不到|不足|未达到?|没到|未满|不满|少过)\s*(?P<n>{_ZH})"),
            re.compile(rf"\b(?:fewer than|less than|under|below|lower than|smaller than|short of)\s+(?P<n>{_EN})\b"),
        ),
    ),
    (
        "=",
        (
            re.compile(rf"(?:恰好|正好|刚好|刚刚|等于|恰恰|整整)(?:是|有|为|收到)?了?\s*(?P<n>{_ZH})(?!\s*[以之])"),
            re.compile(
                r"(?<![第前后近过去哪每这那几\d.])(?<!哪几)(?<![写做编登要看查问搞弄填交])(?P<n>(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[零一二两三四五六七八九十百千]+)[万千百]?\s*(?:人次|万元|元|[件条次项篇份起宗封场期]))(?![也都以之])"
            ),
            re.compile(r"(?:数|量|为|是|达|=)\s*(?P<n>\d+(?:\.\d+)?)(?=\s*(?:的|吗|$|[，,。?？]))"),
            re.compile(
                rf"\b(?:exactly|precisely|just|only|equal to|equals)\s+(?P<n>{_EN})\b(?!\s+(?:bod|agenc|bureau|offic))"
            ),
            re.compile(
                r"(?<![\d.,/-])\b(?P<n>\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?)\s+(?!years?\b|bod|agenc|bureau|offic|report|of\b|to\b|and\b|or\b|percent|times\b|hotline|platform|[%:])[a-z]"
            ),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Bound:
    """A range of values. low, high: its ends, None where it is open; low_in, high_in: whether the end itself belongs to it.

    unit: the measure word said with the number, "" if none.
    """

    low: Decimal | None = None
    high: Decimal | None = None
    low_in: bool = True
    high_in: bool = True
    unit: str = ""

    def holds(self, value: Decimal) -> bool:
        """Whether the value lies in the range."""
        above = self.low is None or value > self.low or (self.low_in and value == self.low)
        below = self.high is None or value < self.high or (self.high_in and value == self.high)
        return above and below

    def said(self, *, zh: bool) -> str:
        """The range in words."""
        low, high = (render_number(end) if end is not None else "" for end in (self.low, self.high))
        if low and low == high:
            return f"等于{low}" if zh else f"exactly {low}"
        if low and high:
            return f"在{low}到{high}之间" if zh else f"between {low} and {high}"
        if low:
            words = ("不少于", "at least") if self.low_in else ("超过", "more than")
            return f"{words[0]}{low}" if zh else f"{words[1]} {low}"
        words = ("不超过", "at most") if self.high_in else ("少于", "fewer than")
        return f"{words[0]}{high}" if zh else f"{words[1]} {high}"


def find_bound(text: str, skipped: Sequence[tuple[int, int]] = ()) -> Bound | None:
    """The bound said in a question in normal form, or None. skipped: character ranges of years, whose digits bound nothing."""
    plain = list(text)
    for start, end in skipped:
        plain[start:end] = "\n" * (end - start)
    text = "".join(plain)
    for pattern in _BETWEEN:
        match = pattern.search(text)
        if match and (low := _number(match["a"])) and (high := _number(match["b"])):
            ends = sorted((low[0], high[0]))
            return Bound(ends[0], ends[1], unit=high[1] or low[1])
    bounds = list(_one_sided(text))
    lows = [bound for bound in bounds if bound.high is None]
    highs = [bound for bound in bounds if bound.low is None]
    if lows and highs:
        # "10件以上50件以下": both ends, each said by itself.
        lowest, highest = lows[0], highs[0]
        return Bound(lowest.low, highest.high, lowest.low_in, highest.high_in, highest.unit or lowest.unit)
    return bounds[0] if bounds else None


def _one_sided(text: str) -> Iterator[Bound]:
    """The bounds with one end, and exact values, in the order of `_SIDES`; what one pattern took no later one reads again."""
    taken: list[tuple[int, int]] = []
    for side, patterns in _SIDES:
        for pattern in patterns:
            for match in pattern.finditer(text):
                number = _number(match["n"])
                if number is not None and not any(
                    match.start("n") < end and start < match.end("n") for start, end in taken
                ):
                    taken.append(match.span())
                    yield _bound(side, *number)


def _bound(side: str, value: Decimal, unit: str) -> Bound:
    if side == "=":
        return Bound(value, value, unit=unit)
    inclusive = side.endswith("=")
    if side.startswith(">"):
        return Bound(low=value, low_in=inclusive, unit=unit)
    return Bound(high=value, high_in=inclusive, unit=unit)


def _number(said: str) -> tuple[Decimal, str] | None:
    """(value, measure word) of a number as said; None for what does not read as one number."""
    plain = said.strip()
    figure = parse_figure(_EN_NUMBERS.get(plain, plain.replace("两", "二") if plain[0] == "两" else plain))
    if figure.value is None and plain and plain[-1] not in "0123456789":
        return None
    return (figure.value, figure.unit or "") if figure.value is not None else None
