"""What is kept of one question of a run: enough for every measure, for comparing runs and for reports."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from eval.question import GoldQuestion
from eval.scoring import Outcome, worst_outcome


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """One turn, what was wanted and what came.

    question: as asked. wanted, got, read: in words, for people. accepted: statuses that are right, the proper one
    first; () where nothing is expected. status: None where no answer came. slots: whether each was understood.
    uncited: numbers of the text that stand in no cited place; None where there is no answer with figures or text.
    conflict: whether an expected conflict was shown; None where none is expected.
    """

    question: str
    outcome: Outcome
    reason: str = ""
    wanted: str = ""
    got: str = ""
    read: str = ""
    answer: str = ""
    accepted: tuple[str, ...] = ()
    status: str | None = None
    seconds: float = 0.0
    cited: bool | None = None
    slots: Mapping[str, bool] = field(default_factory=dict)
    uncited: tuple[str, ...] | None = None
    conflict: bool | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One question. edition, format: of the reports that hold the answer ("mixed" for several, "none" where nothing is
    to be found)."""

    set: str
    question: GoldQuestion
    turns: tuple[TurnRecord, ...]
    edition: str = "none"
    format: str = "none"

    @property
    def outcome(self) -> Outcome:
        """The worst outcome of all turns."""
        return worst_outcome(turn.outcome for turn in self.turns)

    @property
    def worst(self) -> TurnRecord:
        """The first turn with that outcome."""
        return next(turn for turn in self.turns if turn.outcome is self.outcome)

    @property
    def cited(self) -> bool | None:
        """Whether every turn that has something to cite cites it; None where no turn has."""
        known = [turn.cited for turn in self.turns if turn.cited is not None]
        return all(known) if known else None
