"""A list as CSV (RFC 4180, UTF-8), and what its columns hold, in the words of CSV on the Web (W3C CSVW)."""

import csv
import io
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

Item = TypeVar("Item")

# What a spreadsheet may take for a formula; a number with its sign and a lone dash are not.
_FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]*$)(?!$)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column. datatype: a built-in one of CSVW; separator: between the values of a cell that holds several.

    read: takes the value out of an item; None for the item's field of the column's name.
    """

    name: str
    zh: str
    en: str
    datatype: str = "string"
    separator: str | None = None
    read: Callable[[Any], object] | None = None


@dataclass(frozen=True, slots=True)
class CsvTable(Generic[Item]):
    """The CSV of the list at /v1/{name}. key: the column whose value is another one in every row, if there is one."""

    name: str
    zh: str
    en: str
    columns: tuple[Column, ...]
    key: str | None = None

    def head(self) -> bytes:
        """The head line."""
        return _lines([[column.name for column in self.columns]])

    def rows(self, items: Iterable[Item]) -> bytes:
        """The lines of the items; what a spreadsheet would run is marked as text."""
        return _lines([_cell(column, item) for column in self.columns] for item in items)

    def metadata(self, url: str) -> dict[str, object]:
        """The CSVW description of the CSV at that address."""
        schema: dict[str, object] = {"columns": [_described(column) for column in self.columns]}
        if self.key is not None:
            schema["primaryKey"] = self.key
        return {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "und"}],
            "url": url,
            "dc:title": [{"@value": self.zh, "@language": "zh"}, {"@value": self.en, "@language": "en"}],
            "dialect": {"header": True, "encoding": "utf-8"},
            "tableSchema": schema,
        }


def guard_text(text: str) -> str:
    """The text, with an apostrophe before it where a spreadsheet would run it as a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def _cell(column: Column, item: object) -> object:
    value = getattr(item, column.name) if column.read is None else column.read(item)
    if column.separator is not None and isinstance(value, Sequence):
        value = column.separator.join(map(str, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return guard_text(value) if isinstance(value, str) else value


def _described(column: Column) -> dict[str, object]:
    # The title without a language is the one in the head line.
    titles = {"und": column.name, "zh": column.zh, "en": column.en}
    described: dict[str, object] = {"name": column.name, "titles": titles, "datatype": column.datatype}
    if column.separator is not None:
        described["separator"] = column.separator
    return described


def _lines(rows: Iterable[Iterable[object]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode()
