"""What a right answer must hold, from the facts a question was made of."""

from collections.abc import Sequence
from decimal import Decimal

from eval.facts import Fact, printed_labels
from eval.question import Evidence, Expectation, ExpectedFigure


def observed(fact: Fact) -> ExpectedFigure:
    """The figure of a cell as an answer must give it."""
    return ExpectedFigure(
        value=None if fact.value is None else format(fact.value, "f"),
        unit=fact.unit if fact.value is not None else None,
        missing=fact.missing,
        indicators=(fact.indicator,),
        agency=fact.agency,
        year=fact.year,
        applicant=fact.applicant,
    )


def derived(operation: str, value: Decimal, unit: str | None, facts: Sequence[Fact]) -> ExpectedFigure:
    """A computed figure; it keeps the agency, year and indicator that all its operands share."""
    agencies, years = {fact.agency for fact in facts}, {fact.year for fact in facts}
    return ExpectedFigure(
        value=format(round(value, 6).normalize(), "f"),
        unit=unit,
        indicators=tuple(sorted({fact.indicator for fact in facts})),
        agency=agencies.pop() if len(agencies) == 1 else None,
        year=years.pop() if len(years) == 1 else None,
        operation=operation,
    )


def evidence(fact: Fact) -> Evidence:
    """The cell a figure must be cited from."""
    row, column = printed_labels(fact.indicator, fact.year, fact.applicant)
    return Evidence(report=fact.report, row=row or None, column=column or None, raw=fact.raw)


def answer(*facts: Fact) -> Expectation:
    """All these figures, each with its cell."""
    return Expectation(figures=tuple(map(observed, facts)), evidence=tuple(map(evidence, facts)))


def computed(figure: ExpectedFigure, operands: Sequence[Fact]) -> Expectation:
    """A computed figure, the cells it is computed from cited; these may be shown too."""
    return Expectation(figures=(figure,), also=tuple(map(observed, operands)), evidence=tuple(map(evidence, operands)))
