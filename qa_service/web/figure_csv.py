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
    return guard_text(value) if isinstance(value, str) else value


def guard_text(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()


CSV_HEAD = _lines([_COLUMNS])
