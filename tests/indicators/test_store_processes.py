"""Kill -9 in the middle of a save, two writers at once, readers while somebody writes."""

import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import pytest

from indicators.observation import Observation
from indicators.store import IndicatorStore, ReportItem
from reports.errors import StoreError
from tests.imports import ROOT
from tests.indicators.readings import make_agency, make_reading
from tests.indicators.save_reports import YEARS, make_readings

Export = tuple[tuple[ReportItem, ...], tuple[Observation, ...]]


def export(store: IndicatorStore) -> Export:
    return store.reports(limit=1000, current_only=False), store.observations(current_only=False)


def assert_whole(store: IndicatorStore) -> None:
    """Every report that is visible is there with all its figures and parts, and exactly one a year is current."""
    items, figures = export(store)
    for item in items:
        assert sum(each.citation.report == item.id for each in figures) == item.figures
        stored = store.report(item.id)
        assert stored is not None
        assert len(stored.sections) == 1
        assert len(stored.tables) == 1
    assert len(figures) == sum(item.figures for item in items)
    current = [(item.agency, item.year) for item in items if item.is_current]
    assert sorted(current) == sorted({(item.agency, item.year) for item in items})
    assert store.find_damage() == ()


def start(dsn: str, *arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "tests.indicators.save_reports", dsn, *arguments]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.fixture
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Export:
    folder = tmp_path_factory.mktemp("undisturbed")
    with IndicatorStore.open(f"sqlite:///{folder}/wenbao.sqlite3") as store:
        for reading in make_readings("a"):
            store.save(reading)
        return export(store)


# Inside the first save, between two, at a commit, inside the revision.
@pytest.mark.parametrize("operation", [3, 9, 11, 13, 27, 60])
def test_a_save_that_is_killed_leaves_nothing_half_visible(
    sqlite_dsn: str, undisturbed: Export, operation: int
) -> None:
    IndicatorStore.open(sqlite_dsn).close()
    with start(sqlite_dsn, "a", str(operation)) as child:
        assert child.stdout is not None
        told = child.stdout.read().split()
        assert child.wait() == -signal.SIGKILL
    with IndicatorStore.open(sqlite_dsn) as store:
        assert len(store.reports(current_only=False)) == len(told)
        assert_whole(store)
        for reading in make_readings("a"):
            store.save(reading)
        assert export(store) == undisturbed


def test_kills_at_any_moment_lose_no_report_that_was_told_saved(sqlite_dsn: str) -> None:
    moments = random.Random(7)
    IndicatorStore.open(sqlite_dsn).close()
    for number in range(4):
        with start(sqlite_dsn, f"town{number}") as child:
            assert child.stdout is not None
            told = [child.stdout.readline()]
            time.sleep(moments.random() / 50)
            child.kill()
            told += child.stdout.readlines()
            child.wait()
        with IndicatorStore.open(sqlite_dsn) as store:
            saved = store.reports(agency=f"town{number}", current_only=False)
            assert len(saved) >= len(told) >= 1
            assert_whole(store)


def test_processes_that_save_at_once_lose_nothing(dsn: str) -> None:
    """They start on a folder that is not there: each makes it, each migrates, two write the same agency."""
    children = [start(dsn, name) for name in ("a", "b", "a")]
    told = [child.communicate()[0].split() for child in children]
    assert [child.returncode for child in children] == [0, 0, 0]
    with IndicatorStore.open(dsn) as store:
        assert_whole(store)
        for name in ("a", "b"):
            assert [item.year for item in store.reports(agency=name)] == list(YEARS)
            assert len(store.reports(agency=name, current_only=False)) == len(YEARS) + 1
    assert sorted(told[0] + told[2]).count("unchanged") == len(YEARS) + 1


def test_readers_see_whole_reports_while_somebody_writes(store: IndicatorStore) -> None:
    agency = make_agency("town", "示例市甲镇人民政府")
    readings = [make_reading(agency, 2017, received=str(number), extra=40) for number in range(15)]
    store.save(readings[0])

    def read() -> set[int]:
        seen = set()
        while store.generation() < len(readings):
            figures = store.observations(agencies=["town"], years=[2017])
            assert len({each.citation.report for each in figures}) == 1
            seen.add(len(figures))
            (item,) = store.reports(agency="town")
            assert item.figures == 43
        return seen

    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(read) for _ in range(2)]
        for reading in readings[1:]:
            store.save(reading)
        assert [each.result(timeout=60) for each in running] == [{43}, {43}]


@contextmanager
def locked(dsn: str) -> Iterator[None]:
    with IndicatorStore.open(dsn) as other, other.writing():
        yield


def test_a_writer_that_does_not_end_is_told_as_busy(sqlite_dsn: str) -> None:
    IndicatorStore.open(sqlite_dsn).close()
    with IndicatorStore.open(f"{sqlite_dsn}?timeout=0.1") as store, locked(sqlite_dsn):
        assert store.observations() == ()
        with pytest.raises(StoreError, match="another process is writing"):
            store.save(make_reading())
