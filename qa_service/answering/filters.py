"""The filters of a request: one body, one year. Nothing outside them is ever shown."""

from dataclasses import dataclass, replace

from qa_service.answering.answer import Answer, Figure, Kind, Status
from qa_service.answering.corpus import Corpus
from qa_service.answering.draft import Draft
from qa_service.answering.wording import spoken_years
from qa_service.understanding.asked_agencies import find_asked_agencies
from qa_service.understanding.question import Asked, Question
from qa_service.understanding.years import YearKind, YearMention


@dataclass(frozen=True, slots=True)
class Filters:
    """agencies: ids a filter names, None without a filter; an empty tuple where nothing here bears that name (`said`)."""

    agencies: tuple[str, ...] | None = None
    year: int | None = None
    said: str = ""

    @property
    def none(self) -> bool:
        """Whether the request has no filter."""
        return self.agencies is None and self.year is None


def read_filters(corpus: Corpus, agency: str | None, year: int | None) -> Filters:
    """The filters of a request; the body by its id or by any of its names."""
    if not agency:
        return Filters(None, year)
    if agency in corpus.agencies:
        return Filters((agency,), year, agency)
    asked = find_asked_agencies(corpus.reader, corpus.reader.read(agency))
    return Filters(asked.agencies or asked.choices, year, agency)


def restrict(question: Question, corpus: Corpus, filters: Filters) -> tuple[Question, bool]:
    """The question within the filters, which also fill in what it leaves open; False where it asks for something else."""
    if filters.agencies is not None:
        asked = _restrict_agencies(question.asked, filters)
        if asked is None:
            return question, False
        question = replace(question, asked=asked)
    if filters.year is not None:
        year = _restrict_year(question, corpus, filters.year)
        if year is None:
            return question, False
        question = replace(question, year=year)
    return question, True


def _restrict_agencies(asked: Asked, filters: Filters) -> Asked | None:
    allowed = filters.agencies or ()
    if not allowed:
        return Asked(unknown=filters.said)
    if asked.unknown:
        return asked
    if asked.nothing or asked.everything or (asked.group and not asked.agencies):
        return _of(allowed, asked)
    kept = tuple(agency for agency in (*asked.agencies, *asked.choices, *asked.near) if agency in allowed)
    if len(kept) == len(allowed) == 1 and (asked.choices or asked.near):
        return _of(kept, asked)
    if asked.choices:
        return replace(asked, choices=kept) if kept else None
    return replace(asked, agencies=kept) if kept and len(kept) == len(asked.agencies) else None


def _of(agencies: tuple[str, ...], asked: Asked) -> Asked:
    if len(agencies) == 1:
        return Asked(agencies=agencies, said=asked.said)
    return Asked(choices=agencies, said=asked.said)


def _restrict_year(question: Question, corpus: Corpus, year: int) -> YearMention | None:
    said = question.year
    only = replace(said, kind=YearKind.LISTED, years=(year,))
    if said.kind in (YearKind.LISTED, YearKind.RANGE):
        return said if said.years == (year,) else None
    if said.kind is YearKind.LAST:
        agencies = question.asked.agencies or tuple(corpus.agencies)
        meant = {years[-1] - said.count for agency in agencies if (years := corpus.years(agency))}
        return only if meant == {year} else None
    return said if said.kind is YearKind.UNCLEAR else only


def say_outside(draft: Draft, filters: Filters) -> None:
    """Says that the question reaches beyond the filters, and what they are."""
    draft.status = Status.NOT_FOUND
    draft.kind = Kind.FIGURE
    named = _named(draft.corpus, filters, draft.question.language)
    draft.say(
        f"筛选条件限定为{named}，问题问到了这之外的单位或年份，因此没有数字可给；请去掉或更改筛选条件后再问。",
        f"The filters allow {named} only, and the question asks for a body or a year beyond that, so no figure is given; "
        "please change the filters and ask again.",
    )


def _named(corpus: Corpus, filters: Filters, language: str) -> str:
    parts = [corpus.name(agency, language) for agency in filters.agencies or ()]
    if filters.year is not None:
        parts.append(f"{spoken_years([filters.year])}年" if language == "zh" else spoken_years([filters.year]))
    return ("、" if language == "zh" else ", ").join(parts)


def reaches_outside(answer: Answer, corpus: Corpus, filters: Filters) -> bool:
    """Whether anything shown stands outside the filters: a figure, an operand, a citation, a commitment."""
    figures = [*answer.figures, *(figure for conflict in answer.conflicts for figure in conflict.figures)]
    if filters.year is not None:
        years = {year for figure in figures for year in _years(figure)}
        years |= {citation.year for citation in answer.citations} | {item.year for item in answer.commitments}
        if years - {filters.year}:
            return True
    if filters.agencies is not None:
        allowed = {corpus.name(agency, answer.language) for agency in filters.agencies}
        names = {name for figure in figures for name in (figure.agency_name, *(o.agency_name for o in figure.operands))}
        names |= {citation.agency_name for citation in answer.citations}
        return bool(names - allowed - {None})
    return False


def _years(figure: Figure) -> set[int]:
    return {year for year in (figure.year, *(operand.year for operand in figure.operands)) if year is not None}
