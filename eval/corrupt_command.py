"""`python -m eval corrupt`: damages reports and says what gets through."""

import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from eval.corruption.kinds import DAMAGES
from eval.corruption.trial import NONE, RIGHT, THROUGH, WARNED, Trial, try_damage
from eval.kept_table import KeptTable, keep_table, render_text
from eval.thresholds import read_corruption_limits

_SHOWN = 5
_NOTE = (
    "Synthetic reports are damaged, read and asked about; the sound report is the truth. Noticed: an arithmetic identity of "
    "the form fails, text and tables disagree, or reading reports a problem. Right, warned: the true figure with the "
    "disagreement beside it. Wrong, warned: the printed figure with it. Wrong, through: the printed figure as if nothing "
    "were wrong, which is what the report says where a table itself is damaged (shifted rows, swapped columns), and must be "
    "zero elsewhere. Altered text: the prose gives other figures than the table. Twin: the same report with another year "
    "and seven times every count beside the sound one. Injected: orders and markup in prose, labels and cells."
)
_HEADS = (
    *("damage", "reports", "noticed", "by identity", "text ≠ table", "by reading"),
    *("questions", "right", "right, warned", "wrong, warned", "wrong, through", "no figure"),
)


def try_all(kinds: Sequence[str], thresholds: Path, out: Path | None) -> int:
    """Prints a line per kind of damage and what got through, and keeps the table with the run `out`.

    Returns 0 if the limits of the thresholds file are kept, otherwise 1.
    """
    limits = read_corruption_limits(thresholds)
    with tempfile.TemporaryDirectory(prefix="wenbao-corrupt-") as folder:
        trials = [try_damage(kind, Path(folder) / kind) for kind in kinds or DAMAGES]
    table = KeptTable("corruption", "Damaged reports", _NOTE, _HEADS, tuple(map(_row, trials)))
    print(render_text(table))
    keep_table(out, table)
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


def _row(trial: Trial) -> tuple[str, ...]:
    answers = trial.answers
    counts = (
        *(trial.reports, trial.noticed, trial.identities, trial.texts, trial.readings),
        *(trial.questions, answers[RIGHT], trial.right_warned, answers[WARNED], answers[THROUGH], answers[NONE]),
    )
    return (trial.kind.replace("_", " "), *map(str, counts))
