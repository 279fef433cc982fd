"""What a further turn takes over from the turn before: the body, the year, the figure, the operation."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.understanding.operands import with_operands
from qa_service.understanding.operations import asks_which_year, choose_operation, names_kind
from qa_service.understanding.question import Asked, Operation, Question
from qa_service.understanding.years import YearKind, YearMention

_FIGURE_OPERATIONS = frozenset(
    (
        Operation.LOOKUP,
        Operation.COMPARE,
        Operation.GROWTH,
        Operation.RANK,
        Operation.SUM,
        Operation.AVERAGE,
        Operation.SHARE,
        Operation.TREND,
        Operation.FILTER,
        Operation.SECTION,
    )
)
# What sets two things beside each other: both are meant, neither is taken back.
_BOTH = frozenset(("DIFF", "MORE", "TIMES", "SUM", "TOTAL", "AVERAGE", "GROWTH", "TREND", "SHARE", "RANK"))
# "In how many of those cases were the applicants companies?"
_THOSE = re.compile(
    r"\b(?:those|these|them|such|of the above|(?:that|this) (?:number|figure|total|count))\b|其中|这些|那些|这个总数|这个数|总数里|里面|里头|当中"
)
# What a turn without a word of what to do with the figures comes out as.
_UNSAID = frozenset((Operation.LOOKUP, Operation.SUM, Operation.TREND))
_NO_OPERATION = frozenset(("HOW", "HELLO", "THANKS"))
_OF_ONE_BODY = frozenset((Operation.SHARE, Operation.SUM, Operation.AVERAGE, Operation.TREND, Operation.GROWTH))
_OVER_BODIES = frozenset((Operation.RANK, Operation.FILTER, Operation.COMPARE, Operation.SUM, Operation.AVERAGE))
# Turns that leave what was talked about as it was.
_NO_FIGURES = frozenset((Operation.SMALLTALK, Operation.DEFINITION, Operation.REFUSAL, Operation.CORPUS))
_TWO = 2
_ALL_OF_THEM = re.compile(r"都公开|他们的申请|全公开")
# "占企业申请几成", "share of their requests": the base, no row of its own.
_OF_REQUESTS = re.compile(r"占[^，,。]{0,10}申请|\bof (?:all |the |their |its |[a-z]+ )?requests\b")
_END_OF_YEAR = re.compile(
    r"(?:那么?)?(?:到|在)?年(?:(?P<end>[底末终])|初)的?呢|(?:and )?at the (?:(?P<last>end)|beginning|start) of (?:the|that) year\b"
)
_ADDED = re.compile(r"再加上?|也加上?|加进|算进|\b(?:add|plus)\b")
_THAN = re.compile(r"比(?![例重率较])|相比|超过|\b(?:than|exceed|compared|against|versus|vs)\b")
_REQUESTS = re.compile(r"\brequests?\b|\bapplications?\b|申请(?![人者方])|收|接到|受理")

_DOUBTED = 0.7
_DENIES = re.compile(r"^(?:不是|不要|没问|并非|别|not\b|no\b)")
# "总数是多少" after an applicant type: of all of them.
_OF_ALL = re.compile(
    r"总数|总共|一共|合计|总的|全部|所有(?:申请人|类型|的|人)|不分|不限|不管(?:什么|哪)|无论(?:什么|哪)"
    r"|\b(?:in total|in all|overall|altogether|all (?:of them|applicants|types)|total|everyone|everybody|regardless|anyone|anybody)\b"
)


def asks_of_all(text: str) -> bool:
    """Whether a further turn asks for all applicants again ("总数是多少", "regardless of type")."""
    return bool(_OF_ALL.search(text))


def in_context(question: Question, earlier: Sequence[Question]) -> Question:
    """The question completed from the turn before where it leaves something out."""
    if not earlier:
        return question
    if (together := with_operands(question, earlier)) is not None:
        return replace(together, operation=choose_operation(together)) if together.concepts else together
    last = last_figure(earlier)
    if last.operation is Operation.SHARE and _compares_alone(question):
        # Shares are set against each other nowhere; the figures below them would be another answer.
        return replace(question, unexplained=(question.text.strip(" ?？。"),), doubted=True, confidence=0.0)
    if last.operation is Operation.RANK and _compares_alone(question) and question.cues & {"DIFF", "MORE"}:
        # "哪家多", "多多少": the first of the order less the second.
        return replace(
            last, text=question.text, language=question.language, cues=last.cues | {"LEAD"}, earlier=tuple(earlier)
        )
    if "SHARE" in question.cues and question.concepts == ("requests_received",) and _OF_REQUESTS.search(question.text):
        question = replace(question, concepts=())
    if _denies_what_was_shown(question, last):
        question = replace(question, doubted=True, confidence=min(question.confidence, _DOUBTED))
    question = _set_against(_without_what_is_taken_back(question, last), last)
    question = _at_the_other_end(_of_those_requests(question, last), last)
    return _inherit(_within_what_was_named(question, last, earlier), last, earlier)


def _compares_alone(question: Question) -> bool:
    """Whether a turn names nothing and only sets what was shown against each other ("哪个高", "差多少")."""
    asked = question.asked
    names = question.concepts or question.applicants or asked.agencies or asked.choices or asked.unknown
    bare = not names and question.year.kind is YearKind.NONE and not names_kind(question.text)
    return bare and bool(question.cues & {"DIFF", "MORE", "MOST", "LEAST", "TIMES"})


def _set_against(question: Question, last: Question) -> Question:
    """ "比临湖区的多多少", "how many more than in 2021?": the one named and the one talked about."""
    compares = question.cues & {"DIFF", "TIMES", "MORE", "GROWTH"} and _THAN.search(question.text)
    if question.concepts or not (compares or _ADDED.search(question.text)):
        return question
    if not compares:
        return _added(question, last)
    bodies, years = question.asked.agencies, question.year.years
    before = last.asked.agencies
    if len(bodies) == len(before) == 1 and bodies != before:
        both = Asked(agencies=(*before, *bodies), said=question.asked.said)
        if question.year.kind is YearKind.NONE:
            return replace(question, asked=both)
        if len(years) == len(last.year.years) == 1 and question.year.kind is YearKind.LISTED:
            # "比乙局2020年多多少": each in a year of its own.
            pair = YearMention(YearKind.LISTED, (*last.year.years, *years), question.year.spans)
            apart = years != last.year.years
            return replace(question, asked=both, year=pair if apart else last.year, alternating=apart)
    if question.asked.nothing and len(years) == len(last.year.years) == 1 and years != last.year.years:
        return replace(question, year=YearMention(YearKind.LISTED, (*last.year.years, *years), question.year.spans))
    return question


def _added(question: Question, last: Question) -> Question:
    """ "再加上乙局的呢", "把2023年也加上": to the bodies or years talked about."""
    bodies, years = question.asked.agencies, question.year.years
    cues = question.cues | {"SUM"}
    if bodies and last.asked.agencies and not years:
        every = tuple(dict.fromkeys((*last.asked.agencies, *bodies)))
        return replace(question, asked=Asked(agencies=every, said=question.asked.said), cues=cues)
    if years and last.year.years and question.asked.nothing:
        every_year = YearMention(YearKind.LISTED, tuple(sorted({*last.year.years, *years})), question.year.spans)
        return replace(question, year=every_year, cues=cues)
    return question


def _at_the_other_end(question: Question, last: Question) -> Question:
    """ "年底呢" after what was left over at the beginning of the year, and the other way round."""
    if not (last.concepts and last.concepts[0].startswith("carried")) or not (end := _END_OF_YEAR.match(question.text)):
        return question
    concept = "carried_forward" if end["end"] or end["last"] else "carried_over"
    return replace(question, concepts=(concept,), unexplained=(), confidence=1.0)


def _of_those_requests(question: Question, last: Question) -> Question:
    """ "公开了几件" after requests: of these requests, no items of information."""
    those = question.unit == "件" or _THOSE.search(question.text) or _ALL_OF_THEM.search(question.text)
    items = question.concepts == ("info_total",) and bool(those) and "主动" not in question.text
    requests = bool(last.concepts) and last.concepts[0].startswith("request")
    return replace(question, concepts=("granted",)) if items and requests else question


def last_figure(earlier: Sequence[Question]) -> Question:
    """The last turn that asked for anything; thanks, meanings and what was not understood are passed over."""
    for question in reversed(earlier):
        if question.operation not in _NO_FIGURES and (question.concepts or not question.asked.nothing):
            return question
    return earlier[-1]


def _within_what_was_named(question: Question, last: Question, earlier: Sequence[Question]) -> Question:
    """ "最高是哪年", "哪个多" after bodies: of those bodies, not of the whole corpus."""
    if not question.asked.everything:
        return question
    if asks_which_year(question.text) and last.asked.agencies:
        year = YearMention(YearKind.ALL) if len(last.year.years) == 1 else question.year
        return replace(question, asked=Asked(), year=year)
    if names_kind(question.text) and last.asked.agencies:
        return replace(question, asked=Asked())
    if "MORE" in question.cues and not question.concepts and len(_named_for(last, earlier)) >= _TWO:
        return replace(question, asked=Asked())
    return question


def _without_what_is_taken_back(question: Question, last: Question) -> Question:
    """ "不是2016年，是2018年", "镇海 instead of 鄞州": beside what was asked before, the other one is meant."""
    if not question.corrects or question.cues & _BOTH:
        return question
    changes: dict[str, object] = {}
    years = tuple(year for year in question.year.years if year not in last.year.years)
    if question.year.kind is YearKind.LISTED and 0 < len(years) < len(question.year.years):
        changes["year"] = YearMention(YearKind.LISTED, years, question.year.spans)
    agencies = tuple(agency for agency in question.asked.agencies if agency not in last.asked.agencies)
    if 0 < len(agencies) < len(question.asked.agencies):
        changes["asked"] = replace(question.asked, agencies=agencies)
    concepts = tuple(concept for concept in question.concepts if concept not in last.concepts)
    if 0 < len(concepts) < len(question.concepts):
        changes["concepts"] = concepts
    if not changes:
        return question
    question = replace(question, **changes)  # type: ignore[arg-type]
    return replace(question, operation=choose_operation(question))


def _inherit(question: Question, last: Question, earlier: Sequence[Question]) -> Question:
    # "企业提出的几件" after another figure: 提出 alone names no new figure.
    received = question.concepts == ("requests_received",)
    those = received and (_THOSE.search(question.text) or not _REQUESTS.search(question.text))
    if question.applicants and last.concepts and (those or question.concepts == ("requests_received_word",)):
        question = replace(question, concepts=())
    if "PAIR" in question.cues and question.asked.everything and len(_named_for(last, earlier)) >= 2:
        # "那两家" after two bodies: those two, not the whole corpus.
        question = replace(question, asked=Asked())
    own_figure = bool(question.concepts)
    elliptic = not own_figure or question.asked.nothing or question.year.kind is YearKind.NONE
    talks_of_figures = question.operation in _FIGURE_OPERATIONS or question.operation is Operation.NONE
    if not elliptic or not talks_of_figures or (question.unexplained and not own_figure and not question.applicants):
        return replace(question, earlier=tuple(earlier))
    inherited: set[str] = set()
    changes: dict[str, object] = {}
    if question.asked.nothing and not last.asked.nothing:
        changes["asked"] = last.asked
        inherited.add("agencies")
    elif question.asked.choices and not last.asked.nothing:
        # "人社局呢" after a place: the place of the turn before narrows the choice.
        narrowed = tuple(a for a in question.asked.choices if a in last.asked.agencies)
        if narrowed:
            changes["asked"] = replace(question.asked, agencies=narrowed, choices=())
            inherited.add("agencies")
    if question.year.kind is YearKind.NONE and last.year.kind is not YearKind.NONE:
        changes["year"] = last.year
        inherited.add("years")
    if not own_figure and last.concepts:
        changes["concepts"], changes["labels"] = last.concepts, last.labels
        # What the turn itself turns round or narrows stays in doubt.
        changes["confidence"] = (
            min(last.confidence, question.confidence, _DOUBTED) if question.doubted else last.confidence
        )
        inherited.add("indicators")
        if not question.applicants and last.applicants and not _OF_ALL.search(question.text):
            changes["applicants"] = last.applicants
    merged = replace(question, **changes)  # type: ignore[arg-type]
    operation = choose_operation(merged)
    if operation in _UNSAID and not question.cues - _NO_OPERATION and _repeats(question, last, inherited):
        operation = last.operation
        merged = replace(merged, cues=last.cues, limit=last.limit, place=last.place, threshold=last.threshold)
    return replace(merged, operation=operation, inherited=frozenset(inherited), earlier=tuple(earlier))


def _denies_what_was_shown(question: Question, last: Question) -> bool:
    """ "不是网络的" after the figure for 网络: that it is not meant says nothing of what is."""
    same = set(question.concepts) <= set(last.concepts) and set(question.applicants) <= set(last.applicants)
    named = bool(question.concepts or question.applicants)
    other = not question.asked.nothing or question.year.kind is not YearKind.NONE
    return question.corrects and named and same and not other and bool(_DENIES.search(question.text))


def _repeats(question: Question, last: Question, inherited: set[str]) -> bool:
    """Whether a turn that changes one thing and says no operation means the operation of the turn before."""
    other_body = not question.asked.nothing and "agencies" not in inherited
    other_year = question.year.kind is not YearKind.NONE
    if other_body and other_year:
        return False
    if other_body:
        return last.operation in _OF_ONE_BODY and len(last.asked.agencies) == 1
    if other_year:
        over_bodies = len(last.asked.agencies) >= _TWO or last.asked.everything or last.asked.group
        return last.operation is Operation.SHARE or (over_bodies and last.operation in _OVER_BODIES)
    return last.operation in _OF_ONE_BODY | _OVER_BODIES


def _named_for(last: Question, earlier: Sequence[Question]) -> tuple[str, ...]:
    """The bodies of all turns that asked for the same figure as the last one."""
    turns = [turn for turn in earlier if turn.concepts and turn.concepts == last.concepts]
    return tuple(dict.fromkeys(agency for turn in turns for agency in turn.asked.agencies))
