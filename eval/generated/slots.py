"""Draws what a question is about from the facts of a corpus, and the figures that its answer must hold."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.facts import Fact, Facts, printed_labels
from eval.generated.wordings import Concept
from eval.question import Evidence, ExpectedFigure


@dataclass(frozen=True)
class Slots:
    """What a corpus can be asked about."""

    facts: Facts

    def fact(self, concept: Concept, agency: str, year: int) -> Fact | None:
        """The cell of a concept (the total column where there are applicant types)."""
        indicator = concept.indicator(year)
        if indicator is None:
            return None
        return self.facts.find(agency, year, indicator) or self.facts.find(agency, year, indicator, "total")

    def value_facts(self, concept: Concept, agencies: Sequence[str], years: Sequence[int]) -> tuple[Fact, ...] | None:
        """The cells of all agencies and years; None unless every one has a value."""
        found = [self.fact(concept, agency, year) for agency in agencies for year in years]
        facts = tuple(fact for fact in found if fact is not None and fact.value is not None)
        return facts if len(facts) == len(found) else None

    def reports(self, rng: random.Random) -> Iterator[tuple[str, int]]:
        """Agencies and years in random order, without end."""
        every = [(agency, year) for agency, years in sorted(self.facts.years.items()) for year in years]
        while True:
            rng.shuffle(every)
            yield from every

    def agencies_of(self, year: int) -> tuple[str, ...]:
        """The agencies that have a report of that year."""
        return tuple(sorted(agency for agency, years in self.facts.years.items() if year in years))


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
