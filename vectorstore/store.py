"""The passages and commitments of all current reports, read from SQL: the truth that every search index is made from."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import numpy as np
from sqlalchemy import Connection, func, select

from reports.passage import Commitment, Passage
from vectorstore import schema
from vectorstore.passage_rows import (
    AnySelect,
    parse_commitment,
    parse_passage,
    select_commitments,
    select_passages,
)
from vectorstore.passage_writer import searched_text
from vectorstore.vector_file import KeySpans

# Values in one IN (…): far below what SQLite and PostgreSQL accept.
_IN_AT_MOST = 10_000

_p, _c, _r = schema.passages.c, schema.commitments.c, schema.reports.c


@dataclass(frozen=True, slots=True)
class Scope:
    """Which passages are meant. None is no condition, an empty sequence fits nothing.

    agencies, reports: ids. sections: words of which the heading path must hold one. kinds: of `Passage.kind`.
    """

    agencies: Sequence[str] | None = None
    years: Sequence[int] | None = None
    reports: Sequence[str] | None = None
    sections: Sequence[str] | None = None
    kinds: Sequence[str] | None = None

    @property
    def names_reports(self) -> bool:
        """Whether it says whose or which year's passages are meant."""
        return self.agencies is not None or self.years is not None or self.reports is not None

    def takes(self, passage: Passage) -> bool:
        """Whether a passage is in it."""
        return (
            (self.agencies is None or passage.agency in self.agencies)
            and (self.years is None or passage.year in self.years)
            and (self.reports is None or passage.report in self.reports)
            and self.takes_part(passage)
        )

    def takes_part(self, passage: Passage) -> bool:
        """Whether a passage of a report in it is in one of its sections and of one of its kinds."""
        return (self.kinds is None or passage.kind in self.kinds) and (
            self.sections is None or any(words in passage.section for words in self.sections)
        )

    def keys(self) -> AnySelect:
        """Selects the keys of the passages of the current reports in it."""
        return self.narrow(select(_p.key).join(schema.reports, _r.key == _p.report_key).where(_r.is_current))

    def narrow(self, query: AnySelect) -> AnySelect:
        """A query over the reports' table, narrowed to the reports in it."""
        for column, values in ((_r.agency_id, self.agencies), (_r.year, self.years), (_r.id, self.reports)):
            query = query if values is None else query.where(column.in_(values))
        return query


class PassageStore:
    """Reads what `PassageWriter` wrote. Safe to use from many threads; only current reports are seen."""

    def __init__(self, reading: Callable[[], AbstractContextManager[Connection]]) -> None:
        """reading: opens a connection to the database, and turns its errors into StoreError."""
        self.reading = reading

    # Passages

    def report_keys(self, scope: Scope, at_most: int) -> tuple[tuple[int, int], ...]:
        """The current reports in a scope, by id; one more than `at_most` where there are more.

        Each as its key and the lowest key of its passages (0 if it has none). The two together are never given again:
        a report that is removed and read anew may get its old key.
        """
        first = select(func.min(_p.key)).where(_p.report_key == _r.key).correlate(schema.reports).scalar_subquery()
        query = scope.narrow(select(_r.key, func.coalesce(first, 0)).where(_r.is_current))
        with self.reading() as connection:
            found = connection.execute(query.order_by(_r.id).limit(at_most + 1))
            return tuple((key, passage_key) for key, passage_key in found)

    def key_spans(self, scope: Scope) -> KeySpans:
        """[reports, 2]: first and last key of the passages of each current report in a scope, ascending.

        A report's passages are stored together, so hardly any other key lies between; whoever reads the passages sees.
        """
        query = scope.narrow(
            select(func.min(_p.key), func.max(_p.key))
            .join(schema.reports, _r.key == _p.report_key)
            .where(_r.is_current)
        )
        with self.reading() as connection:
            found = [(first, last) for first, last in connection.execute(query.group_by(_p.report_key))]
        return np.array(sorted(found), np.int64).reshape(-1, 2)

    def passages_of(self, report_keys: Sequence[int]) -> dict[int, list[tuple[int, Passage]]]:
        """(key, passage) of each of these reports, in reading order."""
        found: dict[int, list[tuple[int, Passage]]] = {key: [] for key in report_keys}
        query = select_passages().add_columns(_p.report_key).order_by(_p.report_key, _p.position)
        with self.reading() as connection:
            for row in connection.execute(query.where(_p.report_key.in_(report_keys))):
                found[row.report_key].append((row[0], parse_passage(row)))
        return found

    def passages(self, keys: Iterable[int]) -> dict[int, Passage]:
        """The passages with these keys, by key; those of removed or replaced reports are left out."""
        wanted = tuple(keys)
        with self.reading() as connection:
            return {
                row[0]: parse_passage(row)
                for start in range(0, len(wanted), _IN_AT_MOST)
                for row in connection.execute(select_passages().where(_p.key.in_(wanted[start : start + _IN_AT_MOST])))
            }

    def find(self, passage_id: str) -> Passage | None:
        """The passage with this id, or None."""
        report, dash, suffix = passage_id.rpartition("-")
        query = select_passages().where(_r.id == report, _p.suffix == dash + suffix)
        with self.reading() as connection:
            row = connection.execute(query).first()
        return None if row is None else parse_passage(row)

    def neighbours(self, passage: Passage, reach: int = 1) -> tuple[Passage, ...]:
        """The passages of the same section up to `reach` places before and after, in reading order, without itself."""
        near = select_passages().where(
            _r.id == passage.report,
            _p.position.between(passage.position - reach, passage.position + reach),
            _p.position != passage.position,
            _p.section == passage.section,
            _p.kind == passage.kind,
        )
        with self.reading() as connection:
            return tuple(parse_passage(row) for row in connection.execute(near.order_by(_p.position)))

    # What indexes are made from

    def last_key(self) -> int:
        """The highest key of any passage; 0 if there is none. Keys only grow: a new passage has a higher one."""
        with self.reading() as connection:
            return int(connection.execute(select(func.max(_p.key))).scalar() or 0)

    def count(self, up_to: int | None = None) -> int:
        """How many passages there are, of current and replaced reports; up_to: a key, included."""
        query = select(func.count()).select_from(schema.passages)
        with self.reading() as connection:
            return int(connection.execute(query if up_to is None else query.where(_p.key <= up_to)).scalar_one())

    def texts(self, after: int = 0, up_to: int | None = None, batch: int = 2_000) -> Iterator[list[tuple[int, str]]]:
        """(key, heading path and text) of all passages of current and replaced reports, by key, in batches."""
        while True:
            query = select(_p.key, _p.section, _p.text).where(_p.key > after).order_by(_p.key).limit(batch)
            query = query if up_to is None else query.where(_p.key <= up_to)
            with self.reading() as connection:
                found = [(key, searched_text(section, text)) for key, section, text in connection.execute(query)]
            if not found:
                return
            yield found
            after = found[-1][0]

    # Commitments

    def commitments(
        self,
        agencies: Sequence[str] | None = None,
        years: Sequence[int] | None = None,
        reports: Sequence[str] | None = None,
        kinds: Sequence[str] | None = None,
        themes: Sequence[str] | None = None,
        words: Sequence[str] | None = None,
    ) -> tuple[Commitment, ...]:
        """Problems and commitments by agency, year and place in the report.

        themes: at least one of them. words: all of them stand in the quotation.
        """
        query = Scope(agencies, years, reports).narrow(select_commitments())
        query = query if kinds is None else query.where(_c.kind.in_(kinds))
        for word in words or ():
            query = query.where(_c.quote.contains(word, autoescape=True))
        with self.reading() as connection:
            rows = connection.execute(query.order_by(_r.agency_id, _r.year, _c.position))
            found = (parse_commitment(row) for row in rows)
            return tuple(each for each in found if themes is None or set(themes) & set(each.themes))

    def commitments_by_id(self, ids: Iterable[str]) -> Mapping[str, Commitment]:
        """The problems and commitments with these ids, by id; ids that are not stored are left out."""
        wanted = set(ids)
        reports = sorted({each.rpartition(".")[0] for each in wanted})
        return {each.id: each for each in self.commitments(reports=reports) if each.id in wanted}
