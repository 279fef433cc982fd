"""Which figures of the turns before a further turn puts together ("两者之和", "the latter divided by the former", "谁多").

The figures are those of the last turns, as far back as each asked for exactly one. They must differ in one thing alone, the
body, the year, the row or the applicant type: that thing then has several values in the turn that puts them together.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.understanding.operations import names_kind
from qa_service.understanding.question import Asked, Operation, Question
from qa_service.understanding.years import YearKind, YearMention

_TOGETHER = frozenset(("SUM", "TOTAL", "DIFF", "TIMES", "MORE", "MOST", "LEAST", "AVERAGE", "MINUS", "RANK", "GROWTH"))
# As many figures as there are, where no number of them is said.
_OVER_ALL = frozenset(("SUM", "TOTAL", "AVERAGE", "MOST", "LEAST", "RANK"))
_TWO, _THREE = 2, 3
_SAYS_TWO = re.compile(r"[两二](?:者|个|家|项|年|数|种|类|样)|俩|前者|后者|\b(?:two|both|former|latter|pair)\b")
_SAYS_THREE = re.compile(r"三(?:者|个|家|项|年|数|种|类)|\bthree\b")
_ORDINALS = {"一": 0, "二": 1, "三": 2, "四": 3, "五": 4}
_NUMBERED = re.compile(r"第([一二三四五])[个项家]")
_FIRST_TWO = re.compile(r"前[两二]个|\bthe first two\b")
_OVER_MANY = re.compile(r"(?:全部|所有|各个?|哪些)(?:单位|机关|机构|部门|局)|\b(?:all|every|any|each)\b")
_COMPARES = re.compile(r"比|谁|哪|还是|\b(?:than|which|who|former|latter|two)\b")
_LATTER_FIRST = re.compile(r"后者[^前]{0,6}(?:是|为|比|除以|减)[^前]{0,3}前者|\blatter\b.{1,40}\bformer\b")
_SAYS_YEARS = re.compile(r"[两二三]年|\b(?:both|two|three) years\b")
_ADDS_UP = re.compile(
    r"总共|一共|共多少|共几|合计|总计|之和|总和|加起来|相加|合起来|\b(?:total|sum|together|combined|altogether|add)"
)
_ONLY_SUM = re.compile(
    r"(?:and |so |then )?(?:the |a )?(?:total|sum|altogether|in total|together)\W*|(?:那么?)?(?:合计|总计|一共|共计|加起来)(?:呢|多少|是多少)?\W*"
)
_RATIO = re.compile(r"(?:者|个|家|年)的?(?:比例|之比|比值)|\bratio (?:of|between)\b")
_BODIES = re.compile(r"单位|机关|机构|部门|[^全]局|\b(?:bod(?:y|ies)|agenc(?:y|ies)|bureaus?|offices?|who)\b|谁")
_Point = tuple[str, int, str, str]


def with_operands(question: Question, earlier: Sequence[Question]) -> Question | None:
    """The question with the figures that it puts together; None where it names figures itself or none came before.

    Where the figures before differ in more than one thing the question comes back doubted: they cannot be put together.
    """
    if names_kind(question.text) or question.cues & {"BY_APPLICANT", "BY_CHANNEL"} or _OVER_MANY.search(question.text):
        # "哪个渠道最多", "全部单位里哪家最多": rows of a report, or other bodies than those before.
        return None
    question = _with_sum(_without_idle_more(question))
    if _FIRST_TWO.search(question.text) and question.cues & {"SUM", "DIFF", "TIMES", "AVERAGE"}:
        question = replace(question, cues=question.cues - {"RANK"}, limit=0)
    points = _points_meant(question, _points(earlier))
    if _names_its_own(question) or not question.cues & _TOGETHER or len(points) < _TWO:
        return None
    agencies, years, concepts, applicants = (tuple(dict.fromkeys(slot)) for slot in zip(*points, strict=True))
    if question.concepts:
        # "两年金额合计": the years alone are those before.
        concepts = question.concepts
    over_other_bodies = question.asked.everything and len(agencies) == 1 and bool(_BODIES.search(question.text))
    needs_years = bool(question.concepts) or "GROWTH" in question.cues
    if over_other_bodies or (needs_years and (len(agencies) > 1 or len(years) == 1)):
        return None
    if "GROWTH" in question.cues:
        years = tuple(sorted(years))
    differ = sum(len(slot) > 1 for slot in (agencies, years, concepts, applicants))
    beside = differ == _TWO == len(agencies) == len(years)
    if differ != 1 and not beside:
        return replace(question, unexplained=(question.text.strip(" ?？。"),), doubted=True, confidence=0.0)
    last = earlier[-1]
    return replace(
        question,
        asked=Asked(agencies=agencies, said=last.asked.said),
        year=YearMention(YearKind.LISTED, years),
        concepts=concepts,
        labels=(),
        applicants=tuple(applicant for applicant in applicants if applicant),
        unexplained=(),
        confidence=max(question.confidence, last.confidence),
        alternating=beside,
        inherited=frozenset(("agencies", "years", "indicators")),
        earlier=tuple(earlier),
    )


def _names_its_own(question: Question) -> bool:
    """Whether the turn says itself whose or which figures it means."""
    asked = question.asked
    body = asked.agencies or asked.choices or asked.unknown or asked.near
    figure = question.applicants or (question.concepts and not _SAYS_YEARS.search(question.text))
    return bool(body or figure or question.year.kind is not YearKind.NONE)


def _points_meant(question: Question, points: list[_Point]) -> list[_Point]:
    """Those of the figures before that the turn means, in the order it means them."""
    numbered = [_ORDINALS[said] for said in _NUMBERED.findall(question.text)]
    if len(numbered) >= _TWO:
        return [points[number] for number in numbered if number < len(points)]
    if _FIRST_TWO.search(question.text):
        return points[:_TWO]
    if _SAYS_THREE.search(question.text):
        points = points[-_THREE:]
    elif _SAYS_TWO.search(question.text) or not question.cues & _OVER_ALL:
        points = points[-_TWO:]
    elif question.cues <= {"TOTAL"} and len({point[-1] for point in points}) > 1:
        # "How many in total?" after an applicant type: of all applicants.
        return []
    return points[::-1] if _LATTER_FIRST.search(question.text) else points


def _without_idle_more(question: Question) -> Question:
    """ "Can you tell me more?", "还有更多吗": that sets nothing against anything."""
    return question if _COMPARES.search(question.text) else replace(question, cues=question.cues - {"MORE"})


def _with_sum(question: Question) -> Question:
    """ "What is the total of the two?", "这三个一共多少": in a further turn such words say nothing else than a sum."""
    counted = _SAYS_TWO.search(question.text) or _SAYS_THREE.search(question.text)
    if counted and _RATIO.search(question.text):
        return replace(question, cues=(question.cues - {"SHARE"}) | {"TIMES", "DIFF"})
    if _ONLY_SUM.fullmatch(question.text) or (
        counted and _ADDS_UP.search(question.text) and not question.cues & {"DIFF", "TIMES", "MORE"}
    ):
        return replace(question, cues=question.cues | {"SUM"})
    return question


def _points(earlier: Sequence[Question]) -> list[_Point]:
    """(body, year, concept, applicant type) of the last turns that each asked for one figure, in the order they were asked."""
    found: list[_Point] = []
    for turn in reversed(earlier):
        one = (
            turn.operation in (Operation.LOOKUP, Operation.SECTION)
            and len(turn.asked.agencies) == len(turn.year.years) == len(turn.concepts) == 1
            and len(turn.applicants) <= 1
            and not turn.doubted
        )
        if not one:
            break
        point = (turn.asked.agencies[0], turn.year.years[0], turn.concepts[0], (*turn.applicants, "")[0])
        if point not in found:
            found.insert(0, point)
    return found
