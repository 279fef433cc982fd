"""Single-figure questions: is the figure among the best chunks of a baseline, and what does the product answer?"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from eval.asking import Asker
from eval.baselines.pipelines import Chunk, Ranker
from eval.matching import numbers_in, squeeze
from eval.measures import Share
from eval.question import Evidence, GoldQuestion
from eval.running import run_question
from eval.scoring import Known, Outcome

DEPTHS = (1, 5, 10)


@dataclass(frozen=True, slots=True)
class Coverage:
    """A baseline at one depth. figure: the right number stands in a chunk of the right report; evidence: its row's
    label stands in the same chunk too, so that a reader could tell what the number is."""

    depth: int
    figure: Share
    evidence: Share


def figure_questions(questions: Iterable[GoldQuestion]) -> list[GoldQuestion]:
    """Those of a single turn that ask for one observed figure whose cell is known."""
    return [question for question in questions if len(question.turns) == 1 and _cell(question) is not None]


def measure_ranker(ranker: Ranker, questions: Sequence[GoldQuestion]) -> Iterator[Coverage]:
    """How often the figure and its evidence are among the best chunks, at each depth."""
    found = [(ranker.top(question.turns[0].question, max(DEPTHS)), _cell(question)) for question in questions]
    for depth in DEPTHS:
        yield Coverage(
            depth,
            _share(any(_holds_figure(each, cell) for each in top[:depth]) for top, cell in found if cell),
            _share(any(_holds_evidence(each, cell) for each in top[:depth]) for top, cell in found if cell),
        )


def measure_answers(asker: Asker, questions: Sequence[GoldQuestion], known: Known) -> tuple[Share, Share]:
    """How many the product answers right, and how many with a wrong figure."""
    outcomes = [run_question(question, asker, known).outcome for question in questions]
    right, wrong = Outcome.RIGHT, Outcome.WRONG_FIGURE
    return _share(each is right for each in outcomes), _share(each is wrong for each in outcomes)


def _cell(question: GoldQuestion) -> tuple[Decimal, Evidence] | None:
    expect = question.turns[0].expect
    if expect is None or len(expect.figures) != 1 or not expect.evidence or expect.statuses[0] != "answered":
        return None
    figure, place = expect.figures[0], expect.evidence[0]
    # A zero stands in nearly every piece of a table: finding one says nothing.
    if figure.operation != "lookup" or not Decimal(figure.value or 0) or place.report is None or not place.row:
        return None
    return abs(Decimal(figure.value or 0)), place


def _holds_figure(chunk: Chunk, cell: tuple[Decimal, Evidence]) -> bool:
    return chunk.report == cell[1].report and cell[0] in numbers_in(chunk.text)


def _holds_evidence(chunk: Chunk, cell: tuple[Decimal, Evidence]) -> bool:
    text = squeeze(chunk.text)
    words = (squeeze(word) for word in (cell[1].row or "").split("/"))
    return _holds_figure(chunk, cell) and all(word in text for word in words)


def _share(verdicts: Iterable[bool]) -> Share:
    found = list(verdicts)
    return Share(sum(found), len(found))
