"""One agency's report for one year."""

from dataclasses import dataclass

from reports.agency import Agency
from reports.document import Paragraph, Source
from reports.problem import Problem
from reports.table import Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and the paragraphs below it up to the next heading.

    path: headings from the outermost in, as printed ("一、总体情况", "（一）主动公开情况"); () before the first heading.
    """

    path: tuple[str, ...]
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Report:
    """A report as read from one file.

    id: f"{agency.id}_{year}-{first 8 hex digits of the file's sha256}".
    year: the year the data is about, not the year of publication.
    edition: "A" (2014-2018 form), "B" (2019-2020), "C" (2021 on), None where no official table was recognised.
    """

    id: str
    agency: Agency
    year: int
    title: str
    edition: str | None
    source: Source
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...] = ()
