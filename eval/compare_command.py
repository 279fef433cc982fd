"""`python -m eval compare RUN_A RUN_B`."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from eval.comparison import Comparison, Pair, compare_share, is_right, is_wrong_figure, match_runs
from eval.run_files import read_run

_MEASURES = {"right": is_right, "wrong figure": is_wrong_figure}


def compare_folders(before: Path, after: Path) -> int:
    """Prints what changed from one run to the other; always 0. Raises RunError where a folder holds no run."""
    one, two = read_run(before), read_run(after)
    print(f"A  {before}: commit {one.about.get('commit')}, {one.about.get('asked')}, {one.about.get('when')}")
    print(f"B  {after}: commit {two.about.get('commit')}, {two.about.get('asked')}, {two.about.get('when')}")
    print("\n".join(render_comparison(match_runs(one.records, two.records))))
    return 0


def render_comparison(comparison: Comparison) -> Iterator[str]:
    """The shares of both runs by set, then every question that flipped; of held-out wordings only how many."""
    yield f"\n{'':<34}{'n':>5} {'A':>7} {'B':>7} {'B-A':>7}  95 % interval     gained  lost  McNemar p"
    sets = list(dict.fromkeys(pair.after.set for pair in comparison.pairs))
    for name in (*sets, *(("all",) if len(sets) > 1 else ())):
        pairs = [pair for pair in comparison.pairs if name in (pair.after.set, "all")]
        yield from _shares(name, pairs)
    for which, records in (("A", comparison.only_before), ("B", comparison.only_after)):
        if records:
            yield f"\n{len(records)} questions are only in {which}, or have another gold there; they are not compared"
    flipped = comparison.flipped()
    shown = [pair for pair in flipped if pair.after.question.split == "dev"]
    yield f"\n{len(flipped)} questions flipped"
    for pair in shown:
        mark = "+" if is_right(pair.after) else "-" if is_right(pair.before) else " "
        yield f"{mark} {pair.after.question.id}  {pair.before.outcome} → {pair.after.outcome}"
        yield f"     asked  {' ⏎ '.join(turn.question for turn in pair.after.turns)}"
        yield f"     B      {pair.after.worst.got}"
    if len(shown) < len(flipped):
        yield f"  {len(flipped) - len(shown)} of held-out wordings are not listed"


def _shares(name: str, pairs: Sequence[Pair]) -> Iterator[str]:
    for what, has in _MEASURES.items():
        found = compare_share(pairs, has)
        change = 100 * (found.after - found.before)
        interval = f"[{100 * found.low:+.1f}, {100 * found.high:+.1f}]"
        yield (
            f"{name + ', ' + what:<34}{found.n:>5} {100 * found.before:>6.1f}% {100 * found.after:>6.1f}% {change:>+7.1f}"
            f"  {interval:<17} {found.gained:>6} {found.lost:>5}  {found.p:.3g}"
        )
