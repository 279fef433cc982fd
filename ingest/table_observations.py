"""Value cells to observations: parsed, cited, each figure once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from indicators.numerals import MONEY_UNITS, UNREADABLE, Figure, parse_figure, printed
from indicators.observation import Missing, Observation
from ingest.form_blocks import is_blank, row_pieces
from ingest.labels import shown_label
from ingest.printed_figure import PrintedFigure
from ingest.table_problems import doubled_figure
from reports.citation import Citation
from reports.problem import Problem
from reports.table import Table

_LONGEST_QUOTE = 300


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose tables they are: report id, agency id, data year, and the section each table stands in, by table id."""

    report: str
    agency: str
    year: int
    sections: Mapping[str, str] = field(default_factory=dict)


def make_observation(printed_figure: PrintedFigure, whose: Whose) -> Observation:
    """The observation of one value cell, with the citation that leads back to it."""
    cell, table, indicator = printed_figure.cell, printed_figure.table, printed_figure.indicator
    figure = _figure(printed_figure)
    return Observation(
        indicator=indicator.id if indicator else None,
        label=printed_figure.label,
        agency=whose.agency,
        year=whose.year,
        citation=Citation(
            report=whose.report,
            raw=printed(cell.text),
            quote=_quote(table, printed_figure.row),
            section=whose.sections.get(table.id),
            table=table.id,
            table_title=table.caption,
            row=printed_figure.row,
            column=cell.column,
            row_label=" / ".join(printed_figure.row_path) or None,
            column_label=" / ".join(printed_figure.column_path) or None,
            place=cell.place,
            ocr=table.ocr,
        ),
        applicant=printed_figure.applicant,
        value=figure.value,
        missing=figure.missing,
        unit=figure.unit or printed_figure.unit or (indicator.unit if indicator else None),
        exactness=figure.exactness,
    )


def _figure(printed_figure: PrintedFigure) -> Figure:
    if printed_figure.refused or printed_figure.cell.unreadable:
        return UNREADABLE
    indicator = printed_figure.indicator
    figure = parse_figure(printed_figure.cell.text, kind=indicator.kind if indicator else None)
    if indicator and printed_figure.unit and (printed_figure.unit in MONEY_UNITS) != (indicator.kind == "money"):
        return UNREADABLE
    return figure


def _quote(table: Table, row: int) -> str:
    texts = [shown_label(cell.text) for cell in row_pieces(table, row) if cell.row == row or not is_blank(cell)]
    while texts and not texts[0]:
        texts.pop(0)
    return " | ".join(texts)[:_LONGEST_QUOTE]


def without_doubles(observations: Sequence[Observation]) -> tuple[list[Observation], list[Problem]]:
    """One observation per indicator and applicant: equal doubles are dropped, differing ones make it unreadable."""
    groups: dict[tuple[str, str | None], list[Observation]] = {}
    for observation in observations:
        if observation.indicator:
            groups.setdefault((observation.indicator, observation.applicant), []).append(observation)
    problems: dict[tuple[str, str | None], Problem] = {}
    replaced: dict[int, Observation | None] = {}
    for (indicator, _), group in groups.items():
        if len(group) == 1:
            continue
        same = len({(each.value, each.missing, each.unit) for each in group}) == 1
        first = group[0] if same else replace(group[0], value=None, missing=Missing.UNREADABLE)
        replaced |= {id(each): first if each is group[0] else None for each in group}
        tables = (group[0].citation.table, group[1].citation.table)
        if not same or (tables[0] or "", tables[1]) not in problems:
            key = (tables[0] or "", tables[1]) if same else (indicator, group[0].applicant)
            problems[key] = doubled_figure(group, same=same)
    kept = [replaced.get(id(each), each) for each in observations]
    return [each for each in kept if each is not None], list(problems.values())
