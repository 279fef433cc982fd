"""Rankings, extremes, and bodies with a property."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from indicators.arithmetic import Derived
from qa_service.answering.answer import Kind, Status
from qa_service.answering.compared import (
    MOST_LISTED,
    add_derived,
    list_figures,
    name_of,
    operands_of,
    say_texts,
    say_unlike,
    say_without_value,
    says_too_few,
    with_value,
)
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.guard import numbers_in
from qa_service.answering.scope import Scope
from qa_service.answering.wording import sentence_of
from qa_service.understanding.indicator_names import Concept

_DEFAULT_TOP = 10


def answer_ranking(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    draft.kind = Kind.RANKING
    if says_too_few(draft, data, scope):
        return
    have = with_value(data)
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
    say_extremes(draft, ordered, least=least)
    top = draft.question.limit or _DEFAULT_TOP
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


def _in_unit(datum: Datum, unit: str) -> Decimal:
    """The value in the unit of the bound, where both count money; no bound in yuan is held against ten thousands of yuan."""
    value = datum.value or Decimal(0)
    if datum.unit == "万元" and unit == "元":
        return value * 10_000
    return value / 10_000 if datum.unit == "元" and unit == "万元" else value


def answer_filter(draft: Draft, scope: Scope, concept: Concept, data: list[Datum]) -> None:
    draft.kind = Kind.RANKING
    cues = draft.question.cues
    bound = draft.question.threshold
    if "BLANK" in cues:
        keep: Callable[[Datum], bool] = lambda datum: datum.missing is not None  # noqa: E731
        said = draft.wording.say("没有填数字", "left without a figure")
    elif bound is not None:
        keep = lambda datum: datum.value is not None and bound.holds(_in_unit(datum, bound.unit))  # noqa: E731
        said = bound.said(zh=draft.wording.zh)
        draft.allowed.append(said)
    elif not cues & {"NONZERO", "ZERO"} and _quotes_number(draft):
        draft.status = Status.NOT_FOUND
        draft.say(
            "没有看出要按什么数值来找，请写明“超过几件”“等于几件”。",
            "It is not clear which value to look for; please say “more than”, “at most” or “exactly” with the number.",
        )
        return
    elif "NONZERO" in cues or not cues & {"ZERO"}:
        keep, said = (lambda datum: datum.value is not None and datum.value != 0), draft.wording.say("不为0", "not 0")
    else:
        keep, said = (lambda datum: datum.value == 0), draft.wording.say("为0", "0")
    draft.allowed.append("0")
    name = name_of(draft, data, concept)
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
        draft.sentences.append(list_figures(draft, with_value(data)) + draft.wording.say("。", "."))
    else:
        _add_count(draft, found, bodies)
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
    others = [datum for datum in data if datum not in found and datum.value is None]
    say_without_value(draft, others, scope)
    say_unlike(draft, with_value(found))
