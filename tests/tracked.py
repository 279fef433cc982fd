"""The files that belong to the project: what git tracks and what it would track."""

import subprocess
from pathlib import Path

import pytest

from tests.imports import ROOT


def tracked_files() -> list[Path]:
    """Paths relative to the root, those that git ignores left out; the test is skipped outside a git checkout."""
    if not (ROOT / ".git").exists():
        pytest.skip("not a git checkout: which files belong to the project is not known")
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout.decode("utf-8")
    return [Path(name) for name in sorted(set(listed.split("\0"))) if name and (ROOT / name).is_file()]
