"""A page of a report as it is printed: its picture, and where its characters stand."""

from dataclasses import dataclass

from reports.place import BBox


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character of a page and its box, in points, origin at the top left of the page as it is shown."""

    text: str
    box: BBox


@dataclass(frozen=True, slots=True)
class PageDrawing:
    """A drawn page. number: 1-based; pages: how many the file has; width, height: of the page, in points.

    picture: a PNG of the whole page. glyphs: its characters in the order of the file, () for a picture of a page.
    """

    number: int
    pages: int
    width: float
    height: float
    picture: bytes
    glyphs: tuple[Glyph, ...]

    @property
    def size(self) -> int:
        """About how many bytes of memory it takes."""
        return len(self.picture) + 200 * len(self.glyphs)
