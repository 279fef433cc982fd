"""Questions that quote a number: where does the report say it?"""

from decimal import Decimal

from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.guard import numbers_in
from qa_service.answering.scope import settle_scope
from qa_service.answering.wording import sentence_of
from qa_service.understanding.indicator_names import Concept

_MOST = 8


def answer_by_value(draft: Draft) -> bool:
    """Shows every figure of the reports asked about that has a number quoted in the question; False where there is none."""
    question, corpus = draft.question, draft.corpus
    if not question.asked.agencies:
        return False
    years = {str(year) for year in question.year.years}
    quoted = {Decimal(number) for number in numbers_in(question.text) - years if len(number) >= 2}
    scope = settle_scope(question, corpus, many=True)
    if not quoted or not scope.points:
        return False
    concept = Concept("", (), (), frozenset())
    found = [
        Datum(agency, year, concept, corpus.catalogue.find(observation.indicator), observation.applicant, observation)
        for agency, year in scope.points
        for observation in corpus.store.observations(agencies=[agency], years=[year])
        if observation.value in quoted and observation.applicant in (None, "total")
    ]
    if not found:
        return False
    draft.say("报告中写有您提到的数字的地方：", "Where the report gives the numbers you mention:")
    for datum in found[:_MOST]:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    unseen = sorted(quoted - {datum.observation.value for datum in found if datum.observation})
    if unseen:
        named = draft.wording.list([str(number) for number in unseen])
        draft.say(f"没有找到的数字：{named}。", f"Not found: {named}.")
    draft.saw(agencies=[agency for agency, _ in scope.points], years=[year for _, year in scope.points])
    return True
