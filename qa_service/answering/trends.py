"""Series over the years, with missing years left open."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from indicators.arithmetic import subtract
from qa_service.answering.always import asks_for_always
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
from qa_service.answering.differences import say_growth
from qa_service.answering.draft import Draft
from qa_service.answering.rankings import answer_filter
from qa_service.answering.scope import Scope
from qa_service.answering.wording import spoken_years
from qa_service.understanding.indicator_names import Concept


def answer_trend(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    draft.kind = Kind.TREND
    if "WHICH" in draft.question.cues and asks_for_always(draft.question):
        answer_filter(draft, scope, concept, data)
        return
    if says_too_few(draft, data, scope):
        return
    if says_incomparable(draft, with_value(data)):
        say_without_value(draft, data, scope)
        return
    agencies = list(dict.fromkeys(datum.agency for datum in data))
    if all(len([d for d in with_value(data) if d.agency == agency]) < 2 for agency in agencies):
        # Different bodies in different years are no series.
        have = with_value(data)
        draft.kind = Kind.COMPARISON
        draft.sentences.append(list_figures(draft, have) + draft.wording.say("。", "."))
        draft.say(
            "每个单位只有一年的数据，单位和年份都不同，不能当作趋势。",
            "Each body has one year only; different bodies in different years are no trend.",
        )
        return
    for agency in agencies:
        series = sorted(with_value([datum for datum in data if datum.agency == agency]), key=lambda datum: datum.year)
        if not series:
            continue
        draft.sentences.append(
            f"{name_of(draft, series, concept)}{draft.wording.say('：', ': ')}{list_figures(draft, series)}{draft.wording.say('。', '.')}"
        )
        if len(series) >= 2:
            if not says_rough(draft, series):
                _say_direction(draft, series)
                if "GROWTH" in draft.question.cues:
                    say_growth(draft, [series[0], series[-1]])
            say_unlike(draft, series)
    years = sorted({datum.year for datum in data})
    draft.allowed += [str(year) for year in range(years[0], years[-1])]
    gaps = [year for year in range(years[0], years[-1]) if year not in years] if len(agencies) == 1 else []
    if gaps:
        draft.say(
            f"{spoken_years(gaps)}年没有报告，未填补。",
            f"There is no report for {spoken_years(gaps)}; nothing is filled in.",
        )
    say_without_value(draft, data, scope)
    say_texts(draft, with_value(data)[:10])


def _say_direction(draft: Draft, series: Sequence[Datum]) -> None:
    first, last = operands_of([series[0], series[-1]])
    if first.unit != last.unit:
        return
    values = [datum.value or Decimal(0) for datum in series]
    change = subtract(last, first)
    add_derived(draft, change, draft.wording.say("变化", "change"), series)
    steps = [later - earlier for earlier, later in pairwise(values)]
    if all(step > 0 for step in steps):
        shape = draft.wording.say("逐年上升", "rising every year")
    elif all(step < 0 for step in steps):
        shape = draft.wording.say("逐年下降", "falling every year")
    elif all(step == 0 for step in steps):
        shape = draft.wording.say("没有变化", "unchanged")
    else:
        shape = draft.wording.say("有升有降", "up and down")
    draft.say(
        f"{first.year}年到{last.year}年{shape}（{change.formula}）。",
        f"From {first.year} to {last.year}: {shape} ({change.formula}).",
    )
