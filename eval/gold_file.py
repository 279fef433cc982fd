"""Reads and writes gold questions as JSON lines; the shape is `gold/schema.json`."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import MISSING, asdict, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from eval.question import (
    LANGUAGES,
    OPERATIONS,
    SPLITS,
    STATUSES,
    Evidence,
    Expectation,
    ExpectedFigure,
    GoldQuestion,
    GoldTurn,
)

T = TypeVar("T")


class GoldError(ValueError):
    """A gold file is malformed; the message names file and line."""


def read_gold(path: Path) -> tuple[GoldQuestion, ...]:
    """All questions of a JSON lines file; empty lines are skipped. Raises GoldError naming file and line."""
    questions: dict[str, GoldQuestion] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            question = parse_question(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            raise GoldError(f"{path.name}, line {number}: {_reason(error)}") from error
        if question.id in questions:
            raise GoldError(f"{path.name}, line {number}: id {question.id!r} is used twice")
        questions[question.id] = question
    return tuple(questions.values())


def write_gold(path: Path, questions: Iterable[GoldQuestion]) -> None:
    """One question a line, fields with their default value left out."""
    lines = (
        json.dumps(compact_question(question), ensure_ascii=False, separators=(", ", ": ")) for question in questions
    )
    path.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def parse_question(entry: Mapping[str, Any]) -> GoldQuestion:
    """One question from its JSON object. Raises ValueError or TypeError saying which field is wrong."""
    _check_object(entry, "a question")
    turns = tuple(_turn(turn) for turn in _list(entry, "turns"))
    if not turns:
        raise ValueError("a question needs at least one turn")
    question = _make(GoldQuestion, {**entry, "turns": turns})
    _check_member(question.language, LANGUAGES, "language")
    _check_member(question.split, SPLITS, "split")
    if turns[-1].expect is None:
        raise ValueError("the last turn must say what is expected")
    return question


def _turn(entry: Mapping[str, Any]) -> GoldTurn:
    _check_object(entry, "a turn")
    given = dict(entry)
    if given.get("expect") is not None:
        given["expect"] = _expectation(given["expect"])
    turn = _make(GoldTurn, given)
    if not turn.question.strip():
        raise ValueError("a turn has an empty question")
    return turn


def _expectation(entry: Mapping[str, Any]) -> Expectation:
    _check_object(entry, "expect")
    lists = {name: tuple(_list(entry, name)) for name in ("must_contain", "must_not_contain", "choices")}
    figures = {name: tuple(_figure(figure) for figure in _list(entry, name)) for name in ("figures", "also")}
    evidence = tuple(_make(Evidence, item) for item in _list(entry, "evidence"))
    statuses = tuple(entry.get("statuses", ("answered",)))
    for status in statuses:
        _check_member(status, STATUSES, "status")
    return _make(Expectation, {**entry, **lists, **figures, "evidence": evidence, "statuses": statuses})


def _figure(entry: Mapping[str, Any]) -> ExpectedFigure:
    _check_object(entry, "a figure")
    figure = _make(ExpectedFigure, {**entry, "indicators": tuple(_list(entry, "indicators"))})
    _check_member(figure.operation, OPERATIONS, "operation")
    if (figure.value is None) == (figure.missing is None):
        raise ValueError("a figure has either a value or a reason why it is missing")
    if figure.value is not None:
        try:
            Decimal(figure.value)
        except InvalidOperation:
            raise ValueError(f"figure value {figure.value!r} is no decimal") from None
    return figure


def _make(kind: type[T], entry: Mapping[str, Any]) -> T:
    _check_object(entry, kind.__name__)
    known = {each.name for each in fields(kind)}  # type: ignore[arg-type]
    if unknown := sorted(entry.keys() - known):
        raise ValueError(f"unknown field {unknown[0]!r}; {kind.__name__} has {', '.join(sorted(known))}")
    return kind(**entry)


def _check_object(entry: object, name: str) -> None:
    if not isinstance(entry, Mapping):
        raise TypeError(f"{name} must be an object")


def _list(entry: Mapping[str, Any], name: str) -> list[Any]:
    value = entry.get(name, [])
    if not isinstance(value, list):
        raise TypeError(f"{name!r} must be a list")
    return value


def _check_member(value: str, allowed: tuple[str, ...], name: str) -> None:
    if value not in allowed:
        raise ValueError(f"{name} {value!r} is none of {', '.join(allowed)}")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"not JSON: {error.msg} at column {error.colno}"
    return str(error)


def compact_question(question: GoldQuestion) -> dict[str, Any]:
    """The JSON object of a question, fields with their default value left out."""
    entry = asdict(question)
    entry["turns"] = [_without_defaults(GoldTurn, turn) for turn in entry["turns"]]
    for turn in entry["turns"]:
        if turn["expect"] is not None:
            turn["expect"] = _compact_expectation(turn["expect"])
    return _without_defaults(GoldQuestion, entry)


def _compact_expectation(expect: dict[str, Any]) -> dict[str, Any]:
    for name in ("figures", "also"):
        expect[name] = [
            {"value": figure["value"], **_without_defaults(ExpectedFigure, figure)} for figure in expect[name]
        ]
    expect["evidence"] = [_without_defaults(Evidence, item) for item in expect["evidence"]]
    return _without_defaults(Expectation, expect)


def _without_defaults(kind: type, entry: dict[str, Any]) -> dict[str, Any]:
    defaults = {each.name: each.default for each in fields(kind) if each.default is not MISSING}
    return {key: value for key, value in entry.items() if value not in ((), []) and defaults.get(key, MISSING) != value}
