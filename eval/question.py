"""A gold question: what is asked, turn by turn, and what a right answer must hold."""

from dataclasses import dataclass, field

STATUSES = ("answered", "needs_choice", "not_found")
LANGUAGES = ("zh", "en")
SPLITS = ("dev", "heldout")
OPERATIONS = (
    "lookup",
    "difference",
    "growth",
    "ratio",
    "sum",
    "average",
    "share",
    "rank",
    "count",
    "maximum",
    "minimum",
)


@dataclass(frozen=True, slots=True)
class ExpectedFigure:
    """A figure that the answer must (or may) hold.

    value: decimal string, None where the cell has no figure (then `missing` says why). A derived value is compared
    after rounding to the decimals given here, and differences without their sign.
    indicators: ids, any of which is right (editions of the form name the same thing differently).
    agency: official name or id; year: the data year; both None where the figure is derived from several.
    applicant: None and "total" mean the same. operation: "lookup" for an observed figure.
    """

    value: str | None
    unit: str | None = None
    missing: str | None = None
    indicators: tuple[str, ...] = ()
    agency: str | None = None
    year: int | None = None
    applicant: str | None = None
    operation: str = "lookup"


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where the answer stands: a cell (report and labels, any blanks ignored) or a quote from the text.

    report: file name of the report without its ending; None accepts any file. raw: the characters of the cell.
    """

    report: str | None = None
    row: str | None = None
    column: str | None = None
    raw: str | None = None
    quote: str | None = None


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a right answer to one turn must hold.

    statuses: accepted outcomes, the proper one first. figures: all must be there, in this order at the front if
    `ordered`. also: figures that may stand beside them. must_contain: words or numbers of the answer text; a number is
    compared as a number ("1,915" is "1915", and "3" does not stand in "39"). choices: words each of which must occur
    in an offered choice. conflict: whether two statements of the report that disagree must be shown.
    """

    statuses: tuple[str, ...] = ("answered",)
    figures: tuple[ExpectedFigure, ...] = ()
    also: tuple[ExpectedFigure, ...] = ()
    ordered: bool = False
    evidence: tuple[Evidence, ...] = ()
    must_contain: tuple[str, ...] = ()
    must_not_contain: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    conflict: bool = False


@dataclass(frozen=True, slots=True)
class GoldTurn:
    """One question of a conversation.

    The marks {choice_number} and {choice_label} in it stand for the number and the label of that choice offered in the
    turn before which holds the words `choose`. expect is None for a turn that only sets the scene.
    """

    question: str
    expect: Expectation | None = field(default_factory=Expectation)
    choose: str | None = None


@dataclass(frozen=True, slots=True)
class GoldQuestion:
    """A question with its answer. id is unique in its set; style is free (formal, colloquial, typo, mixed…)."""

    id: str
    language: str
    type: str
    turns: tuple[GoldTurn, ...]
    split: str = "dev"
    style: str = ""
