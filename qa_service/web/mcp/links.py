"""Links that open from anywhere."""

from collections.abc import Iterable
from dataclasses import replace

from qa_service.answering.answer import Answer, AnswerCitation
from qa_service.web.figure_item import FigureItem
from qa_service.web.prose_item import CommitmentItem, PassageItem


class Links:
    """Puts the service's address before links; without one they stay paths."""

    def __init__(self, origin: str) -> None:
        self._origin = origin

    def in_answer(self, answer: Answer) -> Answer:
        """The answer with links that open."""
        return replace(answer, citations=tuple(self._in_citation(each) for each in answer.citations))

    def in_figures(self, items: Iterable[FigureItem]) -> tuple[FigureItem, ...]:
        """The figures with links that open."""
        return tuple(replace(item, citation=self._in_citation(item.citation)) for item in items)

    def in_passages(self, items: Iterable[PassageItem]) -> tuple[PassageItem, ...]:
        """The passages with links that open."""
        return tuple(replace(item, link=self._origin + item.link) for item in items)

    def in_commitments(self, items: Iterable[CommitmentItem]) -> tuple[CommitmentItem, ...]:
        """The commitments with links that open."""
        return tuple(replace(item, link=self._origin + item.link) for item in items)

    def _in_citation(self, citation: AnswerCitation) -> AnswerCitation:
        return replace(citation, link=self._origin + citation.link)
