"""Which reports a question is about: bodies and years settled against the corpus, or what must be asked back."""

from dataclasses import dataclass

from qa_service.answering.corpus import Corpus
from qa_service.understanding.question import Question
from qa_service.understanding.years import YearKind

_MOST_BODIES_BY_NAME = 60


@dataclass(frozen=True, slots=True)
class Scope:
    """points: (agency, year) pairs asked about, in order of mention. missing: pairs without a report. assumed: years that
    were not said but follow (the only report, the newest). vague: a year must be asked back, the body is settled.
    """

    points: tuple[tuple[str, int], ...] = ()
    missing: tuple[tuple[str, int], ...] = ()
    assumed: bool = False
    vague: tuple[str, ...] = ()
    note: str = ""


def settle_scope(question: Question, corpus: Corpus, *, many: bool) -> Scope:
    """The reports asked about. many: the operation runs over several years, so no single year need be chosen."""
    agencies = agencies_asked(question, corpus)
    year = question.year
    if year.kind in (YearKind.LISTED, YearKind.RANGE):
        return _said_years(question, corpus, agencies)
    if year.kind is YearKind.UNCLEAR:
        return Scope(vague=agencies)
    points: list[tuple[str, int]] = []
    missing: list[tuple[str, int]] = []
    vague: list[str] = []
    for agency in agencies:
        years = corpus.years(agency)
        if not years:
            continue
        if year.kind is YearKind.LATEST:
            points.append((agency, years[-1]))
        elif year.kind is YearKind.LAST:
            wanted = years[-1] - year.count
            (points if wanted in years else missing).append((agency, wanted))
        elif year.kind is YearKind.RECENT:
            points += [(agency, y) for y in years if y > years[-1] - year.count]
            missing += [(agency, y) for y in range(years[-1] - year.count + 1, years[-1]) if y not in years]
        elif year.kind is YearKind.ALL or many or len(years) == 1:
            points += [(agency, y) for y in years]
        else:
            vague.append(agency)
    assumed = year.kind is YearKind.NONE and bool(points)
    return Scope(tuple(points), tuple(missing), assumed, tuple(vague), year.kind.value)


def agencies_asked(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """Ids of the bodies asked about; all of the corpus where the question is about everything."""
    if question.asked.agencies:
        return question.asked.agencies
    return tuple(sorted(corpus.agencies)) if question.asked.everything or question.asked.group else ()


def _said_years(question: Question, corpus: Corpus, agencies: tuple[str, ...]) -> Scope:
    years = question.year.years
    paired = _paired(question, agencies)
    wanted = paired or [(agency, year) for agency in agencies for year in years]
    have = [point for point in wanted if point[1] in corpus.years(point[0])]
    missing = [point for point in wanted if point not in have]
    if not have and "years" in question.inherited and len(agencies) >= 1:
        # The year comes from the turn before ("威海呢"): another year may be shown if it is the body's only one, and said.
        only = [(agency, corpus.years(agency)[0]) for agency in agencies if len(corpus.years(agency)) == 1]
        if len(only) == len(agencies):
            return Scope(tuple(only), tuple(missing), assumed=True, note="other_year")
    if question.earlier and {"agencies", "years"} <= question.inherited and missing:
        filled = _from_earlier(missing, corpus)
        have += filled
        missing = [point for point in missing if point[0] not in {agency for agency, _ in filled}]
    if len(agencies) > _MOST_BODIES_BY_NAME:
        missing = []
    return Scope(tuple(dict.fromkeys(have)), tuple(missing))


def _paired(question: Question, agencies: tuple[str, ...]) -> list[tuple[str, int]]:
    """ "威海2016年与鄞州2017年": as many years as bodies, said in turns, belong together pairwise."""
    years = question.year.years
    if not question.alternating or not 1 < len(agencies) == len(years):
        return []
    return list(zip(agencies, years, strict=True))


def _from_earlier(missing: list[tuple[str, int]], corpus: Corpus) -> list[tuple[str, int]]:
    return [(agency, corpus.years(agency)[0]) for agency, _ in missing if len(corpus.years(agency)) == 1]
