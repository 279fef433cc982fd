"""The keyword index of all passages, in the database itself, so that a report and its keywords are one transaction.

SQLite: FTS5 over the tokens of vectorstore/lexical_tokens.py, contentless (the text stands in `passages`). FTS5's own
`trigram` finds nothing for two Chinese characters, and `unicode61` alone takes a whole sentence for one word.
PostgreSQL: the same tokens as a tsvector.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

from sqlalchemy import ColumnElement, Connection, Select, TextClause, bindparam, column, insert, select, table, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.types import String

from vectorstore.lexical_tokens import fts_text, lexical_tokens

# (passage key, what is searched: heading path and text)
Entry = tuple[int, str]

# A select whose first column is the key of a passage.
KeySelect = Select[*tuple[Any, ...]]

# The same table by the names of its columns in SQLite and in PostgreSQL.
_fts = table("passage_tokens", column("rowid"), column("tokens"))
_vectors = table("passage_tokens", column("passage_key"), column("tokens"))


class LexicalIndex(Protocol):
    """Where each token stands. Every method works inside the caller's transaction."""

    def add(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Adds passages."""
        ...

    def remove(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Removes passages; the texts must be those they were added with."""
        ...

    def clear(self, connection: Connection) -> None:
        """Removes everything."""
        ...

    def frequencies(self, connection: Connection, tokens: Sequence[str]) -> dict[str, int]:
        """In how many passages each token stands; a token that stands in none is 0."""
        ...

    def find(
        self, connection: Connection, tokens: Sequence[str], limit: int, among: KeySelect | None = None
    ) -> list[int]:
        """Keys of the passages with any of the tokens, those with the most telling ones first (BM25).

        among: selects the keys that alone are wanted.
        """
        ...

    def count(self, connection: Connection) -> int:
        """How many passages are in it."""
        ...


class SqliteLexicalIndex:
    """Implements `LexicalIndex` with FTS5."""

    def add(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Adds passages."""
        rows = [{"rowid": key, "tokens": fts_text(content)} for key, content in entries]
        if rows:
            connection.execute(insert(_fts), rows)

    def remove(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Removes passages; the texts must be those they were added with."""
        rows = [{"key": key, "tokens": fts_text(content)} for key, content in entries]
        if rows:
            # A contentless table is told what it forgets: https://sqlite.org/fts5.html#the_delete_command
            statement = "INSERT INTO passage_tokens (passage_tokens, rowid, tokens) VALUES ('delete', :key, :tokens)"
            connection.execute(text(statement), rows)

    def clear(self, connection: Connection) -> None:
        """Removes everything."""
        connection.execute(text("INSERT INTO passage_tokens (passage_tokens) VALUES ('delete-all')"))

    def frequencies(self, connection: Connection, tokens: Sequence[str]) -> dict[str, int]:
        """In how many passages each token stands; a token that stands in none is 0."""
        found = connection.execute(_FREQUENCIES, {"tokens": list(tokens)})
        return dict.fromkeys(tokens, 0) | {str(term): int(count) for term, count in found}

    def find(
        self, connection: Connection, tokens: Sequence[str], limit: int, among: KeySelect | None = None
    ) -> list[int]:
        """Keys of the passages with any of the tokens, those with the most telling ones first (BM25)."""
        # Tokens hold letters and digits alone; the quotation marks keep AND, OR, NOT and NEAR words like any other.
        query = " OR ".join(f'"{token}"' for token in tokens if token.isalnum())
        if not query:
            return []
        found = select(_fts.c.rowid).where(text("passage_tokens MATCH :query"))
        if among is not None:
            found = found.where(_holds(among, _fts.c.rowid))
        statement = found.order_by(text("rank")).limit(limit)
        return list(connection.execute(statement, {"query": query}).scalars())

    def count(self, connection: Connection) -> int:
        """How many passages are in it."""
        return int(connection.execute(text("SELECT count(*) FROM passage_tokens_docsize")).scalar_one())


_FREQUENCIES = text("SELECT term, doc FROM passage_terms WHERE term IN :tokens").bindparams(
    bindparam("tokens", expanding=True)
)


class PostgresqlLexicalIndex:
    """Implements `LexicalIndex` with a tsvector; the order of `find` is that of ts_rank."""

    def add(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Adds passages."""
        # As an array: PostgreSQL's own parser would take tokens apart.
        rows = [{"key": key, "tokens": sorted(set(lexical_tokens(content)))} for key, content in entries]
        if rows:
            connection.execute(
                _with_array("INSERT INTO passage_tokens VALUES (:key, array_to_tsvector(:tokens))"), rows
            )

    def remove(self, connection: Connection, entries: Iterable[Entry]) -> None:
        """Removes passages."""
        rows = [{"key": key} for key, _ in entries]
        if rows:
            connection.execute(text("DELETE FROM passage_tokens WHERE passage_key = :key"), rows)

    def clear(self, connection: Connection) -> None:
        """Removes everything."""
        connection.execute(text("DELETE FROM passage_tokens"))

    def frequencies(self, connection: Connection, tokens: Sequence[str]) -> dict[str, int]:
        """In how many passages each token stands; a token that stands in none is 0."""
        statement = text("SELECT count(*) FROM passage_tokens WHERE tokens @@ CAST(:query AS tsquery)")
        return {
            token: int(connection.execute(statement, {"query": f"'{token}'"}).scalar_one()) if token.isalnum() else 0
            for token in tokens
        }

    def find(
        self, connection: Connection, tokens: Sequence[str], limit: int, among: KeySelect | None = None
    ) -> list[int]:
        """Keys of the passages with any of the tokens, those with the most of them first."""
        query = " | ".join(f"'{token}'" for token in tokens if token.isalnum())
        if not query:
            return []
        found = select(_vectors.c.passage_key).where(text("tokens @@ CAST(:query AS tsquery)"))
        if among is not None:
            found = found.where(_holds(among, _vectors.c.passage_key))
        rank = text("ts_rank(tokens, CAST(:query AS tsquery)) DESC")
        statement = found.order_by(rank, _vectors.c.passage_key).limit(limit)
        return list(connection.execute(statement, {"query": query}).scalars())

    def count(self, connection: Connection) -> int:
        """How many passages are in it."""
        return int(connection.execute(text("SELECT count(*) FROM passage_tokens")).scalar_one())


def _holds(among: KeySelect, key: ColumnElement[int]) -> ColumnElement[bool]:
    """Whether a select has a key: asked for each find, as they are few, not by listing all that it selects."""
    return among.where(next(iter(among.selected_columns)) == key).correlate(key.table).exists()


def _with_array(statement: str) -> TextClause:
    return text(statement).bindparams(bindparam("tokens", type_=ARRAY(String())))


def lexical_index(connection: Connection) -> LexicalIndex:
    """The index of the connection's kind of database."""
    return SqliteLexicalIndex() if connection.dialect.name == "sqlite" else PostgresqlLexicalIndex()
