"""The list of reports on the terminal."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from indicators.stored_report import ReportItem


def print_reports(items: Iterable[ReportItem], console: Console) -> None:
    """A row a report, with its counts; a sentence where there is none."""
    table = Table("Agency", "Year", "Form", "Figures", "Passages", "Problems", "Id", box=None, pad_edge=False)
    for item in items:
        table.add_row(
            Text(item.agency_name), str(item.year), item.edition or "-", str(item.figures), str(item.passages),
            str(item.problems), Text(item.id),
        )  # fmt: skip
    if table.row_count:
        console.print(table)
    else:
        console.print("There are no reports yet. Read some in: wenbao ingest FILE-OR-FOLDER")
