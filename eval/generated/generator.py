"""Generates gold questions from the facts of a corpus: the same questions for the same facts and seed."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import islice

from eval.agency_names import BodyName, chinese_wordings, english_wordings
from eval.facts import Fact, Facts
from eval.forms import edition_of
from eval.generated.slots import Slots, derived, evidence, observed
from eval.generated.wordings import Concept, Wording, agency_wordings, load_words
from eval.question import LANGUAGES, SPLITS, Expectation, ExpectedFigure, GoldQuestion, GoldTurn
from eval.synthetic.bodies import fictional_bodies
from indicators.catalogue import load_catalogue

_TRIES = 400


@dataclass(frozen=True)
class Voice:
    """In which language, with which wordings (split) and by which random choices a question is put."""

    rng: random.Random
    language: str
    split: str


@dataclass(frozen=True)
class Generator:
    """Questions over one corpus. prefix begins every id."""

    facts: Facts
    prefix: str
    seed: int = 0
    _used: set[str] = field(default_factory=set)

    def questions(self, per_type: int, splits: Sequence[str] = SPLITS) -> Iterator[GoldQuestion]:
        """At most `per_type` questions of every type, split and language; fewer where the corpus has no more."""
        for name, make in self._makers.items():
            for split in splits:
                for language in LANGUAGES:
                    voice = Voice(random.Random(f"{self.seed}/{name}/{split}/{language}"), language, split)
                    for number, turns in enumerate(islice(self._distinct(make, voice), per_type)):
                        yield GoldQuestion(
                            f"{self.prefix}-{name}-{language}-{split}-{number:02}", language, name, turns, split
                        )

    def _distinct(self, make: "Maker", voice: Voice) -> Iterator[tuple[GoldTurn, ...]]:
        for _ in range(_TRIES):
            turns = make(voice)
            words = " / ".join(turn.question for turn in turns) if turns else ""
            if turns and words not in self._used:
                self._used.add(words)
                yield turns

    @cached_property
    def _slots(self) -> Slots:
        return Slots(self.facts)

    @cached_property
    def _meanings(self) -> dict[str, Wording]:
        return agency_wordings(self.facts.bodies.values())

    @cached_property
    def _absent_bodies(self) -> tuple[BodyName, ...]:
        places = {place for body in self.facts.bodies.values() for place in (body.city, body.district) if place}
        return tuple(body for body in fictional_bodies(1200, seed=99) if body.place not in places)

    # One question of each type; None where the drawn slots allow none.

    @property
    def _makers(self) -> dict[str, "Maker"]:
        return {
            "lookup": self._lookup,
            "by_applicant": self._by_applicant,
            "blank": self._missing_cell,
            "not_in_form": self._not_in_form,
            "absent_year": self._absent_year,
            "absent_agency": self._absent_agency,
            "ambiguous_agency": self._ambiguous_agency,
            "choice": self._choice,
            "compare": self._compare,
            "difference_years": self._difference_years,
            "difference_agencies": self._difference_agencies,
            "growth": self._growth,
            "maximum": self._maximum,
            "ranking": self._ranking,
            "sum_years": self._sum_years,
            "sum_agencies": self._sum_agencies,
            "average_years": self._average_years,
            "share": self._share,
            "trend": self._trend,
            "count_zero": self._count_zero,
            "followup_agency": self._followup_agency,
            "followup_year": self._followup_year,
            "followup_indicator": self._followup_indicator,
            "followup_applicant": self._followup_applicant,
            "correction_indicator": self._correction_indicator,
            "correction_year": self._correction_year,
        }

    def _lookup(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        drawn = self._draw(voice)
        return drawn and (self._lookup_turn(voice, *drawn),)

    def _by_applicant(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        drawn = self._draw(voice, load_words().by_applicant)
        if drawn is None or drawn[1].applicant is None:
            return None
        concept, total = drawn
        applicant, who = self._applicant(voice)
        fact = self.facts.find(total.agency, total.year, total.indicator, applicant)
        return fact and (
            self._turn(voice, "by_applicant", _answer([fact]), concept, a=fact.agency, y=fact.year, who=who),
        )

    def _missing_cell(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        drawn = self._draw(voice, missing=True)
        return drawn and (self._lookup_turn(voice, *drawn),)

    def _not_in_form(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        agency, year = next(self._slots.reports(voice.rng))
        concept = voice.rng.choice([each for each in load_words().concepts.values() if _unknown_to_form(each, year)])
        ids = tuple(concept.ids.values())
        figure = ExpectedFigure(None, missing="not_in_form", indicators=ids, agency=agency, year=year)
        expect = Expectation(("answered", "not_found"), (figure,))
        return (self._turn(voice, "lookup", expect, concept, a=agency, y=year),)

    def _absent_year(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        agency, known = next(self._slots.reports(voice.rng))
        years = self.facts.years[agency]
        year = voice.rng.choice([year for year in range(min(years) - 2, max(years) + 3) if year not in years])
        concept = self._concept(voice, known)
        return (self._turn(voice, "lookup", Expectation(("not_found",)), concept, a=agency, y=year),)

    def _absent_agency(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        _, year = next(self._slots.reports(voice.rng))
        body, concept = voice.rng.choice(self._absent_bodies), self._concept(voice, year)
        wordings = [name for name in _wordings(body, voice) if name.lower() not in self._meanings]
        if not wordings:
            return None
        expect = Expectation(("not_found", "needs_choice"))
        return (self._turn(voice, "lookup", expect, concept, a=(voice.rng.choice(wordings),), y=year),)

    def _ambiguous_agency(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        drawn = self._draw_ambiguous(voice)
        return drawn and (self._ambiguous_turn(voice, *drawn),)

    def _choice(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        drawn = self._draw_ambiguous(voice)
        if drawn is None:
            return None
        wording, names, concept, year = drawn
        fact = self._slots.fact(concept, voice.rng.choice(names), year)
        if fact is None or fact.value is None:
            return None
        choice = self._turn(voice, "choice", _answer([fact]), concept, a=(fact.agency,))
        return (
            self._ambiguous_turn(voice, wording, names, concept, year),
            GoldTurn(choice.question, choice.expect, fact.agency if "{choice" in choice.question else None),
        )

    def _compare(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_agencies(voice, 2)
        return facts and (
            self._turn(
                voice, "compare", _answer(facts), facts.concept, a=facts[0].agency, b=facts[1].agency, y=facts[0].year
            ),
        )

    def _difference_agencies(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_agencies(voice, 2)
        if facts is None:
            return None
        figure = derived("difference", _value(facts[0]) - _value(facts[1]), facts[0].unit, facts)
        slots = {"a": facts[0].agency, "b": facts[1].agency, "y": facts[0].year}
        return (self._turn(voice, "difference_agencies", _computed(figure, facts), facts.concept, **slots),)

    def _difference_years(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        return self._over_years(
            voice, "difference_years", "difference", lambda values: values[-1] - values[0], ends=True
        )

    def _growth(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        def growth(values: Sequence[Decimal]) -> Decimal | None:
            return (values[-1] - values[0]) / values[0] * 100 if values[0] else None

        return self._over_years(voice, "growth", "growth", growth, ends=True, unit="%")

    def _sum_years(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        return self._over_years(voice, "sum_years", "sum", lambda values: sum(values, Decimal(0)))

    def _average_years(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        return self._over_years(voice, "average_years", "average", lambda values: sum(values, Decimal(0)) / len(values))

    def _trend(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_years(voice)
        slots = facts and {"a": facts[0].agency, "y": facts[0].year, "z": facts[-1].year}
        return facts and slots and (self._turn(voice, "trend", _answer(facts), facts.concept, **slots),)

    def _sum_agencies(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_agencies(voice, 3)
        if facts is None:
            return None
        figure = derived("sum", sum(map(_value, facts), Decimal(0)), facts[0].unit, facts)
        names = dict(zip("abc", (fact.agency for fact in facts), strict=True))
        return (self._turn(voice, "sum_agencies", _computed(figure, facts), facts.concept, **names, y=facts[0].year),)

    def _maximum(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        return self._top(voice, "maximum", 1)

    def _ranking(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        return self._top(voice, "ranking", 3)

    def _share(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        agency, year = next(self._slots.reports(voice.rng))
        shares = [share for share in load_words().shares if edition_of(year) in share.editions]
        if not shares:
            return None
        share, concepts = voice.rng.choice(shares), load_words().concepts
        part, whole = (self._slots.fact(concepts[name], agency, year) for name in (share.part, share.whole))
        if part is None or whole is None or part.value is None or not whole.value:
            return None
        figure = derived("share", part.value / whole.value * 100, "%", (part, whole))
        mp = self._noun(voice, concepts[share.part])
        return (
            self._turn(
                voice, "share", _computed(figure, (part, whole)), concepts[share.whole], a=agency, y=year, mp=mp
            ),
        )

    def _count_zero(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_year(voice)
        zeros = [fact for fact in facts or () if fact.value == 0]
        if facts is None or not zeros:
            return None
        figure = ExpectedFigure(
            str(len(zeros)), indicators=(zeros[0].indicator,), year=zeros[0].year, operation="count"
        )
        return (self._turn(voice, "count_zero", Expectation(figures=(figure,)), facts.concept, y=zeros[0].year),)

    def _followup_agency(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_agencies(voice, 2)
        return facts and self._followup(voice, "followup_agency", facts.concept, facts[0], facts[1], a=facts[1].agency)

    def _followup_year(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_years(voice)
        return facts and self._followup(voice, "followup_year", facts.concept, facts[0], facts[-1], y=facts[-1].year)

    def _followup_indicator(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        return self._other_indicator(voice, "followup_indicator")

    def _correction_indicator(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        return self._other_indicator(voice, "correction_indicator")

    def _correction_year(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_years(voice)
        return facts and self._followup(voice, "correction_year", facts.concept, facts[-1], facts[0], y=facts[0].year)

    def _followup_applicant(self, voice: Voice) -> tuple[GoldTurn, ...] | None:
        drawn = self._draw(voice, load_words().by_applicant)
        if drawn is None or drawn[1].applicant is None:
            return None
        concept, total = drawn
        applicant, who = self._applicant(voice)
        fact = self.facts.find(total.agency, total.year, total.indicator, applicant)
        return fact and self._followup(voice, "followup_applicant", concept, total, fact, who=who)

    # Shared by several types.

    def _other_indicator(self, voice: Voice, frame: str) -> tuple[GoldTurn, ...] | None:
        drawn = self._draw(voice)
        if drawn is None:
            return None
        concept, before = drawn
        other = voice.rng.choice([each for each in load_words().concepts.values() if each is not concept])
        after = self._slots.fact(other, before.agency, before.year)
        if after is None or after.value is None:
            return None
        first = self._lookup_turn(voice, concept, before)
        return (first, self._turn(voice, frame, _answer([after]), other))

    def _followup(
        self, voice: Voice, frame: str, concept: Concept, before: Fact, after: Fact, **slots: "Slot"
    ) -> tuple[GoldTurn, ...]:
        return (self._lookup_turn(voice, concept, before), self._turn(voice, frame, _answer([after]), concept, **slots))

    def _over_years(
        self,
        voice: Voice,
        frame: str,
        operation: str,
        compute: Callable[[Sequence[Decimal]], Decimal | None],
        *,
        ends: bool = False,
        unit: str | None = None,
    ) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_years(voice)
        if facts is None:
            return None
        used = (facts[0], facts[-1]) if ends else tuple(facts)
        value = compute([_value(fact) for fact in used])
        if value is None:
            return None
        expect = _computed(derived(operation, value, unit or facts[0].unit, used), used)
        return (self._turn(voice, frame, expect, facts.concept, a=facts[0].agency, y=facts[0].year, z=facts[-1].year),)

    def _top(self, voice: Voice, frame: str, places: int) -> tuple[GoldTurn, ...] | None:
        facts = self._draw_year(voice)
        if facts is None or len(facts) <= places:
            return None
        ranked = sorted(facts, key=_value, reverse=True)[: places + 1]
        if len({fact.value for fact in ranked}) <= places:
            return None
        expect = Expectation(
            figures=tuple(map(observed, ranked[:places])), ordered=True, evidence=(evidence(ranked[0]),)
        )
        return (self._turn(voice, frame, expect, facts.concept, y=ranked[0].year),)

    def _ambiguous_turn(
        self, voice: Voice, wording: str, names: Sequence[str], concept: Concept, year: int
    ) -> GoldTurn:
        expect = Expectation(("needs_choice",), choices=tuple(names) if len(names) <= 4 else ())
        return self._turn(voice, "lookup", expect, concept, a=(wording,), y=year)

    def _lookup_turn(self, voice: Voice, concept: Concept, fact: Fact) -> GoldTurn:
        return self._turn(voice, "lookup", _answer([fact]), concept, a=fact.agency, y=fact.year)

    # Drawing.

    def _draw(
        self, voice: Voice, concepts: Sequence[str] = (), *, missing: bool = False
    ) -> tuple[Concept, Fact] | None:
        for agency, year in islice(self._slots.reports(voice.rng), 60):
            concept = self._concept(voice, year, concepts)
            fact = self._slots.fact(concept, agency, year)
            if fact is not None and (fact.value is None) is missing:
                return concept, fact
        return None

    def _draw_agencies(self, voice: Voice, number: int) -> "Series | None":
        _, year = next(self._slots.reports(voice.rng))
        agencies = self._slots.agencies_of(year)
        if len(agencies) < number:
            return None
        return self._series(voice, voice.rng.sample(agencies, number), (year,))

    def _draw_years(self, voice: Voice) -> "Series | None":
        agency, year = next(self._slots.reports(voice.rng))
        same_form = [each for each in self.facts.years[agency] if edition_of(each) == edition_of(year)]
        runs = [
            years
            for size in range(2, 6)
            for start in range(len(same_form) - size + 1)
            if (years := same_form[start : start + size])[-1] - years[0] == size - 1
        ]
        return self._series(voice, (agency,), voice.rng.choice(runs)) if runs else None

    def _draw_year(self, voice: Voice) -> "Series | None":
        _, year = next(self._slots.reports(voice.rng))
        agencies = self._slots.agencies_of(year)
        return self._series(voice, agencies, (year,)) if len(agencies) > 1 else None

    def _series(self, voice: Voice, agencies: Sequence[str], years: Sequence[int]) -> "Series | None":
        concept = self._concept(voice, years[0])
        facts = self._slots.value_facts(concept, agencies, years)
        return Series(concept, facts) if facts else None

    def _draw_ambiguous(self, voice: Voice) -> tuple[str, tuple[str, ...], Concept, int] | None:
        _, year = next(self._slots.reports(voice.rng))
        shared = [
            wording
            for wording in self._meanings.values()
            if len(wording.names) > 1 and wording.text.isascii() is (voice.language == "en")
        ]
        if not shared:
            return None
        wording = voice.rng.choice(shared)
        names = tuple(name for name in wording.names if year in self.facts.years[name])
        return (wording.text, names, self._concept(voice, year), year) if len(names) > 1 else None

    def _concept(self, voice: Voice, year: int, among: Sequence[str] = ()) -> Concept:
        concepts = load_words().concepts
        return voice.rng.choice(
            [concepts[name] for name in among or concepts if concepts[name].indicator(year)]
            or [concepts["requests_received"]]
        )

    def _applicant(self, voice: Voice) -> tuple[str, str]:
        names = [key for key in load_words().applicants if key[1:] == (voice.language, voice.split)]
        key = voice.rng.choice(names)
        return key[0], voice.rng.choice(load_words().applicants[key])

    # Wording.

    def _turn(self, voice: Voice, frame: str, expect: Expectation, concept: Concept, **slots: "Slot") -> GoldTurn:
        """A turn in words. An agency is given by its official name (then worded freely) or, in a tuple, as worded."""
        words, rng = load_words(), voice.rng
        text: dict[str, str] = {
            "np": self._noun(voice, concept),
            "choice_number": "{choice_number}",
            "u": _unit(expect),
        }
        for name, slot in slots.items():
            if isinstance(slot, int):
                text[name] = words.year(rng, slot, voice.language, voice.split)
            elif isinstance(slot, tuple):
                text[name] = slot[0]
            else:
                text[name] = slot if name in ("who", "mp") else self._agency(voice, slot)
        ask = rng.choice(words.concepts[concept.id].words[voice.language, "ask", voice.split])
        text["ask"] = ask.format(a=text.get("a", ""), y=f"in {text.get('y', '')}") if voice.language == "en" else ask
        question = rng.choice(words.frames[frame, voice.language, voice.split]).format(**text)
        return GoldTurn(question[0].upper() + question[1:] if question[0].isascii() else question, expect)

    def _noun(self, voice: Voice, concept: Concept) -> str:
        return voice.rng.choice(concept.words[voice.language, "np", voice.split])

    def _agency(self, voice: Voice, official: str) -> str:
        """A wording that means this agency alone."""
        clear = [
            name
            for name in _wordings(self.facts.bodies[official], voice)
            if len(self._meanings[name.lower()].names) == 1
        ]
        return voice.rng.choice(clear or [official])


@dataclass(frozen=True)
class Series:
    """Cells of one concept that all have a value."""

    concept: Concept
    facts: tuple[Fact, ...]

    def __len__(self) -> int:
        return len(self.facts)

    def __getitem__(self, index: int) -> Fact:
        return self.facts[index]

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.facts)


Slot = str | int | tuple[str]
Maker = Callable[[Voice], tuple[GoldTurn, ...] | None]


def _wordings(body: BodyName, voice: Voice) -> list[str]:
    wordings = chinese_wordings if voice.language == "zh" else english_wordings
    return list(wordings(body, voice.split))


def _unknown_to_form(concept: Concept, year: int) -> bool:
    """Whether neither the form of that year nor, perhaps, its text gives the concept or anything on the same topic."""
    catalogue = load_catalogue()
    if concept.indicator(year) is not None:
        return False
    topics = {catalogue.get(name).topic for name in concept.ids.values()} - {None}
    rivals = [each for each in catalogue.indicators if each.topic in topics]
    return not any(edition_of(year) in each.forms or not each.forms for each in rivals)


def _answer(facts: Sequence[Fact] | Series) -> Expectation:
    return Expectation(figures=tuple(map(observed, facts)), evidence=tuple(map(evidence, facts)))


def _computed(figure: ExpectedFigure, operands: Sequence[Fact]) -> Expectation:
    return Expectation(figures=(figure,), also=tuple(map(observed, operands)), evidence=tuple(map(evidence, operands)))


def _value(fact: Fact) -> Decimal:
    return fact.value or Decimal(0)


def _unit(expect: Expectation) -> str:
    return next((figure.unit for figure in expect.figures if figure.unit), "件")
