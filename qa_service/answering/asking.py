"""Asking back and saying what is not there. Every choice is a complete question that can be sent as it is."""

from collections.abc import Sequence

from qa_service.answering.answer import Choice, Kind, Status
from qa_service.answering.corpus import Corpus
from qa_service.answering.datum import Datum
from qa_service.answering.draft import Draft
from qa_service.answering.lookup import Lookup
from qa_service.answering.phrases import figure_question, plain_label
from qa_service.answering.scope import Scope, settle_scope
from qa_service.answering.wording import spoken_years
from qa_service.understanding.question import Question
from qa_service.understanding.years import YearKind

_MOST_CHOICES = 12


def find_settled_scope(draft: Draft, *, many: bool = False) -> Scope | None:
    """The reports the question is about; None where the body or the year had to be asked back or is not there.

    many: the operation runs over several years, so no single year need be chosen.
    """
    if ask_for_body(draft):
        return None
    scope = settle_scope(draft.question, draft.corpus, many=many)
    if scope.vague:
        ask_for_year(draft, scope.vague)
    elif not scope.points:
        say_missing_reports(draft, scope)
    else:
        return scope
    return None


def ask_for_body(draft: Draft) -> bool:
    """Settles the body: says that it is not in the corpus, or offers those that can be meant. False where it is settled."""
    question, corpus = draft.question, draft.corpus
    if not corpus.agencies:
        draft.status = Status.NOT_FOUND
        draft.say(
            "库里还没有报告。请先用 wenbao ingest 读入报告。",
            "There are no reports yet. Read some in first with wenbao ingest.",
        )
        return True
    if question.asked.unknown:
        _say_unknown_body(draft)
        return True
    if question.asked.agencies or question.asked.everything:
        return False
    candidates = question.asked.choices or tuple(sorted(corpus.agencies))
    years = question.year.years if question.year.kind in (YearKind.LISTED, YearKind.RANGE) else ()
    fitting = tuple(agency for agency in candidates if not years or any(year in corpus.years(agency) for year in years))
    if not fitting:
        draft.status = Status.NOT_FOUND
        named = spoken_years(years)
        draft.say(
            f"库里没有{named}年的报告；有的年份是：{spoken_years(corpus.all_years)}。",
            f"There is no report for {named} here; the years present are {spoken_years(corpus.all_years)}.",
        )
        draft.suggestions += _suggestions(draft, candidates)
        return True
    if len(corpus.agencies) == 1:
        # A corpus of one body: nothing else can be meant.
        draft.question = _with_agency(question, fitting[0])
        return False
    draft.status = Status.NEEDS_CHOICE
    draft.say("请问是哪个单位？", "Which body do you mean?")
    if question.asked.said:
        draft.say(f"“{question.asked.said}”可以指以下单位。", f'"{question.asked.said}" can mean any of the following.')
    draft.choices += [choice for agency in fitting for choice in _choices_of(draft, agency, years)][:_MOST_CHOICES]
    if len(fitting) > _MOST_CHOICES:
        draft.allowed.append(f"{len(fitting)} {len(draft.choices)}")
        draft.say(
            f"共有{len(fitting)}个，先列出{len(draft.choices)}个；请写出地名。",
            f"There are {len(fitting)}; {len(draft.choices)} are listed. Please add the place.",
        )
    draft.saw(agencies=list(fitting[:_MOST_CHOICES]), indicators=[], years=list(years))
    return True


def _with_agency(question: Question, agency: str) -> Question:
    from dataclasses import replace

    return replace(question, asked=replace(question.asked, agencies=(agency,), choices=()))


def _choices_of(draft: Draft, agency: str, years: Sequence[int]) -> list[Choice]:
    corpus, question = draft.corpus, draft.question
    known = [year for year in years if year in corpus.years(agency)] or (
        [corpus.years(agency)[-1]] if corpus.years(agency) else []
    )
    if years and question.year.kind is YearKind.RANGE:
        known = known[-1:]
    name = corpus.name(agency, question.language)
    choices = []
    for year in known:
        asked = _completed(corpus, question, agency, year)
        choices.append(Choice(f"{name}（{year}）" if question.language == "zh" else f"{name} ({year})", asked))
    return choices


def _completed(corpus: Corpus, question: Question, agency: str, year: int) -> str:
    """The question for that body and year: by the indicator it asks for where that is settled, else in its own words."""
    if len(question.concepts) == 1 and question.operation.value == "lookup" and len(question.applicants) <= 1:
        lookup = Lookup(corpus)
        concept = corpus.reader.names.by_id[question.concepts[0]]
        lookup.fetch([(agency, year)], [concept])
        datum = lookup.datum(agency, year, concept, None, question.unit, question.labels)
        if datum.indicator is not None and not datum.choices:
            return figure_question(
                corpus,
                question.language,
                agency,
                year,
                datum.indicator,
                question.applicants[0] if question.applicants else None,
            )
    rest = question.text
    for word in (
        question.asked.said,
        *(str(y) + "年" for y in question.year.years),
        *(str(y) for y in question.year.years),
    ):
        if word:
            rest = rest.replace(word, "", 1)
    name = corpus.name(agency, question.language)
    return f"{name}{year}年{rest.strip()}" if question.language == "zh" else f"{name} {year}: {rest.strip()}"


def _say_unknown_body(draft: Draft) -> None:
    question, corpus = draft.question, draft.corpus
    draft.status = Status.NOT_FOUND
    draft.say(f"库里没有“{question.asked.unknown}”的报告。", f'There is no report of "{question.asked.unknown}" here.')
    near = question.asked.near
    if near:
        named = draft.wording.list([draft.wording.agency(agency) for agency in near[:_MOST_CHOICES]])
        draft.say(f"同一地方有：{named}。", f"From the same place there is: {named}.")
    else:
        some = sorted(corpus.agencies)[:_MOST_CHOICES]
        named = draft.wording.list([draft.wording.agency(agency) for agency in some])
        more = len(corpus.agencies) - len(some)
        draft.allowed.append(f"{more} {len(corpus.agencies)}")
        draft.say(
            f"库里有：{named}{f'等{len(corpus.agencies)}个单位' if more else ''}。",
            f"Present are: {named}{f' and {more} more' if more else ''}.",
        )
    draft.suggestions += _suggestions(draft, near or tuple(sorted(corpus.agencies)))


def _suggestions(draft: Draft, agencies: Sequence[str]) -> list[str]:
    corpus, question = draft.corpus, draft.question
    return [
        _completed(corpus, question, agency, corpus.years(agency)[-1])
        for agency in agencies[:3]
        if corpus.years(agency)
    ]


def ask_for_year(draft: Draft, agencies: Sequence[str]) -> None:
    """The body is settled, but it has reports for several years and none was named."""
    draft.status = Status.NEEDS_CHOICE
    corpus = draft.corpus
    agency = agencies[0]
    years = corpus.years(agency)
    names = draft.wording.list([draft.wording.agency(a) for a in agencies])
    draft.say(
        f"请问是哪一年？{names}有{spoken_years(years)}年的报告。",
        f"Which year? For {names} there are reports for {spoken_years(years)}.",
    )
    for year in sorted(years, reverse=True)[:_MOST_CHOICES]:
        if len(agencies) == 1:
            draft.choices.append(Choice(str(year), _completed(corpus, draft.question, agency, year)))
        else:
            rest = draft.question.text
            draft.choices.append(
                Choice(str(year), f"{year}年{rest}" if draft.question.language == "zh" else f"In {year}: {rest}")
            )
    draft.saw(agencies=list(agencies), years=list(years))


def ask_for_indicator(draft: Draft, vague: Sequence[Datum]) -> None:
    """The wording fits several indicators of the form: they are offered by name."""
    draft.status = Status.NEEDS_CHOICE
    language = draft.question.language
    for datum in vague[:3]:
        names = draft.wording.list([f"“{plain_label(draft.corpus, option, language)}”" for option in datum.choices])
        title = draft.wording.title(datum.agency, datum.year)
        draft.say(
            f"{title}的报告里有几个数字都可能是您要的：{names}。请选一个。",
            f"{title}: several figures of the report could be meant: {names}. Please choose one.",
        )
        draft.choices += [
            Choice(
                plain_label(draft.corpus, option, language),
                figure_question(draft.corpus, language, datum.agency, datum.year, option, datum.applicant),
            )
            for option in datum.choices
        ]
        draft.saw(indicators=[option.id for option in datum.choices], agencies=[datum.agency], years=[datum.year])
    draft.choices[:] = draft.choices[:_MOST_CHOICES]


def say_missing_reports(draft: Draft, scope: Scope, *, beside: bool = False) -> None:
    """Names the reports that are asked for but not there, and the years that are. beside: something else was answered."""
    if not beside:
        draft.status = Status.NOT_FOUND
    by_agency: dict[str, list[int]] = {}
    draft.allowed += [str(year) for _, year in scope.missing]
    for agency, year in scope.missing:
        by_agency.setdefault(agency, []).append(year)
    for agency, years in list(by_agency.items())[:_MOST_CHOICES]:
        have = draft.corpus.years(agency)
        name = draft.wording.agency(agency)
        present = spoken_years(have)
        if draft.question.year.kind is YearKind.LAST:
            draft.say(
                f"按该单位最新报告年度{have[-1]}推算，这里指{spoken_years(years)}年。",
                f"Reckoned from the newest report here ({have[-1]}), this means {spoken_years(years)}.",
            )
        draft.say(
            f"库里没有{name}{spoken_years(years)}年的报告；有{present}年的。",
            f"There is no {spoken_years(years)} report of {name} here; there is {present}.",
        )
        if not beside:
            draft.suggestions.append(
                _completed(
                    draft.corpus, draft.question, agency, min(have, key=lambda year: (abs(year - years[0]), year))
                )
            )
    if not by_agency and not beside:
        draft.say("库里没有符合的报告。", "There is no matching report here.")
    draft.saw(agencies=list(by_agency), years=[])
    draft.kind = draft.kind if beside else Kind.FIGURE
