"""Years said by the year talked about ("前一年呢", "and three years before?", "接下来两年"), as the years they are.

Only a further turn can say them; what a form itself calls so ("结转到下一年", "passed on to the following year") is left alone.
"""

import re

from qa_service.understanding.normal_form import is_han

_NUMBERS = {
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "2": 2, "3": 3, "4": 4, "5": 5,
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5,
}  # fmt: skip
_N = r"(?P<n>[一两二三四五2-5]|one|a|two|three|four|five)"
_NOT_MOVED = r"(?<!结转)(?<!转)(?<!转到)(?<!转入)(?<!转至)(?<!留到)(?<!留给)(?<!带到)(?<!至)(?<!到)(?<!入)(?<!比)(?<!较)(?<!与)(?<!同)(?<!从)(?<!由)"
_NOT_MOVING = r"(?!结转|遗留|转|留|项目|继续|办|度结转|度遗留|度继续|带|末|底)"
_NOT_CARRIED = (
    r"(?<!to )(?<!to the )(?<!into )(?<!into the )(?<!from )(?<!from the )(?<!till )(?<!until the )(?<!for the )(?<!than )"
    r"(?<!than the )(?<!with the )(?<!over the )(?<!matters in )(?<!items in )(?<!matters of )(?<!items of )"
)
# (pattern, first step, last step; 1 and -1 are multiplied by the number said)
_SINGLE = (
    (rf"{_NOT_MOVED}(?:再?往前一年|再?前一个?年度?|上一?个?年度?|头一年){_NOT_MOVING}", -1),
    (rf"{_NOT_MOVED}(?:再?往后一年|后一个?年度?|下一个?年度?|次年|第二年|转年){_NOT_MOVING}", 1),
    (rf"(?<![近过])(?<!最近){_N}年(?:之?前|以前)(?!的?报告)", -1),
    (rf"{_N}年(?:之?后|以后)", 1),
    (
        rf"\b{_NOT_CARRIED}(?:the )?(?:year|one) before(?: that| it| this)?(?! last)|\b{_NOT_CARRIED}the (?:previous|preceding|prior) year(?! total)",
        -1,
    ),
    (rf"\b{_NOT_CARRIED}the (?:year after(?: that| it| this)?|(?:following|next|subsequent) year)\b", 1),
    (rf"\b{_N} years? (?:earlier|before(?: that)?|prior)\b", -1),
    (rf"\b{_N} years? (?:later|after(?: that)?|on)\b", 1),
)
_SPANS = (
    (rf"(?:接下来|此后|随后|往后|之后|后面|后)的?{_N}年", 1),
    (rf"(?:再?往前|此前|之前)的?{_N}年", -1),
    (rf"\b{_NOT_CARRIED}the (?:next|following) {_N} years\b", 1),
    (rf"\bthe (?:preceding|previous) {_N} years\b", -1),
)
# "比上年多多少": the year talked about and the one before, set against each other.
_AGAINST = re.compile(
    r"(?:比|较|与|同|和|跟)(?:上一?个?年度?|前一?年度?|去年)(?:相比|比)?"
    r"|\b(?:than|compared (?:to|with)|against|versus|vs|over|from) (?:in )?(?:the )?(?:year before|previous year|last year|preceding year|prior year)\b"
)
_SINGLE_PATTERNS = tuple((re.compile(pattern), sign) for pattern, sign in _SINGLE)
_SPAN_PATTERNS = tuple((re.compile(pattern), sign) for pattern, sign in _SPANS)
_SAID_YEAR = re.compile(r"(?:19|20)\d{2}|\d{2}年")


def with_years_said(text: str, year: int | None) -> str:
    """The text of a further turn, in normal form, with the years it says by another year put as numbers.

    year: the one year talked about before; None where that is not one year. A text that names a year itself is kept.
    """
    if year is None or _SAID_YEAR.search(text):
        return text
    if match := _AGAINST.search(text):
        both = f"{year}年比{year - 1}年" if _is_chinese(match.group()) else f"in {year} compared with {year - 1}"
        return f"{text[: match.start()]}{both}{text[match.end() :]}"
    for pattern, sign in _SPAN_PATTERNS:
        if match := pattern.search(text):
            far = year + sign * _NUMBERS[match["n"]]
            first, last = (year + 1, far) if sign > 0 else (far, year - 1)
            return _replaced(text, match, f"{first}-{last}" if first != last else str(first))
    for pattern, sign in _SINGLE_PATTERNS:
        if match := pattern.search(text):
            number = _NUMBERS[match["n"]] if "n" in match.groupdict() else 1
            return _replaced(text, match, str(year + sign * number))
    return text


def _replaced(text: str, match: re.Match[str], years: str) -> str:
    return f"{text[: match.start()]}{years}{'年' if _is_chinese(match.group()) else ''}{text[match.end() :]}"


def _is_chinese(text: str) -> bool:
    return any(map(is_han, text))
