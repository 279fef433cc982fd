"""Writes a report's prose in the transaction of the report itself."""

from typing import Protocol

from sqlalchemy import Connection, insert, select

from reports.passage import Commitment, Passage
from vectorstore import schema
from vectorstore.lexical import Entry, lexical_index
from vectorstore.passage_rows import commitment_values, passage_values

_p, _c, _r = schema.passages.c, schema.commitments.c, schema.reports.c


class Prose(Protocol):
    """What a reading tells in words."""

    @property
    def passages(self) -> tuple[Passage, ...]: ...
    @property
    def commitments(self) -> tuple[Commitment, ...]: ...


class SavedReport(Protocol):
    """The id under which a report was stored: its own, or that of a body known under another form of its name."""

    @property
    def report_id(self) -> str: ...


def searched_text(section: str, text: str) -> str:
    """What the keyword index knows of a passage: its heading path and its text."""
    return f"{section}\n{text}"


class PassageWriter:
    """Stores passages, commitments and keywords with each report, and removes them with it.

    It is given to the store of figures as a companion: both are written or neither. Vectors are made afterwards.
    """

    def write(self, connection: Connection, reading: Prose, saved: SavedReport) -> None:
        """Stores the prose of a report whose row is there; nothing where its prose is there too."""
        key = connection.execute(select(_r.key).where(_r.id == saved.report_id)).scalar_one()
        if not reading.passages or connection.execute(select(_p.key).where(_p.report_key == key).limit(1)).first():
            return
        keys = connection.execute(
            insert(schema.passages).returning(_p.key, sort_by_parameter_order=True),
            passage_values(key, reading.passages),
        ).scalars()
        contents = (searched_text(each.section, each.text) for each in reading.passages)
        lexical_index(connection).add(connection, zip(keys.all(), contents, strict=True))
        if reading.commitments:
            connection.execute(insert(schema.commitments), commitment_values(key, reading.commitments))

    def remove(self, connection: Connection, report_id: str) -> None:
        """Takes a report's passages out of the keyword index; the rest goes with the report's row."""
        query = (
            select(_p.key, _p.section, _p.text).join(schema.reports, _r.key == _p.report_key).where(_r.id == report_id)
        )
        entries: list[Entry] = [(key, searched_text(section, text)) for key, section, text in connection.execute(query)]
        lexical_index(connection).remove(connection, entries)
