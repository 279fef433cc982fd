"""Which one of an order a question asks for: "第二多", "came third"."""

from collections.abc import Callable, Sequence

from qa_service.answering.compared import MOST_LISTED
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks


def say_place(draft: Draft, ordered: Sequence[Datum], name: Callable[[Datum], str], *, least: bool) -> None:
    """Names whose figure is the Nth in the order that the question asks for.

    ordered: figures with values, the first place first. Equal figures share a place, and the places after it stay empty.
    """
    place = draft.question.place
    draft.allowed.append(str(place))
    end = draft.wording.say("最少", "lowest") if least else draft.wording.say("最多", "highest")
    if place > len(ordered):
        draft.allowed.append(str(len(ordered)))
        draft.say(
            f"有数字的只有{len(ordered)}个，没有第{place}位。",
            f"Only {len(ordered)} have a figure; there is no number {place}.",
        )
        return
    same = [datum for datum in ordered if datum.value == ordered[place - 1].value]
    first = ordered.index(same[0]) + 1
    operand = same[0].operand
    assert operand is not None
    names = draft.wording.list([name(datum) for datum in same[:MOST_LISTED]])
    where = "".join(marks((draft.evidence.cite(datum.operand),)) for datum in same[:MOST_LISTED] if datum.operand)
    amount = draft.wording.amount(operand)
    tie = draft.wording.say("并列", " (tied)") if len(same) > 1 else ""
    if first != place:
        draft.allowed.append(str(first))
        draft.say(
            f"从{end}排起，{names}并列第{first}位，{amount}，没有单独的第{place}位。{where}",
            f"Counted from the {end}, {names} are tied as number {first}, {amount}; nothing is number {place} alone. {where}",
        )
        return
    draft.say(
        f"从{end}排起，第{place}位是{names}{tie}，{amount}。{where}",
        f"Counted from the {end}, number {place}: {names}{tie}, {amount}. {where}",
    )
