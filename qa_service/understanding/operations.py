"""Which operation a question asks for, from its cues and from how many bodies and years it names."""

from qa_service.understanding.question import Operation, Question
from qa_service.understanding.years import YearKind

_MANY_YEARS = (YearKind.RANGE, YearKind.RECENT, YearKind.ALL)


def choose_operation(question: Question) -> Operation:
    """The operation; the order of the rules decides where several cues are said."""
    talk = _talk(question)
    return talk if talk is not None else _figures(question)


def _talk(question: Question) -> Operation | None:
    """Operations that ask for no figure; None where a figure is asked for."""
    cues = question.cues
    counted = bool(question.unit) or any(word in question.text for word in ("多少", "how many", "how much"))
    if "ATTACK" in cues:
        return Operation.REFUSAL
    if not question.concepts and not question.asked.agencies and cues & {"HELLO", "THANKS"} and not cues - {"HELLO", "THANKS", "MOST"}:
        return Operation.SMALLTALK
    if "DEFINE" in cues and not _compares_figures(question):
        return Operation.DEFINITION
    if cues & {"PROBLEM", "PROMISE"} and not counted:
        return Operation.COMMITMENTS
    if "CORPUS" in cues and not question.concepts:
        return Operation.CORPUS
    if cues & {"OPINION", "FUTURE"}:
        return Operation.REFUSAL
    if cues & {"WHY"} or ("HOW" in cues and not counted and not cues & {"TREND", "GROWTH", "DIFF", "SHARE", "SUM", "BY_APPLICANT"} and not _short_follow_up(question)):
        return Operation.PASSAGE
    return None


def _short_follow_up(question: Question) -> bool:
    """ "What about 2017?", "那镇海怎么样": a change of slot, not a question how something was done."""
    return not question.concepts and not question.unexplained or question.confidence >= 1.0 and bool(question.concepts) and len(question.text) <= 24


def _compares_figures(question: Question) -> bool:
    return len(question.asked.agencies) >= 2 and bool(question.concepts)


def _figures(question: Question) -> Operation:
    cues, year = question.cues, question.year
    agencies = len(question.asked.agencies)
    many_agencies = agencies >= 2 or agencies == 0 and (question.asked.group or question.asked.everything)
    many_years = year.kind in _MANY_YEARS or len(year.years) >= 2
    if not question.concepts and not question.applicants:
        return Operation.NONE
    if "SHARE" in cues:
        return Operation.SHARE
    if "AVERAGE" in cues and (many_agencies or many_years):
        return Operation.AVERAGE
    if cues & {"MOST", "LEAST", "RANK"} or "MORE" in cues and (many_years or len(question.asked.agencies) != 1) and (many_agencies or many_years):
        return Operation.RANK if not ("MORE" in cues and len(question.asked.agencies) == 2 and not many_years) else Operation.COMPARE
    if cues & {"ZERO", "NONZERO", "OVER", "UNDER", "COUNT", "BLANK"} and cues & {"WHICH", "COUNT"} and not question.asked.agencies:
        return Operation.FILTER
    if "DIFF" in cues and (len(question.asked.agencies) >= 2 or len(year.years) == 2):
        return Operation.COMPARE
    if cues & {"GROWTH", "TREND"} and len(year.years) == 2:
        return Operation.GROWTH
    if "TREND" in cues or "GROWTH" in cues and many_years:
        return Operation.TREND if many_years or not cues & {"GROWTH"} else Operation.GROWTH
    if "GROWTH" in cues and not question.asked.everything:
        return Operation.GROWTH
    if "SUM" in cues and (many_agencies or many_years):
        return Operation.SUM
    if cues & {"BY_APPLICANT", "BY_CHANNEL"} or "SECTION" in cues and _asks_for_section(question):
        return Operation.SECTION
    if many_years and year.kind in _MANY_YEARS:
        return Operation.TREND
    return Operation.LOOKUP


def _asks_for_section(question: Question) -> bool:
    strong = ("全部", "所有", "各项", "明细", "列出", "列一下", "分项", "一览", "breakdown", "break down", "all figures", "all the figures", "all data", "itemi", "list")
    return any(word in question.text for word in strong) and not question.unit
