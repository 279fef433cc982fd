"""The answer object of the contract (design: POST /v1/ask)."""

from dataclasses import dataclass
from enum import StrEnum

from reports.place import BBox


class Status(StrEnum):
    """The three honest outcomes."""

    ANSWERED = "answered"
    NEEDS_CHOICE = "needs_choice"
    NOT_FOUND = "not_found"


class Kind(StrEnum):
    """What sort of answer it is."""

    FIGURE = "figure"
    COMPARISON = "comparison"
    RANKING = "ranking"
    TREND = "trend"
    AGGREGATE = "aggregate"
    SHARE = "share"
    PASSAGE = "passage"
    COMMITMENTS = "commitments"
    DEFINITION = "definition"
    CORPUS = "corpus"
    SMALLTALK = "smalltalk"


@dataclass(frozen=True, slots=True)
class Operand:
    """One observation that went into a derived figure; value is an exact decimal string."""

    value: str | None
    unit: str | None
    missing: str | None
    indicator: str | None
    label: str
    agency: str
    agency_name: str
    year: int
    applicant: str | None
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of an answer: an observation, or derived with formula and operands. value is an exact decimal string."""

    value: str | None
    unit: str | None
    missing: str | None
    exactness: str
    origin: str
    indicator: str | None
    label: str
    agency: str | None
    agency_name: str | None
    year: int | None
    applicant: str | None
    formula: str | None = None
    operands: tuple[Operand, ...] = ()
    citations: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerCitation:
    """A citation as the contract shows it; id is what [1] in the answer text points to."""

    id: int
    report: str
    title: str
    agency_name: str
    year: int
    file: str
    page: int | None
    bbox: BBox | None
    line: int | None
    section: str | None
    table: str | None
    table_id: str | None
    row: str | None
    column: str | None
    row_index: int | None
    column_index: int | None
    raw: str
    quote: str
    link: str
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two statements of one report that disagree, or an identity that fails on a figure used here."""

    kind: str
    message: str
    figures: tuple[Figure, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A complete question that can be sent back, with a short label."""

    label: str
    question: str


@dataclass(frozen=True, slots=True)
class AnswerCommitment:
    """A problem (kind "problem") or commitment in the agency's own words. target_year: only where the report states it.

    themes: ids. answers: ids of the problems of the same report on the same themes.
    """

    id: str
    kind: str
    quote: str
    agency: str
    agency_name: str
    year: int
    section: str
    themes: tuple[str, ...]
    target_year: int | None
    answers: tuple[str, ...]
    citations: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Interpretation:
    """What was understood."""

    operation: str
    indicators: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    applicants: tuple[str, ...] = ()
    resolved_question: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer, serialised as it is."""

    status: Status
    kind: Kind
    language: str
    answer: str
    figures: tuple[Figure, ...] = ()
    citations: tuple[AnswerCitation, ...] = ()
    commitments: tuple[AnswerCommitment, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    choices: tuple[Choice, ...] = ()
    suggestions: tuple[str, ...] = ()
    interpretation: Interpretation = Interpretation("none")
