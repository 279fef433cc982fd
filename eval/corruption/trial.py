"""Reads damaged reports, asks about them, and counts what gets through and what is noticed."""

import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.asking import InProcess, Reply
from eval.corpora import open_library
from eval.corruption.kinds import DAMAGES, Damaged, Original
from eval.facts import Cell, Fact, Facts
from eval.forms import APPLICANTS
from eval.generated.expectations import answer
from eval.generated.voice import Named, Slot, Voice
from eval.generated.wordings import agency_wordings, load_words
from eval.question import LANGUAGES, GoldTurn
from eval.scoring import Known, Outcome, score_turn
from eval.synthetic.corpus import SyntheticCorpus
from eval.synthetic.figures import draw_figures
from indicators.catalogue import load_catalogue
from indicators.conflicts import find_text_table_conflicts
from ingest.ingestion import Ingestion
from ingest.read_report import read_report
from qa_service.answering.answer import Answer
from qa_service.answering.dispatch import Answerer

# Every edition; years between them stay free for twins.
CORPUS = SyntheticCorpus(agencies=12, years=(2015, 2017, 2019, 2021, 2023), seed=7)
_PER_REPORT = 8
RIGHT, WARNED, THROUGH, NONE = "right", "warned", "through", "none"


@dataclass(frozen=True)
class Trial:
    """What became of one kind of damage.

    identities, texts, readings: reports in which an arithmetic identity of the form fails, text and table disagree, or reading reports a
    problem; noticed: any of these. answers: questions by what was shown: RIGHT (the true figure), WARNED (another one,
    with the disagreement shown beside it), THROUGH (another one, as if nothing were wrong), NONE (no figure).
    right_warned: of the right ones, those that show a disagreement.
    """

    kind: str
    reports: int
    identities: int
    texts: int
    readings: int
    noticed: int
    answers: Counter[str]
    right_warned: int
    through: tuple[str, ...]

    @property
    def questions(self) -> int:
        """All that were asked."""
        return sum(self.answers.values())

    @property
    def through_rate(self) -> float:
        """Share of the questions whose answer shows a wrong figure without a warning."""
        return self.answers[THROUGH] / self.questions if self.questions else 0.0

    @property
    def noticed_rate(self) -> float:
        """Share of the damaged reports in which anything is noticed."""
        return self.noticed / self.reports if self.reports else 1.0


def try_damage(kind: str, folder: Path, corpus: SyntheticCorpus = CORPUS) -> Trial:
    """Damages every report of the corpus in this way, in an empty folder, and asks about the cells concerned."""
    folder.mkdir(parents=True, exist_ok=True)
    damaged = list(_damaged(kind, corpus))
    readings = [_read(folder / f"r{number}.txt", each.text) for number, (_, each) in enumerate(damaged)]
    sound = []
    if kind == "twin":
        sound = [
            _read(folder / f"s{number}.txt", _sound(original).text) for number, (original, _) in enumerate(damaged)
        ]
    found = [_notices(reading) for reading in readings]
    answers: Counter[str] = Counter()
    through: list[str] = []
    right_warned = 0
    with open_library(folder / "data") as library:
        library.store.save_many([*readings, *sound])
        names = {agency.id: agency.name for agency in library.store.agencies()}
        asker, facts = InProcess(Answerer(library), names), corpus.facts()
        for original, each in damaged:
            for turn in _questions(original, each, facts):
                reply = asker.ask(turn.question, ())
                shown = _shown(turn, reply.answer, Known(None, names))
                answers[shown] += 1
                right_warned += shown == RIGHT and reply.answer is not None and bool(reply.answer.conflicts)
                if shown == THROUGH and reply.answer is not None:
                    through.append(f"{turn.question} → {' '.join(reply.answer.answer.split())[:120]}")
    identities, texts, problems = (sum(column) for column in zip(*found, strict=True))
    noticed = sum(map(any, found))
    return Trial(kind, len(damaged), identities, texts, problems, noticed, answers, right_warned, tuple(through))


def _damaged(kind: str, corpus: SyntheticCorpus) -> Iterator[tuple[Original, Damaged]]:
    rng = random.Random(f"{kind}/{corpus.seed}")
    for number, body in enumerate(corpus.bodies):
        for year in corpus.years:
            original = Original(body, year, draw_figures(corpus.seed, number, year))
            damaged = DAMAGES[kind](original, rng)
            if damaged is not None:
                yield original, damaged


def _sound(original: Original) -> Damaged:
    damaged = DAMAGES["none"](original, random.Random(0))
    assert damaged is not None
    return damaged


def _read(path: Path, text: str) -> Ingestion:
    path.write_text(text, encoding="utf-8")
    return read_report(path)


def _notices(ingestion: Ingestion) -> tuple[bool, bool, bool]:
    """Whether an identity fails, text and table disagree, reading reports a problem."""
    return (
        any(each.status == "fails" and each.severity == "hard" for each in ingestion.imbalances),
        bool(find_text_table_conflicts(ingestion.observations, load_catalogue())),
        bool(ingestion.report.problems),
    )


def _questions(original: Original, damaged: Damaged, facts: Facts) -> Iterator[GoldTurn]:
    """Plain questions on cells that print another figure than the true one; on any cells where there are none."""
    rng = random.Random(f"{original.body.official}/{original.year}")
    cells = [each for each in _askable(original, facts) if not damaged.changed or _key(each[1]) in damaged.changed]
    meanings = agency_wordings(facts.bodies.values())
    for at, (name, fact) in enumerate(rng.sample(cells, min(_PER_REPORT, len(cells)))):
        language = LANGUAGES[at % 2]
        voice = Voice(rng, language, "dev", facts.bodies, meanings)
        slots: dict[str, Slot] = {"a": Named(fact.agency), "y": fact.year}
        if fact.applicant not in (None, "total"):
            slots["who"] = load_words().applicants[fact.applicant or "", language, "dev"][0]
        frame = "by_applicant" if "who" in slots else "lookup"
        yield voice.turn(frame, answer(fact), load_words().concepts[name], **slots)


def _askable(original: Original, facts: Facts) -> Sequence[tuple[str, Fact]]:
    """The concepts that the form has, with their cells, also those of each applicant type where people ask for them."""
    words = load_words()
    found = []
    for name, concept in words.concepts.items():
        applicants = APPLICANTS if name in words.by_applicant else ()
        for applicant in (None, "total", *applicants):
            fact = facts.find(original.body.official, original.year, concept.indicator(original.year) or "", applicant)
            known = applicant not in APPLICANTS or (applicant or "", "zh", "dev") in words.applicants
            if fact is not None and fact.value is not None and known:
                found.append((name, fact))
    return found


def _key(fact: Fact) -> Cell:
    return fact.indicator, fact.applicant


def _shown(turn: GoldTurn, given: Answer | None, known: Known) -> str:
    score = score_turn(turn.question, turn.expect, Reply(given, 0.0), known)
    if score.outcome is Outcome.RIGHT:
        return RIGHT
    if score.outcome is not Outcome.WRONG_FIGURE:
        return NONE
    return WARNED if given is not None and given.conflicts else THROUGH
