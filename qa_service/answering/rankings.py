"""Rankings, extremes, and bodies with a property."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from indicators.arithmetic import Derived, subtract
from qa_service.answering.always import asks_for_always, say_always
from qa_service.answering.answer import Kind, Status
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
from qa_service.answering.evidence import marks
from qa_service.answering.guard import numbers_in
from qa_service.answering.places import say_place
from qa_service.answering.rough import decide as decide_bound
from qa_service.answering.rough import is_order_open, range_of
from qa_service.answering.scope import Scope
from qa_service.answering.wording import sentence_of
from qa_service.understanding.bounds import Bound
from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.operations import asks_to_compute

_DEFAULT_TOP = 10


def answer_ranking(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    draft.kind = Kind.RANKING
    if says_too_few(draft, data, scope):
        return
    have = with_value(data)
    if says_incomparable(draft, have):
        say_without_value(draft, data, scope)
        return
    if len({datum.unit for datum in have}) > 1:
        draft.say(
            "各报告单位不同，不作排名，只列出数字。", "The units differ, so the figures are listed without a ranking."
        )
        draft.sentences.append(list_figures(draft, have))
        return
    least = "LEAST" in draft.question.cues and "MOST" not in draft.question.cues
    ordered = sorted(
        have, key=lambda datum: ((datum.value or Decimal(0)) * (1 if least else -1), datum.agency, datum.year)
    )
    if "GROWTH" in draft.question.cues:
        draft.say("没有按增减排序，以下按数值排序。", "These are ordered by their figures, not by their changes.")
    if draft.question.place:
        say_place(draft, ordered, lambda datum: draft.wording.title(datum.agency, datum.year), least=least)
    else:
        say_extremes(draft, ordered, least=least)
    if "LEAD" in draft.question.cues and len(ordered) > 1:
        label = draft.wording.say("第一与第二之差", "first less second")
        _say_gap(
            draft, ordered[:2], concept, label, draft.wording.say("与排在其后的一个相差", "The next one differs by")
        )
    if draft.question.cues >= {"MOST", "LEAST"} and asks_to_compute(draft.question):
        label = draft.wording.say("最高减最低", "highest less lowest")
        said = draft.wording.say("最高与最低相差", "The highest and the lowest differ by")
        _say_gap(draft, [ordered[0], ordered[-1]], concept, label, said)
    if is_order_open(ordered):
        draft.say(
            "其中有约数，与相近数字的先后不能确定。",
            "Approximate figures are among them; their order against figures close by is not certain.",
        )
    top = max(draft.question.limit or _DEFAULT_TOP, draft.question.place)
    shown = ordered[:top]
    draft.sentences.append(
        f"{name_of(draft, shown, concept)}{draft.wording.say('：', ': ')}{list_figures(draft, shown)}{draft.wording.say('。', '.')}"
    )
    if len(ordered) > len(shown):
        draft.allowed.append(str(len(shown)))
        draft.say(
            f"以上只列出排在前面的{len(shown)}个，其余未列出。",
            f"Only the first {len(shown)} in this order are listed above.",
        )
    say_without_value(draft, data, scope)
    say_unlike(draft, have)
    say_texts(draft, shown[:3])


def say_extremes(draft: Draft, have: Sequence[Datum], *, least: bool = False) -> None:
    ordered = sorted(have, key=lambda datum: (datum.value or Decimal(0)) * (1 if least else -1))
    first = ordered[0]
    ties = [datum for datum in ordered if datum.value == first.value]
    operand = first.operand
    assert operand is not None
    names = draft.wording.list([draft.wording.title(datum.agency, datum.year) for datum in ties[:MOST_LISTED]])
    amount = draft.wording.amount(operand)
    word = draft.wording.say("最少", "lowest") if least else draft.wording.say("最多", "highest")
    where = "".join(marks((draft.evidence.cite(datum.operand),)) for datum in ties[:MOST_LISTED] if datum.operand)
    if len(ties) == len(ordered) and len(ordered) > 1:
        draft.say(f"全部相同，都是{amount}。{where}", f"All are equal: {amount}. {where}")
    else:
        tie = draft.wording.say("并列", " (tied)") if len(ties) > 1 else ""
        draft.say(f"{word}的是{names}{tie}，{amount}。{where}", f"{word.capitalize()}: {names}{tie}, {amount}. {where}")


def _say_gap(draft: Draft, pair: Sequence[Datum], concept: Concept, label: str, said: str) -> None:
    """The larger of two figures less the smaller, after the words `said`; nothing where one of them is not exact."""
    operands = [datum.operand for datum in pair if datum.operand is not None and is_exact(datum)]
    if len(operands) < len(pair):
        return
    derived = subtract(*sorted(operands, key=lambda cell: -(cell.value or Decimal(0))))
    figure = add_derived(draft, derived, f"{name_of(draft, pair, concept)} {label}", pair)
    amount = draft.wording.with_unit(figure.value or "", figure.unit)
    draft.say(
        f"{said}{amount}（{derived.formula}）。{marks(figure.citations)}",
        f"{said} {amount} ({derived.formula}). {marks(figure.citations)}",
    )


def _add_count(draft: Draft, found: Sequence[Datum], bodies: Sequence[str]) -> None:
    """The number of bodies as a derived figure whose operands are the figures counted."""
    derived = Derived(
        Decimal(len(bodies)),
        "个",
        draft.wording.say(f"计数 = {len(bodies)}", f"count = {len(bodies)}"),
        tuple(operands_of(found)),
    )
    add_derived(draft, derived, draft.wording.say("单位数", "number of bodies"), found)


def _quotes_number(draft: Draft) -> bool:
    """Whether the question holds a number that is no year of it."""
    years = {str(year) for year in draft.question.year.years}
    return bool(numbers_in(draft.question.text) - years)


def _in_unit(value: Decimal, datum: Datum, unit: str) -> Decimal:
    """The value in the unit of the bound, where both count money; no bound in yuan is held against ten thousands of yuan."""
    if datum.unit == "万元" and unit == "元":
        return value * 10_000
    return value / 10_000 if datum.unit == "元" and unit == "万元" else value


def answer_filter(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    """The bodies and years whose figure has the property asked for; "never" and "every year" ask for bodies alone."""
    draft.kind = Kind.RANKING
    wanted = _property(draft)
    if wanted is None:
        draft.status = Status.NOT_FOUND
        draft.say(
            "没有看出要按什么数值来找，请写明“超过几件”“等于几件”。",
            "It is not clear which value to look for; please say “more than”, “at most” or “exactly” with the number.",
        )
        return
    decide, said = wanted
    draft.allowed.append("0")
    name = name_of(draft, data, concept)
    if not [datum for datum in data if datum.value is not None or datum.missing is not None]:
        draft.status = Status.NOT_FOUND
        draft.say(f"库里的报告都没有“{name}”这一项。", f"None of the reports has {name}.")
        return
    if asks_for_always(draft.question) and "BLANK" not in draft.question.cues:
        counted = say_always(draft, scope, concept, data, decide, said)
        _add_count(draft, counted, list(dict.fromkeys(datum.agency for datum in counted)))
        return
    found = [datum for datum in data if decide(datum)]
    still_open = [datum for datum in with_value(data) if decide(datum) is None]
    # With figures that decide nothing there is no exact number of bodies.
    _say_found(draft, data, found, name, draft.wording.say("确定", "certain to be ") + said if still_open else said)
    if not still_open:
        _add_count(draft, found, list(dict.fromkeys(datum.agency for datum in found)))
    _say_open(draft, still_open, said)
    say_without_value(draft, [datum for datum in data if datum not in found and datum.value is None], scope)
    say_unlike(draft, with_value(found))


def _property(draft: Draft) -> tuple[Callable[[Datum], bool | None], str] | None:
    """What is asked of each figure (None: it does not decide), with its words; None where the question does not say."""
    cues, bound = draft.question.cues, draft.question.threshold
    if "BLANK" in cues:
        return (lambda datum: datum.missing is not None), draft.wording.say("没有填数字", "left without a figure")
    if bound is not None:
        said = bound.said(zh=draft.wording.zh)
        draft.allowed.append(said)
        return (lambda datum: _keeps(bound, datum)), said
    if not cues & {"NONZERO", "ZERO"} and _quotes_number(draft):
        return None
    if "NONZERO" in cues or "ZERO" not in cues:
        return (lambda datum: None if datum.value is None else datum.value != 0), draft.wording.say("不为0", "not 0")
    return (lambda datum: None if datum.value is None else datum.value == 0), draft.wording.say("为0", "0")


def _keeps(bound: Bound, datum: Datum) -> bool | None:
    if datum.value is None:
        return None
    low, high = range_of(datum)
    return decide_bound(bound, _in_unit(low, datum, bound.unit), _in_unit(high, datum, bound.unit))


def _say_found(draft: Draft, data: Sequence[Datum], found: Sequence[Datum], name: str, said: str) -> None:
    bodies = list(dict.fromkeys(datum.agency for datum in found))
    if not found:
        counted = len([datum for datum in data if datum.value is not None or datum.missing is not None])
        draft.allowed.append(str(counted))
        draft.say(
            f"没有。查了{counted}份报告，“{name}”没有一份{said}。",
            f"None. Of {counted} reports, {name} is {said} in not a single one.",
        )
        draft.sentences.append(list_figures(draft, with_value(data)) + draft.wording.say("。", "."))
        return
    many = draft.wording.say("个单位", " bodies" if len(bodies) > 1 else " body")
    count = len(bodies)
    if len(bodies) == 1 and len({datum.year for datum in data if datum.agency == bodies[0]}) > 1:
        count, many = len(found), draft.wording.say("个年份", " years" if len(found) > 1 else " year")
    draft.allowed.append(str(count))
    draft.say(f"“{name}”{said}的有{count}{many}：", f"{name} is {said} for {count}{many}:")
    filled = [datum for datum in found if datum.value is not None]
    if filled:
        draft.sentences.append(list_figures(draft, filled) + draft.wording.say("。", "."))
    for datum in [datum for datum in found if datum.value is None][:MOST_LISTED]:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))


def _say_open(draft: Draft, data: Sequence[Datum], said: str) -> None:
    """Names approximate figures that may or may not have the property."""
    if data:
        named = list_figures(draft, data)
        draft.say(f"约数，不能确定是否{said}：{named}。", f"Approximate, so not certain to be {said}: {named}.")
