"""What a run measured, from its records. Whatever was not answered counts as not right."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from eval.record import Record, TurnRecord
from eval.scoring import Outcome
from eval.slots import SLOTS

NO_ANSWER = "no answer"


@dataclass(frozen=True, slots=True)
class Measures:
    """Counts over a group of questions; n: all of them.

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


@dataclass(frozen=True, slots=True)
class Share:
    """hits of n; None of none where n is 0."""

    hits: int
    n: int

    @property
    def rate(self) -> float:
        """The share; 1 of nothing."""
        return self.hits / self.n if self.n else 1.0


def measure(records: Iterable[Record]) -> Measures:
    """The counts of a group of records."""
    found = list(records)
    outcomes = Counter(record.outcome for record in found)
    cited = [record.cited for record in found if record.outcome is Outcome.RIGHT and record.cited is not None]
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


def group_by(records: Iterable[Record], key: Callable[[Record], str]) -> dict[str, list[Record]]:
    """Records by type, language, edition or whatever the key is, in the order in which the keys come."""
    groups: dict[str, list[Record]] = {}
    for record in records:
        groups.setdefault(key(record), []).append(record)
    return groups


def measure_by_type(records: Sequence[Record]) -> dict[tuple[str, str], Measures]:
    """Measures by question type and language, types in the order of the set; language "all" sums up each type."""
    groups: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        groups.setdefault((record.question.type, "all"), []).append(record)
        groups.setdefault((record.question.type, record.question.language), []).append(record)
    return {key: measure(group) for key, group in groups.items()}


@dataclass(frozen=True, slots=True)
class Agreement:
    """Precision and recall of one status (refusals, or questions back) against when it was called for."""

    precision: float
    recall: float
    called_for: int


def measure_status(records: Iterable[Record], status: str) -> Agreement:
    """How well one outcome is used: given only when the gold's proper status is that, and whenever it is."""
    proper = given = both = 0
    for turn in _judged(records):
        wanted, got = turn.accepted[0] == status, turn.status == status
        # Another accepted outcome is no miss.
        proper += wanted and (got or turn.outcome is not Outcome.RIGHT)
        given += got
        both += got and status in turn.accepted
    return Agreement(both / given if given else 1.0, min(1.0, both / proper) if proper else 1.0, proper)


def confusion(records: Iterable[Record]) -> dict[tuple[str, str], int]:
    """Turns by (proper status, given status); a given status that is accepted too counts as the proper one."""
    counts: Counter[tuple[str, str]] = Counter()
    for turn in _judged(records):
        given = turn.status or NO_ANSWER
        counts[given if given in turn.accepted else turn.accepted[0], given] += 1
    return dict(counts)


def slot_accuracy(records: Iterable[Record]) -> dict[str, Share]:
    """By slot, how many of the turns that expect figures were understood."""
    read = [turn.slots for turn in _judged(records) if turn.slots]
    return {slot: _share(each[slot] for each in read if slot in each) for slot in SLOTS}


def citation_support(records: Iterable[Record]) -> Share:
    """Of the answers given, those each number of which stands in a cited place, an arithmetic of such, or the question."""
    return _share(not turn.uncited for record in records for turn in record.turns if turn.uncited is not None)


def conflict_recall(records: Iterable[Record]) -> Share:
    """Of the turns whose report contradicts itself, those that show it."""
    return _share(turn.conflict for turn in _judged(records) if turn.conflict is not None)


def follow_up_accuracy(records: Iterable[Record]) -> Share:
    """Of the conversations, those whose last turn is right."""
    return _share(record.turns[-1].outcome is Outcome.RIGHT for record in records if len(record.turns) > 1)


def latency(records: Iterable[Record]) -> tuple[float, float, float]:
    """p50, p95 and p99 of the seconds one turn took; zeros for no turns."""
    seconds = [turn.seconds for record in records for turn in record.turns]
    if len(seconds) < 2:
        only = seconds[0] if seconds else 0.0
        return only, only, only
    cuts = quantiles(seconds, n=100, method="inclusive")
    return cuts[49], cuts[94], cuts[98]


def _judged(records: Iterable[Record]) -> list[TurnRecord]:
    return [turn for record in records for turn in record.turns if turn.accepted]


def _share(verdicts: Iterable[bool]) -> Share:
    found = list(verdicts)
    return Share(sum(found), len(found))
