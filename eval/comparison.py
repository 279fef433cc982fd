"""Two runs over the same questions: what flipped, and whether the difference may be chance."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import comb

import numpy as np
from numpy.typing import NDArray

from eval.record import Record
from eval.scoring import Outcome

_RESAMPLES = 10_000
_SEED = 20_240_101


@dataclass(frozen=True, slots=True)
class Pair:
    """The same question in both runs."""

    before: Record
    after: Record


@dataclass(frozen=True, slots=True)
class Difference:
    """A share of the questions in two runs. low, high: 95 % bootstrap interval of after - before, both paired.

    gained, lost: questions that have it in one run only. p: McNemar's exact test, two-sided.
    """

    n: int
    before: float
    after: float
    low: float
    high: float
    gained: int
    lost: int
    p: float


@dataclass(frozen=True)
class Comparison:
    """All questions of both runs; only_before and only_after were asked in one of them, or with another gold."""

    pairs: tuple[Pair, ...]
    only_before: tuple[Record, ...]
    only_after: tuple[Record, ...]

    def flipped(self) -> tuple[Pair, ...]:
        """The questions with another outcome than before, in the order of the second run."""
        return tuple(pair for pair in self.pairs if pair.before.outcome is not pair.after.outcome)


def match_runs(before: Sequence[Record], after: Sequence[Record]) -> Comparison:
    """The questions of both runs, paired by set, id and gold."""
    earlier = {(record.set, record.question.id): record for record in before}
    pairs, new = [], []
    for record in after:
        known = earlier.get((record.set, record.question.id))
        if known is not None and known.question == record.question:
            pairs.append(Pair(known, record))
            del earlier[record.set, record.question.id]
        else:
            new.append(record)
    return Comparison(tuple(pairs), tuple(earlier.values()), tuple(new))


def compare_share(pairs: Sequence[Pair], has: Callable[[Record], bool]) -> Difference:
    """How often something holds in both runs. The same pairs give the same interval."""
    one = np.array([has(pair.before) for pair in pairs], dtype=bool)
    two = np.array([has(pair.after) for pair in pairs], dtype=bool)
    gained, lost = int((two & ~one).sum()), int((one & ~two).sum())
    if not pairs:
        return Difference(0, 0.0, 0.0, 0.0, 0.0, 0, 0, 1.0)
    low, high = bootstrap_interval(two.astype(int) - one.astype(int))
    return Difference(len(pairs), float(one.mean()), float(two.mean()), low, high, gained, lost, mcnemar(gained, lost))


def bootstrap_interval(differences: NDArray[np.int64]) -> tuple[float, float]:
    """The 95 % percentile interval of the mean of differences that are each -1, 0 or 1."""
    n = len(differences)
    shares = [(differences == value).mean() for value in (-1, 0, 1)]
    # Resampling n of them with replacement is drawing how many of each kind there are.
    drawn: NDArray[np.int64] = np.random.default_rng(_SEED).multinomial(n, shares, size=_RESAMPLES)
    means = (drawn[:, 2] - drawn[:, 0]) / n
    low, high = np.percentile(means, (2.5, 97.5))
    return float(low), float(high)


def mcnemar(gained: int, lost: int) -> float:
    """The exact two-sided p that as many or more of the changed questions go one way by chance; 1 for no change."""
    n = gained + lost
    tail = sum(comb(n, k) for k in range(min(gained, lost) + 1))
    return min(1.0, float(2 * tail / 2**n))


def is_right(record: Record) -> bool:
    """Whether the question is right."""
    return record.outcome is Outcome.RIGHT


def is_wrong_figure(record: Record) -> bool:
    """Whether its answer shows a wrong figure."""
    return record.outcome is Outcome.WRONG_FIGURE
