"""One figure asked for: of one body, one year, one concept, one applicant type — found, absent with its reason, or vague."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from indicators.arithmetic import Derived
from indicators.catalogue import Comparable, Indicator
from indicators.observation import Missing, Observation, Origin
from qa_service.understanding.indicator_names import Concept


class Absence(StrEnum):
    """Why there is no observation at all."""

    NO_REPORT = "no_report"
    NOT_IN_FORM = "not_in_form"
    NOT_BY_APPLICANT = "not_by_applicant"
    NOT_IN_REPORT = "not_in_report"


@dataclass(frozen=True)
class Datum:
    """The outcome for one body, year, concept and applicant.

    observation: the one cell or sentence that answers; derived: a sum the form leaves to the reader. texts: sentences
    of the same report that state a different value. absence: why there is nothing. comparable: what the same report has
    instead, with the catalogue's link to it. choices: indicators between which the wording does not decide. label, label_en: what a sum
    over several rows counts, where no indicator has that name.
    """

    agency: str
    year: int
    concept: Concept
    indicator: Indicator | None = None
    applicant: str | None = None
    observation: Observation | None = None
    derived: Derived | None = None
    blanks: tuple[Observation, ...] = ()
    texts: tuple[Observation, ...] = ()
    absence: Absence | None = None
    comparable: tuple[tuple[Observation, Comparable], ...] = ()
    choices: tuple[Indicator, ...] = ()
    label: str = ""
    label_en: str = ""

    @property
    def value(self) -> Decimal | None:
        """The value, None where there is none."""
        if self.derived is not None:
            return self.derived.value
        return self.observation.value if self.observation else None

    @property
    def unit(self) -> str | None:
        """The unit of the value."""
        if self.derived is not None:
            return self.derived.unit
        return self.observation.unit if self.observation else (self.indicator.unit if self.indicator else None)

    @property
    def missing(self) -> Missing | None:
        """Why the report's cell has no value."""
        return self.observation.missing if self.observation else None

    @property
    def operand(self) -> Observation | None:
        """The datum as one operand of further arithmetic; sums become a derived observation with the sum's first citation."""
        if self.derived is None:
            return self.observation
        first = self.derived.operands[0]
        label = self.indicator.zh if self.indicator else first.label
        return Observation(
            self.indicator.id if self.indicator else None,
            label,
            self.agency,
            self.year,
            first.citation,
            self.applicant,
            self.derived.value,
            None,
            self.derived.unit,
            origin=Origin.DERIVED,
        )
