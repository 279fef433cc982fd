"""What Word adds to the text of a paragraph from elsewhere in the file: heading levels and automatic numbers."""

import re
from dataclasses import dataclass, field

from lxml import etree

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HEADING_NAME = re.compile(r"(?:heading|标题)\s*([1-9])$", re.IGNORECASE)
_CHINESE_DIGITS = "零一二三四五六七八九"
_LEVELS = 9
_DEPTH = 20


def value(element: etree._Element | None, path: str) -> str | None:
    """The w:val of the element at a path of w: names below `element`; None where it is absent."""
    found = child(element, path)
    return None if found is None else found.get(f"{WORD}val")


def child(element: etree._Element | None, path: str) -> etree._Element | None:
    """The element at a path of w: names ("pPr/numPr") below `element`."""
    for name in path.split("/"):
        element = None if element is None else element.find(f"{WORD}{name}")
    return element


@dataclass(frozen=True, slots=True)
class _Level:
    format: str = "decimal"
    text: str = ""
    start: int = 1


@dataclass
class Styles:
    """Styles and numberings of one document; counts automatic numbers as paragraphs are asked for in order."""

    styles: dict[str, etree._Element]
    lists: dict[str, tuple[str, dict[int, _Level]]]
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def heading_level(self, paragraph: etree._Element) -> int | None:
        """1 to 9 for a paragraph in a heading style or with an outline level, else None."""
        level = value(paragraph, "pPr/outlineLvl")
        for style in self._chain(value(paragraph, "pPr/pStyle")):
            named = _HEADING_NAME.search(value(style, "name") or "")
            if level is None and named:
                return int(named.group(1))
            level = level if level is not None else value(style, "pPr/outlineLvl")
        return int(level) + 1 if level is not None and level.isdigit() and int(level) < _LEVELS else None

    def number(self, paragraph: etree._Element) -> str:
        """The automatic number that is printed before a paragraph ("一、", "1."), "" where there is none."""
        holders = [paragraph, *self._chain(value(paragraph, "pPr/pStyle"))]
        ids = [found for holder in holders if (found := value(holder, "pPr/numPr/numId")) is not None]
        depths = [found for holder in holders if (found := value(holder, "pPr/numPr/ilvl")) is not None]
        if not ids or ids[0] not in self.lists:
            return ""
        family, levels = self.lists[ids[0]]
        depth = int(depths[0]) if depths and depths[0].isdigit() else 0
        level = levels.get(depth)
        if level is None:
            return ""
        counts = self.counters.setdefault(family, {})
        counts[depth] = counts.get(depth, level.start - 1) + 1
        for deeper in [other for other in counts if other > depth]:
            del counts[deeper]
        if level.format in ("bullet", "none"):
            return ""

        def counted(match: re.Match[str]) -> str:
            at = int(match.group(1)) - 1
            other = levels.get(at, _Level())
            return render_number(counts.get(at, other.start), other.format)

        return re.sub(r"%([1-9])", counted, level.text)

    def _chain(self, style_id: str | None) -> list[etree._Element]:
        chain: list[etree._Element] = []
        while style_id in self.styles and len(chain) < _DEPTH:
            chain.append(self.styles[style_id])
            style_id = value(chain[-1], "basedOn")
        return chain


def read_styles(styles: etree._Element | None, numbering: etree._Element | None) -> Styles:
    """From the roots of styles.xml and numbering.xml, either of which may be absent."""
    by_id = {}
    if styles is not None:
        by_id = {style.get(f"{WORD}styleId", ""): style for style in styles.iter(f"{WORD}style")}
    lists: dict[str, tuple[str, dict[int, _Level]]] = {}
    if numbering is not None:
        abstract = {
            item.get(f"{WORD}abstractNumId", ""): dict(map(_level, item.iter(f"{WORD}lvl")))
            for item in numbering.iter(f"{WORD}abstractNum")
        }
        for number in numbering.iter(f"{WORD}num"):
            family = value(number, "abstractNumId") or ""
            own = dict(map(_level, number.iter(f"{WORD}lvl")))
            starts = {
                int(change.get(f"{WORD}ilvl", "0")): start
                for change in number.iter(f"{WORD}lvlOverride")
                if (start := value(change, "startOverride")) is not None
            }
            levels = {**abstract.get(family, {}), **own}
            for depth, start in starts.items():
                old = levels.get(depth, _Level())
                levels[depth] = _Level(old.format, old.text, int(start))
            identity = number.get(f"{WORD}numId", "")
            lists[identity] = (f"{family}/{identity}" if starts else family, levels)
    return Styles(by_id, lists)


def _level(element: etree._Element) -> tuple[int, _Level]:
    start = value(element, "start") or "1"
    return int(element.get(f"{WORD}ilvl", "0")), _Level(
        value(element, "numFmt") or "decimal", value(element, "lvlText") or "", int(start) if start.isdigit() else 1
    )


def render_number(number: int, number_format: str) -> str:
    """A counter as Word prints it in a numbering format (w:numFmt); formats not known here print Arabic digits."""
    if number_format in _CHINESE_FORMATS:
        return _chinese(number)
    if number_format == "decimalEnclosedCircle" and 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if number_format == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(number))
    if number_format in ("upperLetter", "lowerLetter"):
        letter = chr(ord("A") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter if number_format == "upperLetter" else letter.lower()
    if number_format in ("upperRoman", "lowerRoman"):
        return _roman(number) if number_format == "upperRoman" else _roman(number).lower()
    return str(number)


_CHINESE_FORMATS = frozenset(
    (
        "chineseCounting",
        "chineseCountingThousand",
        "ideographDigital",
        "japaneseCounting",
        "japaneseDigitalTenThousand",
        "taiwaneseCounting",
        "taiwaneseCountingThousand",
        "taiwaneseDigital",
    )
)


def _chinese(number: int) -> str:
    if not 0 < number < 100:
        return "".join(_CHINESE_DIGITS[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else "十" if tens == 1 else _CHINESE_DIGITS[tens] + "十"
    return head + (_CHINESE_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    signs = (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    )  # fmt: skip
    text = ""
    for worth, sign in signs:
        count, number = divmod(number, worth)
        text += sign * min(count, 100)
    return text
