"""kill -9 of `wenbao ingest` at random moments: nothing half-written is seen, and the next run ends in the same state."""

from pathlib import Path

from tests.qa_service.ingest_kills import copy_samples, kill_often


def test_a_killed_ingest_shows_whole_reports_and_goes_on(tmp_path: Path) -> None:
    folder = copy_samples(tmp_path / "reports", "hrss_20*.txt")
    assert len(list(kill_often(folder, tmp_path, kills=6, seed=20))) >= 6
