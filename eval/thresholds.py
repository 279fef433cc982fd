"""The gate: least shares that a run must reach, from one file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from eval.measures import measure
from eval.question import GoldQuestion
from eval.record import Record

_MEASURES = {"right": "right_rate", "wrong_figure": "wrong_figure_rate", "cited": "cited_rate"}
_AT_MOST = ("wrong_figure",)


def read_thresholds(path: Path) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Thresholds by set, type and measure. Raises ValueError naming an unknown measure."""
    thresholds = _read(path)
    thresholds.pop("corruption", None)
    for set_, types in thresholds.items():
        for type_, limits in types.items():
            if unknown := limits.keys() - _MEASURES.keys():
                raise ValueError(f"{path.name}: {set_}/{type_} has the unknown measure {min(unknown)!r}")
    return thresholds


def read_corruption_limits(path: Path) -> Mapping[str, Mapping[str, float]]:
    """Limits by kind of damage, of what gets through, is noticed and is right. Raises ValueError for other measures."""
    limits: Mapping[str, Mapping[str, float]] = _read(path).get("corruption", {})
    for kind, wanted in limits.items():
        if unknown := wanted.keys() - {"through", "noticed", "right"}:
            raise ValueError(f"{path.name}: corruption/{kind} has the unknown measure {min(unknown)!r}")
    return limits


def _read(path: Path) -> dict[str, Any]:
    thresholds: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return thresholds


def find_shortfalls(records: Sequence[Record], limits: Mapping[str, Mapping[str, float]]) -> list[str]:
    """One line for each limit of a set that its records do not keep; [] if all are kept."""
    lines = []
    for name, wanted in limits.items():
        group = measure(record for record in records if _belongs(record.question, name))
        for key, limit in wanted.items():
            value = getattr(group, _MEASURES[key])
            if group.n and (value > limit if key in _AT_MOST else value < limit):
                kind = "at most" if key in _AT_MOST else "at least"
                lines.append(f"{name}: {key} is {value:.3f}, wanted {kind} {limit} ({group.n} questions)")
    return lines


def _belongs(question: GoldQuestion, group: str) -> bool:
    """Whether a question is in a group such as "all", "lookup", "all:en" or "all@heldout"."""
    rest, _, split = group.partition("@")
    type_, _, language = rest.partition(":")
    return type_ in ("all", question.type) and language in ("", question.language) and split in ("", question.split)
