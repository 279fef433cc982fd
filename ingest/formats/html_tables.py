"""<table> elements -> grids of cells; tells data tables from tables that only lay out the page."""

from collections.abc import Iterator
from itertools import islice

from lxml.html import HtmlElement

from ingest.formats.html_text import has_struck_digits, is_hidden, shown_text
from ingest.formats.span_grid import MOST_POSITIONS, TALLEST, WIDEST, SpannedCell, form_grid, parse_span
from reports.place import Place
from reports.table import Table

_GROUPS = ("thead", "tbody", "tfoot")
_CELLS = ("td", "th")
_PROSE = 150
_STRUCK = "a digit in this cell is struck through, so the figure that holds is not certain"


def read_table(table: HtmlElement) -> Table:
    """The table with its spans; text of tables inside its cells belongs to the cells. Raises TableTooLarge."""
    caption = next((shown_text(child) for child in table if child.tag == "caption"), None)
    groups = [[list(_cells(row)) for row in group] for group in _row_groups(table)]
    return Table(id="", cells=form_grid(groups), place=Place(line=table.sourceline), caption=caption or None)


def is_layout(table: HtmlElement) -> bool:
    """Whether a table only arranges text or other tables: its parts are then read one after the other.

    Such a table holds another table that has most of its text, or has no two cells side by side, or is one row with
    whole paragraphs in it.
    """
    if table.get("role") in ("presentation", "none"):
        return True
    inner = [other for other in table.iterdescendants("table") if not is_hidden(other)]
    if inner:
        own = len("".join(shown_text(table).split()))
        nested = sum(len("".join(shown_text(other).split())) for other in inner if _nearest_table(other) is table)
        if nested * 2 >= own:
            return True
    rows = [[cell for cell in row if not is_hidden(cell)] for group in _row_groups(table) for row in group]
    filled = [[cell for cell in row if shown_text(cell)] for row in rows]
    if max(map(len, rows), default=0) < 2:
        return True
    return sum(map(bool, filled)) <= 1 and any(len(shown_text(cell)) > _PROSE for row in filled for cell in row)


def is_too_large(table: HtmlElement) -> bool:
    """Whether a table holds more cells than any report's; found out before its cells are looked at."""
    return sum(1 for _ in islice(table.iter("td", "th"), MOST_POSITIONS + 1)) > MOST_POSITIONS


def own_cells(table: HtmlElement) -> Iterator[HtmlElement]:
    """The cells of a table, not those of tables inside it, in order."""
    for group in _row_groups(table):
        for row in group:
            yield from row


def _nearest_table(element: HtmlElement) -> HtmlElement | None:
    return next(element.iterancestors("table"), None)


def _row_groups(table: HtmlElement) -> list[list[list[HtmlElement]]]:
    """Groups of rows of cell elements; feet come last, rows outside a group are groups of their own run."""
    groups: list[list[list[HtmlElement]]] = []
    feet: list[list[list[HtmlElement]]] = []
    loose: list[list[HtmlElement]] | None = None
    for child in table:
        if is_hidden(child):
            continue
        if child.tag in _GROUPS:
            loose = None
            (feet if child.tag == "tfoot" else groups).append(_rows(child))
        elif child.tag not in ("caption", "colgroup", "col"):
            if loose is None:
                loose = []
                groups.append(loose)
            loose.extend(_rows_of(child, loose))
    return groups + feet


def _rows(group: HtmlElement) -> list[list[HtmlElement]]:
    rows: list[list[HtmlElement]] = []
    for child in group:
        if not is_hidden(child):
            rows.extend(_rows_of(child, rows))
    return rows


def _rows_of(child: HtmlElement, rows: list[list[HtmlElement]]) -> list[list[HtmlElement]]:
    """The rows that a child adds; a cell outside any row goes on in the last one, as in a browser."""
    if child.tag == "tr":
        return [[cell for cell in _row_children(child) if cell.tag in _CELLS and not is_hidden(cell)]]
    if child.tag in _CELLS:
        if rows and rows[-1] and rows[-1][-1].getparent() is child.getparent():
            rows[-1].append(child)
            return []
        return [[child]]
    # Forms and the like between table and rows; browsers move them away and keep the rows.
    found = [row for row in child.iterdescendants("tr") if _nearest_table(row) is _nearest_table(child)]
    return [[cell for cell in row if cell.tag in _CELLS and not is_hidden(cell)] for row in found if not is_hidden(row)]


def _row_children(row: HtmlElement) -> Iterator[HtmlElement]:
    for child in row:
        if child.tag in ("form", "font", "center", "b", "span"):
            yield from _row_children(child)
        else:
            yield child


def _cells(row: list[HtmlElement]) -> Iterator[SpannedCell]:
    for cell in row:
        yield SpannedCell(
            text=shown_text(cell),
            column_span=parse_span(cell.get("colspan"), WIDEST) or 1,
            row_span=parse_span(cell.get("rowspan"), TALLEST),
            place=Place(line=cell.sourceline),
            unreadable=_STRUCK if has_struck_digits(cell) else None,
        )
