"""Scores the replies to one gold question. Deterministic: the same replies score the same."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from functools import partial
from itertools import chain

from eval.asking import Reply
from eval.chat import find_fault
from eval.facts import Facts
from eval.matching import GivenFigure, cites, contains, given_figure, same_figure
from eval.question import Expectation, ExpectedFigure, GoldQuestion
from qa_service.answering.answer import Answer


class Outcome(StrEnum):
    """The verdict on a turn, worst last; a question has the worst of its turns.

    RIGHT; ASKED: asked back although the question was clear; REFUSED: said there is nothing although there is;
    WRONG: answered without the expected figure or words; WRONG_FIGURE: showed a figure that is not the answer, the one
    number that must be zero; FAILED: no usable answer at all.
    """

    RIGHT = "right"
    ASKED = "asked"
    REFUSED = "refused"
    WRONG = "wrong"
    WRONG_FIGURE = "wrong_figure"
    FAILED = "failed"


_SEVERITY = list(Outcome)


def worst_outcome(outcomes: Iterable[Outcome]) -> Outcome:
    """The worst of several outcomes."""
    return max(outcomes, key=_SEVERITY.index)


@dataclass(frozen=True)
class TurnScore:
    """The verdict on one turn. cited: None where nothing is to be cited or the answer is not right."""

    question: str
    reply: Reply
    expect: Expectation | None
    outcome: Outcome
    reason: str = ""
    cited: bool | None = None


@dataclass(frozen=True)
class Score:
    """The verdict on one question."""

    question: GoldQuestion
    turns: tuple[TurnScore, ...]

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of all turns."""
        return worst_outcome(turn.outcome for turn in self.turns)

    @property
    def worst(self) -> TurnScore:
        """The first turn with that outcome."""
        return next(turn for turn in self.turns if turn.outcome is self.outcome)


@dataclass(frozen=True)
class Known:
    """What scoring knows of a corpus. facts: what it really says, to tell a true extra figure from a false one.

    names: the ids that the asked service gives its agencies, with their official names.
    """

    facts: Facts | None = None
    names: Mapping[str, str] = field(default_factory=dict)


def score_turn(question: str, expect: Expectation | None, reply: Reply, known: Known) -> TurnScore:
    """The verdict on one reply."""
    if reply.answer is None:
        return TurnScore(question, reply, expect, Outcome.FAILED, reply.failure or "no answer")
    if expect is None:
        return TurnScore(question, reply, expect, Outcome.RIGHT)
    try:
        judge = partial(_judge_chat, question=question) if reply.text_only else partial(_judge, known=known)
        outcome, reason = judge(reply.answer, expect)
    except ValueError as error:
        return TurnScore(question, reply, expect, Outcome.FAILED, str(error))
    cited = None
    if outcome is Outcome.RIGHT and expect.evidence and not reply.text_only and reply.answer.status == "answered":
        cited = all(cites(reply.answer.citations, place) for place in expect.evidence)
    return TurnScore(question, reply, expect, outcome, reason, cited)


def _judge(answer: Answer, expect: Expectation, known: Known) -> tuple[Outcome, str]:
    shown = [given_figure(figure, known.names) for figure in answer.figures]
    operands = [given_figure(part, known.names) for figure in answer.figures for part in figure.operands]
    everything = [*shown, *operands]
    if untrue := find_untrue(everything, expect, known.facts):
        return Outcome.WRONG_FIGURE, f"{describe(untrue)} is not in the corpus"
    if answer.status not in expect.statuses:
        return _wrong_status(answer, expect, shown)
    if answer.status == "needs_choice":
        return _judge_choices(answer, expect)
    if answer.status == "not_found":
        return _judge_text(answer, expect)
    lacking = [want for want in expect.figures if not _stands(want, answer, everything)]
    others = [given for given in shown if given.value is not None and not _allowed(given, expect)]
    if lacking:
        return (Outcome.WRONG_FIGURE if others else Outcome.WRONG), f"expected {describe_expected(lacking[0])}"
    if others and any(want.operation == "count" for want in expect.figures):
        return Outcome.WRONG_FIGURE, f"{describe(others[0])} does not belong to those counted"
    if expect.ordered and not all(map(same_figure, _leading(shown, everything, expect), expect.figures)):
        return Outcome.WRONG_FIGURE, "the figures stand in another order"
    return _judge_text(answer, expect)


def _judge_chat(answer: Answer, expect: Expectation, question: str) -> tuple[Outcome, str]:
    if fault := find_fault(answer.answer, question, expect):
        return Outcome(fault[0]), fault[1]
    # A text shows a conflict by its words.
    return (
        _judge_text(answer, replace(expect, conflict=False)) if "answered" in expect.statuses else (Outcome.RIGHT, "")
    )


def _stands(want: ExpectedFigure, answer: Answer, given: Sequence[GivenFigure]) -> bool:
    """Whether an expected figure is there; a count of agencies is no figure of a report and may stand in words alone."""
    if want.operation == "count" and want.value is not None and contains(answer.answer, want.value):
        return True
    return any(same_figure(each, want) for each in given)


def _wrong_status(answer: Answer, expect: Expectation, shown: Sequence[GivenFigure]) -> tuple[Outcome, str]:
    reason = f"expected {' or '.join(expect.statuses)}, got {answer.status}"
    if answer.status == "needs_choice":
        return Outcome.ASKED, reason
    if answer.status == "not_found":
        return Outcome.REFUSED, reason
    # Listing every option with its figure is as good as asking.
    listed = all(any(same_figure(given, want) for given in shown) for want in expect.also)
    if "needs_choice" in expect.statuses and expect.also and listed:
        return _judge_text(answer, expect)
    wrong = [given for given in shown if given.value is not None and not _allowed(given, expect)]
    return (Outcome.WRONG_FIGURE if wrong else Outcome.WRONG), reason


def _judge_choices(answer: Answer, expect: Expectation) -> tuple[Outcome, str]:
    if not answer.choices:
        return Outcome.WRONG, "needs_choice without any choice"
    offered = " ".join(f"{choice.label} {choice.question}" for choice in answer.choices)
    missing = next((name for name in expect.choices if not contains(offered, name)), None)
    return (Outcome.WRONG, f"no choice offers {missing}") if missing else (Outcome.RIGHT, "")


def _judge_text(answer: Answer, expect: Expectation) -> tuple[Outcome, str]:
    # Choices and conflicts belong to what the asker reads.
    text = "\n".join((answer.answer, *(conflict.message for conflict in answer.conflicts)))
    for word in expect.must_contain:
        if not contains(text, word):
            return Outcome.WRONG, f"the answer does not say {word!r}"
    for word in expect.must_not_contain:
        if contains(text, word):
            return Outcome.WRONG_FIGURE if word[:1].isdigit() else Outcome.WRONG, f"the answer says {word!r}"
    if expect.conflict and not answer.conflicts:
        return Outcome.WRONG, "the conflict is not shown"
    return Outcome.RIGHT, ""


def _leading(
    shown: Sequence[GivenFigure], everything: Sequence[GivenFigure], expect: Expectation
) -> Sequence[GivenFigure]:
    observed = [given for given in shown if not given.derived] or [given for given in everything if not given.derived]
    return observed[: len(expect.figures)]


def _allowed(given: GivenFigure, expect: Expectation) -> bool:
    return any(same_figure(given, want) for want in chain(expect.figures, expect.also))


def find_untrue(given: Sequence[GivenFigure], expect: Expectation, facts: Facts | None) -> GivenFigure | None:
    """The first table figure that the corpus does not hold, or None. Text and derived figures are not looked up."""
    if facts is None:
        return None
    for figure in given:
        if figure.origin in ("derived", "text") or figure.value is None or _allowed(figure, expect):
            continue
        cell = find_cell(figure, facts)
        if cell is not None and cell != figure.value:
            return figure
    return None


def find_cell(figure: GivenFigure, facts: Facts) -> object | None:
    """The value the corpus has in the figure's slot; None where the slot is unknown (a figure from the text)."""
    if figure.agency is None or figure.year is None or figure.indicator is None:
        return None
    for applicant in {figure.applicant, figure.applicant or "total"}:
        fact = facts.find(figure.agency, figure.year, figure.indicator, applicant)
        if fact is not None:
            return fact.value if fact.value is not None else "missing"
    return None


def describe(figure: GivenFigure) -> str:
    """A given figure in one line."""
    value = figure.missing if figure.value is None else f"{figure.value}{figure.unit or ''}"
    slots = (figure.agency, figure.year, figure.indicator, figure.applicant)
    return " ".join(str(part) for part in (value, *slots) if part is not None)


def describe_expected(figure: ExpectedFigure) -> str:
    """An expected figure in one line."""
    value = figure.missing if figure.value is None else f"{figure.value}{figure.unit or ''}"
    operation = None if figure.operation == "lookup" else figure.operation
    parts = (value, operation, figure.agency, figure.year, "|".join(figure.indicators), figure.applicant)
    return " ".join(str(part) for part in parts if part)
