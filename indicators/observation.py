"""One figure of one report, with its reason where there is none."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from reports.citation import Citation


class Missing(StrEnum):
    """Why an observation has no value (guide.md section 5). Blank is not zero."""

    BLANK = "blank"
    NOT_APPLICABLE = "not_applicable"
    NOT_IN_FORM = "not_in_form"
    UNREADABLE = "unreadable"


class Exactness(StrEnum):
    """How the report words the figure: 30余 is MORE_THAN, 约/近/左右 is ABOUT, 不足 is LESS_THAN."""

    EXACT = "exact"
    MORE_THAN = "more_than"
    ABOUT = "about"
    LESS_THAN = "less_than"


class Origin(StrEnum):
    """table: a cell; text: a sentence; derived: computed from other observations."""

    TABLE = "table"
    TEXT = "text"
    DERIVED = "derived"


@dataclass(frozen=True, slots=True)
class Observation:
    """A figure as reported.

    indicator: catalogue id, or None for a row or column no catalogue indicator covers (then label says what it is).
    label: printed label of the figure ("收到申请数"; for uncatalogued cells row and column path).
    agency, year: whose and which data year. applicant: None where the form has no applicant types, else one of
    natural_person, business, research, charity, legal_service, other_org, total.
    value: exact; None exactly when missing is set. unit: printed or catalogue unit, None where the form states none.
    """

    indicator: str | None
    label: str
    agency: str
    year: int
    citation: Citation
    applicant: str | None = None
    value: Decimal | None = None
    missing: Missing | None = None
    unit: str | None = None
    exactness: Exactness = Exactness.EXACT
    origin: Origin = Origin.TABLE


@dataclass(frozen=True, slots=True)
class Imbalance:
    """The outcome of one identity on one report. status: holds, holds_if_blank_is_zero, fails, not_evaluable, hint_yes,
    hint_no. instance: the applicant column or matrix row it was evaluated for. cells: (table id, row, column) involved.
    """

    rule: str
    severity: str
    status: str
    instance: str | None = None
    left: Decimal | None = None
    right: Decimal | None = None
    cells: tuple[tuple[str, int, int], ...] = ()
    remark: str | None = None
