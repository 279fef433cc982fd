"""An understood question: what is asked of which bodies, years, indicators and applicants, and what to do with the figures."""

from dataclasses import dataclass, field
from enum import StrEnum

from qa_service.understanding.bounds import Bound
from qa_service.understanding.years import YearMention


class Operation(StrEnum):
    """What to do with the figures, or that no figure is asked for."""

    LOOKUP = "lookup"
    COMPARE = "compare"
    GROWTH = "growth"
    RANK = "rank"
    SUM = "sum"
    AVERAGE = "average"
    SHARE = "share"
    TREND = "trend"
    FILTER = "filter"
    SECTION = "section"
    PASSAGE = "passage"
    COMMITMENTS = "commitments"
    DEFINITION = "definition"
    CORPUS = "corpus"
    SMALLTALK = "smalltalk"
    REFUSAL = "refusal"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Asked:
    """The bodies asked about.

    agencies: ids meant for certain. choices: ids one of which is meant. unknown: a body or place named that is not in the
    corpus, as said. near: ids inside a place whose own body was asked for but is not in the corpus. group: several
    bodies are asked over ("各人社局", "which bureau"); everything: over the whole corpus.
    """

    agencies: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    unknown: str = ""
    near: tuple[str, ...] = ()
    group: bool = False
    everything: bool = False
    said: str = ""

    @property
    def nothing(self) -> bool:
        """Whether the question names no body at all."""
        return not (self.agencies or self.choices or self.unknown or self.near or self.group or self.everything)


@dataclass(frozen=True, slots=True)
class Question:
    """One question in context.

    concepts: ids of everyday concepts, best first, several when several figures are asked for. label_ids: indicator ids
    named by their printed label. applicants: applicant type ids. pairs: (concept, applicant) where each figure is asked of an
    applicant type of its own. parts: which part of the whole a share is asked of.
    unit: measure word said ("件"). limit: how many of a ranking. place: which one of an order, from 2 on (0: none). threshold: the bound of "超过10件".
    unexplained: words that nothing explains. corrections: (as typed, as read). inherited: names of slots taken from history.
    doubted: something in it is negated, left out or narrowed. corrects: the speaker takes back something of the turn before.
    """

    text: str
    language: str
    operation: Operation
    asked: Asked = field(default_factory=Asked)
    year: YearMention = field(default_factory=YearMention)
    concepts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    applicants: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    cues: frozenset[str] = frozenset()
    unit: str = ""
    limit: int = 0
    place: int = 0
    threshold: Bound | None = None
    unexplained: tuple[str, ...] = ()
    confidence: float = 0.0
    doubted: bool = False
    corrections: tuple[tuple[str, str], ...] = ()
    inherited: frozenset[str] = frozenset()
    alternating: bool = False
    corrects: bool = False
    earlier: "tuple[Question, ...]" = ()
