"""What a question counts in, and how many or which one of an order it asks for ("多少件", "top five", "第二多")."""

import re

_MEASURE = re.compile(
    r"(?:多少|几|好多|哪几)\s*(?:多)?(个|件|条|次|项|篇|份|起|宗|封|人次|人|名|位|场|期|家|元|万元|钱|种|部|批|例)"
)
# "How much did it collect in fines" wants money, where "how much information" does not.
_MONEY = re.compile(r"多少[万亿](?![件条次人篇项份个])|\bhow many (?:million |thousand )?yuan\b")
_MUCH_MONEY = re.compile(
    r"\bhow much (?:money|cash|revenue|was (?:collected|charged|paid|spent|raised|levied|fined))\b"
    r"|\bhow much\b(?! information| material| content)[^?.;]{0,80}\b(?:collect|earn|raise|pay|paid|spend|spent|cost|charge"
    r"|levy|levied|make|made|take|took|bring|brought|fine|fines|yuan|rmb)\b"
)
_HEADS = re.compile(r"人数|\bhow many (?:people|persons|individuals)\b|\bnumber of (?:people|persons|individuals)\b")
_TOP = re.compile(r"(?:前|领先的|top\s*|first\s*)(\d{1,3}|[一二三四五六七八九十]|three|five|ten|two|four)")
_SMALL = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_SMALL_EN = {"two": 2, "three": 3, "four": 4, "five": 5, "ten": 10}
_ORDINAL_EN = {"second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4, "fifth": 5, "5th": 5}
_PLACE = re.compile(
    r"(?:第|倒数第|老)([二三四五六七八九十]|[2-9]|10)(?:[多高少低大](?![学类型]|中学)|小(?!学)|名|位(?!数))(?![^，,。？?]{0,3}(?:和|、|与)第)"
    r"|(?:(?<!安)排名?|位列|位居|名列|排在)第([二三四五六七八九十]|[2-9]|10)(?![\d年月日季章条款类批次])|倒数第([二三四五2-5])(?![\d年个次批])"
    r"|\b(second|third|fourth|fifth|2nd|3rd|4th|5th)[- ](?:most|highest|largest|biggest|greatest|lowest|fewest|least|smallest|place\b)"
    r"|\b(?:came|comes?|coming|finish(?:ed|es)?|ranks?|ranked|placed?|was|is|stood|stands) (?:in |at )?(?:the )?"
    r"(second|third|fourth|fifth|2nd|3rd|4th|5th)\b(?![- ](?:year|time|quarter|half|instance|part(?:y|ies)|hand|option|batch))"
    r"|\brunner[- ]?(up)\b"
)


def find_unit(text: str) -> str:
    """The measure word of the figure asked for, "" if none was said. text: in normal form, as below."""
    match = _MEASURE.search(text)
    if _MONEY.search(text):
        return "钱"
    if match:
        return match.group(1)
    if _MUCH_MONEY.search(text):
        return "钱"
    return "人" if _HEADS.search(text) else ""


def find_limit(text: str) -> int:
    """N of "top N", 0 if none was said."""
    match = _TOP.search(text)
    return _number(match.group(1)) if match else 0


def find_place(text: str) -> int:
    """N of "the Nth most", from 2 on; 0 if no place of an order is asked for."""
    match = _PLACE.search(text)
    if match is None:
        return 0
    return _number(next(group for group in match.groups() if group))


def _number(said: str) -> int:
    if said.isdigit():
        return int(said)
    return {**_SMALL, **_SMALL_EN, **_ORDINAL_EN, "up": 2}[said]
