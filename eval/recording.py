"""Turns the verdict on a question into what is kept of it."""

from collections.abc import Callable, Iterable, Mapping

from eval.facts import Facts
from eval.forms import edition_of
from eval.matching import given_figure
from eval.question import Expectation
from eval.record import Record, TurnRecord
from eval.scoring import Known, Score, TurnScore, describe, describe_expected
from eval.slots import match_slots
from eval.support import uncited_numbers
from qa_service.answering.answer import Answer

_WIDTH = 160
FormatOf = Callable[[str], str]
"""The file format of a report, by the stem of its file's name."""


def make_record(set_: str, score: Score, known: Known, format_of: FormatOf) -> Record:
    """What is kept of a scored question. format_of: of the corpus it was asked over."""
    expected = [turn.expect for turn in score.turns if turn.expect is not None]
    return Record(
        set_,
        score.question,
        tuple(_turn(turn, known) for turn in score.turns),
        edition=_one(edition_of(year) for year in _years(expected, known.facts)),
        format=_one(format_of(place.report) for expect in expected for place in expect.evidence if place.report),
    )


def _turn(turn: TurnScore, known: Known) -> TurnRecord:
    answer, expect = turn.reply.answer, turn.expect
    return TurnRecord(
        question=turn.question,
        outcome=turn.outcome,
        reason=turn.reason,
        wanted=_wanted(expect),
        got=_got(answer, known.names) if answer else turn.reply.failure or "nothing",
        read=_understood(answer) if answer else "",
        answer=answer.answer if answer else "",
        accepted=expect.statuses if expect else (),
        status=str(answer.status) if answer else None,
        seconds=round(turn.reply.seconds, 6),
        cited=turn.cited,
        slots=match_slots(answer.interpretation if answer else None, expect, known.names) if expect else {},
        uncited=uncited_numbers(answer, turn.question) if answer and answer.status == "answered" else None,
        conflict=(answer is not None and bool(answer.conflicts)) if expect and expect.conflict else None,
    )


def _years(expected: Iterable[Expectation], facts: Facts | None) -> Iterable[int]:
    """The years whose reports hold what is expected."""
    for expect in expected:
        for figure in (*expect.figures, *expect.also):
            if figure.year is not None:
                yield figure.year
        if not expect.figures and facts is not None:
            ids = {place.report for place in expect.evidence if place.report}
            yield from (year for report, year in facts.report_years.items() if report in ids)


def _one(values: Iterable[str]) -> str:
    found = set(values)
    return "mixed" if len(found) > 1 else next(iter(found), "none")


def _wanted(expect: Expectation | None) -> str:
    if expect is None:
        return "an answer"
    parts = ["/".join(expect.statuses), *(describe_expected(figure) for figure in expect.figures[:4])]
    parts += [f"saying {word!r}" for word in expect.must_contain]
    parts += [f"not saying {word!r}" for word in expect.must_not_contain]
    parts += [f"offering {word}" for word in expect.choices]
    return _clip(" · ".join(parts))


def _got(answer: Answer, names: Mapping[str, str]) -> str:
    try:
        figures = [describe(given_figure(figure, names)) for figure in answer.figures[:3]]
    except ValueError as error:
        figures = [str(error)]
    offered = [f"[{choice.label}]" for choice in answer.choices[:4]]
    text = " ".join(answer.answer.split())
    return _clip(" · ".join([answer.status, *figures, *offered, f"“{text}”"]))


def _understood(answer: Answer) -> str:
    read = answer.interpretation
    slots = (read.indicators, read.agencies, read.years, read.applicants)
    shown = ["+".join(map(str, slot[:4])) + ("…" if len(slot) > 4 else "") for slot in slots if slot]
    return _clip(" · ".join([read.operation, *shown]))


def _clip(text: str) -> str:
    return text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
