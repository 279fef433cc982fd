"""Figures beside a definition: what the reports asked about have under the terms explained."""

from qa_service.answering.draft import Draft
from qa_service.answering.lookup import Lookup
from qa_service.answering.passages import asked_points
from qa_service.answering.wording import sentence_of

_MOST_REPORTS = 2
_MOST_FIGURES = 3
_CONFIDENT = 0.8


def show_examples(draft: Draft) -> None:
    """Adds the figures of the terms where the question names their report, by body or by a year with few reports."""
    question = draft.question
    points = asked_points(draft)
    if not points or len(points) > _MOST_REPORTS or question.confidence < _CONFIDENT:
        return
    concepts = [draft.corpus.reader.names.by_id[concept] for concept in question.concepts[:_MOST_FIGURES]]
    lookup = Lookup(draft.corpus)
    lookup.fetch(list(points), concepts)
    for agency, year in points:
        for concept in concepts:
            datum = lookup.datum(agency, year, concept)
            if datum.observation is not None and datum.absence is None:
                draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
                draft.saw(indicators=[datum.observation.indicator or ""], agencies=[agency], years=[year])
