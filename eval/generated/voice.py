"""Puts questions into words: one language, one split of the wordings, one sequence of random choices."""

import random
from collections.abc import Mapping
from dataclasses import dataclass

from eval.agency_names import BodyName, chinese_wordings, english_wordings
from eval.generated.wordings import Concept, Wording, load_words
from eval.question import Expectation, GoldTurn

_WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
_HAN = str.maketrans("0123456789", "〇一二三四五六七八九")


@dataclass(frozen=True, slots=True)
class Named:
    """An agency by its official name, still to be put into words."""

    official: str


Slot = str | int | Named
"""What fills a mark of a frame: a year as a number, an agency, or words as they are."""


@dataclass(frozen=True)
class Voice:
    """meanings: every wording of an agency in the corpus, by its lower-case form. bodies: by official name."""

    rng: random.Random
    language: str
    split: str
    bodies: Mapping[str, BodyName]
    meanings: Mapping[str, Wording]

    def turn(self, frame: str, expect: Expectation, concept: Concept, **slots: Slot) -> GoldTurn:
        """A turn of the kind `frame` in words; a year becomes a wording of the year, an agency one that means it alone."""
        words = load_words()
        text = {"np": self.noun(concept), "choice_number": "{choice_number}", "u": _unit(expect)}
        year_frame = self.rng.choice(words.years[self.language, self.split])
        text |= {name: self._slot(slot, year_frame) for name, slot in slots.items()}
        ask = self.rng.choice(concept.words[self.language, "ask", self.split])
        text["ask"] = ask.format(a=text.get("a", ""), y=f"in {text.get('y', '')}") if self.language == "en" else ask
        question = self.rng.choice(words.frames[frame, self.language, self.split]).format(**text)
        return GoldTurn(question[0].upper() + question[1:] if question[0].isascii() else question, expect)

    def noun(self, concept: Concept) -> str:
        """A noun phrase for a concept."""
        return self.rng.choice(concept.words[self.language, "np", self.split])

    def applicant(self) -> tuple[str, str]:
        """An applicant type, and how people call it."""
        known = load_words().applicants
        key = self.rng.choice([key for key in known if key[1:] == (self.language, self.split)])
        return key[0], self.rng.choice(known[key])

    def unknown_name(self, body: BodyName) -> str | None:
        """A wording of a body that means none of the corpus; None if all do."""
        unknown = [name for name in self._wordings(body) if name.lower() not in self.meanings]
        return self.rng.choice(unknown) if unknown else None

    def ambiguous_names(self) -> list[Wording]:
        """The wordings of this language that mean several agencies."""
        english = self.language == "en"
        return [each for each in self.meanings.values() if len(each.names) > 1 and each.text.isascii() is english]

    def _slot(self, slot: Slot, year_frame: str) -> str:
        if isinstance(slot, int):
            return year_frame.format(
                y=slot, yy=f"{slot % 100:02}", han=str(slot).translate(_HAN), wide=str(slot).translate(_WIDE)
            )
        return self._agency(slot.official) if isinstance(slot, Named) else slot

    def _agency(self, official: str) -> str:
        wordings = self._wordings(self.bodies[official])
        clear = [name for name in wordings if len(self.meanings[name.lower()].names) == 1]
        return self.rng.choice(clear or [official])

    def _wordings(self, body: BodyName) -> list[str]:
        wordings = chinese_wordings if self.language == "zh" else english_wordings
        return list(wordings(body, self.split))


def _unit(expect: Expectation) -> str:
    return next((figure.unit for figure in expect.figures if figure.unit), "件")
