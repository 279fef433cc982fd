"""Column borders of two parts of a table brought onto one set of columns."""

from collections.abc import Sequence

# Borders of one column differ by no more than this (points) between pages; _SHIFT where there are as many columns.
_STRETCH = 12.0
_SHIFT = 40.0


def align_columns(mine: Sequence[float], theirs: Sequence[float]) -> tuple[list[float], list[int], list[int]]:
    """Two ascending lists of boundaries merged in order: (merged, index of each of mine, index of each of theirs)."""
    # As many columns in one frame are the same columns, even where their borders were guessed from the print.
    alike = len(mine) == len(theirs) and all(abs(a - b) < _SHIFT for a, b in zip(mine, theirs, strict=True))
    partner = dict(enumerate(range(len(mine)))) if alike else dict(_matched(mine, theirs))
    merged: list[float] = []
    at_mine, at_theirs = [0] * len(mine), [0] * len(theirs)
    j = 0
    for i, level in enumerate(mine):
        stop = partner.get(i)
        while j < len(theirs) and (theirs[j] < level if stop is None else j < stop) and j not in partner.values():
            at_theirs[j] = len(merged)
            merged.append(theirs[j])
            j += 1
        at_mine[i] = len(merged)
        if stop is not None:
            at_theirs[stop] = len(merged)
            j = stop + 1
        merged.append(level)
    return merged, at_mine, at_theirs


def _matched(mine: Sequence[float], theirs: Sequence[float]) -> list[tuple[int, int]]:
    """Pairs of boundaries that are one line, in order, at the least total shift; none moves over _STRETCH points."""
    skip = _STRETCH + 1
    best: list[list[tuple[float, list[tuple[int, int]]]]] = [
        [(0.0, [])] * (len(theirs) + 1) for _ in range(len(mine) + 1)
    ]
    for i in range(len(mine) + 1):
        for j in range(len(theirs) + 1):
            options: list[tuple[float, list[tuple[int, int]]]] = [(skip * (i + j), [])] if not (i and j) else []
            if i and j:
                options = [(best[i - 1][j][0] + skip, best[i - 1][j][1]), (best[i][j - 1][0] + skip, best[i][j - 1][1])]
                shift = abs(mine[i - 1] - theirs[j - 1])
                if shift <= _STRETCH:
                    cost, pairs = best[i - 1][j - 1]
                    options.append((cost + shift, [*pairs, (i - 1, j - 1)]))
            best[i][j] = min(options, key=lambda option: option[0])
    return best[-1][-1][1]
