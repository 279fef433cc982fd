"""Years said by the year talked about ("前一年呢", "and three years before?", "接下来两年"), as the years they are.

Only a further turn can say them. 去年 alone is not one of them: it counts from the newest report (years.py), and only "比去年"
sets the year talked about against the one before. What a form itself calls so ("结转到下一年") is left alone.
"""

import re

from qa_service.understanding.normal_form import is_han

_NUMBERS = {
    "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "2": 2, "3": 3, "4": 4, "5": 5,
    "one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5,
}  # fmt: skip
_N = r"(?P<n>[一两二三四五2-5]|one|a|two|three|four|five)"
# What a turn goes on with: elsewhere the same characters are parts of other words (最后一年, 目前一年, 上次年报).
_ZH = r"(?:^|(?<=[那么再在看问换查说呢是把的中它局办府会，。,;；:：\s]))"
_EN = r"(?:^|(?<=and )|(?<=about )|(?<=then )|(?<=, )|(?<=in )|(?<=for )|(?<=but )|(?<=so ))"
_OF_FORM = r"(?!结转|遗留|转|留|项目|继续|办|剩|未|度结转|度遗留|度继续|带|末|底)"
# (pattern, direction): one year, so many years away.
_SINGLE = tuple(
    (re.compile(pattern), direction)
    for pattern, direction in (
        (rf"{_ZH}(?:再?往前一年|再?前一个?年度?|上一?个?年度?|头一年){_OF_FORM}", -1),
        (rf"{_ZH}(?:再?往后一年|后一个?年度?|下一个?年度?|次年|第二年|转年){_OF_FORM}", 1),
        (rf"{_ZH}{_N}年(?:之?前|以前)(?!的?报告)", -1),
        (rf"{_ZH}{_N}年(?:之?后|以后)", 1),
        (rf"{_EN}the (?:year before(?: that| it| this)?|(?:previous|preceding|prior) year)\b(?! total)", -1),
        (rf"{_EN}the (?:year after(?: that| it| this)?|(?:following|next|subsequent) year)\b", 1),
        (rf"{_EN}{_N} years? (?:earlier|before(?: that)?|prior)\b", -1),
        (rf"{_EN}{_N} years? (?:later|after(?: that)?)\b", 1),
    )
)
# (pattern, direction): all the years so far.
_SPAN = tuple(
    (re.compile(pattern), direction)
    for pattern, direction in (
        (rf"{_ZH}(?:接下来|此后|随后|往后|之后|后面|后)的?{_N}年(?!后)", 1),
        (rf"{_ZH}(?:再?往前|此前|之前)的?{_N}年(?!前)", -1),
        (rf"{_EN}the (?:next|following) {_N} years\b", 1),
        (rf"{_EN}the (?:preceding|previous) {_N} years\b", -1),
    )
)
# "比上年多多少": the year talked about and the one before, set against each other.
_AGAINST = re.compile(
    rf"(?:比|较|与|同|和|跟)(?:上一?个?年度?|前一?年度?|去年){_OF_FORM}(?:相比|比)?"
    r"|\b(?:than|compared (?:to|with)|against|versus|vs) (?:in )?(?:the )?(?:year before|previous year|last year|preceding year|prior year)\b"
)
# Figures of the form that are themselves about another year.
_MOVES = re.compile(
    r"结转|遗留|转[入到至]|留[待到给]|顺延"
    r"|\b(?:carr(?:y|ied)|held|hold|pass(?:ed)?|push(?:ed)?|roll(?:ed)?|brought|left|moved?|transferred|put off|postponed|kept)\b"
)
_SAID_YEAR = re.compile(r"(?:19|20)\d{2}|\d{2}年")


def with_years_said(text: str, year: int | None) -> str:
    """The text of a further turn, in normal form, with the year it says by another one put as a number.

    year: the one year talked about before; None where that is not one year. A text that names a year itself is kept, and
    so is one that says two years.
    """
    if year is None or _SAID_YEAR.search(text):
        return text
    if match := _AGAINST.search(text):
        both = f"{year}年比{year - 1}年" if _is_chinese(match.group()) else f"in {year} compared with {year - 1}"
        return f"{text[: match.start()]}{both}{text[match.end() :]}"
    if _MOVES.search(text):
        return text
    for pattern, direction in _SPAN:
        if match := pattern.search(text):
            far = year + direction * _NUMBERS[match["n"]]
            first, last = (year + 1, far) if direction > 0 else (far, year - 1)
            return _replaced(text, match, f"{first}-{last}" if first != last else str(first))
    found = [(match, direction) for pattern, direction in _SINGLE for match in pattern.finditer(text)]
    if len(found) != 1:
        return text
    match, direction = found[0]
    number = _NUMBERS[match["n"]] if "n" in match.groupdict() else 1
    return _replaced(text, match, str(year + direction * number))


def _replaced(text: str, match: re.Match[str], years: str) -> str:
    return f"{text[: match.start()]}{years}{'年' if _is_chinese(match.group()) else ''}{text[match.end() :]}"


def _is_chinese(text: str) -> bool:
    return any(map(is_han, text))
