"""Where something stands in a file."""

from dataclasses import dataclass

BBox = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """A position in one file; fields a format does not have are None.

    page: 1-based page number (PDF, scans).
    bbox: (x0, top, x1, bottom) in PDF points, origin at the top left of the page.
    line: 1-based line of the file (text) or of the source (HTML, where known).
    block: 0-based index of the paragraph or table in the document's reading order.
    """

    page: int | None = None
    bbox: BBox | None = None
    line: int | None = None
    block: int | None = None
