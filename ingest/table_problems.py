"""What a person should know about the tables of a report: cells left out, figures printed twice, figures not found."""

from collections.abc import Iterable, Sequence

from indicators.catalogue import Catalogue
from indicators.observation import Missing, Observation
from ingest.printed_figure import REFUSALS_ZH, PrintedFigure
from reports.problem import Problem, Severity
from reports.table import Table


def refused_rows(pairs: Iterable[tuple[PrintedFigure, Observation]]) -> list[Problem]:
    """One problem per row whose cells are unreadable."""
    problems: dict[tuple[str, int], Problem] = {}
    for figure, observation in pairs:
        if observation.missing is not Missing.UNREADABLE:
            continue
        reason = figure.refused or figure.cell.unreadable or "the cell does not read as one figure"
        code = "row-does-not-fit" if figure.refused else "unreadable-cell"
        row = observation.citation.row_label or ""
        shown = observation.citation.raw[:40]
        problems.setdefault(
            (figure.table.id, figure.row),
            Problem(
                code,
                f"table {figure.table.id}, row {figure.row + 1} ({row}): {reason}; the cell {shown!r} is not used as a figure",
                f"表{figure.table.id}第{figure.row + 1}行（{row}）：{REFUSALS_ZH.get(reason, '无法确定该单元格的含义')}；"
                f"单元格“{shown}”不作为数字使用",
                Severity.ERROR,
                figure.cell.place,
            ),
        )
    return list(problems.values())


def absent_figures(observations: Sequence[Observation], edition: str | None, catalogue: Catalogue) -> list[Problem]:
    """A remark on the figures that this edition of the form asks for and the tables do not have."""
    found = {(each.indicator, each.applicant) for each in observations}
    absent = [
        indicator.forms[edition or ""].label
        for indicator in catalogue.indicators
        if indicator.in_edition(edition) and not indicator.forms[edition or ""].only_in
        for applicant in ([each.id for each in catalogue.applicants] if indicator.by_applicant else [None])
        if (indicator.id, applicant) not in found
    ]
    if not absent:
        return []
    names = list(dict.fromkeys(absent))
    return [
        Problem(
            "figures-not-found",
            f"{len(absent)} figures of form {edition} are not in the tables that were read: {', '.join(names[:8])}"
            + (" …" if len(names) > 8 else ""),
            f"已读取的表格中缺少{edition}版格式的{len(absent)}个数字：{'、'.join(names[:8])}"
            + ("等" if len(names) > 8 else ""),
            Severity.WARNING,
        )
    ]


def of_another_time(table: Table, year: int) -> Problem:
    """A table whose caption names a quarter or another year."""
    return Problem(
        "table-of-another-time",
        f"table {table.id} ({table.caption}) is not of {year}: its figures are kept under their printed labels only",
        f"表{table.id}（{table.caption}）不是{year}年全年的数据，其数字仅按印刷标签保留",
        Severity.WARNING,
        table.place,
    )


def too_large(table: Table) -> Problem:
    """A table of a size that no official table has; it is not searched for figures."""
    return Problem(
        "table-too-large",
        f"table {table.id} has {table.rows} rows and {table.columns} columns; no figures are read from it",
        f"表{table.id}有{table.rows}行{table.columns}列，未从中读取数字",
        Severity.WARNING,
        table.place,
    )


def doubled_figure(group: Sequence[Observation], *, same: bool) -> Problem:
    """Several cells of one figure; same: whether they agree."""
    first, second = group[0].citation, group[1].citation
    places = f"{first.table} row {(first.row or 0) + 1} ({first.raw!r}) and {second.table} row {(second.row or 0) + 1} ({second.raw!r})"
    places_zh = f"{first.table}第{(first.row or 0) + 1}行（{first.raw}）与{second.table}第{(second.row or 0) + 1}行（{second.raw}）"
    if same:
        return Problem(
            "printed-twice",
            f"the same figures are printed twice, first {group[0].label}: {places}; the first print is cited",
            f"同一数字印了两次，例如{group[0].label}：{places_zh}；引用第一处",
            Severity.INFO,
            first.place,
        )
    return Problem(
        "contradicting-cells",
        f"{group[0].label} is printed twice with different figures: {places}; neither is used",
        f"{group[0].label}印了两次且数字不同：{places_zh}；两者都不采用",
        Severity.ERROR,
        first.place,
    )
