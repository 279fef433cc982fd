"""Differences between bodies or years, and growth."""

from collections.abc import Sequence
from decimal import Decimal

from indicators.arithmetic import growth, render_number, subtract, times
from qa_service.answering.answer import Kind
from qa_service.answering.compared import (
    add_derived,
    list_figures,
    name_of,
    operands_of,
    say_texts,
    say_unlike,
    say_without_value,
    says_incomparable,
    says_rough,
    says_too_few,
    with_value,
)
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.figures import data_of
from qa_service.answering.lookup import Lookup
from qa_service.answering.rankings import say_extremes
from qa_service.answering.scope import Scope
from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.operations import wants_percent
from qa_service.understanding.years import YearKind


def answer_difference(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    draft.kind = Kind.COMPARISON
    if says_too_few(draft, data, scope):
        return
    have = with_value(data)
    if says_incomparable(draft, have):
        say_without_value(draft, data, scope)
        return
    draft.sentences.append(
        f"{name_of(draft, have, concept)}{draft.wording.say('：', ': ')}{list_figures(draft, have)}{draft.wording.say('。', '.')}"
    )
    if len(have) == 2:
        _say_difference(draft, have)
    else:
        say_extremes(draft, have)
    say_without_value(draft, data, scope)
    say_unlike(draft, have)
    say_texts(draft, have)


def _say_difference(draft: Draft, have: Sequence[Datum]) -> None:
    ordered = sorted(have, key=lambda datum: -(datum.value or Decimal(0)))
    high, low = operands_of(ordered)
    if high.unit != low.unit:
        draft.say("两者单位不同，不能相减。", "Their units differ, so no difference is computed.")
        return
    if says_rough(draft, have):
        return
    difference = subtract(high, low)
    label = draft.wording.say("相差", "difference")
    figure = add_derived(draft, difference, label, ordered)
    amount = draft.wording.with_unit(figure.value or "", figure.unit)
    if difference.value == 0:
        draft.say(f"两者相同（{difference.formula}）。", f"They are equal ({difference.formula}).")
    else:
        name = _subject(draft, ordered)
        draft.say(f"{name}多{amount}（{difference.formula}）。", f"{name} has {amount} more ({difference.formula}).")
    if "TIMES" in draft.question.cues:
        _say_times(draft, have)
    if len({datum.agency for datum in have}) == 1:
        if "GROWTH" in draft.question.cues or wants_percent(draft.question):
            say_growth(draft, have)
    elif wants_percent(draft.question):
        _say_percent(draft, have)


def _say_times(draft: Draft, have: Sequence[Datum]) -> None:
    """How many times the figure named second goes into the one named first."""
    first, second = operands_of(have)
    quotient = times(first, second)
    names = [_subject(draft, [datum, *have]) for datum in have]
    if quotient is None:
        draft.say("除数为0，不能算倍数。", "The divisor is 0, so there is no ratio.")
        return
    figure = add_derived(draft, quotient, draft.wording.say("倍数", "ratio"), have)
    draft.say(
        f"{names[0]}是{names[1]}的{quotient.text}倍（{quotient.formula}）。{marks(figure.citations)}",
        f"{names[0]} has {quotient.text} times as many as {names[1]} ({quotient.formula}). {marks(figure.citations)}",
    )


def _subject(draft: Draft, ordered: Sequence[Datum]) -> str:
    """How the two differ: by body, or by year where the body is the same."""
    if len({datum.agency for datum in ordered}) == 1:
        return draft.wording.say(f"{ordered[0].year}年", str(ordered[0].year))
    return draft.wording.agency(ordered[0].agency)


def _say_percent(draft: Draft, have: Sequence[Datum]) -> None:
    """By how much the first body named is above or below the second, in per cent of the second."""
    first, base = operands_of(have)
    rate = growth(base, first)
    if rate is None:
        draft.say("作为基数的数字为0，不能算百分比。", "The base is 0, so there is no percentage.")
        return
    figure = add_derived(draft, rate, draft.wording.say("相差百分比", "difference in per cent"), have)
    above, name = rate.value >= 0, draft.wording.agency(base.agency)
    draft.say(
        f"以{name}为基数，{'多' if above else '少'}{rate.text.lstrip('-')}%（{rate.formula}）。{marks(figure.citations)}",
        f"With {name} as the base that is {rate.text.lstrip('-')}% {'more' if above else 'less'} ({rate.formula}). "
        f"{marks(figure.citations)}",
    )


def say_growth(draft: Draft, have: Sequence[Datum]) -> None:
    """The growth rate from the earlier of two figures to the later, or why there is none."""
    before, after = operands_of(sorted(have, key=lambda datum: datum.year))
    rate = growth(before, after) if before.unit == after.unit else None
    if rate is None:
        draft.say("基数为0，不能算增长率。", "The base is 0, so there is no growth rate.")
        return
    add_derived(draft, rate, draft.wording.say("增长率", "growth rate"), have)
    word = draft.wording.say("增长" if rate.value >= 0 else "下降", "up" if rate.value >= 0 else "down")
    said = f"{rate.text.lstrip('-')}%"
    draft.say(
        f"{before.year}年到{after.year}年{word}{said}（{rate.formula}）。",
        f"From {before.year} to {after.year}: {word} {said} ({rate.formula}).",
    )


def answer_growth(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    """Change of one body between two years: the two said, or a year said and the one before, or first and last."""
    draft.kind = Kind.COMPARISON
    question = draft.question
    if question.year.kind in (YearKind.LISTED, YearKind.LATEST) and len(question.year.years) < 2:
        data = _with_year_before(draft, concept, data)
    if says_too_few(draft, data, scope):
        return
    for agency in dict.fromkeys(datum.agency for datum in data):
        series = sorted(with_value([datum for datum in data if datum.agency == agency]), key=lambda datum: datum.year)
        if len(series) < 2:
            continue
        ends = [series[0], series[-1]]
        if says_incomparable(draft, ends):
            continue
        draft.sentences.append(
            f"{name_of(draft, ends, concept)}{draft.wording.say('：', ': ')}{list_figures(draft, ends)}{draft.wording.say('。', '.')}"
        )
        before, after = operands_of(ends)
        if before.unit == after.unit and not says_rough(draft, ends):
            change = subtract(after, before)
            add_derived(draft, change, draft.wording.say("变化", "change"), ends)
            amount = draft.wording.with_unit(render_number(abs(change.value)), change.unit)
            word = (
                draft.wording.say("增加", "an increase of")
                if change.value > 0
                else draft.wording.say("减少", "a decrease of")
            )
            if change.value == 0:
                draft.say(f"没有变化（{change.formula}）。", f"No change ({change.formula}).")
            else:
                draft.say(f"{word}{amount}（{change.formula}）。", f"That is {word} {amount} ({change.formula}).")
            say_growth(draft, ends)
        say_unlike(draft, ends)
        say_texts(draft, ends)
    say_without_value(draft, data, scope)


def _with_year_before(draft: Draft, concept: Concept, data: list[Datum]) -> list[Datum]:
    points = [(datum.agency, datum.year - 1) for datum in data]
    lookup = Lookup(draft.corpus)
    lookup.fetch(points, [concept])
    return [*data_of(draft, lookup, points, concept), *data]
