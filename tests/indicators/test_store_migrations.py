"""The migrations make exactly the tables of schema.py, from nothing and again."""

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, create_engine, inspect, text

from indicators import schema
from indicators.store import IndicatorStore
from qa_service.keys import schema as keys
from reports.errors import StoreError
from tests.imports import ROOT
from tests.indicators.readings import make_reading
from vectorstore import schema as prose
from vectorstore.schema import LEXICAL_TABLES


def all_tables() -> MetaData:
    """What the migrations are to make: the tables of figures and those of prose, which know each other by name."""
    tables = MetaData(naming_convention=schema.metadata.naming_convention)
    for each in (*schema.metadata.sorted_tables, *prose.metadata.tables.values(), *keys.metadata.tables.values()):
        each.to_metadata(tables)
    return tables


def test_migrations_make_the_tables_of_the_schema(dsn: str) -> None:
    with IndicatorStore.open(dsn):
        engine = create_engine(dsn)
        with engine.connect() as connection:
            options = {
                "version_table": schema.VERSION_TABLE,
                "compare_type": True,
                "compare_server_default": True,
                "include_name": lambda name, *_: not (name or "").startswith(LEXICAL_TABLES),
            }
            context = MigrationContext.configure(connection, opts=options)
            assert compare_metadata(context, all_tables()) == []
        engine.dispose()


def test_indexes_are_those_of_the_schema(sqlite_dsn: str) -> None:
    """Alembic does not compare all of an index: here its columns, and the condition of a partial one."""
    made = create_engine("sqlite://")
    all_tables().create_all(made)
    with IndicatorStore.open(sqlite_dsn):
        migrated = create_engine(sqlite_dsn)
        query = text("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name")
        with made.connect() as one, migrated.connect() as other:
            assert one.execute(query).all() == other.execute(query).all()
        migrated.dispose()
    made.dispose()


def test_the_schema_names_the_last_migration() -> None:
    script = ScriptDirectory(str(ROOT / "indicators" / "migrations"))
    assert script.get_heads() == [schema.REVISION]


def test_the_way_back_leaves_nothing(dsn: str) -> None:
    from alembic import command
    from alembic.config import Config

    IndicatorStore.open(dsn).close()
    engine = create_engine(dsn)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "indicators" / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        assert inspect(connection).get_table_names() == [schema.VERSION_TABLE]
    engine.dispose()
    with IndicatorStore.open(dsn) as store:
        assert store.save(make_reading()).outcome == "new"


@pytest.mark.parametrize("revision", ["0002"])
def test_a_store_of_an_earlier_version_keeps_its_reports(dsn: str, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    with IndicatorStore.open(dsn) as store:
        saved = store.save(make_reading())
    engine = create_engine(dsn)
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(ROOT / "indicators" / "migrations"))
        config.attributes["connection"] = connection
        command.downgrade(config, revision)
        assert not inspect(connection).has_table("api_keys")
    engine.dispose()
    with IndicatorStore.open(dsn) as store, store.reading() as connection:
        assert [item.id for item in store.reports()] == [saved.report_id]
        assert inspect(connection).has_table("api_keys")


def test_opening_a_store_that_is_up_to_date_loads_no_alembic(sqlite_dsn: str) -> None:
    """It takes longer to load than a figure takes to answer."""
    IndicatorStore.open(sqlite_dsn).close()
    code = (
        "import sys; from indicators.store import IndicatorStore; "
        f"IndicatorStore.open({sqlite_dsn!r}).agencies(); sys.exit('alembic' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_a_store_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "wenbao.sqlite3"
    IndicatorStore.open(f"sqlite:///{file}").close()
    connection = sqlite3.connect(file)
    connection.execute(f"UPDATE {schema.VERSION_TABLE} SET version_num = '9999'")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreError, match="newer Wenbao"):
        IndicatorStore.open(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_the_tables_of_another_program_are_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "theirs.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE reports (name TEXT)")
    connection.commit()
    connection.close()
    before = file.read_bytes()
    with pytest.raises(StoreError, match="another program"):
        IndicatorStore.open(f"sqlite:///{file}")
    assert file.read_bytes() == before
