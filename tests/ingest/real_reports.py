"""Where the real reports and their checked figures lie; tests on them are skipped where the folder is absent."""

import json
from pathlib import Path
from typing import Any

import pytest

SHARED = Path(__file__).resolve().parents[3] / "shared"
SAMPLES = Path(__file__).resolve().parents[2] / "samples"
TEXT_REPORTS = (
    "weihai_hrss_2016",
    "yinzhou_hrss_2017",
    "beilun_gov_office_2017",
    "gongshu_hrss_2020",
    "zhenhai_hrss_2022",
)

needs_reports = pytest.mark.skipif(
    not (SHARED / "reports").is_dir(), reason="the real reports (../shared/reports) are not on this machine"
)
needs_gold = pytest.mark.skipif(
    not (SHARED / "domain" / "facts_gold.jsonl").is_file(),
    reason="the checked figures (../shared/domain/facts_gold.jsonl) are not on this machine",
)


def report_path(name: str) -> Path:
    """The text report of that name."""
    return SHARED / "reports" / f"{name}.txt"


def gold_facts(report: str) -> dict[tuple[str, str | None], dict[str, Any]]:
    """The checked cells of one report by indicator and applicant."""
    lines = (SHARED / "domain" / "facts_gold.jsonl").read_text(encoding="utf-8").splitlines()
    facts = [json.loads(line) for line in lines if line]
    return {(fact["id"], fact["applicant"]): fact for fact in facts if fact["report"] == report}
