"""Which of the offered choices a turn means: by number, by position, or by its words."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.answering.answer import Answer, Choice
from qa_service.understanding.normal_form import normalise
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.years import YearKind

_LONGEST = 80
_HAN = {character: number for number, character in enumerate("一二三四五六七八九十", start=1)} | {"两": 2}
_FIRST = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_ONE = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {word: number for words in (_FIRST, _ONE) for number, word in enumerate(words, start=1)}
_AFTER = r"\s*(?:个|家|项|条|号|种|款|位|行|选项|号选项|个选项)?(?:那个|那家|那一个|那项)?"
# Most telling first: "the one with number 2" names 2, not one.
_NUMBERS = (
    re.compile(r"(?P<back>倒数|from the (?:end|bottom))\s*第?\s*(?P<n>\d{1,2}|[一二三四五六七八九十])" + _AFTER),
    re.compile(
        r"(?P<last>最后(?:面)?(?:的)?(?:一?个|一?家|一?项|那个|那家)?|末尾(?:那)?(?:一?个|一?家)"
        r"|\b(?:the\s+)?(?:very\s+)?last(?:\s+(?:one|option|choice|item))?\b)"
    ),
    re.compile(r"(?P<former>前者|前一个|\bformer\b)|(?P<latter>后者|后一个|\blatter\b)"),
    re.compile(
        r"(?:第|选项|选|编号|序号|号码|数字|\b(?:option|number|choice|item|answer|alternative|candidate|entry|suggestion|line|row|no|nr|num)\b\.?|#|\()?\s*"
        r"(?P<n>(?<![\d.])\d{1,2}(?!\d|\.\d))(?:st|nd|rd|th)?\)?" + _AFTER
    ),
    re.compile(r"(?:第|选项|编号|序号|选|要)\s*(?P<n>[一二三四五六七八九十])" + _AFTER),
    re.compile(rf"\b(?P<n>{'|'.join(_FIRST)})\b(?:\s+(?:one|option|choice|item|body|of them))?"),
    re.compile(
        rf"\b(?:option|number|choice|item|alternative|candidate|entry|suggestion|no)\b\.?\s*(?P<n>{'|'.join(_ONE)})\b"
    ),
    re.compile(r"(?P<n>头|首|[一二三四五六七八九十两])(?:一)?(?:个|家|项|号|条)"),
    re.compile(rf"^\s*(?P<n>{'|'.join((*_HAN, *_ONE))})\s*$"),
)


def find_number(reader: Reader, text: str, offered: int) -> int | None:
    """The number (from 1) that the turn chooses of so many; None where it says anything else than a number.

    A number that was not offered is returned as it is said.
    """
    plain = normalise(text)
    if not plain or len(plain) > _LONGEST:
        return None
    for pattern in _NUMBERS:
        match = pattern.search(plain)
        if match is None:
            continue
        rest = f"{plain[: match.start()]} {plain[match.end() :]}"
        if _says_nothing(reader.read(rest, follows=True)):
            return _number(match, offered)
    return None


def find_by_words(text: str, choices: Sequence[Choice]) -> Choice | None:
    """The only choice whose label the turn says, or is part of."""
    plain = normalise(text).strip(" .,。，!！?？")
    if not plain or len(plain) > _LONGEST:
        return None
    for matching in (
        [choice for choice in choices if plain in normalise(choice.label)],
        [choice for choice in choices if normalise(choice.label) in plain],
    ):
        if len(matching) == 1:
            return matching[0]
    return None


def say_choices(before: Answer, language: str) -> Answer:
    """The question asked back again, with its choices by number, for a number that is not among them."""
    count = len(before.choices)
    numbered = [f"{number}. {choice.label}" for number, choice in enumerate(before.choices, start=1)]
    line = (
        f"只有{count}个选项：{'；'.join(numbered)}。请回复其中一个的编号。"
        if language == "zh"
        else f"There are only {count} choices: {'; '.join(numbered)}. Please answer with the number of one of them."
    )
    return replace(before, language=language, answer=line)


def _says_nothing(reading: Reading) -> bool:
    """Whether a turn names neither body, year nor figure and leaves nothing unexplained."""
    if reading.mentions or reading.foreign or reading.year.kind is not YearKind.NONE:
        return False
    if any(word.weight > 1 for word in reading.unknown):
        return False
    return not any(
        word.has(group) and not word.has("filler")
        for word in reading.words
        for group in ("meaning", "label", "applicant")
    )


def _number(match: re.Match[str], offered: int) -> int:
    named = match.groupdict()
    if named.get("last"):
        return offered
    if named.get("former") or named.get("latter"):
        return 1 if named.get("former") else 2
    said = named["n"] or ""
    number = int(said) if said.isdigit() else _HAN.get(said) or _WORDS.get(said) or 1
    return offered + 1 - number if named.get("back") else number
