"""Ruling lines and ink in a picture of a page."""

from typing import Any

import numpy as np
from PIL.Image import Image

from ingest.formats.lattice import Rule
from reports.place import BBox

Pixels = np.ndarray[Any, np.dtype[np.bool_]]
_DARK = 150


def dark_pixels(picture: Image) -> Pixels:
    """True where the picture is dark, one value per pixel (rows, columns)."""
    dark: Pixels = np.asarray(picture.convert("L")) < _DARK
    return dark


def find_rules(dark: Pixels, shortest: int) -> tuple[list[Rule], list[Rule]]:
    """(horizontal, vertical) lines of at least `shortest` pixels, in pixels. A slightly slanted line comes in pieces."""
    return _runs(dark, shortest), _runs(dark.T, shortest)


def has_ink(dark: Pixels, box: BBox, margin: int) -> bool:
    """Whether something is printed in a box, leaving out a margin for the lines around it and specks of dirt."""
    x0, top, x1, bottom = (round(value) for value in box)
    inner = dark[max(0, top + margin) : max(0, bottom - margin), max(0, x0 + margin) : max(0, x1 - margin)]
    return int(inner.sum()) > 12


def _runs(dark: Pixels, shortest: int) -> list[Rule]:
    """Runs of dark pixels along each row; neighbouring rows of one thick line are one rule."""
    padded = np.pad(dark, ((0, 0), (1, 1)))
    steps = np.diff(padded.astype(np.int8), axis=1)
    rows, starts = np.nonzero(steps == 1)
    _, ends = np.nonzero(steps == -1)
    long = ends - starts >= shortest
    rules: list[Rule] = []
    open_rules: list[Rule] = []
    for row, start, end in zip(rows[long].tolist(), starts[long].tolist(), ends[long].tolist(), strict=True):
        open_rules = [rule for rule in open_rules if row - rule.level <= 8]
        same = next(
            (rule for rule in open_rules if rule.start < end and start < rule.end and row - rule.level <= 8), None
        )
        if same is None:
            rules.append(Rule(float(row), float(start), float(end)))
            open_rules.append(rules[-1])
        elif start < same.start or end > same.end:
            merged = Rule(same.level, min(same.start, float(start)), max(same.end, float(end)))
            rules[rules.index(same)] = merged
            open_rules[open_rules.index(same)] = merged
    return rules
