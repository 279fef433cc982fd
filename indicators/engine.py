"""Connections to the database, and its errors in words that say what to do.

All that differs between SQLite and PostgreSQL is here.
"""

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

from reports.errors import StoreError

# How long one waits for another process's write, in seconds, before it is told that the store is busy.
_BUSY_SECONDS = 30
# Readers are the threads of a web server: each keeps a connection while it reads, the first ones stay open.
_POOL = {"pool_size": 8, "max_overflow": 56}


def open_engine(dsn: str | URL) -> Engine:
    """An engine for a SQLite file (its folder is made if need be) or PostgreSQL. Raises StoreError for another DSN.

    A connection whose execution options say writing=True begins its transactions as a writer.
    """
    url = _parse_dsn(dsn)
    options: dict[str, Any] = {"json_serializer": _JSON, **_POOL}
    try:
        if url.get_backend_name() == "sqlite":
            # The same named parameters as PostgreSQL's driver takes: prepared statements serve both.
            return _sqlite_engine(url, {"paramstyle": "named", **options})
        return create_engine(url, pool_pre_ping=True, **options)
    except ModuleNotFoundError as error:
        raise StoreError(
            f"The driver for {_shown(url)} is not installed: pip install 'psycopg[binary]'.",
            f"缺少 {_shown(url)} 的驱动程序，请执行 pip install 'psycopg[binary]'。",
        ) from error


_JSON = partial(json.dumps, ensure_ascii=False, separators=(",", ":"))


def _parse_dsn(dsn: str | URL) -> URL:
    try:
        url = make_url(dsn)
        backend = url.get_backend_name()
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise StoreError(
            "This is no database address. Write sqlite:///folder/wenbao.sqlite3 or postgresql+psycopg://…",
            "这不是数据库地址，请写成 sqlite:///目录/wenbao.sqlite3 或 postgresql+psycopg://…",
        ) from error
    if backend not in ("sqlite", "postgresql"):
        raise StoreError(
            f"{_shown(url)}: only SQLite and PostgreSQL are supported.",
            f"{_shown(url)}：只支持 SQLite 和 PostgreSQL。",
        )
    if backend == "sqlite" and url.database in (None, "", ":memory:"):
        raise StoreError(
            "A SQLite database in memory is lost with the process: name a file, sqlite:///folder/wenbao.sqlite3.",
            "内存中的 SQLite 数据库会随进程消失，请指定文件：sqlite:///目录/wenbao.sqlite3。",
        )
    return url


def _shown(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _sqlite_engine(url: URL, options: dict[str, Any]) -> Engine:
    if url.database and not url.database.startswith("file:"):
        folder = Path(url.database).parent
        with store_errors(_shown(url)):
            folder.mkdir(parents=True, exist_ok=True)
    arguments = {} if "timeout" in url.query else {"timeout": _BUSY_SECONDS}
    engine = create_engine(url, connect_args=arguments, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: sqlite3.Connection, _: object) -> None:
    """Settings of every SQLite connection.

    The journal stays in its default mode, DELETE, on purpose: SQLite 3.7.0 to 3.51.2 can corrupt a WAL database that
    two connections write or checkpoint at once (fixed in 3.51.3; Debian 12 has 3.40.1), and several processes do
    write here (an upload, an ingest). The price is that readers wait for the few milliseconds of a commit. In return
    a backup is one file and a read-only folder can be served. synchronous=FULL, because a commit that has been
    reported must survive a power cut in this mode.
    """
    connection.isolation_level = None  # transactions are begun below, not by the driver before some statements
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA cache_size = -8000")  # KiB a connection; the system's file cache does the rest
    # A large transaction stays in memory until it commits: writing pages early would lock the readers out.
    connection.execute("PRAGMA cache_spill = OFF")


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes the write lock at once: taking it later, after reading, fails if somebody wrote in between."""
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def find_damage(engine: Engine) -> tuple[str, ...]:
    """What the database itself finds wrong with its file; () if nothing, and always for PostgreSQL."""
    if engine.dialect.name != "sqlite":
        return ()
    with engine.connect() as connection:
        found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check")]
        orphans = [f"orphan in {row[0]}" for row in connection.exec_driver_sql("PRAGMA foreign_key_check")]
    return tuple(each for each in found if each != "ok") + tuple(orphans)


@contextmanager
def store_errors(where: str) -> Iterator[None]:
    """Turns errors of the database and of the file system into StoreError. where: the DSN without its password.

    The code is "cannot-be-stored" where one report's content is at fault, not the database.
    """
    try:
        yield
    except UnicodeEncodeError as error:
        raise StoreError(
            f"The text holds a character that cannot be stored (half a surrogate pair): {error.object[error.start]!a}.",
            "文本中含有无法存储的字符（不完整的代理对）。",
            code="cannot-be-stored",
        ) from error
    except OverflowError as error:
        raise StoreError(
            "A whole number is too large to be stored.", "有整数过大，无法存储。", code="cannot-be-stored"
        ) from error
    except (SQLAlchemyError, OSError) as error:
        message, message_zh = _advice(error)
        raise StoreError(f"{where}: {message}", f"{where}：{message_zh}") from error


_SQLITE_ADVICE = {
    "SQLITE_BUSY": (
        "another process is writing and did not finish; try again when it has",
        "另一个进程正在写入且尚未结束，请稍后再试",
    ),
    "SQLITE_READONLY": (
        "the database is read-only; make the file and its folder writable, or choose another folder with --data",
        "数据库是只读的，请放开文件及其目录的写权限，或用 --data 另选目录",
    ),
    "SQLITE_FULL": ("the disk is full; free some space and try again", "磁盘已满，请释放空间后重试"),
    "SQLITE_CANTOPEN": (
        "the file cannot be opened; check that the folder exists and that this user may write there",
        "无法打开文件，请检查目录是否存在、当前用户是否有写权限",
    ),
    "SQLITE_NOTADB": (
        "the file is no SQLite database; move it away or restore a backup, then ingest the reports again",
        "该文件不是 SQLite 数据库，请移走它或恢复备份，然后重新导入报告",
    ),
    "SQLITE_CORRUPT": (
        "the file is damaged; restore a backup, or move it away and ingest the reports again",
        "文件已损坏，请恢复备份，或移走该文件后重新导入报告",
    ),
    "SQLITE_IOERR": (
        "the disk reports an error; check the disk and its space, then try again",
        "磁盘读写出错，请检查磁盘及剩余空间后重试",
    ),
}


def _advice(error: SQLAlchemyError | OSError) -> tuple[str, str]:
    if isinstance(error, OSError):
        return (
            f"{error.strerror or error}; check the folder and its permissions, or choose another one with --data",
            f"{error.strerror or error}，请检查目录及其权限，或用 --data 另选目录",
        )
    cause = getattr(error, "orig", None) or error
    name = getattr(cause, "sqlite_errorname", "")
    for prefix, advice in _SQLITE_ADVICE.items():
        if name.startswith(prefix):
            return advice
    text = " ".join(str(cause).split())[:300]
    return f"the database refused: {text}", f"数据库拒绝了操作：{text}"
