"""Draws what a question is about from the facts of a corpus."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from eval.facts import Fact, Facts
from eval.forms import edition_of
from eval.generated.wordings import Concept, Share, load_words
from indicators.catalogue import load_catalogue

# A zero says little about whether the right cell was found; most questions are about other figures.
_KEEP_ZERO = 0.15


class NothingToAsk(Exception):
    """What was drawn allows no question."""


@dataclass(frozen=True)
class Series:
    """Cells of one concept, all with a value."""

    concept: Concept
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Slots:
    """What a corpus can be asked about. Every draw raises NothingToAsk where chance led nowhere."""

    facts: Facts

    @cached_property
    def _reports(self) -> list[tuple[str, int]]:
        return [(agency, year) for agency, years in sorted(self.facts.years.items()) for year in years]

    def fact(self, concept: Concept, agency: str, year: int) -> Fact:
        """The cell of a concept (the total column where there are applicant types)."""
        indicator = concept.indicator(year) or ""
        found = self.facts.find(agency, year, indicator) or self.facts.find(agency, year, indicator, "total")
        if found is None:
            raise NothingToAsk
        return found

    def draw_report(self, rng: random.Random) -> tuple[str, int]:
        """An agency and a year of which it has a report."""
        return rng.choice(self._reports)

    def draw_concept(self, rng: random.Random, year: int, among: Sequence[str] = ()) -> Concept:
        """A concept that the form of that year has."""
        concepts = load_words().concepts
        known = [concepts[name] for name in among or concepts if concepts[name].indicator(year)]
        if not known:
            raise NothingToAsk
        return rng.choice(known)

    def draw_unknown_concept(self, rng: random.Random, year: int) -> Concept:
        """A concept on which neither the form of that year nor, perhaps, its text gives anything."""
        return rng.choice([each for each in load_words().concepts.values() if _unknown_to_form(each, year)])

    def draw_fact(
        self, rng: random.Random, among: Sequence[str] = (), *, missing: bool = False
    ) -> tuple[Concept, Fact]:
        """A cell with a value, or one without."""
        for _ in range(80):
            agency, year = self.draw_report(rng)
            concept = self.draw_concept(rng, year, among)
            fact = self.fact(concept, agency, year)
            if (fact.value is None) is missing and (fact.value != 0 or rng.random() < _KEEP_ZERO):
                return concept, fact
        raise NothingToAsk

    def draw_agencies(self, rng: random.Random, number: int) -> Series:
        """The same cell of several agencies in one year."""
        _, year = self.draw_report(rng)
        agencies = self._agencies_of(year)
        if len(agencies) < number:
            raise NothingToAsk
        return self._series(rng, rng.sample(agencies, number), (year,))

    def draw_years(self, rng: random.Random) -> Series:
        """The same cell of one agency in two to five years in a row of one edition of the form."""
        agency, year = self.draw_report(rng)
        same_form = [each for each in self.facts.years[agency] if edition_of(each) == edition_of(year)]
        runs = [
            years
            for size in range(2, 6)
            for start in range(len(same_form) - size + 1)
            if (years := same_form[start : start + size])[-1] - years[0] == size - 1
        ]
        if not runs:
            raise NothingToAsk
        return self._series(rng, (agency,), rng.choice(runs))

    def draw_year(self, rng: random.Random) -> Series:
        """The same cell of every agency in one year."""
        _, year = self.draw_report(rng)
        agencies = self._agencies_of(year)
        if len(agencies) < 2:
            raise NothingToAsk
        return self._series(rng, agencies, (year,))

    def draw_share(self, rng: random.Random) -> tuple[Share, Fact, Fact]:
        """A part and its whole, which is not zero."""
        agency, year = self.draw_report(rng)
        shares = [share for share in load_words().shares if edition_of(year) in share.editions]
        if not shares:
            raise NothingToAsk
        share, concepts = rng.choice(shares), load_words().concepts
        part, whole = (self.fact(concepts[name], agency, year) for name in (share.part, share.whole))
        if part.value is None or not whole.value:
            raise NothingToAsk
        return share, part, whole

    def _agencies_of(self, year: int) -> list[str]:
        return sorted(agency for agency, years in self.facts.years.items() if year in years)

    def _series(self, rng: random.Random, agencies: Sequence[str], years: Sequence[int]) -> Series:
        concept = self.draw_concept(rng, years[0])
        facts = tuple(self.fact(concept, agency, year) for agency in agencies for year in years)
        if any(fact.value is None for fact in facts) or not any(fact.value for fact in facts):
            raise NothingToAsk
        return Series(concept, facts)


def _unknown_to_form(concept: Concept, year: int) -> bool:
    catalogue = load_catalogue()
    if concept.indicator(year) is not None:
        return False
    topics = {catalogue.get(name).topic for name in concept.ids.values()} - {None}
    rivals = [each for each in catalogue.indicators if each.topic in topics]
    return not any(edition_of(year) in each.forms or not each.forms for each in rivals)
