"""Figures as CSV (RFC 4180, UTF-8)."""

import csv
import io
import re
from collections.abc import Iterable

from qa_service.web.figure_item import FigureItem

_COLUMNS = (
    "agency", "agency_name", "year", "indicator", "label", "applicant", "value", "unit", "missing", "exactness",
    "origin", "report", "file", "page", "line", "section", "table", "row", "column", "table_id", "row_index",
    "column_index", "raw", "quote", "link",
)  # fmt: skip
_OF_FIGURE = frozenset(FigureItem.__dataclass_fields__)

# What a spreadsheet may take for a formula; a number with its sign and a lone dash are not.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]*$)(?!$)")


def render_csv(items: Iterable[FigureItem]) -> bytes:
    """The lines of the items, without the head line."""
    return _lines([_field(item, column) for column in _COLUMNS] for item in items)


def _field(item: FigureItem, column: str) -> object:
    value = getattr(item if column in _OF_FIGURE else item.citation, column)
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return value


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


CSV_HEAD = _lines([_COLUMNS])
