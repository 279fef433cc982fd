"""Questions that quote a number or a sign of the tables: where does the report say it, and what does it mean?"""

import re
from collections.abc import Sequence
from decimal import Decimal

from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.guard import numbers_in
from qa_service.answering.lookup import Lookup
from qa_service.answering.scope import settle_scope
from qa_service.answering.wording import sentence_of
from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.normal_form import normalise

_MOST = 8
_SIGNS = re.compile(r"(?<![\d./-])(0{2,}|/|-{1,2})(?![\d./-])")
# "1915 or 8958?", "是真的吗": a number is quoted to be told whether it is right, not to say which figure is meant.
_IN_DOUBT = re.compile(
    r"还是|到底|究竟|真的|是真|属实|对吗|对不对|是不是|是否|[吗么]|\bor\b|\btrue\b|\bright\b|\bcorrect\b|\bwhether\b|\bbear out\b|\bbear .{1,12} out\b"
    r"|\bsays?\b|\bclaim"
)

_ASKS_AMOUNT = re.compile(r"多少|几(?=[件条次项篇份起宗个名人家期场位封元])|\bhow (?:many|much)\b")


def answer_by_value(draft: Draft) -> bool:
    """Shows every figure of the reports asked about that has a number quoted in the question; False where there is none, or
    the question asks for the amount of something else."""
    question, corpus = draft.question, draft.corpus
    if not question.asked.agencies:
        return False
    quoted = _quoted(draft)
    scope = settle_scope(question, corpus, many=True)
    if not quoted or not scope.points:
        return False
    found = _find(draft, scope.points, quoted)
    if not found or _is_aside(draft):
        return False
    found = _within_type(draft, found)
    draft.say("报告中写有您提到的数字的地方：", "Where the report gives the numbers you mention:")
    for datum in found[:_MOST]:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    unseen = sorted(quoted - {datum.observation.value for datum in found if datum.observation})
    if unseen:
        named = draft.wording.list([str(number) for number in unseen])
        draft.say(f"没有找到的数字：{named}。", f"Not found: {named}.")
    draft.saw(agencies=[agency for agency, _ in scope.points], years=[year for _, year in scope.points])
    return True


def add_quoted(draft: Draft) -> None:
    """Where the report gives a number that the question quotes and the answer so far does not show ("1915 or 8958?")."""
    shown = {Decimal(figure.value) for figure in draft.evidence.figures if figure.value is not None}
    scope = settle_scope(draft.question, draft.corpus, many=True)
    quoted = _quoted(draft) - shown if _IN_DOUBT.search(draft.question.text) else set()
    if not quoted or not shown or not scope.points:
        return
    found = _find(draft, scope.points, quoted)
    if found:
        draft.say("您提到的其他数字见于：", "The other numbers you mention are found here:")
    for datum in found[:_MOST]:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))


def _is_aside(draft: Draft) -> bool:
    """Whether the question asks how many of something that it names: its own numbers stand beside that."""
    return bool(draft.question.concepts) and _ASKS_AMOUNT.search(draft.question.text) is not None


def _within_type(draft: Draft, found: Sequence[Datum]) -> list[Datum]:
    """ "Of the 3119, how many came from businesses?": the figures found, each with the cell of the applicant type named."""
    reading = draft.corpus.reader.read(draft.question.text)
    applicants = sorted({applicant for word in reading.words for applicant in word.values("applicant")})
    if not applicants or _ASKS_AMOUNT.search(draft.question.text) is None:
        return list(found)
    rows = {
        (datum.agency, datum.year, datum.indicator.id)
        for datum in found
        if datum.indicator is not None and datum.indicator.by_applicant
    }
    parts: list[Datum] = []
    for agency, year, row in sorted(rows):
        concept = Concept(row, (row,), (), frozenset())
        lookup = Lookup(draft.corpus)
        lookup.fetch([(agency, year)], [concept])
        parts += [lookup.datum(agency, year, concept, applicant) for applicant in applicants]
    return [*parts, *found]


def _quoted(draft: Draft) -> set[Decimal]:
    years = {str(year) for year in draft.question.year.years}
    return {Decimal(number) for number in numbers_in(draft.question.text) - years if len(number) >= 2}


def _find(draft: Draft, points: Sequence[tuple[str, int]], quoted: set[Decimal]) -> list[Datum]:
    concept = Concept("", (), (), frozenset())
    catalogue = draft.corpus.catalogue
    return [
        Datum(agency, year, concept, catalogue.find(observation.indicator), observation.applicant, observation)
        for agency, year in points
        for observation in draft.corpus.store.observations(agencies=[agency], years=[year])
        if observation.value in quoted and observation.applicant in (None, "total")
    ]


def answer_sign(draft: Draft) -> bool:
    """ "What does 00 mean in …?": the cells where that sign is printed and how it is read; False where there is none."""
    question, corpus = draft.question, draft.corpus
    signs = {match.group(1) for match in _SIGNS.finditer(question.text)}
    if not signs or not question.asked.agencies:
        return False
    scope = settle_scope(question, corpus, many=True)
    concepts = [corpus.reader.names.by_id[concept] for concept in question.concepts]
    wanted = {part for c in concepts for member in c.members for part in (member, *corpus.catalogue.get(member).sum_of)}
    cells = [
        cell
        for agency, year in scope.points
        for cell in corpus.store.observations(agencies=[agency], years=[year])
        if cell.citation.table is not None
        and normalise(cell.citation.raw) in signs
        and (not wanted or cell.indicator in wanted)
    ]
    for cell in cells[:_MOST]:
        figure = draft.evidence.add(cell)
        label = draft.wording.label(corpus.catalogue.find(cell.indicator), cell, cell.applicant)
        title, raw, read = (
            draft.wording.title(cell.agency, cell.year),
            cell.citation.raw.strip(),
            draft.wording.amount(cell),
        )
        where = marks(figure.citations)
        draft.say(
            f"{title}“{label}”一格印的是“{raw}”，读作{read}。{where}",
            f"{title}: the cell {label} is printed “{raw}” and reads as {read}. {where}",
        )
    return bool(cells)
