"""Several figures of one report at once: by applicant type, by channel, outcomes, a heading with its rows."""

from collections.abc import Sequence

from indicators.catalogue import Indicator
from indicators.observation import Observation
from qa_service.answering.answer import Kind
from qa_service.answering.asking import ask_for_indicator, find_settled_scope
from qa_service.answering.datum import Absence, Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.figures import add_imbalances, suggest
from qa_service.answering.lookup import Lookup
from qa_service.answering.wording import sentence_of
from qa_service.understanding.indicator_names import Concept

_OUTCOMES = "requests_outcome_total"


def answer_section(draft: Draft) -> None:
    """All figures below the heading asked for; blanks and zeros are listed as such."""
    scope = find_settled_scope(draft)
    if scope is None:
        return
    draft.kind = Kind.FIGURE
    for agency, year in scope.points:
        for concept_id in draft.question.concepts or ("requests_received",):
            concept = draft.corpus.reader.names.by_id[concept_id]
            _one_report(draft, agency, year, concept)
    suggest(draft, [])


def _one_report(draft: Draft, agency: str, year: int, concept: Concept) -> None:
    lookup = Lookup(draft.corpus)
    lookup.fetch([(agency, year)], [concept])
    datum = lookup.datum(agency, year, concept)
    draft.saw(indicators=[datum.indicator.id] if datum.indicator else [], agencies=[agency], years=[year])
    if datum.choices:
        ask_for_indicator(draft, [datum])
        return
    if datum.indicator is None or datum.absence is Absence.NOT_IN_FORM:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
        return
    indicator = datum.indicator
    if "BY_APPLICANT" in draft.question.cues:
        _by_applicant(draft, agency, year, concept, datum)
        if concept.id == _OUTCOMES:
            _rows(draft, agency, year, _outcome_rows(draft, indicator), only_filled=True)
        return
    if concept.id == _OUTCOMES:
        _rows(draft, agency, year, _outcome_rows(draft, indicator), only_filled=True)
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
        return
    rows = _below(draft, indicator)
    if datum.observation is not None or datum.derived is not None:
        draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    _rows(draft, agency, year, rows)


def _below(draft: Draft, indicator: Indicator) -> Sequence[Indicator]:
    catalogue = draft.corpus.catalogue
    children = [child for child in catalogue.children(indicator.id) if child.has_figure]
    return children or [
        child for child in catalogue.children(indicator.parent or "") if child.has_figure and child.id != indicator.id
    ]


def _outcome_rows(draft: Draft, indicator: Indicator) -> Sequence[Indicator]:
    catalogue = draft.corpus.catalogue
    if indicator.id.startswith("legacy."):
        return catalogue.children("legacy.requests.replied")
    return [
        i
        for i in catalogue.indicators
        if i.id.startswith("requests.results.") and i.kind == "count" and not i.id.endswith(".total")
    ]


def _by_applicant(draft: Draft, agency: str, year: int, concept: Concept, datum: Datum) -> None:
    assert datum.indicator is not None
    if not datum.indicator.by_applicant:
        lookup = Lookup(draft.corpus)
        lookup.fetch([(agency, year)], [concept])
        absent = lookup.datum(agency, year, concept, "natural_person")
        draft.say(
            f"{draft.wording.title(agency, year)}的统计表不按申请人类型分列，只按申请方式分列。",
            f"{draft.wording.title(agency, year)}: the form of that year breaks requests down by channel, not by applicant type.",
        )
        for sentence in absent.texts[:1]:
            number = draft.evidence.add(sentence).citations
            draft.say(
                f"正文写道：“{sentence.citation.quote}”。{marks(number)}",
                f'The text says: "{sentence.citation.quote}". {marks(number)}',
            )
        _rows(
            draft,
            agency,
            year,
            [child for child in draft.corpus.catalogue.children("legacy.requests.received") if child.has_figure],
        )
        return
    cells = draft.corpus.observations([datum.indicator.id], [agency], [year])
    by_type = {cell.applicant: cell for cell in cells if cell.applicant}
    ordered = [by_type[applicant.id] for applicant in draft.corpus.catalogue.applicants if applicant.id in by_type]
    _list(draft, agency, year, f"{draft.wording.label(datum.indicator, None, None)}", ordered, by_applicant=True)


def _rows(draft: Draft, agency: str, year: int, rows: Sequence[Indicator], *, only_filled: bool = False) -> None:
    found = draft.corpus.observations([row.id for row in rows], [agency], [year]) if rows else ()
    order = {row.id: position for position, row in enumerate(rows)}
    cells = [cell for cell in found if cell.applicant in (None, "total") and cell.citation.table is not None]
    cells.sort(key=lambda cell: order[cell.indicator or ""])
    if only_filled:
        filled = [cell for cell in cells if cell.value]
        if cells and not filled:
            draft.say("各项办理结果均没有大于0的数字。", "No outcome row holds a figure above 0.")
        cells = filled
    _list(draft, agency, year, "", cells)


def _list(
    draft: Draft, agency: str, year: int, name: str, cells: Sequence[Observation], *, by_applicant: bool = False
) -> None:
    if not cells:
        return
    parts = []
    for cell in cells:
        figure = draft.evidence.add(cell)
        label = (
            _applicant_name(draft, cell)
            if by_applicant
            else draft.wording.label(draft.corpus.catalogue.find(cell.indicator), cell, None)
        )
        parts.append(f"{label}{draft.wording.say('', ': ')}{draft.wording.amount(cell)}{marks(figure.citations)}")
    title = draft.wording.title(agency, year)
    body = draft.wording.say("，", "; ").join(parts)
    draft.say(f"{title}{name}：{body}。", f"{title}{', ' + name if name else ''}: {body}.")
    for cell in cells:
        add_imbalances(draft, cell)


def _applicant_name(draft: Draft, cell: Observation) -> str:
    kind = draft.corpus.catalogue.applicant(cell.applicant or "total")
    return kind.zh if draft.wording.zh else kind.en
