"""The only number parser: a printed figure becomes an exact value, or the reason why there is none.

Rules (guide.md sections 5 and 6): blank is not zero; "/" and dashes mean not applicable; "00" is 0; approximate words
are kept as an exactness. A cell that says 无 reports that there is none, which is the figure 0 (the citation still shows
无). Whatever does not read in exactly one way is UNREADABLE, never a guess: "1 234", "1.234.567", a bare 一 (a dash or a
one), 数百, a fraction in a cell that counts things.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from indicators.observation import Exactness, Missing

LONGEST_FIGURE = 60
MONEY_UNITS = frozenset({"元", "千元", "万元", "百万元", "亿元"})

_EXPORT_MARK = re.compile(r"\[bookmark:[^\]]*\]|&nbsp;|&#160;", re.IGNORECASE)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")
# One way to read each character: a ruled line of dashes with a letter after it must not be tried in every grouping.
_NOT_APPLICABLE = re.compile(r"(?:[-/\\⁄∕‐‑‒–—―─━−]|不适用)+")
_NONE = frozenset({"无", "没有"})

_UNIT = (
    r"人次|篇次|家次|批次|万元|百万元|千元|亿元|元|件次|项次|小时|公里|"
    r"[件份起个宗条篇次项人名家场期批部处例类种册本幅张户轮届站台套页封则款所座辆%]"
)
_DIGITS = r"(?P<digits>[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?)"
_HANZI = r"(?P<hanzi>[零〇○一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟]+?)"
_SCALE = r"(?P<scale>百万|千万|[百千万亿])"
_LARGE = r"(?P<large>[万亿])"
_BEFORE = r"(?P<before>大约|约为|约|将近|接近|近|超过|超|逾|多于|不少于|至少|不足|不到|少于)?"
_AFTER = r"(?P<after>余|多|左右|上下|以上|以内)"
_FIGURE = re.compile(
    rf"{_BEFORE}\s*(?P<yuan>¥)?(?:{_DIGITS}\s*(?P<mid>余|多)?{_SCALE}?(?P<late>余|多)?|{_HANZI}(?:(?P<more>余|多){_LARGE}?)?)\s*"
    rf"\(?(?P<unit>{_UNIT})?\)?\s*{_AFTER}?[。;；]?"
)
_SIGN = re.compile(r"(?P<sign>[-+±−↑↓]|增加|减少|增|减)(?P<gap>\s*)(?P<rest>.+)", re.DOTALL)
_MINUS = frozenset({"-", "−", "↓", "减少", "减"})
_WORD_SIGNS = frozenset({"增加", "减少", "增", "减", "↑", "↓"})

_EXACTNESS = {
    "大约": Exactness.ABOUT, "约为": Exactness.ABOUT, "约": Exactness.ABOUT, "将近": Exactness.ABOUT,
    "接近": Exactness.ABOUT, "近": Exactness.ABOUT, "左右": Exactness.ABOUT, "上下": Exactness.ABOUT,
    "超过": Exactness.MORE_THAN, "超": Exactness.MORE_THAN, "逾": Exactness.MORE_THAN, "多于": Exactness.MORE_THAN,
    "不少于": Exactness.MORE_THAN, "至少": Exactness.MORE_THAN, "余": Exactness.MORE_THAN, "多": Exactness.MORE_THAN,
    "以上": Exactness.MORE_THAN,
    "不足": Exactness.LESS_THAN, "不到": Exactness.LESS_THAN, "少于": Exactness.LESS_THAN, "以内": Exactness.LESS_THAN,
}  # fmt: skip
_SCALES = {"百": 100, "千": 1000, "万": 10_000, "百万": 1_000_000, "千万": 10_000_000, "亿": 100_000_000}

_HANZI_DIGITS = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_HANZI_PLAIN = str.maketrans("两壹贰叁肆伍陆柒捌玖拾佰仟〇○", "二一二三四五六七八九十百千零零")
_YEAR_DIGITS = str.maketrans("零〇○ОO一二三四五六七八九", "00000123456789")
_YEAR = re.compile(r"[0-9零〇○ОO一二三四五六七八九]{4}")


@dataclass(frozen=True, slots=True)
class Figure:
    """What a printed figure says. value is None exactly when missing is set; unit is the one printed with the figure."""

    value: Decimal | None
    unit: str | None = None
    exactness: Exactness = Exactness.EXACT
    missing: Missing | None = None


BLANK = Figure(None, missing=Missing.BLANK)
NOT_APPLICABLE = Figure(None, missing=Missing.NOT_APPLICABLE)
UNREADABLE = Figure(None, missing=Missing.UNREADABLE)


def printed(raw: str) -> str:
    """The characters a reader sees: export marks and invisible characters removed, outer white space stripped."""
    return _INVISIBLE.sub("", _EXPORT_MARK.sub(" ", raw)).strip()


def parse_figure(raw: str, *, kind: str | None = None) -> Figure:
    """Parse one printed figure, such as a table cell or a number with its measure word cut out of a sentence.

    kind: the catalogue's kind of figure. "count" and "money" take no sign, "count" no fraction (such a cell stands in
    the wrong place, or cannot be understood); "change" takes signs. None takes everything that reads in one way.
    Never raises.
    """
    return UNREADABLE if len(raw) > 20 * LONGEST_FIGURE else _parsed(raw, kind)


@lru_cache(maxsize=4096)
def _parsed(raw: str, kind: str | None) -> Figure:
    shown = printed(raw)
    text = unicodedata.normalize("NFKC", shown).strip()
    if not text:
        return BLANK
    if any(unicodedata.category(char) in ("No", "Nl") and char != "〇" for char in shown):
        # A footnote mark beside a figure (3①, 3²) would become a digit of it.
        return UNREADABLE
    if _NOT_APPLICABLE.fullmatch(re.sub(r"\s", "", text)):
        return NOT_APPLICABLE
    if text.rstrip("。") in _NONE:
        return Figure(Decimal(0))
    if len(text) > LONGEST_FIGURE:
        return UNREADABLE
    return _fitting(_signed(text, kind), kind)


def parse_year(text: str) -> int | None:
    """A four-digit year in any spelling (2017, ２０１７, 二〇一七, 二○一七), or None. No range is checked."""
    text = unicodedata.normalize("NFKC", text).strip()
    return int(text.translate(_YEAR_DIGITS)) if _YEAR.fullmatch(text) else None


def _signed(text: str, kind: str | None) -> Figure:
    match = _SIGN.fullmatch(text)
    if match is None:
        return _unsigned(text, kind)
    # "- 6" with a gap may be half of a page number; only a column of changes makes it a change.
    if kind != "change" and match["gap"] and match["sign"] not in _WORD_SIGNS:
        return UNREADABLE
    figure = _unsigned(match["rest"], kind)
    if figure.value is None or (match["sign"] == "±" and figure.value):
        return UNREADABLE
    value = -figure.value if match["sign"] in _MINUS and figure.value else figure.value
    return Figure(value, figure.unit, figure.exactness)


def _unsigned(text: str, kind: str | None) -> Figure:
    match = _FIGURE.fullmatch(text)
    if match is None or text.count("(") != text.count(")"):
        return UNREADABLE
    words = [word for word in (match["before"], match["mid"], match["late"], match["more"], match["after"]) if word]
    if len(words) > 1 or (match["yuan"] and match["unit"] not in (None, *MONEY_UNITS)):
        return UNREADABLE
    value = _value(match, approximate=bool(words))
    if value is None:
        return UNREADABLE
    unit = match["unit"] or ("元" if match["yuan"] else None)
    exactness = _EXACTNESS[words[0]] if words else Exactness.EXACT
    if scale := match["scale"] or match["large"]:
        if unit == "元" or (unit is None and kind == "money"):
            # 196.7万 in a column of money is 196.7 万元: amounts keep the unit they are printed in.
            unit = scale + "元"
            if unit not in MONEY_UNITS:
                return UNREADABLE
        elif unit in MONEY_UNITS:
            return UNREADABLE
        else:
            value *= _SCALES[scale]
            value = value.to_integral_value() if value == value.to_integral_value() else value
    return Figure(value, unit, exactness)


def _value(match: re.Match[str], *, approximate: bool) -> Decimal | None:
    if match["digits"]:
        return Decimal(match["digits"].replace(",", ""))
    hanzi: str = match["hanzi"]
    # A bare 一 is as likely a dash; 百 or 万 alone is a figure only with an approximate word (百余, 近万).
    if match[0] == "一" or (hanzi in "百千万亿佰仟" and not approximate):
        return None
    number = _parse_hanzi(hanzi)
    return None if number is None else Decimal(number)


def _parse_hanzi(text: str) -> int | None:
    """A Chinese numeral below 10**12, only if it is written as such numerals are (一百二 and 三五 are not)."""
    text = text.translate(_HANZI_PLAIN)
    total = section = digit = 0
    for char in text:
        if char == "零":
            continue
        if char in _HANZI_DIGITS:
            if digit:
                return None
            digit = _HANZI_DIGITS[char]
        elif char in "十百千":
            section += (digit or 1) * {"十": 10, "百": 100, "千": 1000}[char]
            digit = 0
        else:
            total = (total + section + digit or 1) * _SCALES[char]
            section = digit = 0
    total += section + digit
    return total if text in _spellings(total) else None


def _spellings(number: int) -> frozenset[str]:
    """The accepted spellings: 一百一十二 and 一百十二, 十二 and 一十二, 百 and 一百."""
    full = _hanzi(number)
    tens = full.replace("零一十", "零十").replace("百一十", "百十").replace("千一十", "千十")
    return frozenset(
        {full, tens, full.removeprefix("一") if full[:2] in ("一十", "一百", "一千", "一万", "一亿") else full}
    )


def _hanzi(number: int) -> str:
    """The regular Chinese numeral ("三千零五", "一百一十二")."""
    for scale, name in ((10**8, "亿"), (10**4, "万"), (1000, "千"), (100, "百"), (10, "十")):
        if number >= scale:
            rest = number % scale
            gap = "零" if rest and rest < scale // 10 else ""
            return _hanzi(number // scale) + name + gap + (_hanzi(rest) if rest else "")
    return "零一二三四五六七八九"[number]


def _fitting(figure: Figure, kind: str | None) -> Figure:
    """The figure if it can be one of this kind; a sign or a fraction among counts shows that the cell is not one."""
    value = figure.value
    if value is None or kind is None:
        return figure
    if kind in ("count", "money", "ratio") and value < 0:
        return UNREADABLE
    if kind in ("count", "change") and (value != value.to_integral_value() or figure.unit in MONEY_UNITS):
        return UNREADABLE
    if kind == "money" and figure.unit is not None and figure.unit not in MONEY_UNITS:
        return UNREADABLE
    return figure
