"""The evidence for one figure or sentence."""

from dataclasses import dataclass, field

from reports.place import Place


@dataclass(frozen=True, slots=True)
class Citation:
    """A cell or a sentence of one report.

    Table cell: table is the table's id, table_title its caption, row/column the 0-based grid position, row_label and
    column_label the printed heading paths joined by " / ".
    Sentence: table is None and section names the heading path joined by " / ".
    raw: the characters of the figure as printed ("196.7万元", "" for a blank cell); quote: the row or sentence around it.
    """

    report: str
    raw: str
    quote: str
    section: str | None = None
    table: str | None = None
    table_title: str | None = None
    row: int | None = None
    column: int | None = None
    row_label: str | None = None
    column_label: str | None = None
    place: Place = field(default_factory=Place)
    ocr: bool = False
