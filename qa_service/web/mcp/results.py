"""What the tools of the Model Context Protocol hand out besides their text."""

from pydantic import BaseModel, Field, RootModel

from indicators.stored_report import ReportItem
from qa_service.answering.answer import Answer
from qa_service.web.figure_item import FigureItem
from qa_service.web.prose_item import CommitmentItem, PassageItem


class AnswerResult(RootModel[Answer]):
    """The whole answer, as POST /v1/ask gives it. Every number of `answer` stands in one of the citations."""


class FigureResult(BaseModel):
    """Figures as GET /v1/figures lists them."""

    figures: tuple[FigureItem, ...] = Field(
        description="value: exact decimal; null with the reason in `missing`, which is never zero."
    )


class PassageResult(BaseModel):
    """Passages as GET /v1/passages lists them, best first."""

    passages: tuple[PassageItem, ...]


class CommitmentResult(BaseModel):
    """Problems and commitments as GET /v1/commitments lists them."""

    commitments: tuple[CommitmentItem, ...]


class ReportResult(BaseModel):
    """Reports as GET /v1/reports lists them."""

    reports: tuple[ReportItem, ...]
