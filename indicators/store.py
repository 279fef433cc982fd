"""The store of reports and their exact figures, over SQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from types import TracebackType
from typing import Any, Self

from sqlalchemy import URL, Connection, Engine, Table, select, tuple_, update

from indicators import figure_rows, rows, schema
from indicators.engine import find_damage, open_engine, store_errors
from indicators.figure_query import FigureQuery, find_figures, unknown_cursor
from indicators.migrate import migrate
from indicators.observation import Imbalance, Observation, Origin
from indicators.report_writer import Companion, Reading, remove_report, write_report
from indicators.stored_report import Corpus, Coverage, ObservationPage, ReportItem, Saved, StoredReport
from reports.agency import Agency
from reports.errors import StoreError

__all__ = [
    "Corpus",
    "Coverage",
    "IndicatorStore",
    "ObservationPage",
    "Reading",
    "ReportItem",
    "Saved",
    "StoredReport",
]

# Reports in one transaction of `save_many`: enough that the disk is no longer what is waited for.
_BATCH = 50
# Values in one IN (…): far below what SQLite and PostgreSQL accept.
_IN_AT_MOST = 10_000

_o = schema.observations.c
_r = schema.reports.c


class IndicatorStore:
    """Reports, figures and their citations. Safe to use from many threads and from several processes at once.

    Every method raises StoreError, with what to do, where the database fails. A report becomes visible with all its
    figures or not at all. "Current" is the newest revision of an agency and year: the one that answers come from.
    """

    def __init__(self, engine: Engine, companions: Sequence[Companion] = ()) -> None:
        self._engine = engine
        self._companions = tuple(companions)
        self._where = engine.url.render_as_string(hide_password=True)

    @classmethod
    def open(cls, dsn: str | URL, companions: Sequence[Companion] = ()) -> Self:
        """Opens a SQLAlchemy DSN (sqlite:///folder/file or postgresql+psycopg://…); makes folder and tables if need be.

        companions: who keeps the rest of each report (its prose), in the same transaction.
        A SQLite file that may only be read opens for reading. Raises StoreError for a file that is damaged, no
        database, another program's, or written by a newer version.
        """
        store = cls(open_engine(dsn), companions)
        try:
            with store_errors(store._where):
                migrate(store._engine)
        except StoreError:
            store.close()
            raise
        return store

    def close(self) -> None:
        """Closes all connections."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    # Writing

    def save(self, reading: Reading) -> Saved:
        """Stores one report with its figures in one transaction and makes it the current one of its agency and year.

        A file stored before (same SHA-256) changes nothing. Another file of the same agency and year is the next
        revision; the one before is kept, and a problem "revision-differs" counts the figures that differ.
        An agency known under a shorter or longer form of its name keeps its stored id, in the report's id too.
        """
        return self._save_batch([reading])[0]

    def save_many(self, readings: Iterable[Reading]) -> tuple[Saved, ...]:
        """As `save`, several reports to a transaction. What comes before a report that cannot be stored is kept."""
        saved: list[Saved] = []
        todo = iter(readings)
        while batch := list(islice(todo, _BATCH)):
            try:
                saved += self._save_batch(batch)
            except StoreError:
                # Only the report at fault may be missing.
                saved += [self.save(reading) for reading in batch]
        return tuple(saved)

    def remove(self, report_id: str) -> bool:
        """Deletes a report with all its figures; False if there is none. The newest remaining revision is current."""
        with self.writing() as connection:
            for companion in self._companions:
                companion.remove(connection, report_id)
            removed = remove_report(connection, report_id)
            if removed:
                _next_generation(connection)
        return removed

    def _save_batch(self, batch: Sequence[Reading]) -> list[Saved]:
        with self.writing() as connection:
            saved = [self._write(connection, reading) for reading in batch]
            if any(each.outcome != "unchanged" for each in saved):
                _next_generation(connection)
        return saved

    def _write(self, connection: Connection, reading: Reading) -> Saved:
        saved = write_report(connection, reading)
        for companion in self._companions:
            companion.write(connection, reading, saved)
        return saved

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction in which one may write; committed at the end. Raises StoreError as every method does."""
        with store_errors(self._where), self._engine.execution_options(writing=True).begin() as connection:
            # On PostgreSQL this row's lock makes writers wait for each other; SQLite has done so with BEGIN.
            connection.execute(select(schema.corpus_state.c.id).with_for_update())
            yield connection

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection to read with. Raises StoreError as every method does."""
        with store_errors(self._where), self._engine.connect() as connection:
            yield connection

    # The corpus

    def generation(self) -> int:
        """A number that grows with every change of the store: what was read at one generation holds until the next."""
        with self.reading() as connection:
            return _generation(connection)

    def agencies(self) -> tuple[Agency, ...]:
        """All agencies that have reports, by id."""
        with self.reading() as connection:
            return _agencies(connection)

    def coverage(self) -> tuple[Coverage, ...]:
        """All current reports, by agency and year."""
        with self.reading() as connection:
            return _coverage(connection)

    def corpus(self) -> Corpus:
        """Generation, agencies and coverage, all of the same moment."""
        with self.reading() as connection:
            return Corpus(_generation(connection), _agencies(connection), _coverage(connection))

    def find_damage(self) -> tuple[str, ...]:
        """What the database finds wrong with its own file, reading all of it; () if nothing."""
        with store_errors(self._where):
            return find_damage(self._engine)

    # Reports

    def find_report(self, sha256: str) -> str | None:
        """The id of the report that was read from a file with this SHA-256 (hex), whatever its revision."""
        with self.reading() as connection:
            return connection.execute(select(_r.id).where(_r.sha256 == sha256)).scalar()

    def find_sha256(self, report_id: str) -> str | None:
        """The SHA-256 (hex) of the file that a report was read from; None if there is no such report."""
        with self.reading() as connection:
            return connection.execute(select(_r.sha256).where(_r.id == report_id)).scalar()

    def reports(
        self,
        agency: str | None = None,
        year: int | None = None,
        after: str | None = None,
        limit: int = 100,
        current_only: bool = True,
    ) -> tuple[ReportItem, ...]:
        """Stored reports by agency, year and revision. after: the id of the last report seen.

        Raises StoreError with code "unknown-cursor" where that report is gone.
        """
        query = rows.select_items().order_by(_r.agency_id, _r.year, _r.revision).limit(limit)
        query = query.where(_r.is_current) if current_only else query
        query = query if agency is None else query.where(_r.agency_id == agency)
        query = query if year is None else query.where(_r.year == year)
        with self.reading() as connection:
            if after is not None:
                last = connection.execute(select(_r.agency_id, _r.year, _r.revision).where(_r.id == after)).first()
                if last is None:
                    raise unknown_cursor()
                query = query.where(tuple_(_r.agency_id, _r.year, _r.revision) > tuple_(*last))
            return tuple(rows.parse_item(row) for row in connection.execute(query))

    def report_items(self, report_ids: Iterable[str]) -> dict[str, ReportItem]:
        """The reports with these ids, by id; ids that are not stored are left out."""
        wanted = tuple(dict.fromkeys(report_ids))
        with self.reading() as connection:
            found = [
                rows.parse_item(row)
                for start in range(0, len(wanted), _IN_AT_MOST)
                for row in connection.execute(rows.select_items().where(_r.id.in_(wanted[start : start + _IN_AT_MOST])))
            ]
        return {item.id: item for item in found}

    def report(self, report_id: str) -> StoredReport | None:
        """A report with its content, or None."""
        with self.reading() as connection:
            row = connection.execute(select(schema.reports).where(_r.id == report_id)).first()
            if row is None:
                return None
            same = rows.select_items().where(_r.agency_id == row.agency_id, _r.year == row.year)
            revisions = tuple(rows.parse_item(each) for each in connection.execute(same.order_by(_r.revision)))
            return StoredReport(
                item=next(item for item in revisions if item.id == report_id),
                sha256=row.sha256,
                bytes=row.bytes,
                sections=tuple(map(rows.parse_section, _parts(connection, schema.sections, row.key))),
                tables=tuple(map(rows.parse_table, _parts(connection, schema.report_tables, row.key))),
                problems=tuple(map(rows.parse_problem, _parts(connection, schema.problems, row.key))),
                imbalances=tuple(map(rows.parse_imbalance, _parts(connection, schema.imbalances, row.key))),
                revisions=revisions,
            )

    def imbalances(self, report_id: str, statuses: Sequence[str] | None = None) -> tuple[Imbalance, ...]:
        """The outcomes of the identities of one report, or those with one of the statuses ("fails")."""
        table = schema.imbalances
        query = select(table).join(schema.reports).where(_r.id == report_id).order_by(table.c.position)
        query = query if statuses is None else query.where(table.c.status.in_(statuses))
        with self.reading() as connection:
            return tuple(rows.parse_imbalance(row) for row in connection.execute(query))

    # Figures

    def observations(
        self,
        indicators: Sequence[str] | None = None,
        agencies: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
        applicants: Sequence[str | None] | None = None,
        reports: Sequence[str] | None = None,
        origins: Sequence[Origin] | None = None,
        labels: Sequence[str] | None = None,
        current_only: bool = True,
        after: int | None = None,
        limit: int | None = None,
    ) -> tuple[Observation, ...]:
        """Figures by agency, year, revision and place in the report.

        Each condition that is given must hold: None is no condition, an empty sequence fits nothing.
        applicants may hold None for figures without applicant type. reports: ids. after: see `observation_page`.
        """
        query = FigureQuery(
            indicators, agencies, years, applicants, reports, origins, labels, current_only, after, limit
        )
        return self._figures(query)

    def observation_page(
        self,
        indicators: Sequence[str] | None = None,
        agencies: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
        applicants: Sequence[str | None] | None = None,
        reports: Sequence[str] | None = None,
        labels: Sequence[str] | None = None,
        after: int | None = None,
        limit: int = 100,
    ) -> ObservationPage:
        """At most `limit` figures as `observations` lists them, and where to go on.

        after: `next` of the page before. Raises StoreError with code "unknown-cursor" where that figure is gone.
        """
        query = FigureQuery(
            indicators, agencies, years, applicants, reports, labels=labels, after=after, limit=limit + 1
        )
        with self.reading() as connection:
            found = find_figures(connection, query)
        page = tuple(map(figure_rows.parse_observation, found[:limit]))
        return ObservationPage(page, found[limit - 1].id if len(found) > limit else None)

    def uncatalogued(
        self, agency: str | None = None, year: int | None = None, labels: Sequence[str] | None = None
    ) -> tuple[Observation, ...]:
        """Current figures that no catalogue indicator covers, of one agency, one year, or under these labels."""
        query = FigureQuery(
            indicators=[None],
            agencies=None if agency is None else [agency],
            years=None if year is None else [year],
            labels=labels,
        )
        return self._figures(query)

    def _figures(self, query: FigureQuery) -> tuple[Observation, ...]:
        with self.reading() as connection:
            return tuple(map(figure_rows.parse_observation, find_figures(connection, query)))


def _parts(connection: Connection, table: Table, key: int) -> Iterable[Any]:
    return connection.execute(select(table).where(table.c.report_key == key).order_by(table.c.position))


def _generation(connection: Connection) -> int:
    return int(connection.execute(_GENERATION).scalar_one())


def _next_generation(connection: Connection) -> None:
    connection.execute(update(schema.corpus_state).values(generation=schema.corpus_state.c.generation + 1))


def _agencies(connection: Connection) -> tuple[Agency, ...]:
    return tuple(map(rows.parse_agency, connection.execute(select(schema.agencies).order_by(schema.agencies.c.id))))


def _coverage(connection: Connection) -> tuple[Coverage, ...]:
    query = select(_r.agency_id, _r.year, _r.id, _r.edition).where(_r.is_current).order_by(_r.agency_id, _r.year)
    return tuple(Coverage(*row) for row in connection.execute(query))


_GENERATION = select(schema.corpus_state.c.generation)
