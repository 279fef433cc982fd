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
    if (
        not question.concepts
        and not question.asked.agencies
        and cues & {"HELLO", "THANKS"}
        and not cues - {"HELLO", "THANKS", "MOST"}
    ):
        return Operation.SMALLTALK
    # "Mean requests per bureau" is an average, no meaning.
    if "DEFINE" in cues and "AVERAGE" not in cues and not _compares_figures(question):
        return Operation.DEFINITION
    if cues & {"PROBLEM", "PROMISE"} and not counted:
        return Operation.COMMITMENTS
    # "都收了哪些局的年报": 收 alone is said of the collection itself.
    if "CORPUS" in cues and question.concepts in ((), ("requests_received_word",)):
        return Operation.CORPUS
    if cues & {"OPINION", "FUTURE"}:
        return Operation.REFUSAL
    if cues & {"WHY", "WHEN"} or (
        "HOW" in cues
        and not counted
        and not cues & {"TREND", "GROWTH", "DIFF", "SHARE", "SUM", "BY_APPLICANT"}
        and not _short_follow_up(question)
    ):
        return Operation.PASSAGE
    return None


def _short_follow_up(question: Question) -> bool:
    """ "What about 2017?", "那镇海怎么样": a change of slot, not a question how something was done."""
    return (not question.concepts and not question.unexplained) or (
        question.confidence >= 1.0 and bool(question.concepts) and len(question.text) <= 24
    )


def _compares_figures(question: Question) -> bool:
    return len(question.asked.agencies) >= 2 and bool(question.concepts)


def _figures(question: Question) -> Operation:
    if not question.concepts and not question.applicants:
        return Operation.NONE
    if question.concepts and question.concepts[0].endswith("_change"):
        # The form itself tells the change against the year before (本年增/减).
        return Operation.LOOKUP
    if "SHARE" in question.cues and not _asks_for_growth_rate(question):
        return Operation.SHARE
    return _over_bodies(question) or _over_years(question) or _single(question)


def _asks_for_growth_rate(question: Question) -> bool:
    """ "增长率", "by what percentage did it grow": the per cent of a change, not of a whole."""
    return bool(question.cues & {"GROWTH"}) and not any(
        word in question.text for word in ("占", "share of", "proportion of")
    )


def _many_agencies(question: Question) -> bool:
    named = len(question.asked.agencies)
    return named >= 2 or (named == 0 and (question.asked.group or question.asked.everything))


def _many_years(question: Question) -> bool:
    return question.year.kind in _MANY_YEARS or len(question.year.years) >= 2


def _asks_for_sum(question: Question) -> bool:
    cues = question.cues
    if cues & {"MOST", "LEAST", "RANK", "COUNT"}:
        return False
    # "合计", "together" ask for a sum; "总数", "total" may just be part of a label and give way to any other operation.
    return "SUM" in cues or ("TOTAL" in cues and not cues & {"DIFF", "GROWTH", "TREND", "MORE", "TIMES"})


def _over_bodies(question: Question) -> Operation | None:
    cues, named = question.cues, len(question.asked.agencies)
    bodies, years = _many_agencies(question), _many_years(question)
    if "AVERAGE" in cues and (bodies or years):
        return Operation.AVERAGE
    if _asks_for_sum(question) and (bodies or years):
        return Operation.SUM
    if question.threshold and cues & {"OVER", "UNDER"} and cues & {"WHICH", "COUNT"} and not named:
        # "more than 10" is a bound, not a comparison.
        return Operation.FILTER
    if "MORE" in cues and named == 2 and len(set(question.year.years)) <= 2 and not cues & {"MOST", "LEAST", "RANK"}:
        return Operation.COMPARE
    if cues & {"MOST", "LEAST", "RANK"} or ("MORE" in cues and (bodies or years)):
        return Operation.RANK
    if cues & {"ZERO", "NONZERO", "OVER", "UNDER", "COUNT", "BLANK"} and cues & {"WHICH", "COUNT"} and not named:
        return Operation.FILTER
    if "DIFF" in cues and (named >= 2 or len(question.year.years) == 2):
        return Operation.COMPARE
    return None


def _over_years(question: Question) -> Operation | None:
    cues, years = question.cues, _many_years(question)
    if cues & {"GROWTH", "TREND"} and len(question.year.years) == 2:
        return Operation.GROWTH
    if _asks_for_growth_rate(question) and "SHARE" in cues:
        return Operation.GROWTH
    if "TREND" in cues or ("GROWTH" in cues and years):
        return Operation.TREND
    if "GROWTH" in cues and not question.asked.everything:
        return Operation.GROWTH
    return None


def _single(question: Question) -> Operation:
    if question.cues & {"BY_APPLICANT", "BY_CHANNEL"} or ("SECTION" in question.cues and _asks_for_section(question)):
        return Operation.SECTION
    if question.year.kind in _MANY_YEARS:
        return Operation.TREND
    if question.asked.everything and "WHICH" in question.cues:
        # "哪些单位被起诉过", "which bodies were sued": those where the figure is not 0.
        return Operation.FILTER
    if question.asked.everything and not any(word in question.text for word in ("各", "分别", "each", "every")):
        # "How many in the whole corpus?" wants one number.
        return Operation.SUM
    return Operation.LOOKUP


def _asks_for_section(question: Question) -> bool:
    strong = (
        "全部",
        "所有",
        "各项",
        "明细",
        "列出",
        "列一下",
        "分项",
        "一览",
        "breakdown",
        "break down",
        "all figures",
        "all the figures",
        "all data",
        "itemi",
        "list",
    )
    counts = question.unit or "how many" in question.text
    return any(word in question.text for word in strong) and not counts
