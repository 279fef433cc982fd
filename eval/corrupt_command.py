"""`python -m eval corrupt`: damages reports and says what gets through."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.corruption.kinds import DAMAGES
from eval.corruption.trial import NONE, RIGHT, THROUGH, WARNED, Trial, try_damage
from eval.thresholds import read_corruption_limits

_SHOWN = 5


def try_all(kinds: Sequence[str], thresholds: Path) -> int:
    """Prints a line per kind of damage and what got through; 0 if the limits of the thresholds file are kept, else 1."""
    limits = read_corruption_limits(thresholds)
    print(render_heads())
    trials = []
    with tempfile.TemporaryDirectory(prefix="wenbao-corrupt-") as folder:
        for kind in kinds or DAMAGES:
            trials.append(try_damage(kind, Path(folder) / kind))
            print(render_trial(trials[-1]), flush=True)
    for trial in trials:
        for line in trial.through[:_SHOWN]:
            print(f"  {trial.kind}: {line}")
    missed = [line for trial in trials for line in find_missed(trial, limits.get(trial.kind, {}))]
    print("\n".join(["", "Below the thresholds:", *missed]) if missed else "\nAll thresholds are kept.")
    return 1 if missed else 0


def find_missed(trial: Trial, limits: Mapping[str, float]) -> list[str]:
    """One line for each limit that is not kept: through at most, noticed at least, right at least."""
    right = trial.answers[RIGHT] / trial.questions if trial.questions else 1.0
    found = {"through": trial.through_rate, "noticed": trial.noticed_rate, "right": right}
    kept = {name: found[name] <= limit if name == "through" else found[name] >= limit for name, limit in limits.items()}
    return [f"{trial.kind}: {name} is {found[name]:.3f}, wanted {limits[name]}" for name in limits if not kept[name]]


def render_heads() -> str:
    """The heads of the table."""
    return (
        f"{'damage':<17}{'reports':>8} {'noticed':>8} {'identity':>9} {'text≠table':>11} {'reading':>8}  "
        f"{'questions':>9} {'right':>6} {'(warned)':>9} {'wrong, warned':>14} {'wrong, through':>15} {'no figure':>10}"
    )


def render_trial(trial: Trial) -> str:
    """The line of one kind."""
    answers = trial.answers
    return (
        f"{trial.kind:<17}{trial.reports:>8} {trial.noticed:>8} {trial.identities:>9} {trial.texts:>11} "
        f"{trial.readings:>8}  {trial.questions:>9} {answers[RIGHT]:>6} {trial.right_warned:>9} {answers[WARNED]:>14} "
        f"{answers[THROUGH]:>15} {answers[NONE]:>10}"
    )
