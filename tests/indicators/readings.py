"""Readings of fictional reports, small enough to see through."""

import hashlib
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.observation import Imbalance, Missing, Observation
from reports.agency import Agency
from reports.citation import Citation
from reports.document import Paragraph, Source
from reports.passage import Commitment, Passage
from reports.place import Place
from reports.report import Report, Section
from reports.table import Cell, Table

RECEIVED, BLANK_ROW, LOCAL_ROW = "收到申请数", "召开新闻发布会次数", "历年累计主动公开数"


@dataclass(frozen=True)
class Reading:
    """What reading one file gives: the shape that the store takes."""

    report: Report
    observations: tuple[Observation, ...]
    imbalances: tuple[Imbalance, ...] = ()
    passages: tuple[Passage, ...] = ()
    commitments: tuple[Commitment, ...] = ()


def make_agency(agency_id: str = "yunxi_office", name: str = "示例市云溪区人民政府办公室") -> Agency:
    return Agency(agency_id, name, region=("示例市", "云溪区"), aliases=("云溪区府办",))


def make_reading(
    agency: Agency | None = None, year: int = 2017, received: str = "3", file: str = "report.txt", extra: int = 0
) -> Reading:
    """A report with three figures (one of them blank, one not in the catalogue) and `extra` more."""
    agency = agency or make_agency()
    sha256 = hashlib.sha256(f"{agency.name} {year} {received} {file} {extra}".encode()).hexdigest()
    report_id = f"{agency.id}_{year}-{sha256[:8]}"
    rows = [
        ("legacy.requests.received", RECEIVED, received),
        ("legacy.proactive.press_conferences", BLANK_ROW, ""),
        (None, LOCAL_ROW, "88"),
        *((f"made.up_{number}", f"第{number}项", str(number)) for number in range(extra)),
    ]
    observations = tuple(
        Observation(
            indicator,
            label,
            agency.id,
            year,
            Citation(
                report_id,
                raw,
                f"{label} | 件 | {raw}",
                "附表",
                "t1",
                "统计表",
                row,
                2,
                label,
                "统计数",
                Place(line=row),
            ),
            value=Decimal(raw) if raw else None,
            missing=None if raw else Missing.BLANK,
            unit="件",
        )
        for row, (indicator, label, raw) in enumerate(rows)
    )
    cells = tuple(
        Cell(text, row, column, place=Place(line=row))
        for row, (_, label, raw) in enumerate(rows)
        for column, text in enumerate((label, "件", raw))
    )
    sections = (Section(("一、总体情况",), (Paragraph("本年度收到申请若干件。", Place(line=1)), Paragraph("完毕。"))),)
    report = Report(
        report_id, agency, year, f"{agency.name}{year}年年度报告", "A", Source(file, sha256, "text", 512),
        sections, (Table("t1", cells, Place(block=4), "统计表"),),
    )  # fmt: skip
    return Reading(report, observations, passages=make_passages(report), commitments=make_commitments(report))


def make_passages(report: Report) -> tuple[Passage, ...]:
    """A passage for each paragraph of the report."""
    told = [(" / ".join(section.path), each) for section in report.sections for each in section.paragraphs]
    return tuple(
        Passage(
            f"{report.id}-{position:012x}", report.id, report.agency.id, report.year, section, "prose", each.text,
            position, ((0, len(each.text)),), each.place,
        )
        for position, (section, each) in enumerate(told)
    )  # fmt: skip


def make_commitments(report: Report) -> tuple[Commitment, ...]:
    """A problem, and the commitment that answers it."""
    problem = Commitment(
        f"{report.id}.P1", report.id, report.agency.id, report.year, "problem", "培训还不够。", "五、存在问题",
        ("training",), "不够",
    )  # fmt: skip
    answer = Commitment(
        f"{report.id}.C1", report.id, report.agency.id, report.year, "commitment", "加强培训。", "五、存在问题",
        ("training",), "加强", report.year + 1, (problem.id,), 1, Place(line=9),
    )  # fmt: skip
    return problem, answer


def with_observations(reading: Reading, *observations: Observation) -> Reading:
    return replace(reading, observations=observations)
