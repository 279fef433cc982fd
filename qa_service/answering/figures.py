"""Single figures: one body, one year, one indicator; several of each are answered one by one."""

from collections.abc import Sequence

from indicators.arithmetic import add
from indicators.observation import Observation, Origin
from qa_service.answering.answer import Conflict, Kind, Status
from qa_service.answering.asking import (
    ask_for_indicator,
    find_settled_scope,
    say_missing_reports,
)
from qa_service.answering.datum import Absence, Datum
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.lookup import Lookup
from qa_service.answering.phrases import figure_question, plain_label
from qa_service.answering.scope import Scope
from qa_service.answering.wording import sentence_of, spoken_years
from qa_service.understanding.indicator_names import Concept
from qa_service.understanding.years import YearKind

_MOST_SENTENCES = 40
_MOST_SUGGESTIONS = 3


def answer_figures(draft: Draft) -> None:
    """Looks every asked figure up and words it, or asks back where body, year or indicator is not settled."""
    question = draft.question
    scope = find_settled_scope(draft)
    if scope is None:
        return
    concepts = [draft.corpus.reader.names.by_id[concept] for concept in question.concepts]
    # "行政许可呢 — 换成拱墅": the figure was settled in the turn before, it is not asked back.
    lookup = Lookup(draft.corpus, usual="indicators" in question.inherited)
    lookup.fetch(scope.points, concepts)
    data = [datum for concept in concepts for datum in data_of(draft, lookup, scope.points, concept)]
    vague = [datum for datum in data if datum.choices]
    if vague and len(vague) == len(data):
        ask_for_indicator(draft, vague)
        return
    _word_scope(draft, scope)
    for datum in data[:_MOST_SENTENCES]:
        word_datum(draft, datum)
    if len(data) > _MOST_SENTENCES:
        draft.say("（其余未逐项列出，请缩小范围。）", "(The rest is not listed; please narrow the question.)")
    if scope.missing and scope.note != "other_year":
        say_missing_reports(draft, scope, beside=True)
    suggest(draft, data)


def data_of(draft: Draft, lookup: Lookup, points: Sequence[tuple[str, int]], concept: Concept) -> list[Datum]:
    """The data of one concept for all points and applicant types asked."""
    question = draft.question
    own = tuple(applicant for paired, applicant in question.pairs if paired == concept.id)
    applicants = own or question.applicants or (None,)
    data = [
        lookup.datum(agency, year, concept, applicant, question.unit, question.labels)
        for agency, year in points
        for applicant in applicants
    ]
    draft.saw(
        indicators=[datum.indicator.id for datum in data if datum.indicator],
        agencies=[agency for agency, _ in points],
        years=[year for _, year in points],
    )
    return data


def word_datum(draft: Draft, datum: Datum) -> None:
    """The sentence of one datum with its conflicts; a vague one gets its options named with their figures."""
    if datum.choices:
        _word_options(draft, datum)
        return
    draft.sentences.append(sentence_of(datum, draft.wording, draft.evidence))
    if datum.indicator is not None and datum.indicator.kind == "change":
        _word_change(draft, datum)
    if "CONVERT" in draft.question.cues:
        _convert(draft, datum)
    add_conflicts(draft, datum)


def _word_scope(draft: Draft, scope: Scope) -> None:
    draft.allowed += [str(year) for _, year in scope.missing]
    kind = draft.question.year.kind
    if draft.question.year.published:
        draft.say(
            f"按公布年份理解，对应的数据年度是{spoken_years([y for _, y in scope.points])}年。",
            f"The year named is the year of publication; the data year is {spoken_years([y for _, y in scope.points])}.",
        )
    elif kind in (YearKind.LAST, YearKind.LATEST):
        draft.say(
            f"按库中最新报告年度推算，这里指{spoken_years([y for _, y in scope.points])}年。",
            f"Reckoned from the newest report here, this means {spoken_years([y for _, y in scope.points])}.",
        )
    elif scope.note == "other_year":
        absent = spoken_years([y for _, y in scope.missing])
        draft.say(
            f"库里没有该单位{absent}年的报告，只有{spoken_years([y for _, y in scope.points])}年的。",
            f"There is no {absent} report of that body here, only {spoken_years([y for _, y in scope.points])}.",
        )
    for typed, read in draft.question.corrections:
        draft.say(f"（“{typed}”按“{read}”理解。）", f'("{typed}" was read as "{read}".)')


def _word_options(draft: Draft, datum: Datum) -> None:
    title = draft.wording.title(datum.agency, datum.year)
    names = draft.wording.list(
        [f"“{plain_label(draft.corpus, option, draft.question.language)}”" for option in datum.choices]
    )
    draft.say(
        f"{title}有几个口径：{names}，请说明要哪一个。", f"{title} has several figures that could be meant: {names}."
    )


def _word_change(draft: Draft, datum: Datum) -> None:
    """A change is told with the number it changes: matters of the year before and the sum of both."""
    assert datum.indicator is not None
    before = draft.corpus.catalogue.find(datum.indicator.id.replace("items_change", "items_prev_year"))
    if (
        before is None
        or before.id == datum.indicator.id
        or datum.observation is None
        or datum.observation.value is None
    ):
        return
    cells = draft.corpus.observations([before.id], [datum.agency], [datum.year])
    if not cells or cells[0].value is None or cells[0].unit != datum.observation.unit:
        return
    figure = draft.evidence.add(cells[0])
    now = add([cells[0], datum.observation])
    draft.evidence.add_derived(
        now, draft.wording.say("本年项目数", "matters now"), agency=datum.agency, year=datum.year
    )
    amount, after = draft.wording.number(cells[0]), draft.wording.with_unit(now.text, now.unit)
    draft.say(
        f"上一年为{amount}，即本年{after}（{now.formula}）。{marks(figure.citations)}",
        f"The year before it was {amount}, so it is {after} now ({now.formula}). {marks(figure.citations)}",
    )


def _convert(draft: Draft, datum: Datum) -> None:
    from decimal import Decimal

    from indicators.arithmetic import convert, render_number

    observation = datum.observation
    if observation is None or observation.value is None or observation.unit != "万元":
        return
    derived = convert(observation, Decimal(10_000), "元")
    label = draft.wording.label(datum.indicator, observation, datum.applicant)
    figure = draft.evidence.add_derived(
        derived, label, indicator=observation.indicator, agency=datum.agency, year=datum.year
    )
    draft.say(
        f"换算：{derived.formula}元。{marks(figure.citations)}",
        f"That is {render_number(derived.value)} yuan ({derived.formula}). {marks(figure.citations)}",
    )


def add_conflicts(draft: Draft, datum: Datum) -> None:
    """Text against table, and failed identities, on a figure used here: both figures with both places."""
    if datum.observation is None or datum.absence is not None:
        return
    for text in datum.texts:
        _add_text_conflict(draft, datum.observation, text)
    add_imbalances(draft, datum.observation)


def _add_text_conflict(draft: Draft, cell: Observation, text: Observation) -> None:
    evidence, wording = draft.evidence, draft.wording
    shown = (evidence.figure(cell), evidence.add(text))
    table_says, text_says = wording.amount(cell), wording.amount(text)
    where = marks(shown[1].citations)
    if cell.origin is Origin.TABLE:
        quote = text.citation.quote
        message = wording.say(
            f"注意：同一报告正文写的是{text_says}（“{quote}”），与表中的{table_says}不一致，两处都列出。{where}",
            f"Note: the text of the same report says {text_says} (“{quote}”), which differs from the table's {table_says}; "
            f"both are shown. {where}",
        )
        kind = "text_table"
    else:
        message = wording.say(
            f"注意：正文另一处写的是{text_says}（“{text.citation.quote}”）。{where}",
            f'Note: another sentence says {text_says} ("{text.citation.quote}"). {where}',
        )
        kind = "text_text"
    draft.sentences.append(message)
    draft.conflicts.append(
        Conflict(kind, message, shown, tuple(number for figure in shown for number in figure.citations))
    )


def add_imbalances(draft: Draft, cell: Observation) -> None:
    """Failed identities of the form in which a cell shown here takes part, each said once."""
    citation = cell.citation
    if citation.table is None or citation.row is None or citation.column is None:
        return
    place = (citation.table, citation.row, citation.column)
    for imbalance in draft.corpus.failed_identities(citation.report):
        if place not in imbalance.cells or any(
            conflict.kind == f"identity:{imbalance.rule}" for conflict in draft.conflicts
        ):
            continue
        zh, en = draft.corpus.rule_name(imbalance.rule)
        number = draft.evidence.cite(cell)
        others = [
            other for other in draft.corpus.cells_of(citation.report, imbalance.cells) if other.citation != citation
        ]
        shown = (draft.evidence.figure(cell), *(draft.evidence.figure(other) for other in others))
        sides = f"{imbalance.left} / {imbalance.right}"
        draft.allowed.append(sides)
        message = draft.wording.say(
            f"注意：该报告的勾稽关系“{zh}”不成立（两边为{sides}），涉及这个数字，请核对原件。[{number}]",
            f"Note: an identity of the form, “{en}”, does not hold in this report (sides: {sides}); this figure is involved, "
            f"please check the original. [{number}]",
        )
        draft.sentences.append(message)
        draft.conflicts.append(
            Conflict(
                f"identity:{imbalance.rule}", message, shown, tuple(n for figure in shown for n in figure.citations)
            )
        )


def suggest(draft: Draft, data: Sequence[Datum]) -> None:
    """A few questions that can be asked next: neighbours of the figure in the same report, the same figure of other years."""
    shown = next(
        (datum for datum in data if datum.indicator is not None and datum.absence is not Absence.NO_REPORT), None
    )
    if shown is None or shown.indicator is None:
        return
    corpus, language = draft.corpus, draft.question.language
    edition = corpus.edition(shown.agency, shown.year)
    family = [*corpus.catalogue.children(shown.indicator.id), *corpus.catalogue.children(shown.indicator.parent or "")]
    near = [indicator for indicator in family if indicator.in_edition(edition) and indicator.id != shown.indicator.id]
    years = [year for year in corpus.years(shown.agency) if year != shown.year]
    if years and shown.observation is not None:
        draft.suggestions.append(
            figure_question(corpus, language, shown.agency, max(years), shown.indicator, shown.applicant)
        )
    for indicator in near[:_MOST_SUGGESTIONS]:
        draft.suggestions.append(figure_question(corpus, language, shown.agency, shown.year, indicator))
    draft.suggestions[:] = draft.suggestions[:_MOST_SUGGESTIONS]
    if draft.kind is Kind.FIGURE and not draft.evidence.figures:
        draft.status = Status.NOT_FOUND
