"""The last look at an answer: no number may be shown that stands in no cited figure, no quote, and not in the question."""

import re
import unicodedata

from qa_service.answering.answer import Answer, Figure

_NUMBER = re.compile(r"\d+(?:,\d{3})*(?:\.\d+)?")
_MARK = re.compile(r"\[\d+\]")


def numbers_in(text: str) -> set[str]:
    """The numbers of a text in plain digits, thousands commas and citation marks removed, zeros trimmed."""
    plain = _MARK.sub(" ", unicodedata.normalize("NFKC", text))
    return {_canonical(match.group()) for match in _NUMBER.finditer(plain)}


def unsupported_numbers(answer: Answer, question: str, also: str = "") -> set[str]:
    """Numbers in the answer's text that nothing supports. also: further text whose numbers are allowed (years present,
    counts of what is listed, labels of the catalogue)."""
    supported = numbers_in(question) | numbers_in(also)
    for figure in answer.figures:
        supported |= _of_figure(figure)
    for conflict in answer.conflicts:
        for figure in conflict.figures:
            supported |= _of_figure(figure)
    for citation in answer.citations:
        supported |= numbers_in(
            f"{citation.quote} {citation.raw} {citation.row or ''} {citation.column or ''} {citation.year}"
        )
    return numbers_in(answer.answer) - supported


def _of_figure(figure: Figure) -> set[str]:
    parts = [figure.value or "", figure.formula or "", figure.label, str(figure.year or "")]
    for operand in figure.operands:
        parts += [operand.value or "", operand.label, str(operand.year)]
    found = numbers_in(" ".join(parts))
    return found | {number.lstrip("-") for number in found}


def _canonical(number: str) -> str:
    plain = number.replace(",", "")
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return plain.lstrip("0") or "0"
