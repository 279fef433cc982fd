"""The bundled samples: what stands in samples/ is what their sources say, and their tables obey the forms' own sums."""

from decimal import Decimal
from pathlib import Path

import pytest

from eval.forms import APPLICANTS, MATRIX
from eval.samples.source import Sample, load_samples
from eval.samples.write import write_samples

SAMPLES = load_samples()
FOLDER = Path(__file__).parents[2] / "samples"


def value(sample: Sample, indicator: str, applicant: str | None = None) -> Decimal:
    raw = sample.figures[indicator, applicant]
    return Decimal(0) if raw in ("", "/") else Decimal(raw)


def total(sample: Sample, prefix: str, leaves: str) -> Decimal:
    cells = [f"{prefix}.{leaf}" for leaf in leaves.split()]
    return sum((value(sample, cell) for cell in cells if (cell, None) in sample.figures), Decimal(0))


def test_files_are_what_the_sources_say(tmp_path: Path) -> None:
    for path in write_samples(tmp_path):
        assert (FOLDER / path.name).read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), path.name


def test_every_edition_and_both_text_styles_are_there() -> None:
    assert {sample.edition for sample in SAMPLES} == {"A", "B", "C"}
    assert {sample.style for sample in SAMPLES} == {"word", "pipes", "html", "docx", "pdf"}
    assert {path.name for path in FOLDER.iterdir()} == {sample.file_name for sample in SAMPLES}
    assert len({sample.agency for sample in SAMPLES}) >= 4
    assert all(sample.agency.startswith("示例市") for sample in SAMPLES)


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.edition == "A"], ids=lambda s: s.id)
def test_annex_sums(sample: Sample) -> None:
    parts = {
        "legacy.requests.received": "in_person fax online letter other_form",
        "legacy.requests.closed": "on_time extended",
        "legacy.requests.replied": "already_public granted partial refused not_this_body not_exist supplement "
        "other_channel",
        "legacy.requests.replied.refused": "state_secret commercial_secret personal_privacy security_stability "
        "not_gov_info other_legal",
        "legacy.review": "upheld corrected other",
        "legacy.litigation": "upheld corrected other",
        "legacy.institution.staff": "full_time part_time",
    }
    if sample.ten_section:
        parts |= {"legacy.complaints": "upheld corrected other", "legacy.deposits": "paper electronic"}
    for whole, leaves in parts.items():
        assert value(sample, whole) == total(sample, whole, leaves), whole
    channels = total(sample, "legacy.proactive.channels", "gazette website weibo wechat other")
    assert channels >= value(sample, "legacy.proactive.info_total")


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.edition != "A"], ids=lambda s: s.id)
def test_matrix_sums(sample: Sample) -> None:
    rows = [row.indicator for row in MATRIX[sample.edition]]
    results = [row for row in rows if row.startswith("requests.results.") and row != "requests.results.total"]
    for applicant in (*APPLICANTS, "total"):
        handled = value(sample, "requests.results.total", applicant)
        assert handled == sum(value(sample, row, applicant) for row in results)
        incoming = value(sample, "requests.new_received", applicant) + value(sample, "requests.carried_over", applicant)
        assert incoming == handled + value(sample, "requests.carried_forward", applicant)
    for row in rows:
        assert value(sample, row, "total") == sum(value(sample, row, applicant) for applicant in APPLICANTS)
    for group in ("disputes.review", "disputes.litigation.direct", "disputes.litigation.after_review"):
        assert value(sample, f"{group}.total") == total(sample, group, "upheld corrected other pending")


def test_pending_requests_carry_over_to_the_next_year() -> None:
    by_year = {(sample.agency, sample.year): sample for sample in SAMPLES if sample.edition != "A"}
    pairs = [(s, by_year[s.agency, s.year + 1]) for s in by_year.values() if (s.agency, s.year + 1) in by_year]
    assert pairs
    for before, after in pairs:
        for applicant in (*APPLICANTS, "total"):
            assert value(before, "requests.carried_forward", applicant) == value(
                after, "requests.carried_over", applicant
            )
