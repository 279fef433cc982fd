"""Several figures set against each other: differences, growth, rankings, sums, averages, shares, series, filters.

Operands are always shown with their citations; what has no value is named, never filled in; bodies, years and editions
that differ are said to differ.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import TypeVar

from indicators.arithmetic import Derived, add, average, growth, render_number, subtract, times
from indicators.observation import Exactness, Observation, Origin
from qa_service.answering.answer import Figure, Kind, Status
from qa_service.answering.asking import ask_for_body, ask_for_indicator, ask_for_year, say_missing_reports
from qa_service.answering.datum import Datum, Lookup
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.figures import add_conflicts, data_of, suggest
from qa_service.answering.scope import Scope, settle_scope
from qa_service.answering.wording import sentence_of, spoken_years
from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.question import Operation
from qa_service.understanding.years import YearKind

_MOST_LISTED = 30
_DEFAULT_TOP = 10


def answer_comparison(draft: Draft) -> None:
    """Any operation over more than one figure."""
    operation = draft.question.operation
    if operation is Operation.SHARE:
        from qa_service.answering.shares import answer_share

        answer_share(draft)
        return
    if ask_for_body(draft):
        return
    scope = settle_scope(draft.question, draft.corpus, many=_runs_over_years(draft))
    if scope.vague:
        ask_for_year(draft, scope.vague)
        return
    if not scope.points:
        say_missing_reports(draft, scope)
        return
    handlers: dict[Operation, Callable[[Draft, Scope, Concept, list[Datum]], None]] = {
        Operation.COMPARE: _compare,
        Operation.GROWTH: _growth,
        Operation.RANK: _rank,
        Operation.SUM: _sum,
        Operation.AVERAGE: _average,
        Operation.TREND: _trend,
        Operation.FILTER: _filter,
    }
    lookup = Lookup(draft.corpus)
    concepts = [draft.corpus.reader.names.by_id[concept] for concept in draft.question.concepts]
    lookup.fetch(scope.points, concepts)
    for asked in concepts:
        concept, data = _most_usual(draft, lookup, scope, asked)
        vague = [datum for datum in data if datum.choices]
        if vague:
            draft.evidence.figures.clear()
            ask_for_indicator(draft, vague[:1])
            return
        handlers[operation](draft, scope, concept, data)
    suggest(draft, [])


def _most_usual(draft: Draft, lookup: Lookup, scope: Scope, concept: Concept) -> tuple[Concept, list[Datum]]:
    """The concept with its data; where the wording fits several, the most usual one that most of the reports have."""
    data = data_of(draft, lookup, scope.points, concept)
    if not concept.choose:
        return concept, data
    for option_id in concept.choose:
        option = draft.corpus.reader.names.by_id[option_id]
        found = data_of(draft, lookup, scope.points, option)
        if len(_with_value(found)) >= 2:
            return option, found
    return concept, data


def _runs_over_years(draft: Draft) -> bool:
    """Whether all years of a body belong to the question, so that none need be asked back."""
    question = draft.question
    if question.operation in (Operation.TREND, Operation.GROWTH):
        return True
    return (
        question.asked.everything
        or question.asked.group
        or question.operation in (Operation.RANK, Operation.SUM, Operation.AVERAGE)
    )


def _with_value(data: Sequence[Datum]) -> list[Datum]:
    return [datum for datum in data if datum.value is not None]


def _is_exact(datum: Datum) -> bool:
    return datum.observation is None or datum.observation.exactness is Exactness.EXACT


def _say_approximate(draft: Draft, data: Sequence[Datum]) -> None:
    """Names figures that the report words as approximate; they cannot go into an exact sum."""
    rough = [datum for datum in _with_value(data) if not _is_exact(datum)]
    if rough:
        named = _listed(draft, rough)
        draft.say(
            f"约数不能精确相加，未计入：{named}。", f"Approximate figures cannot be added up and are left out: {named}."
        )


def _operands(data: Sequence[Datum]) -> list[Observation]:
    return [operand for datum in data if (operand := datum.operand) is not None]


def _listed(draft: Draft, data: Sequence[Datum]) -> str:
    """ "甲2016年2件[1]、乙2017年3件[2]"; adds the figures."""
    parts = []
    for datum in data[:_MOST_LISTED]:
        operand = datum.operand
        assert operand is not None
        if datum.derived is not None:
            label = draft.wording.label(datum.indicator, None, datum.applicant)
            figure = draft.evidence.add_derived(
                datum.derived,
                label,
                indicator=operand.indicator,
                agency=datum.agency,
                year=datum.year,
                applicant=datum.applicant,
            )
        else:
            figure = draft.evidence.add(operand)
        amount = draft.wording.amount(operand) if datum.derived is None else draft.wording.number(operand)
        if operand.origin is Origin.TEXT:
            amount += draft.wording.say("（正文）", " (text)")
        parts.append(
            f"{draft.wording.title(datum.agency, datum.year)}{draft.wording.say('', ': ')}{amount}{marks(figure.citations)}"
        )
    if len(data) > _MOST_LISTED:
        draft.allowed.append(str(len(data)))
        parts.append(draft.wording.say(f"等{len(data)}项", f"{len(data)} in all"))
    return draft.wording.say("，", "; ").join(parts)


_T = TypeVar("_T")


def _shared(values: Sequence[_T]) -> _T | None:
    return values[0] if values and all(value == values[0] for value in values) else None


def _add_derived(draft: Draft, derived: Derived, label: str, data: Sequence[Datum]) -> Figure:
    """Adds a computed figure; body, year, indicator and applicant are set where all operands share them."""

    return draft.evidence.add_derived(
        derived,
        label,
        indicator=_shared([datum.indicator.id if datum.indicator else None for datum in data]),
        agency=_shared([datum.agency for datum in data]),
        year=_shared([datum.year for datum in data]),
        applicant=_shared([datum.applicant for datum in data]),
    )


def _name(draft: Draft, data: Sequence[Datum], concept: Concept) -> str:
    """What is compared, by the labels of the editions involved."""
    labels = list(
        dict.fromkeys(
            draft.wording.label(datum.indicator, datum.observation, datum.applicant)
            for datum in data
            if datum.indicator is not None
        )
    )
    return " / ".join(labels[:3]) if labels else concept.id


def _say_without_value(draft: Draft, data: Sequence[Datum], scope: Scope) -> None:
    """Names every body and year that was asked for and has no value, with the reason; nothing is filled in."""
    without = [datum for datum in data if datum.value is None]
    absent = [datum for datum in without if datum.observation is None]
    for datum in [datum for datum in without if datum.observation is not None][:_MOST_LISTED]:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    if absent:
        named = draft.wording.list([draft.wording.title(datum.agency, datum.year) for datum in absent[:_MOST_LISTED]])
        more = draft.wording.say("等", " and others") if len(absent) > _MOST_LISTED else ""
        draft.say(f"没有这一项、未计入的：{named}{more}。", f"Without this item and not counted: {named}{more}.")
    if scope.missing:
        say_missing_reports(draft, scope, beside=True)


def _say_unlike(draft: Draft, data: Sequence[Datum]) -> None:
    """Warns where years or editions differ, with the catalogue's notes on how far the items compare."""
    years = {datum.year for datum in data}
    if len({datum.agency for datum in data}) > 1 and len(years) > 1:
        draft.say(
            f"注意：年份不同（{spoken_years(sorted(years))}），只能作参考。",
            f"Note: the years differ ({spoken_years(sorted(years))}); compare with care.",
        )
    indicators = {datum.indicator.id: datum.indicator for datum in data if datum.indicator is not None}
    notes: dict[str, None] = {}
    for indicator in indicators.values():
        for link in indicator.comparable_with:
            if link.id in indicators:
                notes[draft.wording.note(link)] = None
    if len(indicators) > 1:
        said = draft.wording.say("；", "; ").join(notes) or draft.wording.say(
            "两版报表口径可能不同", "the editions may count differently"
        )
        draft.say(f"注意：报表版本不同，口径说明：{said}。", f"Note: the forms differ: {said}.")


def _say_texts(draft: Draft, data: Sequence[Datum]) -> None:
    for datum in data:
        add_conflicts(draft, datum)


def _too_few(draft: Draft, data: Sequence[Datum], scope: Scope, wanted: int = 2) -> bool:
    """Not enough values for the operation: says what there is instead of computing. True where that was done."""
    have = _with_value(data)
    if len(have) >= wanted:
        return False
    draft.kind = Kind.FIGURE
    for datum in data:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
        add_conflicts(draft, datum)
    if scope.missing:
        say_missing_reports(draft, scope, beside=True)
    draft.say("数据不足，无法比较或计算变化。", "That is not enough for a comparison or a change over time.")
    return True


def _compare(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    draft.kind = Kind.COMPARISON
    if _too_few(draft, data, scope):
        return
    have = _with_value(data)
    draft.sentences.append(
        f"{_name(draft, have, concept)}{draft.wording.say('：', ': ')}{_listed(draft, have)}{draft.wording.say('。', '.')}"
    )
    if len(have) == 2:
        _say_difference(draft, have)
    else:
        _say_extremes(draft, have)
    _say_without_value(draft, data, scope)
    _say_unlike(draft, have)
    _say_texts(draft, have)


def _say_difference(draft: Draft, have: Sequence[Datum]) -> None:
    ordered = sorted(have, key=lambda datum: -(datum.value or Decimal(0)))
    high, low = _operands(ordered)
    if high.unit != low.unit:
        draft.say("两者单位不同，不能相减。", "Their units differ, so no difference is computed.")
        return
    difference = subtract(high, low)
    label = draft.wording.say("相差", "difference")
    figure = _add_derived(draft, difference, label, ordered)
    amount = draft.wording.with_unit(figure.value or "", figure.unit)
    if difference.value == 0:
        draft.say(f"两者相同（{difference.formula}）。", f"They are equal ({difference.formula}).")
    else:
        name = _subject(draft, ordered)
        draft.say(f"{name}多{amount}（{difference.formula}）。", f"{name} has {amount} more ({difference.formula}).")
    quotient = times(high, low) if "TIMES" in draft.question.cues else None
    if quotient is not None:
        _add_derived(draft, quotient, draft.wording.say("倍数", "ratio"), ordered)
        draft.say(
            f"前者是后者的{quotient.text}倍（{quotient.formula}）。",
            f"The first is {quotient.text} times the second ({quotient.formula}).",
        )
    if draft.question.cues & {"GROWTH"} and len({datum.agency for datum in have}) == 1:
        _say_growth(draft, have)


def _subject(draft: Draft, ordered: Sequence[Datum]) -> str:
    """How the two differ: by body, or by year where the body is the same."""
    if len({datum.agency for datum in ordered}) == 1:
        return draft.wording.say(f"{ordered[0].year}年", str(ordered[0].year))
    return draft.wording.agency(ordered[0].agency)


def _say_growth(draft: Draft, have: Sequence[Datum]) -> None:
    before, after = _operands(sorted(have, key=lambda datum: datum.year))
    rate = growth(before, after) if before.unit == after.unit else None
    if rate is None:
        draft.say("基数为0，不能算增长率。", "The base is 0, so there is no growth rate.")
        return
    _add_derived(draft, rate, draft.wording.say("增长率", "growth rate"), have)
    word = draft.wording.say("增长" if rate.value >= 0 else "下降", "up" if rate.value >= 0 else "down")
    said = f"{rate.text.lstrip('-')}%"
    draft.say(
        f"{before.year}年到{after.year}年{word}{said}（{rate.formula}）。",
        f"From {before.year} to {after.year}: {word} {said} ({rate.formula}).",
    )


def _growth(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    """Change of one body between two years: the two said, or a year said and the one before, or first and last."""
    draft.kind = Kind.COMPARISON
    question = draft.question
    if len(question.year.years) == 1 and question.year.kind is YearKind.LISTED:
        data = _with_year_before(draft, concept, data)
    if _too_few(draft, data, scope):
        return
    for agency in dict.fromkeys(datum.agency for datum in data):
        series = sorted(_with_value([datum for datum in data if datum.agency == agency]), key=lambda datum: datum.year)
        if len(series) < 2:
            continue
        ends = [series[0], series[-1]]
        draft.sentences.append(
            f"{_name(draft, ends, concept)}{draft.wording.say('：', ': ')}{_listed(draft, ends)}{draft.wording.say('。', '.')}"
        )
        before, after = _operands(ends)
        if before.unit == after.unit:
            change = subtract(after, before)
            _add_derived(draft, change, draft.wording.say("变化", "change"), ends)
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
            _say_growth(draft, ends)
        _say_unlike(draft, ends)
        _say_texts(draft, ends)
    _say_without_value(draft, data, scope)


def _with_year_before(draft: Draft, concept: Concept, data: list[Datum]) -> list[Datum]:
    points = [(datum.agency, datum.year - 1) for datum in data]
    lookup = Lookup(draft.corpus)
    lookup.fetch(points, [concept])
    return [*data_of(draft, lookup, points, concept), *data]


def _rank(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    draft.kind = Kind.RANKING
    if _too_few(draft, data, scope):
        return
    have = _with_value(data)
    if len({datum.unit for datum in have}) > 1:
        draft.say(
            "各报告单位不同，不作排名，只列出数字。", "The units differ, so the figures are listed without a ranking."
        )
        draft.sentences.append(_listed(draft, have))
        return
    least = "LEAST" in draft.question.cues and "MOST" not in draft.question.cues
    ordered = sorted(
        have, key=lambda datum: ((datum.value or Decimal(0)) * (1 if least else -1), datum.agency, datum.year)
    )
    _say_extremes(draft, ordered, least=least)
    top = draft.question.limit or _DEFAULT_TOP
    shown = ordered[:top]
    draft.sentences.append(
        f"{_name(draft, shown, concept)}{draft.wording.say('：', ': ')}{_listed(draft, shown)}{draft.wording.say('。', '.')}"
    )
    if len(ordered) > len(shown):
        draft.allowed.append(f"{len(ordered)} {len(shown)}")
        draft.say(
            f"共{len(ordered)}个数字，列出前{len(shown)}个。",
            f"{len(ordered)} figures in all; the first {len(shown)} are listed.",
        )
    _say_without_value(draft, data, scope)
    _say_unlike(draft, have)
    _say_texts(draft, shown[:3])


def _say_extremes(draft: Draft, have: Sequence[Datum], *, least: bool = False) -> None:
    ordered = sorted(have, key=lambda datum: (datum.value or Decimal(0)) * (1 if least else -1))
    first = ordered[0]
    ties = [datum for datum in ordered if datum.value == first.value]
    operand = first.operand
    assert operand is not None
    names = draft.wording.list([draft.wording.title(datum.agency, datum.year) for datum in ties[:_MOST_LISTED]])
    amount = draft.wording.amount(operand)
    word = draft.wording.say("最少", "lowest") if least else draft.wording.say("最多", "highest")
    where = "".join(marks((draft.evidence.cite(datum.operand),)) for datum in ties[:_MOST_LISTED] if datum.operand)
    if len(ties) == len(ordered) and len(ordered) > 1:
        draft.say(f"全部相同，都是{amount}。{where}", f"All are equal: {amount}. {where}")
    else:
        tie = draft.wording.say("并列", " (tied)") if len(ties) > 1 else ""
        draft.say(f"{word}的是{names}{tie}，{amount}。{where}", f"{word.capitalize()}: {names}{tie}, {amount}. {where}")


def _sum(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    _total(draft, scope, concept, data, add, Kind.AGGREGATE, draft.wording.say("合计", "total"))


def _average(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
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
    have = [datum for datum in _with_value(data) if _is_exact(datum)]
    if not have:
        _too_few(draft, data, scope, wanted=1)
        return
    operands = _operands(have)
    if len({operand.unit for operand in operands}) > 1:
        draft.say("各报告单位不同，不能相加，只列出数字。", "The units differ, so nothing is added up.")
        draft.sentences.append(_listed(draft, have))
        return
    derived = compute(operands)
    label = f"{_name(draft, have, concept)} {word}"
    figure = _add_derived(draft, derived, label, have)
    amount = draft.wording.with_unit(figure.value or "", figure.unit)
    draft.allowed.append(str(len(have)))
    shown = (
        derived.formula
        if len(have) <= _MOST_LISTED
        else draft.wording.say(f"{len(have)}个数字", f"{len(have)} figures")
    )
    draft.say(f"{label}：{amount}（{shown}）。", f"{label}: {amount} ({shown}).")
    draft.sentences.append(
        draft.wording.say("其中：", "Of these: ") + _listed(draft, have) + draft.wording.say("。", ".")
    )
    _say_approximate(draft, data)
    _say_without_value(draft, data, scope)
    _say_nested(draft, have)
    _say_unlike(draft, have)
    if len(have) <= _MOST_LISTED:
        _say_texts(draft, have)


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


def _trend(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    draft.kind = Kind.TREND
    if _too_few(draft, data, scope):
        return
    agencies = list(dict.fromkeys(datum.agency for datum in data))
    if all(len([d for d in _with_value(data) if d.agency == agency]) < 2 for agency in agencies):
        # Different bodies in different years are no series.
        have = _with_value(data)
        draft.kind = Kind.COMPARISON
        draft.sentences.append(_listed(draft, have) + draft.wording.say("。", "."))
        draft.say(
            "每个单位只有一年的数据，单位和年份都不同，不能当作趋势。",
            "Each body has one year only; different bodies in different years are no trend.",
        )
        return
    for agency in agencies:
        series = sorted(_with_value([datum for datum in data if datum.agency == agency]), key=lambda datum: datum.year)
        if not series:
            continue
        draft.sentences.append(
            f"{_name(draft, series, concept)}{draft.wording.say('：', ': ')}{_listed(draft, series)}{draft.wording.say('。', '.')}"
        )
        if len(series) >= 2:
            _say_direction(draft, series)
            _say_unlike(draft, series)
    years = sorted({datum.year for datum in data})
    draft.allowed += [str(year) for year in range(years[0], years[-1])]
    gaps = [year for year in range(years[0], years[-1]) if year not in years] if len(agencies) == 1 else []
    if gaps:
        draft.say(
            f"{spoken_years(gaps)}年没有报告，未填补。",
            f"There is no report for {spoken_years(gaps)}; nothing is filled in.",
        )
    _say_without_value(draft, data, scope)
    _say_texts(draft, _with_value(data)[:10])


def _say_direction(draft: Draft, series: Sequence[Datum]) -> None:
    first, last = _operands([series[0], series[-1]])
    if first.unit != last.unit:
        return
    values = [datum.value or Decimal(0) for datum in series]
    change = subtract(last, first)
    _add_derived(draft, change, draft.wording.say("变化", "change"), series)
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


def _add_count(draft: Draft, found: Sequence[Datum], bodies: Sequence[str]) -> None:
    """The number of bodies as a derived figure whose operands are the figures counted."""
    derived = Derived(
        Decimal(len(bodies)),
        "个",
        draft.wording.say(f"计数 = {len(bodies)}", f"count = {len(bodies)}"),
        tuple(_operands(found)),
    )
    _add_derived(draft, derived, draft.wording.say("单位数", "number of bodies"), found)


def _filter(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    draft.kind = Kind.RANKING
    cues = draft.question.cues
    bound = Decimal(draft.question.threshold) if draft.question.threshold else None
    if "BLANK" in cues:
        keep: Callable[[Datum], bool] = lambda datum: datum.missing is not None  # noqa: E731
        said = draft.wording.say("没有填数字", "left without a figure")
    elif bound is not None and "OVER" in cues:
        keep, said = (
            (lambda datum: datum.value is not None and datum.value > bound),
            draft.wording.say(f"超过{bound}", f"more than {bound}"),
        )
    elif bound is not None and "UNDER" in cues:
        keep, said = (
            (lambda datum: datum.value is not None and datum.value < bound),
            draft.wording.say(f"少于{bound}", f"fewer than {bound}"),
        )
    elif "NONZERO" in cues or not cues & {"ZERO"}:
        keep, said = (lambda datum: datum.value is not None and datum.value != 0), draft.wording.say("不为0", "not 0")
    else:
        keep, said = (lambda datum: datum.value == 0), draft.wording.say("为0", "0")
    draft.allowed.append("0")
    name = _name(draft, data, concept)
    found = [datum for datum in data if keep(datum)]
    bodies = list(dict.fromkeys(datum.agency for datum in found))
    counted = [datum for datum in data if datum.value is not None or datum.missing is not None]
    if not counted:
        draft.status = Status.NOT_FOUND
        draft.say(f"库里的报告都没有“{name}”这一项。", f"None of the reports has {name}.")
        return
    if not found:
        draft.allowed.append(str(len(counted)))
        _add_count(draft, found, bodies)
        draft.say(
            f"没有。查了{len(counted)}份报告，“{name}”没有一份{said}。",
            f"None. Of {len(counted)} reports, {name} is {said} in not a single one.",
        )
        draft.sentences.append(_listed(draft, _with_value(data)) + draft.wording.say("。", "."))
    else:
        _add_count(draft, found, bodies)
        draft.say(f"“{name}”{said}的有{len(bodies)}个单位：", f"{name} is {said} for {len(bodies)} bodies:")
        with_value = [datum for datum in found if datum.value is not None]
        draft.sentences.append(_listed(draft, with_value) + draft.wording.say("。", "."))
        for datum in [datum for datum in found if datum.value is None][:_MOST_LISTED]:
            draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    others = [datum for datum in data if datum not in found and datum.value is None]
    _say_without_value(draft, others, scope)
    _say_unlike(draft, _with_value(found))
