"""Answers about problems and commitments: the agencies' own words, each cited. Whether a promise was kept is not judged."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from qa_service.answering.answer import AnswerCommitment, Kind, Status
from qa_service.answering.asking import ask_for_body, say_missing_reports
from qa_service.answering.commitment_evidence import say_what_followed
from qa_service.answering.commitment_wish import COMMITMENT, PROBLEM, Wish, read_wish, report_points
from qa_service.answering.draft import Draft
from qa_service.answering.evidence import marks
from qa_service.answering.passages import answer_passages, in_conversation
from qa_service.answering.scope import settle_scope
from qa_service.understanding.question import Operation
from reports.citation import Citation
from reports.passage import Commitment
from reports.theme import THEMES, match_themes
from vectorstore.lexical_tokens import normalise
from vectorstore.query_terms import Term

_MOST_OF_ONE_REPORT = 14
_MOST_OF_EACH = 3
_FEW_REPORTS = 3
_MOST_REPORTS = 12
# Of more reports than these only what bears on the question is read.
_READ_WHOLE = 50
# How much of the words of a question a problem or commitment must say to be about it.
_ABOUT = 0.4


def answer_commitments(draft: Draft) -> None:
    """Lists the problems and commitments asked about with their places, and what followed where that is asked."""
    draft.question = replace(in_conversation(draft.question), operation=Operation.COMMITMENTS)
    question = draft.question
    if (question.asked.unknown or question.asked.choices) and ask_for_body(draft):
        draft.kind = Kind.COMMITMENTS
        return
    draft.kind = Kind.COMMITMENTS
    wish = read_wish(question, draft.corpus)
    points = report_points(question, draft.corpus, wish)
    if not points:
        say_missing_reports(draft, settle_scope(question, draft.corpus, many=True))
        draft.kind = Kind.COMMITMENTS
        return
    listed = _of_reports(draft, points, wish)
    found = _about(listed, wish)
    if not found and not wish.is_open and not wish.themes and answer_passages(draft, fallback=True):
        # "准备好了吗", "plans drafted": a word of planning, but the report tells of it as done.
        return
    if not found:
        found = _nothing_about(draft, points, listed, wish)
        if not found:
            return
    _say(draft, found)
    _say_silent(draft, found, wish)
    if wish.followed:
        say_what_followed(draft, found)
    else:
        _suggest(draft, found, wish)


def _of_reports(draft: Draft, points: Sequence[tuple[str, int]], wish: Wish) -> list[Commitment]:
    wanted = frozenset(points)
    agencies = sorted({agency for agency, _ in points})
    years = sorted({year for _, year in points})
    prose = draft.corpus.prose
    if len(wanted) <= _READ_WHOLE:
        found = prose.commitments(agencies, years, wish.kinds)
    else:
        words = sorted({form for term in wish.terms for form in term.forms})
        found = prose.commitments_about(years, wish.kinds, wish.themes, words)
    return [each for each in found if (each.agency, each.year) in wanted]


def _about(listed: Sequence[Commitment], wish: Wish) -> list[Commitment]:
    """Those on the themes asked about, or with the words of the question in them; all where nothing is said."""
    if wish.is_open:
        return list(listed)
    shares = _shares(listed, wish.terms)
    themes = frozenset(wish.themes)
    least = _ABOUT / 2 if wish.either else _ABOUT
    if themes:
        every = [each for each in listed if themes <= _themes(each)]
        if wish.every and every:
            return every
        return [each for each, share in zip(listed, shares, strict=True) if themes & _themes(each) or share > least]
    return [each for each, share in zip(listed, shares, strict=True) if share > least]


def _themes(item: Commitment) -> frozenset[str]:
    """Its themes, and those of the sub-heading that it stands under ("（一）抓宣传培训，增强法定意识")."""
    return frozenset((*item.themes, *match_themes(_heading(item))))


def _heading(item: Commitment) -> str:
    return item.section.rpartition(" / ")[2] if " / " in item.section else ""


def _shares(listed: Sequence[Commitment], terms: Sequence[Term]) -> list[float]:
    """How much of the terms each says. A handful of sentences does not tell which words are rare: all count alike."""
    texts = [normalise(_heading(each) + each.quote) for each in listed]
    held = [[any(form in text for form in term.forms) for text in texts] for term in terms]
    weights = [
        term.weight * (1.0 if any(row) else term.unsaid_share / 2) for term, row in zip(terms, held, strict=True)
    ]
    total = sum(weights) or 1.0
    return [
        sum(weight for weight, row in zip(weights, held, strict=True) if row[at]) / total for at in range(len(texts))
    ]


def _nothing_about(
    draft: Draft, points: Sequence[tuple[str, int]], listed: Sequence[Commitment], wish: Wish
) -> list[Commitment]:
    """Says that there is none; what to list instead: all of the one report asked about, or nothing."""
    about = "" if wish.is_open else _named(draft, wish)
    what = _what(draft, wish.kinds)
    if len(points) == 1:
        agency, year = points[0]
        title = draft.wording.title(agency, year)
        draft.saw(agencies=[agency], years=[year])
        draft.say(f"{title}的报告没有提出{about}{what}。", f"{title}: the report names no {what}{about}.")
    else:
        draft.say(f"库里的报告没有提出{about}{what}。", f"The reports here name no {what}{about}.")
    if len(points) == 1 and listed and not wish.is_open:
        draft.say("它提出的是：", "What it does name:")
        return list(listed)
    draft.status = Status.NOT_FOUND
    return []


def _named(draft: Draft, wish: Wish) -> str:
    known = {theme.id: theme for theme in THEMES}
    names = [
        known[theme].zh if draft.wording.zh else known[theme].en.lower() for theme in wish.themes if theme in known
    ]
    if not names:
        return draft.wording.say("与此有关的", " about that")
    return draft.wording.say(f"有关{'、'.join(names)}的", f" about {', '.join(names)}")


def _what(draft: Draft, kinds: Sequence[str]) -> str:
    words = {PROBLEM: draft.wording.say("问题", "problems"), COMMITMENT: draft.wording.say("改进措施", "commitments")}
    return draft.wording.say("或", " or ").join(words[kind] for kind in (PROBLEM, COMMITMENT) if kind in kinds)


def _say(draft: Draft, found: Sequence[Commitment]) -> None:
    reports = [(key, list(group)) for key, group in groupby(found, key=lambda each: (each.agency, each.year))]
    if len(reports) > _MOST_REPORTS:
        draft.allowed.append(f"{len(reports)} {_MOST_REPORTS}")
        draft.say(
            f"共有{len(reports)}份报告，先列出{_MOST_REPORTS}份；可以再加单位或年份。",
            f"There are {len(reports)} such reports; {_MOST_REPORTS} are listed. Add a body or a year to see others.",
        )
    most = _MOST_OF_EACH if len(reports) > _FEW_REPORTS else _MOST_OF_ONE_REPORT
    for (agency, year), items in reports[:_MOST_REPORTS]:
        draft.saw(agencies=[agency], years=[year])
        for kind in (PROBLEM, COMMITMENT):
            of_kind = [item for item in items if item.kind == kind]
            if of_kind:
                _say_report(draft, agency, year, kind, of_kind, most)


def _say_silent(draft: Draft, found: Sequence[Commitment], wish: Wish) -> None:
    """Of several bodies named, those whose reports name nothing of the kind, or are not here."""
    named = draft.question.asked.agencies
    if len(named) < 2:
        return
    scope = settle_scope(draft.question, draft.corpus, many=True)
    absent = {agency for agency, _ in scope.missing}
    for agency in named:
        if agency not in absent and not any(each.agency == agency for each in found):
            about = "" if wish.is_open else _named(draft, wish)
            name, what = draft.wording.agency(agency), _what(draft, wish.kinds)
            draft.say(f"{name}的报告没有提出{about}{what}。", f"{name}: its reports name no {what}{about}.")
    if scope.missing and not wish.followed:
        say_missing_reports(draft, scope, beside=True)


def _say_report(draft: Draft, agency: str, year: int, kind: str, items: Sequence[Commitment], most: int) -> None:
    quoted = [quote_commitment(draft, item) for item in items[:most]]
    name = draft.wording.agency(agency)
    if kind == PROBLEM:
        lead = draft.wording.say(f"{name}{year}年报告提到的问题：", f"Problems named in the {year} report of {name}: ")
    else:
        lead = draft.wording.say(
            f"{name}{year}年报告提出的打算：", f"What {name} said it would do, in its {year} report: "
        )
    more = ""
    if len(items) > most:
        draft.allowed.append(str(len(items)))
        more = draft.wording.say(f"\n（共{len(items)}条）", f"\n({len(items)} in all)")
    body = quoted[0] if len(quoted) == 1 else "\n" + "\n".join(quoted)
    draft.sentences.append(f"{lead}{body}{more}\n")


def quote_commitment(draft: Draft, item: Commitment) -> str:
    """Its words in quotation marks, cited; the answer lists it too."""
    citation = Citation(item.report, item.quote, item.quote, section=item.section or None, place=item.place)
    number = draft.evidence.cite_place(citation, item.agency, item.year)
    draft.commitments.append(
        AnswerCommitment(
            id=item.id,
            kind=item.kind,
            quote=item.quote,
            agency=item.agency,
            agency_name=draft.wording.agency(item.agency),
            year=item.year,
            section=item.section,
            themes=item.themes,
            target_year=item.target_year,
            answers=item.answers,
            citations=(number,),
        )
    )
    return f"“{item.quote}”{marks((number,))}"


def _suggest(draft: Draft, found: Sequence[Commitment], wish: Wish) -> None:
    agency, year = found[0].agency, found[0].year
    name = draft.corpus.name(agency, draft.question.language)
    if wish.kinds == (PROBLEM,):
        draft.suggestions.append(
            draft.wording.say(
                f"{name}{year}年报告提出了哪些改进措施？", f"What did {name} commit to in its {year} report?"
            )
        )
    elif year + 1 in draft.corpus.years(agency):
        draft.suggestions.append(
            draft.wording.say(
                f"{name}{year}年承诺的改进措施，后来做了吗？", f"Did {name} follow through on its {year} commitments?"
            )
        )
