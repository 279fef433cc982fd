"""The real reports beside the checkout; tests on them are skipped with a reason where they are absent."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared" / "reports"


def real_report(name: str) -> bytes:
    """The bytes of a real report, or a skip."""
    path = SHARED / name
    if not path.is_file():
        pytest.skip(f"the real report {name} is not beside this checkout (../shared/reports)")
    return path.read_bytes()
