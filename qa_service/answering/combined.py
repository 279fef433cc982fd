"""Several figures of one report put together: sums, differences, averages and orders over items or applicant types."""

from collections.abc import Sequence
from dataclasses import replace

from indicators.arithmetic import Derived, add, average, median, subtract, times
from qa_service.answering.answer import Kind
from qa_service.answering.asking import ask_for_indicator, find_settled_scope, say_missing_reports
from qa_service.answering.compared import is_exact
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.figures import data_of, suggest, word_datum
from qa_service.answering.lookup import Lookup
from qa_service.answering.places import say_place
from qa_service.answering.whole_part import STOCKS, find_overlap, repeats_stocks, spans_stages
from qa_service.understanding.question import Operation

# An item of information may go out over several of these channels and is then counted in each (guide: 通过不同渠道和方式).
_CHANNELS = "legacy.proactive.channels"


def answer_combined(draft: Draft) -> None:
    """All figures named, report by report, and what they come to."""
    scope = find_settled_scope(draft)
    if scope is None:
        return
    concepts = [draft.corpus.reader.names.by_id[concept] for concept in draft.question.concepts]
    lookup = Lookup(draft.corpus)
    lookup.fetch(scope.points, concepts)
    exact: list[Datum] = []
    for point in scope.points:
        data = [datum for concept in concepts for datum in data_of(draft, lookup, [point], concept)]
        vague = [datum for datum in data if datum.choices]
        if vague:
            draft.evidence.figures.clear()
            ask_for_indicator(draft, vague)
            return
        for datum in data:
            word_datum(draft, datum)
        have = [datum for datum in data if datum.value is not None and is_exact(datum)]
        exact += have if _combine(draft, data, have) else []
    if draft.question.operation is Operation.SUM:
        _say_all_together(draft, exact, scope.points)
    if scope.missing:
        say_missing_reports(draft, scope, beside=True)
    suggest(draft, [])


def _combine(draft: Draft, data: Sequence[Datum], have: Sequence[Datum]) -> bool:
    """Does with the figures of one report what is asked; False, with the reason said, where that is not possible."""
    draft.kind = {Operation.COMPARE: Kind.COMPARISON, Operation.RANK: Kind.RANKING}.get(
        draft.question.operation, Kind.AGGREGATE
    )
    rough = [datum for datum in data if datum.value is not None and not is_exact(datum)]
    if len(have) < 2 or (draft.question.operation is Operation.COMPARE and len(have) < len(data)):
        draft.say(
            "可用于计算的确切数字不足，不作计算。",
            "There are not enough exact figures for that, so nothing is computed.",
        )
        return False
    if len({datum.unit for datum in have}) > 1:
        draft.say("这些数字的单位不同，不能合在一起计算。", "Their units differ, so they are not put together.")
        return False
    if draft.question.operation is Operation.COMPARE:
        _say_difference(draft, have)
        return True
    if draft.question.operation is Operation.RANK:
        say_order(draft, have)
        return True
    if (overlap := find_overlap(draft.corpus.catalogue, have)) is not None:
        whole, part = (_name(draft, datum) for datum in overlap)
        draft.say(
            f"“{whole}”与“{part}”有重叠，相加会重复计算，因此不作合计。",
            f"{whole} and {part} overlap; adding them would count the same cases twice, so nothing is added up.",
        )
        return False
    if draft.question.operation is Operation.AVERAGE:
        _say_average(draft, have)
    else:
        _say_sum(draft, have, draft.wording.say("合计", "together"))
        _say_printed_total(draft, have)
    _say_not_counted(draft, data, rough)
    _say_repeats(draft, have)
    return True


def _name(draft: Draft, datum: Datum) -> str:
    return draft.wording.name(datum)


def _add(draft: Draft, derived: Derived, word: str, data: Sequence[Datum]) -> str:
    """The computed figure with its unit, formula and citations; added to the answer's figures."""
    names = draft.wording.list([_name(draft, datum) for datum in data])
    agencies, years = {datum.agency for datum in data}, {datum.year for datum in data}
    # Sums that the form leaves to the reader stand for their printed cells.
    cells = [
        cell for datum in data for cell in (datum.derived.operands if datum.derived else [datum.observation]) if cell
    ]
    figure = draft.evidence.add_derived(
        replace(derived, operands=tuple(cells)),
        f"{names} {word}",
        agency=data[0].agency if len(agencies) == 1 else None,
        year=data[0].year if len(years) == 1 else None,
    )
    amount = draft.wording.with_unit(figure.value or "", figure.unit)
    return draft.wording.say(
        f"{amount}（{derived.formula}）。{marks(figure.citations)}",
        f"{amount} ({derived.formula}). {marks(figure.citations)}",
    )


def _say_sum(draft: Draft, have: Sequence[Datum], word: str) -> None:
    said = _add(draft, add([datum.operand for datum in have if datum.operand]), word, have)
    draft.say(f"{word}{said}", f"{word.capitalize()}: {said}")


def _say_all_together(draft: Draft, exact: Sequence[Datum], points: Sequence[tuple[str, int]]) -> None:
    """The sum over all reports that could be added up, and which ones it leaves out."""
    counted = {(datum.agency, datum.year) for datum in exact}
    if len(counted) < 2:
        return
    if len({datum.unit for datum in exact}) > 1:
        draft.say("各份报告的单位不同，不作总计。", "The reports' units differ, so no total is given.")
        return
    if len({agency for agency, _ in counted}) < len(counted) and spans_stages(draft.corpus.catalogue, exact):
        draft.say(
            "结转的申请在前后两年的报告中都会计入，跨年相加会重复计算，因此不作总计。",
            "Requests carried over stand in the reports of both years; adding the years would count them twice, so no total "
            "over the years is given.",
        )
        return
    if repeats_stocks(draft.corpus.catalogue, exact):
        draft.say(*STOCKS)
        return
    _say_sum(draft, exact, draft.wording.say("全部合计", "all together"))
    if left_out := [draft.wording.title(*point) for point in points if point not in counted]:
        names = draft.wording.list(left_out)
        draft.say(f"总计未计入：{names}。", f"Not in that total: {names}.")


def _say_average(draft: Draft, have: Sequence[Datum]) -> None:
    operands = [datum.operand for datum in have if datum.operand]
    if "MEDIAN" in draft.question.cues:
        word = draft.wording.say("中位数", "median")
        said = _add(draft, median(operands), word, have)
    else:
        word = draft.wording.say("平均", "average")
        said = _add(draft, average(operands), word, have)
    draft.say(f"{word}{said}", f"{word.capitalize()}: {said}")


def _say_difference(draft: Draft, have: Sequence[Datum]) -> None:
    """The first named less the second where a subtraction was asked for, else the larger less the smaller."""
    if len(have) != 2:
        say_order(draft, have)
        return
    ordered = list(have)
    if "MINUS" not in draft.question.cues:
        ordered.sort(key=lambda datum: -(datum.value or 0))
    first, second = (datum.operand for datum in ordered)
    assert first is not None
    assert second is not None
    said = _add(draft, subtract(first, second), draft.wording.say("相减", "difference"), ordered)
    if "MINUS" in draft.question.cues:
        draft.say(f"相减得{said}", f"Difference: {said}")
    elif first.value == second.value:
        draft.say(f"两者相同，相差{said}", f"They are equal; the difference is {said}")
    else:
        name = _name(draft, ordered[0])
        draft.say(f"“{name}”多{said}", f"{name} is larger by {said}")
    if "TIMES" in draft.question.cues:
        say_times(draft, have)


def say_times(draft: Draft, have: Sequence[Datum]) -> None:
    """The first of two figures divided by the second."""
    first, second = (datum.operand for datum in have)
    quotient = times(first, second) if first is not None and second is not None else None
    if quotient is None:
        draft.say("除数为0，不能算倍数。", "The divisor is 0, so there is no ratio.")
        return
    said = _add(draft, quotient, draft.wording.say("倍数", "ratio"), have)
    names = [_name(draft, datum) for datum in have]
    draft.say(f"“{names[0]}”是“{names[1]}”的倍数：{said}", f"{names[0]} divided by {names[1]}: {said}")


def say_order(draft: Draft, have: Sequence[Datum]) -> None:
    """Which of the figures is the largest (or smallest, where that is asked for); ties are named."""
    least = "LEAST" in draft.question.cues and "MOST" not in draft.question.cues
    if draft.question.place:
        ordered = sorted(have, key=lambda datum: (datum.value or 0) * (1 if least else -1))
        say_place(draft, ordered, lambda datum: _name(draft, datum), least=least)
        return
    values = [datum.value for datum in have if datum.value is not None]
    extreme = min(values) if least else max(values)
    found = [datum for datum in have if datum.value == extreme]
    names = draft.wording.list(
        [f"“{_name(draft, datum)}”" if draft.wording.zh else _name(draft, datum) for datum in found]
    )
    operands = [datum.operand for datum in found if datum.operand]
    where = "".join(marks((draft.evidence.cite(operand),)) for operand in operands)
    amount = draft.wording.amount(operands[0])
    if len(found) == len(have):
        draft.say(f"各项相同，都是{amount}。{where}", f"All are equal: {amount}. {where}")
        return
    word = draft.wording.say("最少" if least else "最多", "Lowest" if least else "Highest")
    tie = draft.wording.say("并列，各", " (tied)") if len(found) > 1 else ""
    draft.say(f"{word}的是{names}，{tie}{amount}。{where}", f"{word}: {names}{tie}, {amount}. {where}")


def _say_printed_total(draft: Draft, have: Sequence[Datum]) -> None:
    """Where the parts named are all parts of a row of the same report, that row is shown beside their sum."""
    indicators = [datum.indicator for datum in have]
    parents = {indicator.parent for indicator in indicators if indicator is not None}
    parent = draft.corpus.catalogue.find(next(iter(parents))) if len(parents) == 1 else None
    first = have[0]
    edition = draft.corpus.edition(first.agency, first.year)
    if parent is None or not parent.in_edition(edition) or len({datum.applicant for datum in have}) > 1:
        return
    parts = {child.id for child in draft.corpus.catalogue.children(parent.id) if child.in_edition(edition)}
    if parts != {indicator.id for indicator in indicators if indicator is not None}:
        return
    wanted = first.applicant or ("total" if parent.by_applicant else None)
    cells = draft.corpus.observations([parent.id], [first.agency], [first.year], [wanted])
    for cell in [cell for cell in cells if cell.citation.table is not None][:1]:
        figure = draft.evidence.add(cell)
        label, amount = draft.wording.label(parent, cell, first.applicant), draft.wording.amount(cell)
        draft.say(
            f"表中“{label}”一行为{amount}。{marks(figure.citations)}",
            f"The row {label} itself says {amount}. {marks(figure.citations)}",
        )


def _say_not_counted(draft: Draft, data: Sequence[Datum], rough: Sequence[Datum]) -> None:
    without = [datum for datum in data if datum.value is None]
    if without:
        names = draft.wording.list([_name(draft, datum) for datum in without])
        draft.say(f"没有数字、未计入的：{names}。", f"Without a figure and not counted: {names}.")
    if rough:
        names = draft.wording.list([_name(draft, datum) for datum in rough])
        draft.say(f"约数不能精确计算，未计入：{names}。", f"Approximate figures are left out: {names}.")


def _say_repeats(draft: Draft, have: Sequence[Datum]) -> None:
    if all(datum.indicator is not None and datum.indicator.parent == _CHANNELS for datum in have):
        draft.say(
            "注意：同一条信息可能在几个渠道重复计数。",
            "Note: an item published through several channels is counted in each of them.",
        )
