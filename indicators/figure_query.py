"""The query for figures: its statements are built once a shape, because building takes longer than the look-up."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, bindparam, or_, select, tuple_

from indicators import figure_rows, rows, schema
from indicators.observation import Origin
from reports.errors import StoreError

_o = schema.observations.c
_r = schema.reports.c

_COLUMNS: dict[str, ColumnElement[Any]] = {
    "indicators": _o.indicator,
    "agencies": _r.agency_id,
    "years": _r.year,
    "applicants": _o.applicant,
    "reports": _r.id,
    "origins": _o.origin,
    "labels": _o.label,
}
_ORDER = (_r.agency_id, _r.year, _r.revision, _o.id)
_Condition = Literal["one", "several", "none", "none_or_one", "none_or_several"]


@dataclass(frozen=True, slots=True)
class FigureQuery:
    """Which figures are wanted. None is no condition; an empty sequence fits nothing; None in a sequence is "has none".

    after: the key of the last figure seen. limit: how many at most.
    """

    indicators: Sequence[str | None] | None = None
    agencies: Sequence[str] | None = None
    years: Sequence[int] | None = None
    applicants: Sequence[str | None] | None = None
    reports: Sequence[str] | None = None
    origins: Sequence[Origin] | None = None
    labels: Sequence[str] | None = None
    current_only: bool = True
    after: int | None = None
    limit: int | None = None


def find_figures(connection: Connection, query: FigureQuery) -> Sequence[rows.AnyRow]:
    """Rows for `figure_rows.parse_observation`, by agency, year and place in the report."""
    shape: list[tuple[str, _Condition]] = []
    values: dict[str, Any] = {}
    for name in _COLUMNS:
        wanted: Sequence[Any] | None = getattr(query, name)
        if wanted is None:
            continue
        if not wanted:
            return ()
        condition, values[name] = _condition(wanted)
        shape.append((name, condition))
    if query.after is not None:
        values |= _position(connection, query.after)
    if query.limit is not None:
        values["limit"] = query.limit
    statement = _statement(tuple(shape), query.current_only, query.after is not None, query.limit is not None)
    return connection.execute(statement, values).all()


def _condition(wanted: Sequence[Any]) -> tuple[_Condition, Any]:
    """How a column is compared, and with what. One value is what nearly every question has."""
    values = [value for value in wanted if value is not None]
    if len(values) == len(wanted):
        return ("one", values[0]) if len(values) == 1 else ("several", values)
    if not values:
        return "none", None
    return ("none_or_one", values[0]) if len(values) == 1 else ("none_or_several", values)


@cache
def _statement(
    shape: tuple[tuple[str, _Condition], ...], current_only: bool, has_after: bool, has_limit: bool
) -> rows.AnySelect:
    statement = figure_rows.select_observations().order_by(*_ORDER)
    for name, condition in shape:
        statement = statement.where(_compare(_COLUMNS[name], condition, name))
    if current_only:
        statement = statement.where(_r.is_current)
    if has_after:
        last = tuple_(*(bindparam(f"last_{column.name}", type_=column.type) for column in _ORDER))
        statement = statement.where(tuple_(*_ORDER) > last)
    return statement.limit(bindparam("limit")) if has_limit else statement


def _compare(column: ColumnElement[Any], condition: _Condition, name: str) -> ColumnElement[bool]:
    one = column == bindparam(name, type_=column.type)
    several = column.in_(bindparam(name, type_=column.type, expanding=True))
    choices: dict[_Condition, ColumnElement[bool]] = {
        "one": one,
        "several": several,
        "none": column.is_(None),
        "none_or_one": or_(column.is_(None), one),
        "none_or_several": or_(column.is_(None), several),
    }
    return choices[condition]


def _position(connection: Connection, after: int) -> dict[str, Any]:
    both = schema.observations.join(schema.reports)
    last = connection.execute(select(*_ORDER).select_from(both).where(_o.id == after)).first()
    if last is None:
        raise unknown_cursor()
    return {f"last_{column.name}": value for column, value in zip(_ORDER, last, strict=True)}


def unknown_cursor() -> StoreError:
    """For a list that was to go on after something that is gone."""
    return StoreError(
        "The list changed: the entry to go on after is gone. Start again from the first page.",
        "列表已变化：续读位置的条目已不存在，请从第一页重新开始。",
        code="unknown-cursor",
    )
