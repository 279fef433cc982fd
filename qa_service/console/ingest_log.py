"""The log of an ingest for programs: a line of JSON a file, as soon as it is done, and one at the end."""

import json
from dataclasses import asdict

import typer

from qa_service.console.ingest_run import IngestRun, ReadFile, RefusedFile


def print_log_line(done: ReadFile | RefusedFile) -> None:
    """{"event": "read" or "refused", …} with the fields of the record."""
    _print({"event": "read" if isinstance(done, ReadFile) else "refused", **asdict(done)})


def print_log_end(run: IngestRun) -> None:
    """{"event": "end", …} with the counts; stopped: why the run ended before its last file, else null."""
    counts = {outcome: run.count(outcome) for outcome in ("new", "revised", "unchanged")}
    stopped = None if run.stopped is None else str(run.stopped) or "interrupted"
    _print(
        {"event": "end", **counts, "refused": len(run.refused), "seconds": round(run.seconds, 1), "stopped": stopped}
    )


def _print(line: dict[str, object]) -> None:
    typer.echo(json.dumps(line, ensure_ascii=False))
