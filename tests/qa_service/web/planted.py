"""A small report put together by hand: merged headings, a blank, a slash, an identity that fails, hostile text."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from indicators.observation import Imbalance, Missing, Observation, Origin
from ingest.ingestion import Ingestion
from qa_service.library import Library
from qa_service.settings import load_settings
from reports.agency import Agency
from reports.citation import Citation
from reports.document import Paragraph, Source
from reports.place import Place
from reports.problem import Problem
from reports.report import Report, Section
from reports.table import Cell, Table

HOSTILE = '<script>alert("x")</script> ![x](http://example.org/x.png) javascript:alert(1)'
FORMULA = '=HYPERLINK("http://example.org")'
SENTENCE = "2022年共收到申请16件。"

_APPLICANTS = ("natural_person", "business", "total")
_ROWS = (
    ("一、本年新收政府信息公开申请数量", "requests.received", ("12", "", "16")),
    ("二、上年结转政府信息公开申请数量", "requests.carried_in", ("1", "/", "1")),
    (FORMULA, None, ("-6", "0.50", "7")),
)


def planted_ingestion(year: int = 2022, agency: str = "demo_bureau", name: str = "示例市示例局") -> Ingestion:
    """The report of one agency and year; its id ends in the year, its file is another one each time."""
    report_id = f"{agency}_{year}-{year:08x}"
    sha256 = f"{agency}{year}".encode().hex().ljust(64, "0")
    cells = [
        Cell("申请人情况", 0, 0, row_span=2),
        Cell("申请人", 0, 1, column_span=3),
        Cell("自然人", 1, 1),
        Cell("商业企业", 1, 2),
        Cell("总计", 1, 3),
    ]
    observations: list[Observation] = []
    for row, (label, indicator, printed) in enumerate(_ROWS, start=2):
        cells.append(Cell(label, row, 0))
        for column, (raw, applicant) in enumerate(zip(printed, _APPLICANTS, strict=True), start=1):
            cells.append(Cell(raw, row, column))
            citation = Citation(
                report_id, raw, f"{label} | {' | '.join(printed)}", "三、申请", "t1", "申请情况", row, column, label,
                applicant, Place(line=10 + row),
            )  # fmt: skip
            observations.append(_observation(indicator, label, agency, year, citation, applicant))
    told = Citation(report_id, "16", SENTENCE, "一、总体情况", place=Place(line=3, block=1))
    observations.append(
        Observation(None, "收到申请", agency, year, told, value=Decimal(16), unit="件", origin=Origin.TEXT)
    )
    report = Report(
        report_id,
        Agency(agency, name, "Demo Bureau", ("示例省", "示例市")),
        year,
        f"{name}{year}年政府信息公开工作年度报告",
        "C",
        Source(f"{agency}_{year}.txt", sha256, "txt", 1234),
        (
            Section(("一、总体情况",), (Paragraph(SENTENCE, Place(3, None, 3, 1)), Paragraph(HOSTILE, Place(line=4)))),
            Section(("三、申请",), ()),
        ),
        (Table("t1", tuple(cells), Place(block=5), "申请情况"),),
        (Problem("odd-row", "One row is not in the catalogue.", "有一行不在目录中。"),),
    )
    failing = Imbalance("sum", "error", "fails", "total", Decimal(17), Decimal(16), (("t1", 2, 3), ("t1", 3, 3)))
    return Ingestion(report, tuple(observations), (failing,))


def with_conflict(reading: Ingestion) -> Ingestion:
    """The same, but its text says 15 where its table says 16."""
    *cells, told = reading.observations
    received = [replace(each, indicator="requests.new_received") for each in cells if each.citation.row == 2]
    others = [each for each in cells if each.citation.row != 2]
    text = replace(
        told, indicator="requests.new_received", value=Decimal(15), citation=replace(told.citation, raw="15")
    )
    return replace(reading, observations=(*received, *others, text))


@contextmanager
def planted_library(data: Path) -> Iterator[Library]:
    """A library with three reports each of two agencies, closed at the end."""
    with Library.open(load_settings(data)) as library:
        for agency, name in (("demo_bureau", "示例市示例局"), ("sample_office", "样例县人民政府办公室")):
            for year in (2020, 2021, 2022):
                library.save(planted_ingestion(year, agency, name))
        yield library


def _observation(
    indicator: str | None, label: str, agency: str, year: int, citation: Citation, applicant: str
) -> Observation:
    missing = {"": Missing.BLANK, "/": Missing.NOT_APPLICABLE}.get(citation.raw)
    value = None if missing else Decimal(citation.raw)
    return Observation(indicator, label, agency, year, citation, applicant, value, missing, "件")
