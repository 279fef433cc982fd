"""Brings a database to the tables of indicators/schema.py."""

from importlib.resources import as_file, files

from sqlalchemy import Connection, Engine, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from indicators.schema import REVISION, VERSION_TABLE, metadata
from reports.errors import StoreError


def migrate(engine: Engine) -> None:
    """Leaves the database at REVISION, from nothing or from any earlier revision, in one transaction.

    Raises StoreError where a newer Wenbao or another program made the tables. Alembic is loaded only if there is
    something to do: it takes longer to import than a figure takes to answer.
    """
    with engine.connect() as connection:
        if _revision(connection) == REVISION:
            return
    try:
        with engine.execution_options(writing=True).begin() as connection:
            # Another process may have been faster; on SQLite the write lock makes this second look final.
            if _revision(connection) != REVISION:
                _upgrade(connection)
    except SQLAlchemyError:
        # PostgreSQL lets both begin and refuses the slower one's tables once the faster one's are there.
        with engine.connect() as connection:
            if _revision(connection) != REVISION:
                raise


def _revision(connection: Connection) -> str | None:
    """The stored revision; None for a database without any of our tables."""
    tables = set(inspect(connection).get_table_names())
    if VERSION_TABLE in tables:
        return connection.execute(text(f"SELECT version_num FROM {VERSION_TABLE}")).scalar()
    foreign = sorted(tables & set(metadata.tables))
    if foreign:
        raise StoreError(
            f"The database has tables of another program ({', '.join(foreign)}); choose another one for Wenbao.",
            f"数据库中已有其他程序的表（{'、'.join(foreign)}），请为问报另选数据库。",
        )
    return None


def _upgrade(connection: Connection) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    with as_file(files("indicators") / "migrations") as folder:
        config = Config()
        # "%" starts an interpolation in Alembic's settings.
        config.set_main_option("script_location", str(folder).replace("%", "%%"))
        config.attributes["connection"] = connection
        known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
        stored = _revision(connection)
        if stored is not None and stored not in known:
            raise StoreError(
                f"The data was written by a newer Wenbao (schema {stored}); update Wenbao, or choose another folder.",
                f"数据由更新版本的问报写成（结构版本 {stored}），请升级问报或另选数据目录。",
            )
        command.upgrade(config, "head")
