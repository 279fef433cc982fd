"""A store with its prose on SQLite, and on PostgreSQL where TEST_POSTGRESQL names a database to overwrite."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from indicators.store import IndicatorStore
from tests.indicators.conftest import POSTGRESQL
from tests.vectorstore.stand_in import Given
from vectorstore.index_builder import IndexPlace
from vectorstore.passage_writer import PassageWriter
from vectorstore.search import PassageSearch
from vectorstore.store import PassageStore


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"])
def dsn(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite" or POSTGRESQL is None:
        return f"sqlite:///{tmp_path}/wenbao.sqlite3"
    engine = create_engine(POSTGRESQL)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRESQL


@pytest.fixture
def store(dsn: str) -> Iterator[IndicatorStore]:
    with IndicatorStore.open(dsn, (PassageWriter(),)) as opened:
        yield opened


@pytest.fixture
def passages(store: IndicatorStore) -> PassageStore:
    return PassageStore(store.reading)


@pytest.fixture
def search(passages: PassageStore) -> PassageSearch:
    return PassageSearch(passages, Given())


@pytest.fixture
def place(tmp_path: Path) -> IndexPlace:
    return IndexPlace(tmp_path / "vectors")
