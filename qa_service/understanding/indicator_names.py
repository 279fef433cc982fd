"""Which indicators a question asks for: from the meanings of its words to everyday concepts, and from there to indicator ids.

A concept is an everyday question ("requests received"); its members are the indicators that answer it in each edition of
the form. The concept that explains the most of the question's words wins; words it leaves unexplained count against it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

import yaml

from indicators.catalogue import Catalogue, Indicator
from qa_service.understanding.normal_form import normalise
from qa_service.understanding.words import Entry, Vocabulary, Word, segment, units_of

_UNEXPLAINED = 1.2
_WEAK = 0.25
# So many words apart, a little word still belongs to another.
_NEAR = 3
# What nearly every question is about: naming it again says nothing of what was asked before.
_BARE_TOPIC = frozenset(("REQUEST", "APPLICANT_WORD"))
# Rows whose label says nothing without the heading above them.
_NEEDS_HEADING = ("upheld", "corrected", "pending", "total", "misc")


@dataclass(frozen=True, slots=True)
class Concept:
    """An everyday question.

    members: indicator ids over all editions. needs: each a set of meanings of which one must be said. may: meanings that
    also belong to it. choose: concepts to choose from where the wording fits several. sum: concepts that add up to it.
    alone: never taken beside another concept, because its words are too common.
    """

    id: str
    members: tuple[str, ...]
    needs: tuple[frozenset[str], ...]
    may: frozenset[str]
    choose: tuple[str, ...] = ()
    sum: tuple[str, ...] = ()
    alone: bool = False

    @property
    def meanings(self) -> frozenset[str]:
        """All meanings it explains."""
        return self.may.union(*self.needs)


@dataclass(frozen=True, slots=True)
class Match:
    """A concept with how well it explains the question. score: explained minus unexplained weight."""

    concept: Concept
    score: float
    covered: float


@dataclass(frozen=True, eq=False)
class IndicatorNames:
    """Vocabulary and concepts over one catalogue."""

    catalogue: Catalogue
    vocabulary: Vocabulary
    concepts: tuple[Concept, ...]

    @cached_property
    def by_id(self) -> dict[str, Concept]:
        """Concepts by id."""
        return {concept.id: concept for concept in self.concepts}

    @cached_property
    def by_member(self) -> dict[str, Concept]:
        """The first concept that has the indicator as a member."""
        found: dict[str, Concept] = {}
        for concept in self.concepts:
            for member in concept.members:
                found.setdefault(member, concept)
        return found

    def match(self, words: Sequence[Word], context: Sequence[Word] = ()) -> list[Match]:
        """All concepts whose needs are met, best first. context: words of an earlier question; they may meet a need."""
        said = [word for word in words if word.has("meaning") or word.has("label") or word.has("part")]
        meant = _meant(words, said)
        meanings = _values(meant, "meaning") | _values(meant, "part")
        before = _values(context, "meaning") | _values(context, "part")
        labels = _values(said, "label")
        matches = []
        for concept in self._touched(meanings, labels):
            by_label = not labels.isdisjoint(concept.members)
            if by_label or _met(concept, meanings, before):
                matches.append(self._score(concept, said))
        return sorted(
            matches, key=lambda match: (-match.score, -len(match.concept.needs), self._order[match.concept.id])
        )

    def _touched(self, meanings: frozenset[str], labels: frozenset[str]) -> list[Concept]:
        """Concepts of which at least one need or the label is said."""
        found: dict[str, Concept] = {}
        for value in (*meanings, *labels):
            for concept in self._by_word.get(value, ()):
                found[concept.id] = concept
        return list(found.values())

    @cached_property
    def _by_word(self) -> dict[str, list[Concept]]:
        """Concepts by each meaning they need and by each member's id."""
        found: dict[str, list[Concept]] = {}
        for concept in self.concepts:
            for value in frozenset().union(*concept.needs) | frozenset(concept.members):
                found.setdefault(value, []).append(concept)
        return found

    def _score(self, concept: Concept, said: Sequence[Word]) -> Match:
        covered = missed = 0.0
        members = frozenset(concept.members)
        for word in said:
            weight = word.weight * (_WEAK if word.has("filler") else 1.0)
            if word.values("label") & members:
                covered += weight * 1.5
            elif self.covers(concept, word):
                covered += weight
            else:
                missed += weight
        return Match(concept, covered - _UNEXPLAINED * missed, covered)

    @cached_property
    def _order(self) -> dict[str, int]:
        return {concept.id: position for position, concept in enumerate(self.concepts)}

    def covers(self, concept: Concept, word: Word) -> bool:
        """Whether the concept explains the word: by its label, by all the parts of another label, or by a meaning."""
        if word.values("label") & frozenset(concept.members) or word.values("meaning") & concept.meanings:
            return True
        parts = word.values("part")
        return bool(parts) and parts <= concept.meanings


def _meant(words: Sequence[Word], said: Sequence[Word]) -> Sequence[Word]:
    """The words that say what a figure is of: little words ("part", "other", "got") only near one that surely does."""
    place = {id(word): index for index, word in enumerate(words)}
    sure = [place[id(word)] for word in said if not word.has("filler")]
    if not sure:
        return said
    return [
        word for word in said if not word.has("filler") or any(abs(place[id(word)] - other) <= _NEAR for other in sure)
    ]


def _met(concept: Concept, said: frozenset[str], before: frozenset[str]) -> bool:
    """Whether all needs are said, or some now and the rest before; "requests" alone starts afresh and borrows nothing."""
    now = [need for need in concept.needs if need & said]
    borrows = any(not need <= _BARE_TOPIC for need in now)
    return len(now) == len(concept.needs) or (borrows and all(need & said or need & before for need in concept.needs))


def _values(words: Sequence[Word], group: str) -> frozenset[str]:
    return frozenset(value for word in words for value in word.values(group))


@cache
def load_indicator_names(catalogue: Catalogue) -> IndicatorNames:
    """Vocabulary and concepts shipped with the package, over the catalogue. ValueError if a concept names an unknown id."""
    vocabulary = Vocabulary()
    lexicon = read_lexicon()
    for meaning, phrases in lexicon["meanings"].items():
        for phrase in (*phrases["zh"], *phrases["en"]):
            vocabulary.add(normalise(str(phrase)), Entry("meaning", meaning))
    for phrase in (*lexicon["fillers"]["zh"], *lexicon["fillers"]["en"]):
        vocabulary.add(normalise(str(phrase)), Entry("filler", ""))
    concepts = [_concept(entry) for entry in _read_yaml("concepts")["concepts"]]
    known = {member for concept in concepts for member in concept.members}
    # Indicators without a concept of their own (figures of the running text) are known by their catalogue names alone.
    concepts += [
        Concept(indicator.id, (indicator.id,), (), frozenset())
        for indicator in catalogue.indicators
        if indicator.has_figure and indicator.id not in known
    ]
    _add_labels(vocabulary, catalogue)
    names = IndicatorNames(catalogue, vocabulary, tuple(concepts))
    _validate(names)
    return names


def _add_labels(vocabulary: Vocabulary, catalogue: Catalogue) -> None:
    """Official labels, and aliases that the lexicon cannot explain wholly, as names of the indicator itself."""
    plain = Vocabulary()
    for phrase, entries in vocabulary.phrases.items():
        for entry in entries:
            plain.add(phrase, entry)
    for indicator in catalogue.indicators:
        if not indicator.has_figure:
            continue
        printed = {cell.label for cell in indicator.forms.values() if not cell.column and not cell.column_group}
        for label in sorted({indicator.zh, indicator.en, plain_name(catalogue, indicator), *printed}):
            _add_name(
                vocabulary, plain, label, indicator if label == indicator.en or _is_unique(catalogue, label) else None
            )
        for alias in (*indicator.aliases_zh, *indicator.aliases_en):
            if not _explained(plain, normalise(alias)):
                vocabulary.add(normalise(alias), Entry("label", indicator.id))


def plain_name(catalogue: Catalogue, indicator: Indicator) -> str:
    """The Chinese label with the heading it needs to be understood alone ("行政复议结果维持", "行政许可处理决定数量")."""
    parent = catalogue.find(indicator.parent)
    alone = indicator.id.split(".")[-1] not in _NEEDS_HEADING and _is_unique(catalogue, indicator.zh)
    if parent is None or alone:
        return indicator.zh
    return indicator.zh if parent.zh in indicator.zh else f"{parent.zh}{indicator.zh}"


@cache
def _is_unique(catalogue: Catalogue, label: str) -> bool:
    """Whether only one indicator is printed under that label (其他情形数 stands under reviews, lawsuits and complaints)."""
    named = {
        i.id
        for i in catalogue.indicators
        for printed in (i.zh, *(cell.label for cell in i.forms.values()))
        if printed == label
    }
    return len(named) == 1


def _add_name(vocabulary: Vocabulary, plain: Vocabulary, label: str, indicator: Indicator | None) -> None:
    phrase = normalise(label)
    if sum(unit.weight for unit in units_of(phrase)) < 3:
        return
    if indicator is not None:
        vocabulary.add(phrase, Entry("label", indicator.id))
    for word in segment(units_of(phrase), phrase, [plain]):
        for entry in word.entries:
            if entry.group == "meaning":
                # A label says all its parts at once, while the meanings of a plain word are alternatives.
                vocabulary.add(phrase, Entry("part", entry.value))


def _explained(vocabulary: Vocabulary, phrase: str) -> bool:
    words = segment(units_of(phrase), phrase, [vocabulary])
    return any(word.has("meaning") for word in words) and all(word.entries for word in words)


@cache
def read_lexicon() -> Any:
    """The lexicon as loaded: meanings, fillers and cues, each with zh and en phrases."""
    return _read_yaml("lexicon")


def _read_yaml(name: str) -> Any:
    text = files("qa_service.understanding").joinpath(f"{name}.yaml").read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506  (both are safe loaders)


def _concept(entry: dict[str, Any]) -> Concept:
    return Concept(
        entry["id"],
        tuple(entry.get("members", ())),
        tuple(frozenset(need.split("|")) for need in entry["needs"]),
        frozenset(entry.get("may", ())),
        tuple(entry.get("choose", ())),
        tuple(entry.get("sum", ())),
        entry.get("alone", False),
    )


def _validate(names: IndicatorNames) -> None:
    for concept in names.concepts:
        for member in concept.members:
            if names.catalogue.find(member) is None:
                raise ValueError(f"concept {concept.id} names the unknown indicator {member}")
        for other in (*concept.choose, *concept.sum):
            if other not in names.by_id:
                raise ValueError(f"concept {concept.id} names the unknown concept {other}")
