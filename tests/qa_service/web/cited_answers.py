"""Answers that cite one place of a stored report each: what the page has to show for every kind of place."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from indicators.observation import Observation
from indicators.store import IndicatorStore
from qa_service.answering.answer import Answer, AnswerCitation, Kind, Status
from qa_service.conversation import Turn
from qa_service.web.figure_item import figure_item


class CitedAnswers:
    """Answers the question "cell" with the citation under that name, and so on."""

    def __init__(self, citations: Mapping[str, AnswerCitation]) -> None:
        self._citations = citations

    def ask(
        self,
        question: str,
        history: Sequence[Turn] = (),
        language: str = "auto",
        agency: str | None = None,
        year: int | None = None,
        applicant: str | None = None,
    ) -> Answer:
        citation = self._citations.get(question)
        if citation is None:
            return Answer(Status.NOT_FOUND, Kind.FIGURE, "zh", question)
        return Answer(Status.ANSWERED, Kind.PASSAGE, "zh", "见原文。[1]", citations=(citation,))


def citation_of(store: IndicatorStore, observation: Observation) -> AnswerCitation:
    """The citation of a stored figure, as answers show it."""
    reports = store.report_items([observation.citation.report])
    return replace(figure_item(observation, reports).citation, id=1)
