"""What would be read from one file, cell by cell."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from indicators.observation import Imbalance, Observation
from indicators.report_writer import Reading
from reports.problem import Problem

_HELD = ("holds", "holds_if_blank_is_zero")


def print_check(reading: Reading, console: Console) -> None:
    """The report's head, a row a figure (uncatalogued ones marked), the identities that fail, the problems."""
    report = reading.report
    console.print(Text(report.title, style="bold"))
    console.print(Text(f"{report.agency.name} ({report.agency.id}) · {report.year} · form {report.edition or 'none'}"))
    console.print(Text(f"{report.source.name} · {report.source.format} · {report.source.bytes:,} bytes"))
    console.print()
    console.print(_figures(reading.observations))
    console.print()
    _print_imbalances(reading.imbalances, console)
    _print_problems(report.problems, console)


def _figures(observations: Iterable[Observation]) -> Table:
    table = Table("Indicator", "Applicant", "Value", "Printed", "Row", "Column", "Place", box=None, pad_edge=False)
    for each in observations:
        citation = each.citation
        table.add_row(
            Text(each.indicator or "(uncatalogued)", style="" if each.indicator else "yellow"),
            each.applicant or "",
            Text(_value(each), style="" if each.missing is None else "dim"),
            Text(repr(citation.raw)),
            Text(citation.row_label or citation.section or each.label),
            Text(citation.column_label or ""),
            Text(_place(each)),
        )
    return table


def _value(each: Observation) -> str:
    if each.value is None:
        return f"({each.missing})"
    exactness = "" if each.exactness == "exact" else f"{each.exactness} "
    return f"{exactness}{each.value:f}{each.unit or ''}"


def _place(each: Observation) -> str:
    citation, place = each.citation, each.citation.place
    parts = [
        f"{citation.table}[{citation.row},{citation.column}]" if citation.table else None,
        f"page {place.page}" if place.page is not None else None,
        f"line {place.line}" if place.line is not None else None,
    ]
    return " ".join(part for part in parts if part)


def _print_imbalances(imbalances: Iterable[Imbalance], console: Console) -> None:
    outcomes = list(imbalances)
    held = sum(each.status in _HELD for each in outcomes)
    failing = [each for each in outcomes if each.status == "fails"]
    console.print(f"Identities: {held} hold, {len(failing)} fail, {len(outcomes) - held - len(failing)} open.")
    for each in failing:
        name = " ".join(part for part in (each.rule, each.instance) if part)
        remark = f" ({each.remark})" if each.remark else ""
        console.print(Text(f"  {name}: {each.left} ≠ {each.right}{remark}", style="red"))


def _print_problems(problems: Iterable[Problem], console: Console) -> None:
    for each in problems:
        line = f" (line {each.place.line})" if each.place and each.place.line else ""
        console.print(Text(f"{each.severity}: {each.message}{line}", style="red" if each.severity == "error" else ""))
