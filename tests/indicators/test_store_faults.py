"""Files and addresses that are no store: each says what to do, and nothing is lost."""

import resource
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from indicators.store import IndicatorStore
from reports.errors import StoreError
from tests.imports import ROOT
from tests.indicators.readings import make_reading


def test_a_folder_that_is_not_there_is_made(tmp_path: Path) -> None:
    with IndicatorStore.open(f"sqlite:///{tmp_path}/a/b/c/wenbao.sqlite3") as store:
        assert store.save(make_reading()).outcome == "new"


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"This is a letter, not a database. " * 100, "no SQLite database"),
        (b"SQLite format 3\x00" + b"\xff" * 4000, "no SQLite database"),
    ],
)
def test_a_file_that_is_no_database_is_refused_and_kept(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "wenbao.sqlite3"
    file.write_bytes(content)
    with pytest.raises(StoreError, match=says) as error:
        IndicatorStore.open(f"sqlite:///{file}")
    assert str(file) in str(error.value)
    assert error.value.message_zh != str(error.value)
    assert file.read_bytes() == content


def test_an_empty_file_is_an_empty_store(tmp_path: Path) -> None:
    file = tmp_path / "wenbao.sqlite3"
    file.touch()
    with IndicatorStore.open(f"sqlite:///{file}") as store:
        assert store.coverage() == ()


def test_a_store_cut_short_is_found_damaged(tmp_path: Path) -> None:
    file = tmp_path / "wenbao.sqlite3"
    with IndicatorStore.open(f"sqlite:///{file}") as store:
        store.save_many(make_reading(year=year, extra=50) for year in range(2000, 2020))
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    with pytest.raises(StoreError, match="damaged"), IndicatorStore.open(f"sqlite:///{file}") as store:
        store.observations()


def test_damage_inside_the_file_is_found_by_reading_all_of_it(tmp_path: Path) -> None:
    file = tmp_path / "wenbao.sqlite3"
    with IndicatorStore.open(f"sqlite:///{file}") as store:
        store.save_many(make_reading(year=year, extra=50) for year in range(2000, 2020))
        assert store.find_damage() == ()
    content = bytearray(file.read_bytes())
    page = len(content) // 2 // 4096 * 4096
    content[page : page + 4096] = b"\xaa" * 4096
    file.write_bytes(content)
    with IndicatorStore.open(f"sqlite:///{file}") as store:
        try:
            damage = store.find_damage()
        except StoreError as error:
            damage = (str(error),)
    assert damage


def test_a_folder_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "wenbao.sqlite3").mkdir()
    with pytest.raises(StoreError, match="cannot be opened"):
        IndicatorStore.open(f"sqlite:///{tmp_path}/wenbao.sqlite3")


def test_a_file_where_the_folder_should_be_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(StoreError, match="--data"):
        IndicatorStore.open(f"sqlite:///{tmp_path}/data/wenbao.sqlite3")


def test_a_read_only_store_is_read_and_not_written(tmp_path: Path) -> None:
    file = tmp_path / "wenbao.sqlite3"
    with IndicatorStore.open(f"sqlite:///{file}") as store:
        store.save(make_reading())
    with IndicatorStore.open(f"sqlite:///file:{file}?mode=ro&uri=true") as store:
        assert len(store.observations()) == 3
        with pytest.raises(StoreError, match="read-only"):
            store.save(make_reading(year=2018))
        assert len(store.coverage()) == 1


def test_a_store_that_cannot_be_made_read_only_says_so(tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "empty.sqlite3").close()
    (tmp_path / "empty.sqlite3").touch()
    with pytest.raises(StoreError, match="read-only"):
        IndicatorStore.open(f"sqlite:///file:{tmp_path}/empty.sqlite3?mode=ro&uri=true")


@pytest.mark.parametrize(
    "dsn", ["", "data/wenbao.sqlite3", "oracle://host/x", "mysql://host/x", "sqlite://", "sqlite:///:memory:"]
)
def test_an_address_that_is_none_is_refused(dsn: str) -> None:
    with pytest.raises(StoreError):
        IndicatorStore.open(dsn)


def test_an_error_never_shows_the_password() -> None:
    with pytest.raises(StoreError) as error:
        IndicatorStore.open("mysql://user:geheim@host/x")
    assert "geheim" not in str(error.value) + error.value.message_zh


def test_a_full_disk_loses_nothing_that_was_stored(tmp_path: Path) -> None:
    """The limit on file size is the full disk: SQLite meets the same failed write."""
    file = tmp_path / "wenbao.sqlite3"
    dsn = f"sqlite:///{file}"
    with IndicatorStore.open(dsn) as store:
        store.save(make_reading())
        before = store.observations()
    code = (
        "from indicators.store import IndicatorStore\n"
        "from reports.errors import StoreError\n"
        "from tests.indicators.readings import make_reading\n"
        f"store = IndicatorStore.open({dsn!r})\n"
        "try:\n"
        "    store.save(make_reading(year=2018, extra=2000))\n"
        "except StoreError as error:\n"
        "    print(error)\n"
    )
    size = file.stat().st_size + 8192

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))

    said = subprocess.run(
        [sys.executable, "-B", "-c", code], cwd=ROOT, preexec_fn=limit, capture_output=True, text=True, check=True
    )
    assert "disk" in said.stdout
    with IndicatorStore.open(dsn) as store:
        assert store.observations() == before
        assert store.find_damage() == ()
        assert store.save(make_reading(year=2018)).outcome == "new"
