"""What a format reader returns: paragraphs and tables in reading order, nothing interpreted yet."""

from dataclasses import dataclass, field

from reports.place import Place
from reports.problem import Problem
from reports.table import Table


@dataclass(frozen=True, slots=True)
class Source:
    """The file a document was read from. `name` is the file's own name without folders, "archive.zip/member" inside an archive; sha256
    of its bytes, hex."""

    name: str
    sha256: str
    format: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph, text verbatim but for outer white space. heading_level: 1-based where the format marks headings."""

    text: str
    place: Place = field(default_factory=Place)
    heading_level: int | None = None
    ocr: bool = False


@dataclass(frozen=True)
class Document:
    """A file's content in reading order. Place.block of each block is its index in `blocks`."""

    source: Source
    blocks: tuple[Paragraph | Table, ...]
    problems: tuple[Problem, ...] = ()
    pages: int | None = None

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """The paragraphs alone, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Paragraph))

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables alone, in reading order."""
        return tuple(block for block in self.blocks if isinstance(block, Table))
