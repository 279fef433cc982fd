"""Whether an applicant type stands in the base of a share ("of business requests, how many were granted") or is its part."""

import re
from dataclasses import dataclass

from qa_service.understanding.agencies import AgencyMention
from qa_service.understanding.question import Question
from qa_service.understanding.reading import Reader, Reading
from qa_service.understanding.words import Word

_LOOKED_BACK = 2
# Meanings that nearly every question has; they say nothing of which row is meant.
_BARE = frozenset(("REQUEST", "APPLICANT_WORD"))
# Between type and row: "企业申请中…", "个人申请的…" make the type the base; "企业占…", "个人在…中" make it the part.
_IS_BASE_ZH = re.compile(r"申请|[中里内]|提[出交]|[的被]$")
_IS_PART_ZH = re.compile(r"占|在|于|[和与跟及、]|还是")
_IS_PART_EN = re.compile(r"\b(?:of|among|in|within|and|or|as|account|make)\b")
_OF_EN = re.compile(
    r"\b(?:of|among|in|for|(?:requests?|applications?)\s+(?:\w+\s+)?(?:by|from))\s+(?:(?:all|the|its|their|those|these)\s+)*$"
)
_BEFORE_NAME = re.compile(r"\b(?:at|in|for|of|by|during|to)\s+(?:the\s+)?(?:year\s+)?$")
_HAN = re.compile(r"[\u4e00-\u9fff]")


@dataclass(frozen=True)
class _Place:
    """Where a word stands in the text, in characters."""

    start: int
    end: int


def has_applicant_base(reader: Reader, question: Question) -> bool:
    """Whether the share is one within the applicant type's own column.

    The order of the words decides: the type before the row with "requests" between them, or a rate of the row ("个人的
    不予公开率"). A turn that names only one of both is read as the turn before was.
    """
    asked = [*question.earlier[-_LOOKED_BACK:], question]
    with_type = with_row = -1
    for turn, text in enumerate(one.text for one in asked):
        reading = reader.read(text)
        applicants = [_place(reading, word) for word in reading.words if word.values("applicant")]
        rows = _rows(reader, question, reading)
        if applicants and rows:
            text = _without_bodies_and_years(reading)
            return any(_is_base(text, applicant, row) for applicant in applicants for row in rows)
        with_type, with_row = turn if applicants else with_type, turn if rows else with_row
    # "企业申请几件", "其中予以公开的呢", "占多少": the requests of the type came first, the row is one of theirs.
    return 0 <= with_type < with_row


def _rows(reader: Reader, question: Question, reading: Reading) -> list[_Place]:
    """Where the text names the rows asked for."""
    concepts = [reader.names.by_id[concept] for concept in question.concepts]
    meanings = frozenset(meaning for concept in concepts for need in concept.needs for meaning in need) - _BARE
    members = frozenset(member for concept in concepts for member in concept.members)
    return [
        _place(reading, word)
        for word in reading.words
        if word.values("label") & members or (word.values("meaning") | word.values("part")) & meanings
    ]


def _without_bodies_and_years(reading: Reading) -> str:
    """The text with blanks for whose and which year's figures are asked for, and for the word before: all places stay."""
    named = [_place(reading, mention) for mention in reading.mentions if mention.start < mention.end]
    text = reading.text
    for start, end in [*reading.year.spans, *((place.start, place.end) for place in named)]:
        before = _BEFORE_NAME.search(text[:start])
        first = before.start() if before else start
        text = f"{text[:first]}{' ' * (end - first)}{text[end:]}"
    return text


def _place(reading: Reading, word: Word | AgencyMention) -> _Place:
    return _Place(reading.units[word.start].start, reading.units[word.end - 1].end)


def _is_base(text: str, applicant: _Place, row: _Place) -> bool:
    if applicant.start >= row.start:
        return False
    between = text[applicant.end : row.start]
    if _HAN.search(text[applicant.start : row.end]):
        is_rate = "率" in text[row.start : row.end + 1]
        return not _IS_PART_ZH.search(between) and (is_rate or bool(_IS_BASE_ZH.search(between)))
    return not _IS_PART_EN.search(between) and bool(_OF_EN.search(text[: applicant.start]) or "request" in between)
