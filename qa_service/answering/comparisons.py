"""Several figures set against each other: chooses the operation and fetches its data.

Operands are always shown with their citations; what has no value is named, never filled in; bodies, years and editions
that differ are said to differ.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from indicators.observation import Origin
from qa_service.answering.asking import ask_for_indicator, find_settled_scope
from qa_service.answering.combined import answer_combined
from qa_service.answering.compared import with_value
from qa_service.answering.datum import Datum
from qa_service.answering.differences import answer_difference, answer_growth
from qa_service.answering.draft import Draft
from qa_service.answering.figures import data_of, suggest
from qa_service.answering.lookup import Lookup
from qa_service.answering.rankings import answer_filter, answer_ranking
from qa_service.answering.scope import Scope
from qa_service.answering.shares import answer_share
from qa_service.answering.totals import answer_average, answer_sum
from qa_service.answering.trends import answer_trend
from qa_service.answering.within import answer_within, has_rows
from qa_service.understanding.asked_concepts import unit_fits
from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.operations import combines_figures, ranks_within_report
from qa_service.understanding.question import Asked, Operation, Question

_OVER_FIGURES = frozenset((Operation.SUM, Operation.COMPARE, Operation.RANK, Operation.AVERAGE))
_WITHIN = frozenset((Operation.RANK, Operation.AVERAGE))
_ANSWERS: Mapping[Operation, Callable[[Draft, Scope, Concept, list[Datum]], None]] = {
    Operation.COMPARE: answer_difference,
    Operation.GROWTH: answer_growth,
    Operation.RANK: answer_ranking,
    Operation.SUM: answer_sum,
    Operation.AVERAGE: answer_average,
    Operation.TREND: answer_trend,
    Operation.FILTER: answer_filter,
}


def answer_comparison(draft: Draft) -> None:
    """Any operation over more than one figure."""
    question = draft.question
    if question.operation is Operation.SHARE:
        answer_share(draft)
        return
    if question.operation is Operation.FILTER and question.asked.nothing:
        # "哪一年收到了3件申请" without a body: of any.
        question = draft.question = replace(question, asked=Asked(everything=True))
    if question.operation in _OVER_FIGURES and combines_figures(question) and not _is_over_reports(question):
        answer_combined(draft)
        return
    if question.operation in _WITHIN and ranks_within_report(question):
        answer_within(draft)
        return
    scope = find_settled_scope(draft, many=_runs_over_years(draft))
    if scope is None:
        return
    if question.operation in _WITHIN and len(scope.points) == 1 and all(map(has_rows, question.concepts)):
        answer_within(draft)
        return
    lookup = Lookup(draft.corpus)
    concepts = [draft.corpus.reader.names.by_id[concept] for concept in draft.question.concepts]
    lookup.fetch(scope.points, concepts)
    for asked in concepts:
        concept, data = _most_usual(draft, lookup, scope, asked)
        vague = [datum for datum in data if datum.choices]
        if vague:
            draft.evidence.figures.clear()
            ask_for_indicator(draft, vague[:1])
            return
        _ANSWERS[draft.question.operation](draft, scope, concept, data)
    suggest(draft, [])


def _is_over_reports(question: Question) -> bool:
    """Whether bodies or years are set against each other, item by item; a sum takes in all of them."""
    reports = len(question.asked.agencies) > 1 or question.asked.everything or len(question.year.years) > 1
    return reports and question.operation is not Operation.SUM


def _most_usual(draft: Draft, lookup: Lookup, scope: Scope, concept: Concept) -> tuple[Concept, list[Datum]]:
    """The concept with its data; where the wording fits several, the most usual one that most of the reports have."""
    data = data_of(draft, lookup, scope.points, concept)
    if not concept.choose:
        return concept, data
    found: list[tuple[Concept, list[Datum]]] = []
    for option_id in concept.choose:
        option = draft.corpus.reader.names.by_id[option_id]
        if not unit_fits(draft.corpus.reader, option_id, draft.question.unit):
            continue
        of_option = data_of(draft, lookup, scope.points, option)
        if len(with_value(of_option)) >= 2:
            found.append((option, of_option))
    # What the tables hold comes before what single sentences say.
    printed = [
        (option, of_option) for option, of_option in found if not all(_is_text(d) for d in with_value(of_option))
    ]
    if found:
        return (printed or found)[0]
    return concept, data


def _is_text(datum: Datum) -> bool:
    return datum.observation is not None and datum.observation.origin is Origin.TEXT


def _runs_over_years(draft: Draft) -> bool:
    """Whether all years of a body belong to the question, so that none need be asked back."""
    question = draft.question
    if question.operation in (Operation.TREND, Operation.GROWTH):
        return True
    return (
        question.asked.everything
        or question.asked.group
        or question.operation in (Operation.RANK, Operation.SUM, Operation.AVERAGE, Operation.FILTER)
    )
