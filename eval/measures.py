"""What a run measured, from its scores."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from eval.scoring import Outcome, Score


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts over a group of questions. n: all of them; whatever was not answered counts as not right.

    cited: questions right with every expected place cited, of the `citable` ones that are right and have a place.
    """

    n: int
    right: int
    wrong_figure: int
    wrong: int
    refused: int
    asked: int
    failed: int
    cited: int
    citable: int

    @property
    def right_rate(self) -> float:
        """Share of questions answered right; 1 for no questions."""
        return self.right / self.n if self.n else 1.0

    @property
    def wrong_figure_rate(self) -> float:
        """Share of questions whose answer shows a wrong figure."""
        return self.wrong_figure / self.n if self.n else 0.0

    @property
    def cited_rate(self) -> float:
        """Share of the right answers with a known place that cite it."""
        return self.cited / self.citable if self.citable else 1.0


def measure(scores: Iterable[Score]) -> Measures:
    """The counts of a group of scores."""
    found = list(scores)
    outcomes = Counter(score.outcome for score in found)
    cited = [score.cited for score in found if score.outcome is Outcome.RIGHT and score.cited is not None]
    return Measures(
        n=len(found),
        right=outcomes[Outcome.RIGHT],
        wrong_figure=outcomes[Outcome.WRONG_FIGURE],
        wrong=outcomes[Outcome.WRONG],
        refused=outcomes[Outcome.REFUSED],
        asked=outcomes[Outcome.ASKED],
        failed=outcomes[Outcome.FAILED],
        cited=sum(cited),
        citable=len(cited),
    )


def measure_by_type(scores: Sequence[Score]) -> dict[tuple[str, str], Measures]:
    """Measures by question type and language, types in the order of the set; language "all" sums up each type."""
    groups: dict[tuple[str, str], list[Score]] = {}
    for score in scores:
        groups.setdefault((score.question.type, "all"), []).append(score)
        groups.setdefault((score.question.type, score.question.language), []).append(score)
    return {key: measure(group) for key, group in groups.items()}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision and recall of one status (refusals, or questions back) against when it was called for."""

    precision: float
    recall: float
    called_for: int


def measure_status(scores: Iterable[Score], status: str) -> Agreement:
    """How well one outcome is used: given only when the gold's proper status is that, and whenever it is."""
    proper = given = both = 0
    for score in scores:
        for turn in score.turns:
            if turn.expect is None:
                continue
            wanted = turn.expect.statuses[0] == status
            accepted = status in turn.expect.statuses
            got = turn.reply.answer is not None and turn.reply.answer.status == status
            proper += wanted
            given += got
            both += got and accepted
            # Another accepted outcome is no miss.
            if wanted and not got and turn.outcome is Outcome.RIGHT:
                proper -= 1
    hits = both
    return Agreement(hits / given if given else 1.0, min(1.0, hits / proper) if proper else 1.0, proper)


def latency(scores: Iterable[Score]) -> tuple[float, float, float]:
    """p50, p95 and p99 of the seconds one turn took; zeros for no turns."""
    seconds = [turn.reply.seconds for score in scores for turn in score.turns]
    if len(seconds) < 2:
        only = seconds[0] if seconds else 0.0
        return only, only, only
    cuts = quantiles(seconds, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]
