"""Bodies of which something holds in all their reports: "which were never sued", "which had reviews every year"."""

import re
from collections.abc import Callable, Sequence

from qa_service.answering.compared import MOST_LISTED, list_figures, name_of, say_unlike, say_without_value, with_value
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.scope import Scope
from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.question import Question
from qa_service.understanding.years import YearKind

_EVERY_YEAR = re.compile(
    r"一直|始终|历年|[每各]一?年|年年|\balways\b|\b(?:every|each)(?: single)? year\b|\ball years\b"
)
_NEVER = re.compile(r"从来?[未没不无]|从来|(?<![超通不经])过(?![去程度期后来])|\b(?:n?ever)\b")
# "Never zero" turns the property round.
_NEVER_ZERO = re.compile(r"(?:从[来未没]|\bnever\b).*(?:为零|是零|为0|\bzero\b|\bnil\b)")
_HOW_MANY_EACH = re.compile(
    r"多少(?![个家])|几(?![个家])|分别|各自|\bhow (?:many|much)\b(?! (?:public )?(?:bod|agenc|bureau|office|authorit|dep))"
)
_SETS_SIDE_BY_SIDE = frozenset(("GROWTH", "DIFF", "MORE", "MOST", "LEAST", "RANK", "SUM", "AVERAGE", "SHARE"))


def asks_for_always(question: Question) -> bool:
    """Whether bodies are asked for by what holds in every year, not in some year."""
    if not (question.asked.group or question.asked.everything):
        return False
    if question.year.kind is YearKind.LISTED and len(question.year.years) == 1:
        return False
    if question.cues & _SETS_SIDE_BY_SIDE or _NEVER_ZERO.search(question.text):
        return False
    never = "ZERO" in question.cues and bool(_NEVER.search(question.text))
    return never or bool(_EVERY_YEAR.search(question.text) and not _HOW_MANY_EACH.search(question.text))


def say_always(
    draft: Draft,
    scope: Scope,
    concept: Concept,
    data: Sequence[Datum],
    decide: Callable[[Datum], bool | None],
    said: str,
) -> list[Datum]:
    """Names the bodies for which decide holds in all their reports, and those that gaps leave open; returns the figures that
    count. decide: None where a figure is blank or decides nothing."""
    reports = {agency: [datum for datum in data if datum.agency == agency] for agency in _agencies(data)}
    verdicts = {agency: [decide(datum) for datum in found] for agency, found in reports.items()}
    bodies = [agency for agency, found in verdicts.items() if all(found)]
    open_ones = [agency for agency, found in verdicts.items() if False not in found and agency not in bodies]
    name = name_of(draft, data, concept)
    counted = [datum for agency in bodies for datum in reports[agency]]
    draft.allowed += [str(len(bodies)), str(len(reports))]
    if bodies:
        many = "bodies" if len(bodies) > 1 else "body"
        draft.say(
            f"“{name}”在所查的各年报告里都{said}的有{len(bodies)}个单位：",
            f"{name} is {said} in all reports looked at for {len(bodies)} {many}:",
        )
        draft.sentences.append(list_figures(draft, counted) + draft.wording.say("。", "."))
    else:
        draft.say(
            f"没有。查了{len(reports)}个单位，没有一个单位的“{name}”在所查的各年报告里都{said}。",
            f"None. Of {len(reports)} bodies, {name} is {said} in all reports looked at for not a single one.",
        )
        against = [
            next(datum for datum in reports[agency] if decide(datum) is False)
            for agency, found in verdicts.items()
            if False in found
        ]
        if against:
            draft.sentences.append(
                draft.wording.say("例如：", "For example: ")
                + list_figures(draft, against)
                + draft.wording.say("。", ".")
            )
    draft.say(
        "这里只查了库中已有的年份，其他年份不能断定。",
        "Only the years held here were looked at; other years remain open.",
    )
    if open_ones:
        names = draft.wording.list([draft.wording.agency(agency) for agency in open_ones[:MOST_LISTED]])
        draft.say(
            f"有的年份没有确切数字、不能断定的：{names}。",
            f"Not decided, for some years lack an exact figure: {names}.",
        )
    say_without_value(draft, [datum for agency in open_ones for datum in reports[agency]], scope)
    say_unlike(draft, with_value(counted))
    return counted


def _agencies(data: Sequence[Datum]) -> list[str]:
    return list(dict.fromkeys(datum.agency for datum in data))
