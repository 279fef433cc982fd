"""Run in a process of its own by test_store_processes: saves some years' reports, and may kill itself while at it.

    python -m tests.indicators.save_reports DSN AGENCY [KILL_AT]

KILL_AT: number of the database operation (statement or commit, from 1) before which the process ends by SIGKILL.
"""

import os
import signal
import sys
from itertools import count

from sqlalchemy import event

from indicators.store import IndicatorStore
from tests.indicators.readings import Reading, make_agency, make_reading

YEARS = range(2010, 2014)


def make_readings(name: str) -> list[Reading]:
    """Four years, the second of them revised."""
    agency = make_agency(name, f"示例市{name}镇人民政府")
    plain = [make_reading(agency, year, extra=30) for year in YEARS]
    return [*plain, make_reading(agency, YEARS[1], received="5", extra=30)]


def kill_at(store: IndicatorStore, number: int) -> None:
    """Arms the store: its process ends before its `number`-th operation."""
    operations = count(1)

    def step(*_: object) -> None:
        if next(operations) == number:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(store._engine, "before_cursor_execute", step)
    event.listen(store._engine, "commit", step)


if __name__ == "__main__":
    opened = IndicatorStore.open(sys.argv[1])
    if len(sys.argv) > 3:
        kill_at(opened, int(sys.argv[3]))
    for reading in make_readings(sys.argv[2]):
        print(opened.save(reading).outcome, flush=True)  # noqa: T201
    opened.close()
