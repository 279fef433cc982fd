"""What the store tells about the reports it holds."""

from dataclasses import dataclass
from typing import Literal

from indicators.observation import Imbalance, Observation
from reports.agency import Agency
from reports.problem import Problem
from reports.report import Section
from reports.table import Table


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a report that was to be saved.

    report_id: the id it has in the store (the agency's part of it is the stored agency's, which may differ from the
    given one where the body was known under another form of its name).
    outcome: "new"; "revised" (an earlier file of this agency and year is kept but no longer answered from);
    "unchanged" (this very file was stored before; nothing was written).
    """

    report_id: str
    revision: int
    outcome: Literal["new", "revised", "unchanged"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """One current report: whose, of which data year, in which edition of the form."""

    agency_id: str
    year: int
    report_id: str
    edition: str | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """All agencies and current reports at one generation of the store."""

    generation: int
    agencies: tuple[Agency, ...]
    coverage: tuple[Coverage, ...]


@dataclass(frozen=True, slots=True)
class ReportItem:
    """One stored report in a list. figures, passages and problems are counts; revision counts from 1."""

    id: str
    agency: str
    agency_name: str
    year: int
    title: str
    edition: str | None
    file: str
    format: str
    revision: int
    is_current: bool
    figures: int
    passages: int
    problems: int


@dataclass(frozen=True)
class StoredReport:
    """A stored report with its content. revisions: every file stored for its agency and year, oldest first."""

    item: ReportItem
    sha256: str
    bytes: int
    sections: tuple[Section, ...]
    tables: tuple[Table, ...]
    problems: tuple[Problem, ...]
    imbalances: tuple[Imbalance, ...]
    revisions: tuple[ReportItem, ...]


@dataclass(frozen=True, slots=True)
class ObservationPage:
    """A part of a longer list. next: give it as `after` to get the following part; None at the end."""

    observations: tuple[Observation, ...]
    next: int | None
