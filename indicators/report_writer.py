"""Writes one report with its figures, inside a transaction that the caller holds."""

from collections import Counter
from collections.abc import Hashable, Iterable, Sequence
from decimal import Decimal
from functools import cache
from typing import Protocol

from sqlalchemy import Connection, Dialect, Table, delete, func, insert, select, update

from indicators import figure_rows, rows, schema
from indicators.agency_identity import find_same_agency, free_id, merge_agencies
from indicators.observation import Imbalance, Observation
from indicators.stored_report import Saved
from reports.agency import Agency
from reports.passage import Commitment, Passage
from reports.problem import Problem, Severity
from reports.report import Report

_r = schema.reports.c


class Reading(Protocol):
    """A report with its figures, the outcome of its identities, and its prose: what reading one file gives."""

    @property
    def report(self) -> Report: ...
    @property
    def observations(self) -> tuple[Observation, ...]: ...
    @property
    def imbalances(self) -> tuple[Imbalance, ...]: ...
    @property
    def passages(self) -> tuple[Passage, ...]: ...
    @property
    def commitments(self) -> tuple[Commitment, ...]: ...


class Companion(Protocol):
    """Whoever keeps more of a report in the same database: both methods run in the transaction of the report itself."""

    def write(self, connection: Connection, reading: Reading, saved: Saved) -> None:
        """Called once the report's row is there, also where this file was stored before (outcome "unchanged")."""
        ...

    def remove(self, connection: Connection, report_id: str) -> None:
        """Called while the report's row is still there. What hangs on it by a foreign key goes without asking."""
        ...


def write_report(connection: Connection, reading: Reading) -> Saved:
    """Stores a report as the current one of its agency and year; nothing if this file was stored before."""
    report = reading.report
    known = connection.execute(select(_r.id, _r.revision).where(_r.sha256 == report.source.sha256)).first()
    if known:
        return Saved(known.id, known.revision, "unchanged")
    agency = _write_agency(connection, report.agency)
    report_id = report.id
    if report_id.startswith(f"{report.agency.id}_"):
        report_id = agency.id + report_id.removeprefix(report.agency.id)
    problems, revision = report.problems, 1
    newest = func.max(_r.revision)
    last = connection.execute(select(newest).where(_r.agency_id == agency.id, _r.year == report.year)).scalar()
    if last is not None:
        revision = last + 1
        problems = (*problems, _retire(connection, agency.id, reading))
    counts = {
        "figures": len(reading.observations),
        "passages": len(reading.passages),
        "problems": len(problems),
    }
    values = rows.report_row(report, agency.id, report_id, revision, counts)
    key = connection.execute(insert(schema.reports).values(values).returning(_r.key)).scalar_one()
    _insert(connection, schema.sections, rows.section_rows(key, report.sections))
    _insert(connection, schema.report_tables, rows.table_rows(key, report.tables))
    _insert(connection, schema.problems, rows.problem_rows(key, problems))
    _insert(connection, schema.imbalances, rows.imbalance_rows(key, reading.imbalances))
    _insert_observations(connection, figure_rows.observation_rows(key, report, reading.observations))
    return Saved(report_id, revision, "new" if revision == 1 else "revised")


def remove_report(connection: Connection, report_id: str) -> bool:
    """Deletes a report. If it was the current one, the newest that remains for its agency and year is so again."""
    report = connection.execute(select(schema.reports).where(_r.id == report_id)).first()
    if report is None:
        return False
    connection.execute(delete(schema.reports).where(_r.key == report.key))
    same = select(_r.key).where(_r.agency_id == report.agency_id, _r.year == report.year)
    heir = connection.execute(same.order_by(_r.revision.desc()).limit(1)).scalar()
    if heir is not None and report.is_current:
        connection.execute(update(schema.reports).where(_r.key == heir).values(is_current=True))
    left = select(_r.key).where(_r.agency_id == report.agency_id).limit(1)
    if connection.execute(left).first() is None:
        connection.execute(delete(schema.agencies).where(schema.agencies.c.id == report.agency_id))
    return True


def _insert(connection: Connection, table: Table, values: list[rows.Values]) -> None:
    if values:
        connection.execute(insert(table), values)


def _insert_observations(connection: Connection, values: list[rows.Values]) -> None:
    """As `_insert`, in two thirds of the time: hundreds of rows a report, of types that need no conversion."""
    if values:
        connection.exec_driver_sql(_observation_insert(connection.dialect), values)


@cache
def _observation_insert(dialect: Dialect) -> str:
    columns = {column.name: None for column in schema.observations.c if not column.primary_key}
    return str(insert(schema.observations).values(columns).compile(dialect=dialect))


def _write_agency(connection: Connection, agency: Agency) -> Agency:
    """The agency as the store knows it from now on: found under any form of its name, or new."""
    table = schema.agencies
    same_id = connection.execute(select(table).where(table.c.id == agency.id)).first()
    if same_id is not None and rows.parse_agency(same_id) == agency:
        return agency
    stored = [rows.parse_agency(row) for row in connection.execute(select(table).order_by(table.c.id))]
    known = find_same_agency(agency, stored)
    if known is None:
        new = Agency(
            free_id(agency.id, {each.id for each in stored}),
            agency.name,
            agency.english,
            agency.region,
            agency.aliases,
        )
        connection.execute(insert(table).values(rows.agency_row(new)))
        return new
    merged = merge_agencies(known, agency)
    if merged != known:
        connection.execute(update(table).where(table.c.id == known.id).values(rows.agency_row(merged)))
    return merged


def _retire(connection: Connection, agency_id: str, reading: Reading) -> Problem:
    """Takes the current report of this agency and year out of the answers; says how the new one differs from it."""
    current = connection.execute(
        select(_r.key, _r.id, _r.file, _r.revision).where(
            _r.agency_id == agency_id, _r.year == reading.report.year, _r.is_current
        )
    ).one()
    before = connection.execute(
        figure_rows.select_observations().where(schema.observations.c.report_key == current.key)
    )
    count = count_differences([figure_rows.parse_observation(row) for row in before], reading.observations)
    connection.execute(update(schema.reports).where(_r.key == current.key).values(is_current=False))
    return Problem(
        "revision-differs",
        f"Replaces revision {current.revision} of the same agency and year ({current.file}): {count} figures differ. "
        f"Revision {current.revision} is kept but not answered from; wenbao remove {current.id} deletes it.",
        f"取代同一单位同一年度的第{current.revision}版（{current.file}）：有{count}个数字不同。"
        f"第{current.revision}版仍保留但不再用于回答，可用 wenbao remove {current.id} 删除。",
        Severity.WARNING if count else Severity.INFO,
    )


def count_differences(before: Iterable[Observation], after: Sequence[Observation]) -> int:
    """How many figures two readings of one report do not share. A figure is told by what it is of, not by its place."""
    old, new = _figures(before), _figures(after)
    return sum(old.get(what) != new.get(what) for what in old.keys() | new.keys())


def _figures(observations: Iterable[Observation]) -> dict[Hashable, Counter[tuple[Decimal | None, Hashable]]]:
    figures: dict[Hashable, Counter[tuple[Decimal | None, Hashable]]] = {}
    for each in observations:
        what = each.indicator or (each.label, each.citation.row_label, each.citation.column_label)
        said = (each.value, (each.missing, each.unit, each.exactness))
        figures.setdefault((what, each.applicant, each.origin), Counter())[said] += 1
    return figures
