"""The gate: least shares that a run must reach, from one file."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import yaml

from eval.measures import citation_support, conflict_recall, measure
from eval.question import GoldQuestion
from eval.record import Record

_MEASURES: Mapping[str, Callable[[Sequence[Record]], float]] = {
    "right": lambda records: measure(records).right_rate,
    "wrong_figure": lambda records: measure(records).wrong_figure_rate,
    "cited": lambda records: measure(records).cited_rate,
    "supported": lambda records: citation_support(records).rate,
    "conflicts": lambda records: conflict_recall(records).rate,
}
_AT_MOST = ("wrong_figure",)


def read_thresholds(path: Path) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
    """Thresholds by set, type and measure. Raises ValueError naming an unknown measure or a set twice."""
    thresholds = _read(path)
    for other in ("corruption", "narrowing"):
        thresholds.pop(other, None)
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


def read_narrowing_limits(path: Path) -> Mapping[str, float]:
    """Greatest shares of narrowed questions with a figure (shown) and of harmless ones with another (other), least of harmless
    ones that are right. Raises ValueError for other measures."""
    limits: Mapping[str, float] = _read(path)["narrowing"]
    if unknown := limits.keys() ^ {"shown", "right", "other"}:
        raise ValueError(f"{path.name}: narrowing needs shown, right and other, not {min(unknown)!r}")
    return limits


def _read(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    names = [line.partition(":")[0] for line in text.splitlines() if line[:1].isalpha()]
    # YAML takes the last of two entries of one name, and the gate would open unseen.
    if twice := {name for name in names if names.count(name) > 1}:
        raise ValueError(f"{path.name}: {min(twice)!r} stands there twice")
    thresholds: dict[str, Any] = yaml.safe_load(text)
    return thresholds


def find_shortfalls(records: Sequence[Record], limits: Mapping[str, Mapping[str, float]]) -> list[str]:
    """One line for each limit of a set that its records do not keep; [] if all are kept."""
    lines = []
    for name, wanted in limits.items():
        group = [record for record in records if _belongs(record.question, name)]
        for key, limit in wanted.items():
            value = _MEASURES[key](group)
            if group and (value > limit if key in _AT_MOST else value < limit):
                kind = "at most" if key in _AT_MOST else "at least"
                lines.append(f"{name}: {key} is {value:.3f}, wanted {kind} {limit} ({len(group)} questions)")
    return lines


def _belongs(question: GoldQuestion, group: str) -> bool:
    """Whether a question is in a group such as "all", "lookup", "all:en" or "all@heldout"."""
    rest, _, split = group.partition("@")
    type_, _, language = rest.partition(":")
    return type_ in ("all", question.type) and language in ("", question.language) and split in ("", question.split)
