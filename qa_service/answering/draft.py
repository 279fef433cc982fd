"""An answer before its citations are numbered out."""

from dataclasses import dataclass, field

from qa_service.answering.answer import Answer, AnswerCommitment, Choice, Conflict, Interpretation, Kind, Status
from qa_service.answering.corpus import Corpus
from qa_service.answering.evidence import Evidence
from qa_service.answering.wording import Wording
from qa_service.understanding.question import Question


@dataclass
class Draft:
    """Status, sentences and evidence of the answer being made.

    allowed: texts whose numbers may be shown though they are no figures (counts of what is listed, years, definitions).
    """

    question: Question
    corpus: Corpus
    status: Status = Status.ANSWERED
    kind: Kind = Kind.FIGURE
    sentences: list[str] = field(default_factory=list)
    commitments: list[AnswerCommitment] = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    choices: list[Choice] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    indicators: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    years: list[int] = field(default_factory=list)
    allowed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.evidence = Evidence(self.corpus, self.question.language)
        self.wording = Wording(self.corpus, self.question.language)

    def say(self, zh: str, en: str) -> None:
        """Adds a sentence in the answer's language."""
        self.sentences.append(self.wording.say(zh, en))

    def saw(
        self, *, indicators: list[str] | None = None, agencies: list[str] | None = None, years: list[int] | None = None
    ) -> None:
        """Records what was understood, for the interpretation."""
        self.indicators = list(dict.fromkeys([*self.indicators, *(indicators or [])]))
        self.agencies = list(dict.fromkeys([*self.agencies, *(agencies or [])]))
        self.years = sorted({*self.years, *(years or [])})

    def finish(self, resolved: str) -> Answer:
        """The answer object."""
        return Answer(
            status=self.status,
            kind=self.kind,
            language=self.question.language,
            answer=self._text(),
            figures=tuple(self.evidence.figures),
            citations=self.evidence.citations(),
            commitments=tuple(self.commitments),
            conflicts=tuple(self.conflicts),
            choices=tuple(self.choices),
            suggestions=tuple(dict.fromkeys(self.suggestions)),
            interpretation=Interpretation(
                self.question.operation.value,
                tuple(self.indicators),
                tuple(self.agencies),
                tuple(self.years),
                self._applicants(),
                resolved,
            ),
        )

    def _applicants(self) -> tuple[str, ...]:
        """The applicant types asked for; a group of columns (legal persons) by the types it stands for."""
        kinds = [self.corpus.catalogue.applicant(applicant) for applicant in self.question.applicants]
        return tuple(dict.fromkeys(part for kind in kinds for part in (kind.sum_of or (kind.id,))))

    def _text(self) -> str:
        """The sentences in one text; one that ends its line is followed by a new line."""
        separator = "" if self.question.language == "zh" else " "
        text = ""
        for sentence in self.sentences:
            if not sentence.strip():
                continue
            joint = "" if not text or text.endswith("\n") or sentence.startswith("\n") else separator
            text += joint + sentence.strip(" ")
        return text.strip()
