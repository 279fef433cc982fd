"""Kills `wenbao ingest` at random moments and looks at what is left: `python -m tests.qa_service.ingest_kills 60`.

After each kill the next run goes on in the same data folder; once a run ends by itself, what is stored is compared with
what one undisturbed run stored, and the folder is begun anew.
"""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from tests.imports import ROOT

# The tables that hang on a report, and which of their columns is its key.
_REPORT_KEY = {
    "sections": 0,
    "report_tables": 0,
    "observations": 1,
    "imbalances": 0,
    "problems": 0,
    "passages": 1,
    "commitments": 0,
}
_IS_CURRENT = 11
_COMMAND = "from qa_service.cli import main; main()"
Export = dict[str, list[tuple[object, ...]]]


def copy_samples(folder: Path, pattern: str) -> Path:
    """A folder with the samples that fit the pattern, a second edition of one of them, and a file that is refused."""
    folder.mkdir()
    for path in (ROOT / "samples").glob(pattern):
        (folder / path.name).write_bytes(path.read_bytes())
    sample = (ROOT / "samples" / "hrss_2017.txt").read_text("utf-8")
    (folder / "hrss_2017_revised.txt").write_text(f"{sample}\n更正。\n", "utf-8")
    (folder / "letter.txt").write_text("这封信不是年报。", "utf-8")
    return folder


def start_ingest(folder: Path, data: Path, *options: str) -> "subprocess.Popen[str]":
    """`wenbao ingest` in a process group of its own; its log is its standard output."""
    return subprocess.Popen(
        [sys.executable, "-c", _COMMAND, "ingest", str(folder), "--data", str(data), "--json", *options],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        process_group=0,
        env={**os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"},
    )


def export(data: Path) -> Export:
    """Every stored row by table, in the order it was stored; {} where there is no database yet."""
    database = data / "wenbao.sqlite3"
    if not database.exists():
        return {}
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("PRAGMA quick_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master")}
        return {
            table: connection.execute(f"SELECT * FROM {table} ORDER BY rowid").fetchall()
            for table in ("agencies", "corpus_state", "passage_tokens_docsize", "reports", *_REPORT_KEY)
            if table in there
        }


def undisturbed(folder: Path, data: Path) -> Export:
    """What one run in peace stores."""
    with start_ingest(folder, data) as process:
        process.communicate(timeout=300)
    return export(data)


def assert_whole(left: Export, whole: Export) -> None:
    """The visible reports are the first ones of an undisturbed run, each with all its rows, and nothing else is there."""
    reports = left.get("reports", [])
    assert [_lasting(row) for row in reports] == [_lasting(row) for row in whole["reports"][: len(reports)]]
    keys = {row[0] for row in reports}
    for table, column in _REPORT_KEY.items():
        assert left.get(table, []) == [row for row in whole[table] if row[column] in keys], table
    current = [(row[2], row[3]) for row in reports if row[_IS_CURRENT]]
    assert sorted(current) == sorted({(row[2], row[3]) for row in reports})


def _lasting(report: tuple[object, ...]) -> tuple[object, ...]:
    """A report's row without what a later revision changes: whether it is the current one."""
    return (*report[:_IS_CURRENT], *report[_IS_CURRENT + 1 :])


def kill_often(folder: Path, scratch: Path, kills: int, seed: int) -> Iterator[str]:
    """Kills `kills` runs, looks after each, and lets the last run in each data folder end. Says what it did."""
    moments = random.Random(seed)
    started = time.monotonic()
    whole = undisturbed(folder, scratch / "undisturbed")
    seconds = time.monotonic() - started
    done = turn = 0
    while done < kills:
        data = scratch / f"data{turn}"
        turn += 1
        for _ in range(moments.randint(2, 4)):
            done += 1
            yield f"kill {done}: {_kill_once(folder, data, seconds, moments)}"
            assert_whole(export(data), whole)
        with start_ingest(folder, data) as process:
            process.communicate(timeout=300)
            assert process.returncode in (0, 3)
        assert repr(export(data)) == repr(whole)


def _kill_once(folder: Path, data: Path, seconds: float, moments: random.Random) -> str:
    """Kills one run: at any moment, or within a moment of a stored report; the whole group or the parent alone."""
    with start_ingest(folder, data) as process:
        assert process.stdout is not None
        lines = moments.choice((0, 1, 1, 2, 5))
        for _ in range(lines):
            process.stdout.readline()
        time.sleep(moments.random() * (0.15 if lines else seconds))
        alone = moments.random() < 0.3
        try:
            os.kill(process.pid, signal.SIGKILL) if alone else os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:
            return "ended before"
        process.communicate(timeout=60)
        return f"after {lines} lines, {'parent alone' if alone else 'all processes'}, exit {process.returncode}"


def main() -> None:
    """Kills as often as the first argument says, over the samples, one of them with a revision."""
    with tempfile.TemporaryDirectory(prefix="wenbao-kills-") as scratch:
        folder = copy_samples(Path(scratch) / "reports", "*")
        for line in kill_often(folder, Path(scratch), int(sys.argv[1]), seed=int((*sys.argv, "1")[2])):
            print(line, flush=True)  # noqa: T201


if __name__ == "__main__":
    main()
