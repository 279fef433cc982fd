"""How common each token is in the whole collection, kept between searches."""

from collections.abc import Sequence
from threading import Lock

from sqlalchemy import Connection, func, select

from vectorstore import schema
from vectorstore.lexical import LexicalIndex
from vectorstore.ranking import Statistics

_KEPT_TOKENS = 50_000


class CorpusStatistics:
    """How common each token is in the whole collection, asked once and again when the collection has changed."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._state: int | None = None
        self._count = 0
        self._average = 1.0
        self._frequencies: dict[str, int] = {}

    def read(self, connection: Connection, index: LexicalIndex, tokens: Sequence[str]) -> Statistics:
        """The statistics that a query with these tokens needs."""
        with self._lock:
            state = int(connection.execute(select(schema.corpus_state.c.generation)).scalar_one())
            if state != self._state:
                self._state, self._frequencies = state, {}
                self._count, self._average = _size(connection)
            missing = [token for token in tokens if token not in self._frequencies]
            if missing:
                if len(self._frequencies) > _KEPT_TOKENS:
                    self._frequencies = {}
                    missing = list(tokens)
                self._frequencies.update(index.frequencies(connection, missing))
            return Statistics(self._count, self._average, {token: self._frequencies[token] for token in tokens})


def _size(connection: Connection) -> tuple[int, float]:
    """How many passages there are, and the length of one in tokens: about that of the newest ones in characters."""
    count = connection.execute(select(func.count()).select_from(schema.passages)).scalar_one()
    newest = (
        select((func.length(schema.passages.c.text) + func.length(schema.passages.c.section)).label("length"))
        .order_by(schema.passages.c.key.desc())
        .limit(1_000)
        .subquery()
    )
    average = connection.execute(select(func.avg(newest.c.length))).scalar()
    return int(count), max(float(average or 1), 1.0)
