"""Figures of local forms that no catalogue indicator covers, asked for by their printed labels."""

from qa_service.answering.answer import Status
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.scope import settle_scope
from qa_service.answering.wording import sentence_of
from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.normal_form import is_han, normalise

_SHORTEST_LABEL = 4


def answer_uncatalogued(draft: Draft) -> bool:
    """Answers with the uncatalogued cells whose printed row label stands in the question; False where there is none."""
    question, corpus = draft.question, draft.corpus
    if not question.asked.agencies:
        return False
    scope = settle_scope(question, corpus, many=True)
    said = _plain(question.text)
    found: list[Datum] = []
    for agency, year in scope.points:
        cells = corpus.store.uncatalogued(agency=agency, year=year)
        named = [(cell, max((len(part) for part in _parts(cell.label) if part in said), default=0)) for cell in cells]
        best = max((length for _, length in named), default=0)
        if best < _SHORTEST_LABEL:
            continue
        concept = Concept("", (), (), frozenset())
        matching = [cell for cell, length in named if length == best]
        by_column = [
            cell
            for cell in matching
            if (cell.citation.column_label or "") and _plain(cell.citation.column_label or "") in said
        ]
        found += [Datum(agency, year, concept, None, None, cell) for cell in (by_column or matching)]
    if not found:
        return False
    for datum in found[:20]:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    draft.say(
        "（这是该报告自有的栏目，不在统一报表中。）", "(An item of this report's own form, not of the common form.)"
    )
    draft.status = Status.ANSWERED
    draft.saw(agencies=[datum.agency for datum in found], years=[datum.year for datum in found])
    return True


def _parts(label: str) -> list[str]:
    return [
        part for part in (_plain(piece) for piece in label.split(" / ")) if len([c for c in part if is_han(c)]) >= 2
    ]


def _plain(text: str) -> str:
    return "".join(character for character in normalise(text) if is_han(character) or character.isalnum())
