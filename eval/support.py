"""Citation support: does every number of an answer's text stand in a cited place?"""

import re

from qa_service.answering.answer import Answer, AnswerCitation, Figure, Kind
from qa_service.answering.guard import numbers_in

_YEAR = re.compile(r"(?:19|20)\d\d")


def uncited_numbers(answer: Answer, question: str) -> tuple[str, ...]:
    """The numbers of the text that stand in no cited cell or sentence, no arithmetic of cited figures, and not in the
    question; sorted. Years are no figures, and what is said of the collection itself has no place to cite.

    Stricter than the service's own guard: whatever a figure says must itself be cited.
    """
    if answer.kind is Kind.CORPUS:
        return ()
    supported = numbers_in(question)
    for citation in answer.citations:
        supported |= numbers_in(_cited_text(citation))
    shown = (*answer.figures, *(figure for conflict in answer.conflicts for figure in conflict.figures))
    for figure in shown:
        if figure.origin == "derived" and all(operand.citations for operand in figure.operands):
            supported |= _computed(figure)
    for conflict in answer.conflicts:
        # An identity that fails is told by its two sides, sums of the figures it names.
        if conflict.figures and all(figure.citations for figure in conflict.figures):
            supported |= numbers_in(conflict.message)
    # How many are listed can be counted.
    supported |= {str(len(answer.figures)), str(len(answer.citations))}
    return tuple(sorted(each for each in numbers_in(answer.answer) - supported if not _YEAR.fullmatch(each)))


def _cited_text(citation: AnswerCitation) -> str:
    parts = (citation.quote, citation.raw, citation.row, citation.column, citation.table, citation.title)
    return " ".join((*(part or "" for part in parts), citation.agency_name, str(citation.year)))


def _computed(figure: Figure) -> set[str]:
    """The numbers of an arithmetic: its result and what it was computed from."""
    found = numbers_in(f"{figure.value or ''} {figure.formula or ''} {figure.label}")
    # How many figures went into it is arithmetic too.
    return found | {number.lstrip("-") for number in found} | {str(len(figure.operands))}
