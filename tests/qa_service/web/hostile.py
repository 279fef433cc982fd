"""A report of which every word tries to become part of the page."""

from dataclasses import replace

from ingest.ingestion import Ingestion
from reports.agency import Agency
from reports.document import Paragraph
from reports.passage import Commitment, Passage
from reports.place import Place
from reports.problem import Problem
from reports.report import Section
from tests.qa_service.web.planted import HOSTILE, planted_ingestion

# What would show that it ran or was fetched: a dialog, a request, an element of its own.
CANARY = (
    f'{HOSTILE}<img src=x onerror=alert(1)><svg onload=alert(2)><a href="javascript:alert(3)">x</a>'
    '"><iframe src=//example.org></iframe></script></title></style>'
)


def hostile_ingestion(year: int = 2022) -> Ingestion:
    """The planted report with CANARY for agency, title, file, headings, text, cells, problems and commitments."""
    reading = planted_ingestion(year)
    report = reading.report
    agency = Agency(report.agency.id, f"示例{CANARY}局", CANARY, (CANARY,), (CANARY,))
    table = report.tables[0]
    # The headings alone: a figure's own characters are what its value was read from.
    cells = tuple(replace(cell, text=CANARY) if cell.row < 2 else cell for cell in table.cells)
    commitments = tuple(
        Commitment(
            f"{report.id}.{number}",
            report.id,
            agency.id,
            year,
            kind,
            f"加强培训{CANARY}{number}",
            CANARY,
            ("training", CANARY),
            position=position,
        )
        for position, (number, kind) in enumerate((("P1", "problem"), ("C1", "commitment")))
    )
    told = f"本局举办培训班3期，{CANARY}。"
    passage = Passage(f"{report.id}-{0:012x}", report.id, agency.id, year, CANARY, "prose", told, 0, ((0, len(told)),))
    return replace(
        reading,
        passages=(passage,),
        report=replace(
            report,
            agency=agency,
            title=CANARY,
            source=replace(report.source, name=f"{year}{CANARY}"),
            sections=(Section((CANARY,), (Paragraph(CANARY, Place(line=1, block=1)),)),),
            tables=(replace(table, cells=cells, caption=CANARY),),
            problems=(Problem("odd-row", CANARY, CANARY),),
        ),
        imbalances=tuple(replace(each, instance=CANARY, remark=CANARY) for each in reading.imbalances),
        commitments=commitments,
    )
