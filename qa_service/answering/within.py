"""Which row or column of one report is the largest or smallest, and the middle one: parts are compared, never totals."""

import re
from collections.abc import Sequence

from indicators.arithmetic import average, median
from indicators.catalogue import Indicator
from indicators.observation import Exactness, Missing, Observation
from qa_service.answering.answer import Kind
from qa_service.answering.asking import find_settled_scope
from qa_service.answering.combined import say_order
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.figures import suggest
from qa_service.answering.lookup import Lookup
from qa_service.answering.wording import sentence_of
from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.question import Operation

_MOST_LISTED = 30
_APPLICANTS = re.compile(
    r"申请人|申请者|申请主体|哪[一几]?类(?:人|主体|申请)|谁|什么人|什么样的人|\bapplicants?\b|\brequesters?\b|\bwho\b|\bwhom\b"
)
_CHANNEL_WORDS = re.compile(r"渠道|平台|途径|方式|形式|\bchannels?\b|\bplatforms?\b|\bways?\b|\bforms?\b|\bmeans\b")
_CHANNELS_OF = {
    "legacy.proactive.info_total": "legacy.proactive.channels",
    "legacy.requests.received": "legacy.requests.received",
}
_SECTIONS = frozenset(("requests_outcome_total", "all_channels"))
# Rows of the outcomes stand below these headings; the concept that asks for outcomes has their total as its member.
_OUTCOMES_OF = {"legacy.requests.closed": "legacy.requests.replied", "requests.results.total": "requests.results"}


def has_rows(concept_id: str) -> bool:
    """Whether a concept is a section whose rows can be set against each other, rather than one figure."""
    return concept_id in _SECTIONS


def answer_within(draft: Draft) -> None:
    """The extreme or the median over applicant types, or over the rows below the heading that the question names."""
    scope = find_settled_scope(draft)
    if scope is None:
        return
    question = draft.question
    draft.kind = Kind.AGGREGATE if question.operation is Operation.AVERAGE else Kind.RANKING
    concepts = [draft.corpus.reader.names.by_id[concept] for concept in question.concepts]
    lookup = Lookup(draft.corpus, usual=True)
    lookup.fetch(scope.points, concepts)
    for agency, year in scope.points:
        for concept in concepts:
            datum = lookup.datum(agency, year, concept)
            draft.saw(indicators=[datum.indicator.id] if datum.indicator else [], agencies=[agency], years=[year])
            _one(draft, datum)
    suggest(draft, [])


def _one(draft: Draft, datum: Datum) -> None:
    indicator = datum.indicator
    if indicator is None:
        draft.say("没有看出要比较哪些数字。", "It is not clear which figures are to be compared.")
    elif _APPLICANTS.search(draft.question.text) and not _CHANNEL_WORDS.search(draft.question.text):
        _over_applicants(draft, datum, indicator)
    else:
        _over_rows(draft, datum, _heading(draft, indicator))


def _over_applicants(draft: Draft, datum: Datum, indicator: Indicator) -> None:
    if not indicator.by_applicant:
        draft.say(
            f"{draft.wording.title(datum.agency, datum.year)}的统计表不按申请人类型分列，无法比较各类申请人。",
            f"{draft.wording.title(datum.agency, datum.year)}: the form of that year does not break requests down by applicant "
            "type, so they cannot be compared.",
        )
        if datum.value is not None or datum.absence is not None:
            draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
        return
    wanted = [applicant.id for applicant in draft.corpus.catalogue.applicants if applicant.id != "total"]
    ids = indicator.sum_of or (indicator.id,)
    if len(ids) > 1:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
        data = [_part(draft, datum, indicator, applicant) for applicant in wanted]
    else:
        cells = draft.corpus.observations(ids, [datum.agency], [datum.year], wanted)
        order = {applicant: position for position, applicant in enumerate(wanted)}
        ordered = sorted(
            (cell for cell in cells if cell.citation.table is not None), key=lambda cell: order[cell.applicant or ""]
        )
        data = [Datum(datum.agency, datum.year, datum.concept, indicator, cell.applicant, cell) for cell in ordered]
    _say(draft, datum, data)


def _part(draft: Draft, datum: Datum, indicator: Indicator, applicant: str) -> Datum:
    concept = Concept(indicator.id, (indicator.id,), (), frozenset())
    lookup = Lookup(draft.corpus)
    lookup.fetch([(datum.agency, datum.year)], [concept])
    return lookup.datum(datum.agency, datum.year, concept, applicant)


def _heading(draft: Draft, indicator: Indicator) -> Indicator:
    """The heading whose rows are meant: that of the outcomes, of the channels, or the indicator's own."""
    catalogue = draft.corpus.catalogue
    if _CHANNEL_WORDS.search(draft.question.text) and indicator.id in _CHANNELS_OF:
        return catalogue.get(_CHANNELS_OF[indicator.id])
    if indicator.id in _OUTCOMES_OF:
        return catalogue.get(_OUTCOMES_OF[indicator.id])
    if catalogue.children(indicator.id):
        return indicator
    return catalogue.find(indicator.parent) or indicator


def _rows(draft: Draft, heading: Indicator, edition: str | None) -> list[Indicator]:
    """The rows below a heading that have no rows below themselves; totals are left out."""
    found: list[Indicator] = []
    for child in draft.corpus.catalogue.children(heading.id):
        below = _rows(draft, child, edition)
        if below:
            found += below
        elif child.in_edition(edition) and not child.id.endswith(".total"):
            found.append(child)
    return found


def _over_rows(draft: Draft, datum: Datum, heading: Indicator) -> None:
    rows = _rows(draft, heading, draft.corpus.edition(datum.agency, datum.year))
    applicant = draft.question.applicants[0] if len(draft.question.applicants) == 1 else None
    cells: list[Observation] = []
    for row in rows:
        wanted = (applicant or "total") if row.by_applicant else None
        found = draft.corpus.observations([row.id], [datum.agency], [datum.year], [wanted])
        cells += [cell for cell in found if cell.citation.table is not None][:1]
    data = [
        Datum(cell.agency, cell.year, datum.concept, draft.corpus.catalogue.find(cell.indicator), applicant, cell)
        for cell in cells
    ]
    units = {datum.unit for datum in data}
    if len(units) > 1:
        draft.say("这些数字的单位不同，不能相互比较。", "Their units differ, so they are not compared.")
        return
    _say(draft, datum, data)


def _say(draft: Draft, datum: Datum, data: Sequence[Datum]) -> None:
    have = [
        part
        for part in data
        if part.value is not None and (part.observation is None or part.observation.exactness is Exactness.EXACT)
    ]
    title = draft.wording.title(datum.agency, datum.year)
    if len(have) < 2:
        if datum.value is not None or datum.absence is not None:
            draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
        draft.say(
            "报告里没有足够的分项数字可以比较。", "The report has too few single figures to compare with one another."
        )
        return
    draft.sentences.append(draft.wording.say(f"{title}：", f"{title}:"))
    if draft.question.operation is Operation.AVERAGE:
        _say_middle(draft, have)
    elif all(part.value == 0 for part in have):
        where = "".join(marks((draft.evidence.cite(part.operand),)) for part in have if part.operand)
        draft.say(f"各分项都是0。{where}", f"All the single figures are 0. {where}")
    else:
        say_order(draft, have)
    upwards = "LEAST" in draft.question.cues and "MOST" not in draft.question.cues and bool(draft.question.limit)
    ordered = sorted(have, key=lambda part: (part.value or 0) * (1 if upwards else -1))
    shown = ordered[: draft.question.limit or _MOST_LISTED]
    filled = [part for part in shown if part.value or upwards] or shown
    draft.sentences.append(_listed(draft, filled))
    blank = [part for part in data if part.missing is Missing.BLANK]
    if blank:
        names = draft.wording.list([_name(draft, part) for part in blank])
        draft.say(f"空白、未参加比较的：{names}。", f"Blank and left out: {names}.")


def _say_middle(draft: Draft, have: Sequence[Datum]) -> None:
    """The median of the rows where it is asked for, else their mean."""
    is_median = "MEDIAN" in draft.question.cues
    derived = (median if is_median else average)([part.operand for part in have if part.operand])
    zh, en = ("中位数", "Median") if is_median else ("平均", "Average")
    figure = draft.evidence.add_derived(
        derived, draft.wording.say(zh, en.lower()), agency=have[0].agency, year=have[0].year
    )
    amount = draft.wording.with_unit(figure.value or "", figure.unit)
    draft.say(
        f"{zh}{amount}（{derived.formula}）。{marks(figure.citations)}",
        f"{en}: {amount} ({derived.formula}). {marks(figure.citations)}",
    )


def _listed(draft: Draft, data: Sequence[Datum]) -> str:
    parts = []
    for datum in data:
        if datum.derived is not None:
            figure = draft.evidence.add_derived(
                datum.derived,
                _name(draft, datum),
                indicator=datum.indicator.id if datum.indicator else None,
                agency=datum.agency,
                year=datum.year,
                applicant=datum.applicant,
            )
        else:
            assert datum.observation is not None
            figure = draft.evidence.add(datum.observation)
        amount = draft.wording.with_unit(figure.value or "", figure.unit)
        parts.append(f"{_name(draft, datum)}{draft.wording.say('', ': ')}{amount}{marks(figure.citations)}")
    return draft.wording.say("其中：" + "，".join(parts) + "。", "Of these: " + "; ".join(parts) + ".")


def _name(draft: Draft, datum: Datum) -> str:
    return draft.wording.name(datum)
