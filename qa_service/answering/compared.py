"""What all operations over several figures share: listing them, naming what is missing, warning where they differ in kind."""

from collections.abc import Sequence
from itertools import combinations
from typing import TypeVar

from indicators.arithmetic import Derived
from indicators.catalogue import Indicator
from indicators.observation import Exactness, Observation, Origin
from qa_service.answering.answer import Figure, Kind
from qa_service.answering.asking import ask_for_indicator, say_missing_reports
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.figures import add_conflicts
from qa_service.answering.scope import Scope
from qa_service.answering.wording import sentence_of, spoken_years
from qa_service.understanding.indicator_names import Concept

MOST_LISTED = 30
_T = TypeVar("_T")


def with_value(data: Sequence[Datum]) -> list[Datum]:
    return [datum for datum in data if datum.value is not None]


def is_exact(datum: Datum) -> bool:
    """Whether the report words the figure as exact; a sum is exact where all its operands are."""
    shown = datum.derived.operands if datum.derived is not None else (datum.observation,)
    return all(operand is None or operand.exactness is Exactness.EXACT for operand in shown)


def says_rough(draft: Draft, data: Sequence[Datum]) -> bool:
    """Says that nothing exact can be computed from approximate figures; False where all figures are exact."""
    if all(is_exact(datum) for datum in data):
        return False
    draft.say(
        "其中有约数，不能精确计算差额和变化。",
        "Approximate figures are among them, so no exact difference or change can be computed.",
    )
    return True


def says_incomparable(draft: Draft, data: Sequence[Datum]) -> bool:
    """Lists figures of items that the catalogue keeps apart and says that they cannot be compared; False where there are
    none."""
    indicators = list({datum.indicator.id: datum.indicator for datum in data if datum.indicator is not None}.values())
    pairs = [pair for pair in combinations(indicators, 2) if _is_kept_apart(*pair)]
    if not pairs:
        return False
    draft.kind = Kind.FIGURE
    for datum in data:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    one, other = pairs[0]
    draft.say(
        f"“{one.zh}”与“{other.zh}”是两回事，数字不能相比，因此不作比较和计算。",
        f"“{one.en}” and “{other.en}” are different things; their figures do not compare, so nothing is computed.",
    )
    return True


def _is_kept_apart(one: Indicator, other: Indicator) -> bool:
    warned = other.id in one.do_not_confuse_with or one.id in other.do_not_confuse_with
    links = [
        *(link.level for link in one.comparable_with if link.id == other.id),
        *(link.level for link in other.comparable_with if link.id == one.id),
    ]
    return warned or "not_comparable" in links


def operands_of(data: Sequence[Datum]) -> list[Observation]:
    return [operand for datum in data if (operand := datum.operand) is not None]


def list_figures(draft: Draft, data: Sequence[Datum]) -> str:
    """ "甲2016年2件[1]、乙2017年3件[2]"; adds the figures."""
    parts = []
    for datum in data[:MOST_LISTED]:
        operand = datum.operand
        assert operand is not None
        if datum.derived is not None:
            label = draft.wording.name(datum)
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
    if len(data) > MOST_LISTED:
        draft.allowed.append(str(len(data)))
        parts.append(draft.wording.say(f"等{len(data)}项", f"{len(data)} in all"))
    return draft.wording.say("，", "; ").join(parts)


def _shared(values: Sequence[_T]) -> _T | None:
    return values[0] if values and all(value == values[0] for value in values) else None


def add_derived(draft: Draft, derived: Derived, label: str, data: Sequence[Datum]) -> Figure:
    """Adds a computed figure; body, year, indicator and applicant are set where all operands share them."""

    return draft.evidence.add_derived(
        derived,
        label,
        indicator=_shared([datum.indicator.id if datum.indicator else None for datum in data]),
        agency=_shared([datum.agency for datum in data]),
        year=_shared([datum.year for datum in data]),
        applicant=_shared([datum.applicant for datum in data]),
    )


def name_of(draft: Draft, data: Sequence[Datum], concept: Concept) -> str:
    """What is compared, by the labels of the editions involved."""
    # The same item is printed with other headings in other reports: it is named once.
    counted = {(datum.indicator.id, datum.applicant): datum for datum in reversed(data) if datum.indicator is not None}
    labels = list(dict.fromkeys(draft.wording.name(datum) for datum in reversed(counted.values())))
    return " / ".join(labels[:3]) if labels else concept.id


def say_without_value(draft: Draft, data: Sequence[Datum], scope: Scope) -> None:
    """Names every body and year that was asked for and has no value, with the reason; nothing is filled in."""
    without = [datum for datum in data if datum.value is None]
    absent = [datum for datum in without if datum.observation is None]
    for datum in [datum for datum in without if datum.observation is not None][:MOST_LISTED]:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    if absent:
        named = draft.wording.list([draft.wording.title(datum.agency, datum.year) for datum in absent[:MOST_LISTED]])
        more = draft.wording.say("等", " and others") if len(absent) > MOST_LISTED else ""
        draft.say(f"没有这一项、未计入的：{named}{more}。", f"Without this item and not counted: {named}{more}.")
    if scope.missing:
        say_missing_reports(draft, scope, beside=True)


def say_unlike(draft: Draft, data: Sequence[Datum]) -> None:
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


def say_texts(draft: Draft, data: Sequence[Datum]) -> None:
    for datum in data:
        add_conflicts(draft, datum)


def says_too_few(draft: Draft, data: Sequence[Datum], scope: Scope, wanted: int = 2) -> bool:
    """Not enough values for the operation: says what there is instead of computing. True where that was done."""
    have = with_value(data)
    if len(have) >= wanted:
        return False
    vague = [datum for datum in data if datum.choices]
    if vague:
        ask_for_indicator(draft, vague[:1])
        return True
    draft.kind = Kind.FIGURE
    for datum in data:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
        add_conflicts(draft, datum)
    if scope.missing:
        say_missing_reports(draft, scope, beside=True)
    draft.say("数据不足，无法比较或计算变化。", "That is not enough for a comparison or a change over time.")
    return True
