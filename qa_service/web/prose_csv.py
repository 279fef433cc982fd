"""Passages and commitments as CSV (RFC 4180, UTF-8)."""

import csv
import io
from collections.abc import Iterable
from dataclasses import fields

from qa_service.web.figure_csv import guard_text
from qa_service.web.prose_item import CommitmentItem, PassageItem


def render_head(kind: type[PassageItem] | type[CommitmentItem]) -> bytes:
    """The head line: the fields of the items."""
    return _lines([[field.name for field in fields(kind)]])


def render_rows(items: Iterable[PassageItem | CommitmentItem]) -> bytes:
    """The lines of the items; lists are joined by blanks, and what a spreadsheet would run is marked as text."""
    return _lines([_cell(getattr(item, field.name)) for field in fields(item)] for item in items)


def prefers_csv(form: str | None, accept: str) -> bool:
    """Whether CSV is asked for: by ?format=csv, or by an Accept header that names it and not JSON."""
    types = [part.split(";")[0].strip().lower() for part in accept.split(",")]
    return form == "csv" or (form is None and "text/csv" in types and "application/json" not in types)


def _cell(value: object) -> object:
    if isinstance(value, tuple):
        return " ".join(map(str, value))
    return guard_text(value) if isinstance(value, str) else value


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
