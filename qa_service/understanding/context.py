"""What a further turn takes over from the turn before: the body, the year, the figure, the operation."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa_service.understanding.operations import choose_operation
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


def in_context(question: Question, earlier: Sequence[Question]) -> Question:
    """The question completed from the turn before where it leaves something out."""
    if not earlier:
        return question
    return _inherit(_without_what_is_taken_back(question, earlier[-1]), earlier[-1], earlier)


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
    those = question.concepts == ("requests_received",) and _THOSE.search(question.text)
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
        changes["asked"] = _inherited_asked(question, last, earlier)
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
        changes["confidence"] = last.confidence
        inherited.add("indicators")
        if not question.applicants and last.applicants:
            changes["applicants"] = last.applicants
    merged = replace(question, **changes)  # type: ignore[arg-type]
    operation = choose_operation(merged)
    repeats = last.operation in (Operation.RANK, Operation.FILTER, Operation.AVERAGE, Operation.TREND, Operation.SHARE)
    if (
        operation is Operation.LOOKUP
        and repeats
        and "agencies" in inherited
        and not (question.cues - {"HOW"})
        and not question.applicants
        and question.year.kind is YearKind.NONE
    ):
        operation = last.operation
        merged = replace(merged, cues=last.cues, limit=last.limit, threshold=last.threshold)
    return replace(merged, operation=operation, inherited=frozenset(inherited), earlier=tuple(earlier))


def _inherited_asked(question: Question, last: Question, earlier: Sequence[Question]) -> Asked:
    """The bodies of the turn before; "两个加起来", "差多少" mean those of the last turns together."""
    together = question.cues & {"SUM", "TOTAL", "DIFF", "MORE", "ALL", "AVERAGE", "TIMES"}
    if together and len(last.asked.agencies) < 2 and not last.asked.group and not question.concepts:
        return replace(last.asked, agencies=_named_for(last, earlier) or last.asked.agencies)
    return last.asked


def _named_for(last: Question, earlier: Sequence[Question]) -> tuple[str, ...]:
    """The bodies of all turns that asked for the same figure as the last one."""
    turns = [turn for turn in earlier if turn.concepts and turn.concepts == last.concepts]
    return tuple(dict.fromkeys(agency for turn in turns for agency in turn.asked.agencies))
