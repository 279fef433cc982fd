"""Sums and averages. Totals are never mixed with parts, approximate figures never added."""

from collections.abc import Callable, Sequence

from indicators.arithmetic import Derived, add, average, median
from indicators.observation import Observation
from qa_service.answering.answer import Kind
from qa_service.answering.compared import (
    MOST_LISTED,
    add_derived,
    is_exact,
    list_figures,
    name_of,
    operands_of,
    say_texts,
    say_unlike,
    say_without_value,
    says_incomparable,
    says_too_few,
    with_value,
)
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.scope import Scope
from qa_service.answering.whole_part import STOCKS, repeats_stocks
from qa_service.understanding.indicator_names import Concept


def answer_sum(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    _total(draft, scope, concept, data, add, Kind.AGGREGATE, draft.wording.say("合计", "total"))


def answer_average(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    if "MEDIAN" in draft.question.cues:
        _total(draft, scope, concept, data, median, Kind.AGGREGATE, draft.wording.say("中位数", "median"))
    else:
        _total(draft, scope, concept, data, average, Kind.AGGREGATE, draft.wording.say("平均", "average"))


def _total(
    draft: Draft,
    scope: Scope,
    concept: Concept,
    data: list[Datum],
    compute: Callable[[Sequence[Observation]], Derived],
    kind: Kind,
    word: str,
) -> None:
    draft.kind = kind
    have = [datum for datum in with_value(data) if is_exact(datum)]
    # One figure is its own sum, but no average.
    wanted = 1 if compute is add else 2
    if len(have) < wanted:
        says_too_few(draft, data, scope, wanted=max(wanted, len(with_value(data)) + 1))
        return
    if says_incomparable(draft, have):
        say_without_value(draft, data, scope)
        return
    operands = operands_of(have)
    if len({operand.unit for operand in operands}) > 1:
        draft.say("各报告单位不同，不能相加，只列出数字。", "The units differ, so nothing is added up.")
        draft.sentences.append(list_figures(draft, have))
        return
    if compute is add and repeats_stocks(draft.corpus.catalogue, have):
        draft.say(*STOCKS)
        draft.sentences.append(list_figures(draft, have) + draft.wording.say("。", "."))
        say_without_value(draft, data, scope)
        return
    derived = compute(operands)
    label = f"{name_of(draft, have, concept)} {word}"
    figure = add_derived(draft, derived, label, have)
    amount = draft.wording.with_unit(figure.value or "", figure.unit)
    draft.allowed.append(str(len(have)))
    shown = (
        derived.formula if len(have) <= MOST_LISTED else draft.wording.say(f"{len(have)}个数字", f"{len(have)} figures")
    )
    draft.say(f"{label}：{amount}（{shown}）。", f"{label}: {amount} ({shown}).")
    draft.sentences.append(
        draft.wording.say("其中：", "Of these: ") + list_figures(draft, have) + draft.wording.say("。", ".")
    )
    _say_approximate(draft, data)
    say_without_value(draft, data, scope)
    _say_nested(draft, have)
    say_unlike(draft, have)
    if len(have) <= MOST_LISTED:
        say_texts(draft, have)


def _say_approximate(draft: Draft, data: Sequence[Datum]) -> None:
    """Names figures that the report words as approximate; they cannot go into an exact sum."""
    rough = [datum for datum in with_value(data) if not is_exact(datum)]
    if rough:
        named = list_figures(draft, rough)
        draft.say(
            f"约数不能精确相加，未计入：{named}。", f"Approximate figures cannot be added up and are left out: {named}."
        )


def _say_nested(draft: Draft, have: Sequence[Datum]) -> None:
    """A government's report covers the bodies of its place: adding both counts twice."""
    index = draft.corpus.reader.agencies
    agencies = {datum.agency for datum in have}
    for agency in sorted(agencies):
        if index.body_of(agency) != "gov":
            continue
        inside = [other for other in agencies if other != agency and other in index.in_place(index.innermost(agency))]
        if inside:
            draft.say(
                f"注意：{draft.wording.agency(agency)}的报告可能已包括下级单位，相加会重复计算。",
                f"Note: the report of {draft.wording.agency(agency)} may already cover bodies below it; the sum would count them twice.",
            )
            return
