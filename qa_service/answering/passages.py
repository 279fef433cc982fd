"""Answers from the running text: the sentences that say it, quoted with their places. Nothing is put into other words."""

import re
from collections.abc import Collection, Sequence
from dataclasses import replace

from qa_service.answering.answer import Kind, Status
from qa_service.answering.asking import ask_for_body, say_missing_reports
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.prose_query import ProseQuery, prose_query
from qa_service.answering.scope import agencies_asked, settle_scope
from qa_service.answering.sentences import NEAR, Quote, choose_quotes
from qa_service.understanding.question import Operation, Question
from qa_service.understanding.years import YearKind
from reports.citation import Citation
from vectorstore.query_terms import has_grammar

# A sentence that says less than this share of what is asked does not answer it. English is looked for through a glossary
# that does not know every word. Where the question may be one about a figure after all, more must be said.
_FLOORS = {"zh": 0.45, "en": 0.35}
_FLOORS_BESIDE_FIGURES = {"zh": 0.5, "en": 0.55}
_FLOORS_EVERYWHERE = {"zh": 0.9, "en": 0.6}
# Where neither a body nor all of them are named the question may be about something else altogether.
_FLOORS_OF_NOBODY = {"zh": 0.95, "en": 0.9}
_FLOOR_AGAINST_FIGURES = 0.75
_CONFIDENT = 0.8
_MOST_REPORTS = 4
_MOST_BODIES = 6
_MOST_HEADINGS = 8
_HAN = re.compile("[\u4e00-\u9fff]")
_HOW_MANY = re.compile(
    r"多少|几[个件条次项份名人家期种篇场位封]|[失就]业率|\bhow many\b|\brates?\b|\bpercentage\b|\bnumber of\b"
)
_WHICH = re.compile(r"哪[个家些]|谁|\bwhich\b|\bwho\b", re.IGNORECASE)
_NUMBER = re.compile(r"\d|[一二三四五六七八九十百千万两][余多]?[个件条次项份名人家期篇场位封]")
# Marks that a word processor left in the text; not part of what the report says.
_LEFT_OVER = re.compile(r"(?:\s*\[bookmark:[^\]]*\])+\s*")


def answer_passages(draft: Draft, *, fallback: bool = False) -> bool:
    """Quotes the sentences that answer best, and says whose they are; False where nothing was said.

    fallback: the question was taken for one about a figure that nobody knows; then nothing is said rather than a guess.
    """
    as_asked = draft.question
    draft.question = in_conversation(as_asked)
    if _answer(draft, fallback=fallback):
        return True
    draft.question = as_asked
    return False


def _answer(draft: Draft, *, fallback: bool) -> bool:
    question = draft.question
    if (question.asked.choices or _names_unknown_body(draft)) and ask_for_body(draft):
        draft.kind = Kind.PASSAGE
        return True
    query = prose_query(question, draft.corpus.reader)
    points = asked_points(draft)
    if points == ():
        if fallback:
            return False
        _say_no_report(draft)
        return True
    floor = _floor(question, query, points, fallback)
    ranked = draft.corpus.prose.sentences(query, points)
    if fallback and _HOW_MANY.search(query.asked):
        ranked = tuple(_counting(ranked, question))
    if not any(quote.certainty >= floor for quote in ranked):
        if fallback:
            return False
        _say_not_found(draft, points)
        return True
    draft.kind = Kind.PASSAGE
    draft.status = Status.ANSWERED
    draft.question = replace(question, operation=Operation.PASSAGE)
    named = question.asked.agencies
    if len(named) > 1 and points is not None:
        _say_each(draft, ranked, query, floor, {agency for agency, _ in points})
    else:
        for quotes in _by_report(ranked, query, floor, several=points is None or len(points) > 1):
            _say_quotes(draft, quotes)
    _suggest(draft)
    return True


def _names_unknown_body(draft: Draft) -> bool:
    """Whether it names a body that is not here. "Which bureau trained with a university" asks for the body: what else
    was taken for one, and holds no word for a body or a place, is none."""
    question, unknown = draft.question, draft.question.asked.unknown
    if not unknown or not _WHICH.search(question.text):
        return bool(unknown)
    reading = draft.corpus.reader.read(question.text)
    start = reading.text.find(unknown)
    spans = (
        (reading.units[mention.start].start, reading.units[mention.end - 1].end)
        for mention in reading.mentions
        if mention.start < mention.end
    )
    return start < 0 or any(first < start + len(unknown) and start < last for first, last in spans)


def add_sentence(draft: Draft) -> None:
    """Beside the word that the form has no such figure: the sentence of that report which speaks of it, if there is one."""
    points = asked_points(draft)
    if not points or len(points) > 1:
        return
    query = prose_query(draft.question, draft.corpus.reader)
    ranked = draft.corpus.prose.sentences(query, points)
    for quote in choose_quotes(ranked, query, _FLOOR_AGAINST_FIGURES, most=1)[:1]:
        said = quote_text(draft, quote)
        draft.say(f"报告正文写道：{said}", f"The text of the report says (in Chinese): {said}")


def _counting(ranked: Sequence[Quote], question: Question) -> list[Quote]:
    """Of the sentences found for a count of something no table holds: those that have a number and name the thing itself.

    Without this, "how many buses" is answered with whatever sentence comes nearest.
    """
    things = [word for word in question.unexplained if len(word) >= 2 and _HAN.search(word)]
    english = any(not _HAN.search(word) for word in question.unexplained)
    return [
        quote
        for quote in ranked
        if _NUMBER.search(quote.text)
        and all(_speaks_of(quote, thing) for thing in things)
        and (not english or quote.certainty >= _FLOOR_AGAINST_FIGURES)
    ]


def _speaks_of(quote: Quote, thing: str) -> bool:
    """Whether a sentence, or what stands around it, has half of a word's pairs of characters; those of grammar do not count."""
    pairs = [each for each in (thing[at : at + 2] for at in range(len(thing) - 1)) if not has_grammar(each)]
    text = f"{quote.passage.section}{quote.passage.text}".lower()
    return 2 * sum(pair in text for pair in pairs) >= len(pairs)


def _floor(question: Question, query: ProseQuery, points: Sequence[tuple[str, int]] | None, fallback: bool) -> float:
    language = "zh" if _HAN.search(query.asked) else "en"
    floor = _FLOORS[language]
    if fallback and question.concepts:
        sure = language == "en" and question.confidence >= _CONFIDENT
        floor = _FLOOR_AGAINST_FIGURES if sure else _FLOORS_BESIDE_FIGURES[language]
    if points is None:
        named = question.asked.everything or question.operation is Operation.PASSAGE
        floor = max(floor, (_FLOORS_EVERYWHERE if named else _FLOORS_OF_NOBODY)[language])
    return floor


def in_conversation(question: Question) -> Question:
    """The question with the bodies and years of the last turn that named some, where it names none itself."""
    if not question.asked.nothing:
        return question
    for turn in reversed(question.earlier):
        if turn.asked.agencies:
            year = question.year if question.year.kind is not YearKind.NONE else turn.year
            inherited = question.inherited | {"agencies"} | ({"years"} if year is turn.year else set())
            return replace(question, asked=turn.asked, year=year, inherited=inherited)
    return question


def asked_points(draft: Draft) -> tuple[tuple[str, int], ...] | None:
    """(agency, data year) of the reports asked about; None where the question names neither; () where there is none."""
    question, corpus = draft.question, draft.corpus
    if question.asked.agencies:
        return settle_scope(question, corpus, many=True).points
    if question.year.kind in (YearKind.LISTED, YearKind.RANGE):
        agencies = agencies_asked(question, corpus) or tuple(sorted(corpus.agencies))
        return tuple(
            (agency, year) for agency in agencies for year in question.year.years if year in corpus.years(agency)
        )
    return None


def _say_no_report(draft: Draft) -> None:
    say_missing_reports(draft, settle_scope(draft.question, draft.corpus, many=True))
    draft.kind = Kind.PASSAGE


def _say_each(draft: Draft, ranked: Sequence[Quote], query: ProseQuery, floor: float, present: Collection[str]) -> None:
    """Of several bodies named each has its say, or the word that its reports do not speak of it or are not here.

    present: those with a report of the year asked about.
    """
    for agency in draft.question.asked.agencies[:_MOST_BODIES]:
        if agency not in present:
            continue
        own = [quote for quote in ranked if quote.passage.agency == agency]
        groups = [quotes for quotes in _by_report(own, query, floor, several=False) if quotes]
        for quotes in groups:
            for report in dict.fromkeys(quote.passage.report for quote in quotes):
                _say_quotes(draft, [quote for quote in quotes if quote.passage.report == report])
        if not groups:
            name = draft.wording.agency(agency)
            draft.say(
                f"{name}的报告正文里没有找到说到这件事的句子。\n",
                f"{name}: no sentence about this was found in the text of its reports.\n",
            )
            draft.saw(agencies=[agency])
    scope = settle_scope(draft.question, draft.corpus, many=True)
    if scope.missing:
        say_missing_reports(draft, scope, beside=True)


def _by_report(ranked: Sequence[Quote], query: ProseQuery, floor: float, *, several: bool) -> list[tuple[Quote, ...]]:
    """The quotes to show, report by report: up to three of one report, or the best of each of several."""
    if not several:
        return [choose_quotes(ranked, query, floor)]
    good = [quote for quote in ranked if quote.certainty >= floor]
    reports = list(dict.fromkeys(quote.passage.report for quote in good if quote.score >= NEAR * good[0].score))
    own = {report: [quote for quote in ranked if quote.passage.report == report] for report in reports[:_MOST_REPORTS]}
    most = 3 if len(own) == 1 else 1
    return [choose_quotes(quotes, query, floor, most=most) for quotes in own.values()]


def _say_quotes(draft: Draft, quotes: Sequence[Quote]) -> None:
    first = quotes[0].passage
    quoted = quote_sentences(draft, quotes)
    inside = quoted[0] if len(quoted) == 1 else "\n" + "\n".join(quoted)
    name = draft.wording.agency(first.agency)
    draft.say(
        f"{name}{first.year}年报告写道：{inside}" + "\n",
        f"The {first.year} report of {name} says (in Chinese): {inside}" + "\n",
    )
    draft.saw(agencies=[first.agency], years=[first.year])


def _suggest(draft: Draft) -> None:
    if len(draft.agencies) == len(draft.years) == 1:
        name, year = draft.corpus.name(draft.agencies[0], draft.question.language), draft.years[0]
        draft.suggestions.append(
            draft.wording.say(
                f"{name}{year}年报告提到了哪些问题和改进措施？",
                f"What problems and plans does the {year} report of {name} name?",
            )
        )


def quote_sentences(draft: Draft, quotes: Sequence[Quote]) -> list[str]:
    """Each sentence in quotation marks with the mark of its citation."""
    return [quote_text(draft, quote) for quote in quotes]


def quote_text(draft: Draft, quote: Quote) -> str:
    """The sentence in quotation marks, cited."""
    passage = quote.passage
    text = quote.text
    if left_over := _LEFT_OVER.match(text):
        text = text[left_over.end() :]
    citation = Citation(passage.report, text, text, section=passage.section or None, place=passage.place)
    return f"“{text}”{marks((draft.evidence.cite_place(citation, passage.agency, passage.year),))}"


def _say_not_found(draft: Draft, points: Sequence[tuple[str, int]] | None) -> None:
    draft.kind = Kind.PASSAGE
    draft.status = Status.NOT_FOUND
    if points is None or len(points) > 1:
        draft.say(
            "报告正文里没有找到说到这件事的句子。", "No sentence about this was found in the text of the reports."
        )
        return
    agency, year = points[0]
    title = draft.wording.title(agency, year)
    draft.say(
        f"{title}报告的正文里没有找到说到这件事的句子。",
        f"{title}: no sentence about this was found in the text of the report.",
    )
    headings = _headings(draft, agency, year)
    if headings:
        draft.allowed += headings
        named = ("；" if draft.wording.zh else "; ").join(headings)
        draft.say(f"报告的各部分是：{named}。", f"The report has these sections: {named}.")
    draft.saw(agencies=[agency], years=[year])


def _headings(draft: Draft, agency: str, year: int) -> list[str]:
    report = next(
        (each.report_id for each in draft.corpus.coverage if (each.agency_id, each.year) == (agency, year)), None
    )
    stored = draft.corpus.store.report(report) if report else None
    if stored is None:
        return []
    return list(dict.fromkeys(section.path[0] for section in stored.sections if section.path))[:_MOST_HEADINGS]
