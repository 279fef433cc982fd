"""Generates gold questions from the facts of a corpus: the same questions for the same facts and seed."""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import islice

from eval.agency_names import BodyName, pinyin_place
from eval.facts import Fact, Facts
from eval.generated.expectations import answer, computed, derived, evidence, observed
from eval.generated.slots import NothingToAsk, Series, Slots
from eval.generated.voice import Named, Slot, Voice
from eval.generated.wordings import Concept, Wording, agency_wordings, load_words
from eval.question import LANGUAGES, SPLITS, Expectation, ExpectedFigure, GoldQuestion, GoldTurn
from eval.synthetic.bodies import fictional_bodies
from indicators.catalogue import load_catalogue

# Draws made for one question wanted, before a type is taken to have no more.
_TRIES = 20
_CHOICES_NAMED = 4

Turns = tuple[GoldTurn, ...]
Maker = Callable[[Voice], Turns]


@dataclass(frozen=True)
class Generator:
    """Questions over one corpus. prefix begins every id."""

    facts: Facts
    prefix: str
    seed: int = 0
    _asked: set[str] = field(default_factory=set)

    def questions(
        self, per_type: int, splits: Sequence[str] = SPLITS, kinds: Sequence[str] | None = None
    ) -> Iterator[GoldQuestion]:
        """At most `per_type` questions of every type (or of those named), split and language; fewer where the corpus has
        no more."""
        for kind, make in self._makers.items():
            if kinds is not None and kind not in kinds:
                continue
            for split in splits:
                for language in LANGUAGES:
                    rng = random.Random(f"{self.seed}/{kind}/{split}/{language}")
                    voice = Voice(rng, language, split, self.facts.bodies, self._meanings)
                    for number, turns in enumerate(islice(self._distinct(make, voice, per_type * _TRIES), per_type)):
                        id_ = f"{self.prefix}-{kind}-{language}-{split}-{number:02}"
                        yield GoldQuestion(id_, language, kind, turns, split)

    def _distinct(self, make: Maker, voice: Voice, tries: int) -> Iterator[Turns]:
        for _ in range(max(tries, 100)):
            try:
                turns = make(voice)
            except NothingToAsk:
                continue
            words = " / ".join(turn.question for turn in turns)
            if words not in self._asked:
                self._asked.add(words)
                yield turns

    @cached_property
    def _slots(self) -> Slots:
        return Slots(self.facts)

    @cached_property
    def _meanings(self) -> dict[str, Wording]:
        return agency_wordings(self.facts.bodies.values())

    @cached_property
    def _absent_bodies(self) -> tuple[BodyName, ...]:
        """Bodies of other places; none that sounds like a known one, which could be a slip of the pen."""
        known = {sound for body in self.facts.bodies.values() for sound in _sounds(body)}
        return tuple(body for body in fictional_bodies(1200, seed=99) if not known & _sounds(body))

    @cached_property
    def _makers(self) -> dict[str, Maker]:
        """Every type of question: its name and what makes one."""
        return {
            "lookup": self._lookup,
            "by_applicant": self._by_applicant,
            "blank": self._blank,
            "not_in_form": self._not_in_form,
            "absent_year": self._absent_year,
            "absent_agency": self._absent_agency,
            "ambiguous_agency": lambda voice: self._ambiguous(voice)[0],
            "choice": self._choice,
            "compare": self._compare,
            "difference_agencies": self._difference_agencies,
            "difference_years": self._over_years("difference_years", "difference", _change, ends=True),
            "growth": self._over_years("growth", "growth", _growth, unit="%", ends=True),
            "sum_years": self._over_years("sum_years", "sum", _sum),
            "average_years": self._over_years("average_years", "average", _average),
            "trend": self._trend,
            "sum_agencies": self._sum_agencies,
            "maximum": lambda voice: self._top(voice, "maximum", 1),
            "ranking": lambda voice: self._top(voice, "ranking", 3),
            "share": self._share,
            "count_zero": self._count_zero,
            "followup_agency": self._followup_agency,
            "followup_year": self._followup_year,
            "followup_indicator": lambda voice: self._other_indicator(voice, "followup_indicator"),
            "followup_applicant": self._followup_applicant,
            "correction_indicator": lambda voice: self._other_indicator(voice, "correction_indicator"),
            "correction_year": self._correction_year,
        }

    # One figure, or a reason why there is none.

    def _lookup(self, voice: Voice) -> Turns:
        return (_lookup_turn(voice, *self._slots.draw_fact(voice.rng)),)

    def _by_applicant(self, voice: Voice) -> Turns:
        concept, fact, who = self._draw_applicant(voice)[1:]
        return (voice.turn("by_applicant", answer(fact), concept, a=Named(fact.agency), y=fact.year, who=who),)

    def _blank(self, voice: Voice) -> Turns:
        return (_lookup_turn(voice, *self._slots.draw_fact(voice.rng, missing=True)),)

    def _not_in_form(self, voice: Voice) -> Turns:
        agency, year = self._slots.draw_report(voice.rng)
        concept = self._slots.draw_unknown_concept(voice.rng, year)
        ids = tuple(concept.ids.values())
        figure = ExpectedFigure(None, missing="not_in_form", indicators=ids, agency=agency, year=year)
        return (_lookup(voice, Expectation(("answered", "not_found"), (figure,)), concept, Named(agency), year),)

    def _absent_year(self, voice: Voice) -> Turns:
        agency, known = self._slots.draw_report(voice.rng)
        years = self.facts.years[agency]
        year = voice.rng.choice([year for year in range(min(years) - 2, max(years) + 3) if year not in years])
        concept = self._slots.draw_concept(voice.rng, known)
        return (_lookup(voice, Expectation(("not_found",)), concept, Named(agency), year),)

    def _absent_agency(self, voice: Voice) -> Turns:
        _, year = self._slots.draw_report(voice.rng)
        name = voice.unknown_name(voice.rng.choice(self._absent_bodies))
        if name is None:
            raise NothingToAsk
        concept = self._slots.draw_concept(voice.rng, year)
        return (_lookup(voice, Expectation(("not_found", "needs_choice")), concept, name, year),)

    # Several agencies of one name.

    def _ambiguous(self, voice: Voice) -> tuple[Turns, Concept, tuple[str, ...], int]:
        _, year = self._slots.draw_report(voice.rng)
        shared = voice.ambiguous_names()
        wording = voice.rng.choice(shared) if shared else Wording("", ())
        names = tuple(name for name in wording.names if year in self.facts.years[name])
        if len(names) < 2:
            raise NothingToAsk
        concept = self._slots.draw_concept(voice.rng, year)
        marks = self._distinct_places(names, voice.language)
        expect = Expectation(("needs_choice",), choices=marks if len(names) <= _CHOICES_NAMED else ())
        return (_lookup(voice, expect, concept, wording.text, year),), concept, names, year

    def _choice(self, voice: Voice) -> Turns:
        turns, concept, names, year = self._ambiguous(voice)
        if len(names) > _CHOICES_NAMED:
            raise NothingToAsk  # not all of them need be offered
        fact = self._slots.fact(concept, voice.rng.choice(names), year)
        if fact.value is None:
            raise NothingToAsk
        chosen = voice.turn("choice", answer(fact), concept, a=Named(fact.agency))
        mark = self._distinct_places(names, voice.language)[names.index(fact.agency)]
        if "{choice_" not in chosen.question:
            return (*turns, chosen)
        others = [self.facts.bodies[name] for name in names if name != fact.agency]
        if any(mark.lower() in _full_name(body, voice.language).lower() for body in others):
            raise NothingToAsk  # the mark of one stands in the name of another: which choice is meant is not clear
        return (*turns, GoldTurn(chosen.question, chosen.expect, mark))

    def _distinct_places(self, names: Sequence[str], language: str) -> tuple[str, ...]:
        """What tells agencies of one name apart: the city where each has another, else the district."""
        bodies = [self.facts.bodies[name] for name in names]
        cities = tuple(body.city for body in bodies)
        places = cities if len(set(cities)) == len(cities) else tuple(body.place for body in bodies)
        return places if language == "zh" else tuple(map(pinyin_place, places))

    # Several figures.

    def _compare(self, voice: Voice) -> Turns:
        series = self._slots.draw_agencies(voice.rng, 2)
        return (voice.turn("compare", answer(*series.facts), series.concept, **_places(series)),)

    def _difference_agencies(self, voice: Voice) -> Turns:
        series = self._slots.draw_agencies(voice.rng, 2)
        figure = derived("difference", _change(_values(series)), series.facts[0].unit, series.facts)
        expect = computed(figure, series.facts)
        return (voice.turn("difference_agencies", expect, series.concept, **_places(series)),)

    def _sum_agencies(self, voice: Voice) -> Turns:
        series = self._slots.draw_agencies(voice.rng, 3)
        figure = derived("sum", _sum(_values(series)), series.facts[0].unit, series.facts)
        return (voice.turn("sum_agencies", computed(figure, series.facts), series.concept, **_places(series)),)

    def _trend(self, voice: Voice) -> Turns:
        series = self._slots.draw_years(voice.rng)
        return (voice.turn("trend", answer(*series.facts), series.concept, **_span(series)),)

    def _over_years(
        self,
        frame: str,
        operation: str,
        compute: Callable[[Sequence[Decimal]], Decimal],
        *,
        unit: str | None = None,
        ends: bool = False,
    ) -> Maker:
        def make(voice: Voice) -> Turns:
            series = self._slots.draw_years(voice.rng)
            used = (series.facts[0], series.facts[-1]) if ends else series.facts
            if compute is _sum and any(load_catalogue().get(fact.indicator).stock for fact in used):
                raise NothingToAsk
            value = compute([_value(fact) for fact in used])
            expect = computed(derived(operation, value, unit or used[0].unit, used), used)
            return (voice.turn(frame, expect, series.concept, **_span(series)),)

        return make

    def _top(self, voice: Voice, frame: str, places: int) -> Turns:
        series = self._slots.draw_year(voice.rng)
        ranked = sorted(series.facts, key=_value, reverse=True)[: places + 1]
        if len({fact.value for fact in ranked}) <= places:
            raise NothingToAsk
        figures = tuple(map(observed, ranked[:places]))
        expect = Expectation(figures=figures, ordered=True, evidence=(evidence(ranked[0]),))
        return (voice.turn(frame, expect, series.concept, y=ranked[0].year),)

    def _share(self, voice: Voice) -> Turns:
        share, part, whole = self._slots.draw_share(voice.rng)
        figure = derived("share", _value(part) / _value(whole) * 100, "%", (part, whole))
        concepts = load_words().concepts
        slots: dict[str, Slot] = {"a": Named(part.agency), "y": part.year, "mp": voice.noun(concepts[share.part])}
        return (voice.turn("share", computed(figure, (part, whole)), concepts[share.whole], **slots),)

    def _count_zero(self, voice: Voice) -> Turns:
        series = self._slots.draw_year(voice.rng)
        zeros = [fact for fact in series.facts if fact.value == 0]
        if not zeros:
            raise NothingToAsk
        year = zeros[0].year
        figure = ExpectedFigure(str(len(zeros)), indicators=(zeros[0].indicator,), year=year, operation="count")
        expect = Expectation(figures=(figure,), also=tuple(map(observed, zeros)))
        return (voice.turn("count_zero", expect, series.concept, y=year),)

    # Conversations.

    def _followup_agency(self, voice: Voice) -> Turns:
        series = self._slots.draw_agencies(voice.rng, 2)
        before, after = series.facts
        second = voice.turn("followup_agency", answer(after), series.concept, a=Named(after.agency))
        return (_lookup_turn(voice, series.concept, before), second)

    def _followup_year(self, voice: Voice) -> Turns:
        series = self._slots.draw_years(voice.rng)
        before, after = series.facts[0], series.facts[-1]
        second = voice.turn("followup_year", answer(after), series.concept, y=after.year)
        return (_lookup_turn(voice, series.concept, before), second)

    def _correction_year(self, voice: Voice) -> Turns:
        series = self._slots.draw_years(voice.rng)
        before, after = series.facts[-1], series.facts[0]
        second = voice.turn("correction_year", answer(after), series.concept, y=after.year)
        return (_lookup_turn(voice, series.concept, before), second)

    def _followup_applicant(self, voice: Voice) -> Turns:
        total, concept, fact, who = self._draw_applicant(voice)
        second = voice.turn("followup_applicant", answer(fact), concept, who=who)
        return (_lookup_turn(voice, concept, total), second)

    def _other_indicator(self, voice: Voice, frame: str) -> Turns:
        concept, before = self._slots.draw_fact(voice.rng)
        other = self._slots.draw_concept(voice.rng, before.year)
        after = self._slots.fact(other, before.agency, before.year)
        if other is concept or after.value is None:
            raise NothingToAsk
        return (_lookup_turn(voice, concept, before), voice.turn(frame, answer(after), other))

    def _draw_applicant(self, voice: Voice) -> tuple[Fact, Concept, Fact, str]:
        """A total, its concept, the same figure of one applicant type, and how that is called."""
        concept, total = self._slots.draw_fact(voice.rng, load_words().by_applicant)
        applicant, who = voice.applicant()
        fact = self.facts.find(total.agency, total.year, total.indicator, applicant)
        if fact is None or fact.value is None:
            raise NothingToAsk
        return total, concept, fact, who


def _sounds(body: BodyName) -> set[str]:
    """Its city and district in pinyin."""
    return {pinyin_place(place) for place in (body.city, body.district) if place}


def _full_name(body: BodyName, language: str) -> str:
    """The places in the name of a body, in the language in which choices are told apart."""
    if language == "zh":
        return body.official
    return " ".join(pinyin_place(place) for place in (body.city, body.district) if place)


def _lookup(voice: Voice, expect: Expectation, concept: Concept, agency: Slot, year: int) -> GoldTurn:
    return voice.turn("lookup", expect, concept, a=agency, y=year)


def _lookup_turn(voice: Voice, concept: Concept, fact: Fact) -> GoldTurn:
    return _lookup(voice, answer(fact), concept, Named(fact.agency), fact.year)


def _places(series: Series) -> dict[str, Slot]:
    names = dict(zip("abc", series.facts, strict=False))
    return {**{mark: Named(fact.agency) for mark, fact in names.items()}, "y": series.facts[0].year}


def _span(series: Series) -> dict[str, Slot]:
    return {"a": Named(series.facts[0].agency), "y": series.facts[0].year, "z": series.facts[-1].year}


def _value(fact: Fact) -> Decimal:
    return fact.value or Decimal(0)


def _values(series: Series) -> list[Decimal]:
    return [_value(fact) for fact in series.facts]


def _change(values: Sequence[Decimal]) -> Decimal:
    return values[-1] - values[0]


def _growth(values: Sequence[Decimal]) -> Decimal:
    if not values[0]:
        raise NothingToAsk
    return (values[-1] - values[0]) / values[0] * 100


def _sum(values: Sequence[Decimal]) -> Decimal:
    return sum(values, Decimal(0))


def _average(values: Sequence[Decimal]) -> Decimal:
    return _sum(values) / len(values)
