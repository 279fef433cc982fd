"""Printed labels made comparable: row and column labels of tables, section headings.

Source of the rule: `row_matching` of the indicator catalogue (NFKC, no white space, no numbering, no bracket note).
"""

import re
import unicodedata
from functools import lru_cache

from indicators.numerals import printed

# CJK radicals that NFKC leaves alone; PDF fonts use them in place of the characters they look like.
_RADICALS = str.maketrans(
    "⺁⺊⺌⺍⺎⺝⺟⺠⺢⺫⺭⺮⺰⺳⺶⺸⺻⺼⺽⺾⻁⻄⻅⻆⻉⻊⻋⻌⻎⻏⻐⻑⻒⻓⻔⻕⻖⻗⻘⻙⻚⻛⻜⻝⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻳",
    "厂卜小小尢月母民水目示竹纟网羊羊肀月臼艹虎西见角贝足车辶辶邑钅长长长门阜阜雨青韦页风飞食饣饣马骨鬼鱼鸟卤麦黄黾齐齐齿齿龙龙龟",
)
_FOOTNOTE_MARKS = re.compile("[²³¹⁰-⁹₀-₉①-⑳⓪➀-➓⑴-⒇⒈-⒛㈠-㈩❶-❿]")
_NUMBERING = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、.,:]|第[一二三四五六七八九十]{1,3}[、,:]|\([一二三四五六七八九十]{1,3}\)[、.]?|"
    r"\(?\d{1,2}\)[、.]?|\d{1,2}[、.,:](?!\d)|\d{1,2}(?=[\u4e00-\u9fff])(?!\d*[年月日个条项件次季])|其中[:,]?|[-·•*])"
)
_NOTE = re.compile(r"\([^()]*\)")
_NOT_LETTERS = re.compile(r"[^\w]|_")
_LEVELS = (
    re.compile(r"[一二三四五六七八九十]{1,3}[、.,]"),
    re.compile(r"\([一二三四五六七八九十]{1,3}\)"),
    re.compile(r"\d{1,2}[、.,](?!\d)|\d{1,2}(?=[\u4e00-\u9fff])"),
    re.compile(r"\(\d{1,2}\)|\d{1,2}\)|其中"),
)
# The longest label of the forms has some 60 characters; longer cell texts are remarks.
_LONGEST_LABEL = 400
_SPACE = re.compile(r"\s+")
_INNER_SPACE = re.compile(r"(?<=[^\x21-\x7e])\s+|\s+(?=[^\x21-\x7e])")
_UNIT_NOTE = re.compile(r"\((?:计量|计算)?(?:单位[:：]?)?([^()、,，;；]{1,6})\)")


def folded(text: str) -> str:
    """NFKC form without export marks, invisible characters and white space; look-alike radicals as characters."""
    return _folded(text) if len(text) <= _LONGEST_LABEL else _folded.__wrapped__(text)


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    text = unicodedata.normalize("NFKC", _FOOTNOTE_MARKS.sub("", printed(text)).translate(_RADICALS))
    return _SPACE.sub("", text)


def label_key(text: str) -> str:
    """What is compared of a label: no numbering, no bracketed note, letters and digits only. "" for a blank label.

    A text too long for a label is compared by its beginning.
    """
    return _label_key(text[:_LONGEST_LABEL])


@lru_cache(maxsize=8192)
def _label_key(text: str) -> str:
    text = _strip_numbering(folded(text))
    while (shorter := _NOTE.sub("", text)) != text:
        text = shorter
    # A note whose second bracket fell behind a page break.
    text = re.sub(r"(?<=.)\(.*$", "", text)
    return _NOT_LETTERS.sub("", text).lower()


def _strip_numbering(text: str) -> str:
    while match := _NUMBERING.match(text):
        text = text[match.end() :]
    return text


def shown_label(text: str) -> str:
    """A label as printed, on one line: white space next to Chinese characters removed, numbering and notes kept."""
    return _shown_label(text[:_LONGEST_LABEL])


@lru_cache(maxsize=8192)
def _shown_label(text: str) -> str:
    return _INNER_SPACE.sub("", _SPACE.sub(" ", printed(text)).strip())


def outline_level(text: str) -> int | None:
    """Depth of the numbering of a label: 一、=1 （一）=2 1.=3 （1）/其中=4; None without numbering."""
    start = folded(text[:40])
    for level, pattern in enumerate(_LEVELS, start=1):
        if pattern.match(start):
            return level
    return None


def unit_in_note(text: str, units: frozenset[str]) -> str | None:
    """The unit of measure that a label or head names in brackets ("本年收费金额（单位：万元）" -> 万元), or None."""
    for match in _UNIT_NOTE.finditer(folded(text)):
        if match[1] in units:
            return match[1]
    return None
