"""What a question leaves out in a clause of its own: "个人的不要算进去", "education left out", "without 2022".

Bodies that are left out by a preposition before them are known (`asked_agencies.find_left_out`), and so are figures named
only as not meant (`put_aside`). Whatever else is left out is found here, so that it is not shown as if it were asked for.
"""

import re

from qa_service.understanding.asides import clauses_of
from qa_service.understanding.asked_agencies import find_left_out
from qa_service.understanding.reading import Reading

_EXCLUDES = re.compile(
    r"不(?:要(?!忘)|算|看|管|考虑|涉及|在此列|计|包括|包含|含|参加|参与)(?!数$)|忽略|另算|就?(?<!帮我)算了|除外|剔除|排除|去掉|刨[去掉]|撇[开去]|抛开"
    r"|别[算管看加]|跳过|略过|免了|以外|之外"
    r"|\b(?:without|except(?:ing)?|exclud(?:e|es|ed|ing)|(?:other|rather) than|apart from|aside from|(?:leav|sett)ing aside|set aside the"
    r"|(?:leave|left|leaving) out|never mind|ignor(?:e|ing)|not (?:counting|including|from)|(?:anyone|everyone|all|nobody) (?:else )?but"
    r"|(?:do|does)(?:n't| not) (?:count|want|include)|nothing from|outside of)\b"
)
_WITHOUT_YEAR = re.compile(
    r"\b(?:without|except(?:ing)?|excluding|but not|leaving out)\s+(?:the year\s+)?(?:19|20)\d{2}"
    r"|(?:19|20)\d{2}\s*年?(?:除外|跳过|不算|不要|略过|left out|skipped)"
)
_SET_ASIDE = re.compile(
    r"\b(?:setting|leaving|putting) (?:the )?[a-z ]{0,20}\baside\b|\b(?:setting|leaving) aside (?!for\b)"
)


def find_exclusion(reading: Reading) -> str:
    """The excluding word of a clause that names an applicant type, a body or a year and is not understood otherwise, "" if none."""
    if year := _WITHOUT_YEAR.search(reading.text):
        return year.group()
    if aside := _SET_ASIDE.search(reading.text):
        return aside.group()
    if not _EXCLUDES.search(reading.text) or find_left_out(reading):
        return ""
    units = reading.units
    applicants = [(units[word.start].start, units[word.end - 1].end) for word in reading.words if word.has("applicant")]
    named = [*applicants]
    named += [(units[each.start].start, units[each.end - 1].end) for each in reading.mentions if each.start < each.end]
    named += list(reading.year.spans)
    said = [(units[word.start].start, units[word.end - 1].end) for word in reading.words if word.has("meaning")]
    for clause in clauses_of(reading.text):
        excluding = _EXCLUDES.search(reading.text, clause.start, clause.end)
        # "不算政府信息": part of the name of a figure.
        if excluding is None or any(start <= excluding.start() and excluding.end() <= end for start, end in said):
            continue
        inside = [span for span in named if span[0] < clause.end and clause.start < span[1]]
        apart = any(not (span[0] < clause.end and clause.start < span[1]) for span in [*named, *said])
        if (inside and apart) or any(span in applicants for span in inside):
            return excluding.group()
    return ""
