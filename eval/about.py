"""What a run is of: commit, corpora, machine."""

import subprocess
import time
from collections.abc import Iterable
from pathlib import Path

import psutil

from eval.bench.machine import describe_machine

ROOT = Path(__file__).parents[1]


def describe_run(asked: str, sets: Iterable[str]) -> dict[str, str]:
    """Everything a reader must know to make the run again, in words. asked: the target."""
    return {
        "commit": describe_commit(),
        "asked": asked,
        "sets": ", ".join(sets),
        "machine": f"{describe_machine()}, load average {psutil.getloadavg()[0]:.1f} at the start",
        "when": time.strftime("%Y-%m-%d %H:%M:%S %z"),
    }


def describe_commit() -> str:
    """The commit of the working tree, "-dirty" added where files differ from it; "unknown" outside a repository."""
    command = ["git", "describe", "--always", "--dirty", "--exclude", "*"]
    try:
        found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=30)
    except (OSError, subprocess.SubprocessError):
        return "unknown"
    return found.stdout.strip()
