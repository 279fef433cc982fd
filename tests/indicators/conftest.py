"""Stores to test on: SQLite always, PostgreSQL too where TEST_POSTGRESQL is the address of a database to overwrite."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, text

from indicators.store import IndicatorStore

POSTGRESQL = os.environ.get("TEST_POSTGRESQL")


@pytest.fixture(params=["sqlite", "postgresql"] if POSTGRESQL else ["sqlite"])
def dsn(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database."""
    if request.param == "sqlite" or POSTGRESQL is None:
        return f"sqlite:///{tmp_path}/data/wenbao.sqlite3"
    engine = create_engine(POSTGRESQL)
    with engine.begin() as connection:
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return POSTGRESQL


@pytest.fixture
def store(dsn: str) -> Iterator[IndicatorStore]:
    with IndicatorStore.open(dsn) as opened:
        yield opened


@pytest.fixture
def sqlite_dsn(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/data/wenbao.sqlite3"
