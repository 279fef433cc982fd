"""Which operation a question asks for, from its cues and from how many bodies and years it names."""

import re

from qa_service.understanding.question import Operation, Question
from qa_service.understanding.years import YearKind

_COMPUTES = frozenset(
    ("MORE", "DIFF", "SUM", "TOTAL", "AVERAGE", "MOST", "LEAST", "RANK", "COUNT", "ZERO", "GROWTH", "SHARE")
)
# What is supposed or doubted, around a plain question for figures.
_SUPPOSED = re.compile(r"如果|假如|若|真的|怀疑|凭什么|\bif\b|\btrue\b")
_RATIO = re.compile(r"占|比|率|百分|成|percent|per cent|%|share|proportion|fraction|ratio|rate")
# The rate of a change over a range of years: first against last.
_CHANGE_RATE = re.compile(
    r"(?:增长|变化|变动|增减|升降|涨跌)(?:率|幅度)|[增降涨跌]幅|\brate of (?:growth|change|increase)|\bgrowth rate|\bpercentage growth"
    r"|\bp(?:er)?c(?:en)?t(?:age)?[ _]ch(?:an)?ge?\b"
)
_MANY_YEARS = (YearKind.RANGE, YearKind.RECENT, YearKind.ALL)
_EACH = re.compile(r"分别|各自|各是?(?:多少|几)|各有|\brespectively\b|\beach\b")
# "一共", "in total" ask for one number of several figures; "总数" and "total" may only belong to their names.
_TOGETHER = re.compile(r"总共|一共|共计|共(?=[有多几])|\b(?:in|as a) total\b|\btotal of\b|\boverall\b")
_OF_WHOLE = re.compile(
    r"占|比重|份额|(?<!in )\b(?:part|slice|portion) of|\baccount(?:s|ed)? for|\bmak(?:es?|ing) up|share of|shares? (?:was|were|is|did)"
    r"|proportion of|(?:percentage|percent|per cent) of (?!change|growth)"
)
_RATE = re.compile(r"增长|增速|涨幅|增幅|降幅|\bgrowth\b|\bgrow|\bincreas|\bdecreas|\brate of change\b")
_THAN = re.compile(r"比(?![例重率较])|\bthan\b")
_SETS_AGAINST = re.compile(r"比(?![例重率较])|谁|哪[个家年边]?.{0,6}[多少高低]")
_STILL_MISSING = re.compile(r"还差(?:多少|几)")
_PERCENT = re.compile(r"百分之|几成|几个百分点|percent|per cent|%")
_COUNTED = re.compile(r"多少|几(?=[件条次项篇份起宗个名人家期场位封元])|\bhow (?:many|much)\b")
_TOTAL_WORD = re.compile(r"总[数量额]|\btotals?\b")
_ADDS = re.compile(
    r"加(?!或者?减|还是减)|合[计在起并算]|总和|之和|求和|累计|汇总|一共|总共|拢共|总的数|一块儿?算|\btogether\b|\bcombin|\balto(?:gether|ld)\b|\bsum|\badd|\bplus\b"
    r"|\baggregat|\bjoint|\btot\b|\btally|\bpool|\blump|\bgrand total|\brunning total|\bas a whole\b|\bone total\b|\bsingle total\b"
)
# "How many times did it reply" counts occasions.
_TIMES = re.compile(r"倍|\btimes (?:as|more|the|higher|larger|greater)\b")
_WHICH_YEAR = re.compile(r"哪[一几些]?个?年|什么年份|\b(?:which|what) years?\b")
_WHO = re.compile(
    r"谁|哪[一几]?[个家]|的(?:单位|机关|部门|局)|\b(?:bod(?:y|ies)|agenc(?:y|ies)|bureaus?|offices?) (?:with|that|which|whose|having)\b"
    r"|\bwho\b|\bwhose\b|\bany (?:bod|agenc|bureau|offic)"
)
# "哪种结果", "which channel": a row or column of the report, where "哪家", "which year" ask for a report.
_KINDS_ZH = "渠道|平台|途径|方式|形式|理由|原因|结果|类型|类别|情形"
_KINDS_EN = (
    r"(?:outcomes?|results?|channels?|types?|kinds?|category|categories|grounds?|reasons?|groups?|platforms?|applicants?"
    r"|requesters?|forms?|ways?|class)"
)
_KIND = re.compile(
    rf"哪[一几两]?(?:种|类|项|样|个?(?:{_KINDS_ZH}))|(?:什么|何种|啥)(?:{_KINDS_ZH}|人|样的人)"
    rf"|\b(?:which|what)\s+(?:\w+\s+){{0,2}}?{_KINDS_EN}\b"
    rf"|\b(?:commonest|most (?:common|frequent|usual))\s+(?:\w+\s+){{0,2}}?{_KINDS_EN}\b"
)


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
        and question.year.kind is YearKind.NONE
        and not (question.applicants or counted)
        and cues & {"HELLO", "THANKS"}
        and not cues - {"HELLO", "THANKS", "MOST"}
    ):
        return Operation.SMALLTALK
    # "Mean requests per bureau" is an average, no meaning.
    if "DEFINE" in cues and not cues & {"AVERAGE", "MEDIAN"} and not _compares_figures(question):
        return Operation.DEFINITION
    if cues & {"PROBLEM", "PROMISE"} and not counted and question.threshold is None:
        return Operation.COMMITMENTS
    # "都收了哪些局的年报": 收 alone is said of the collection itself.
    if "CORPUS" in cues and question.concepts in ((), ("requests_received_word",)):
        return Operation.CORPUS
    if cues & {"OPINION", "FUTURE"} and not _asks_only_for_figures(question):
        return Operation.REFUSAL
    if (cues & {"WHY", "WHEN"} and not (_SUPPOSED.search(question.text) and _asks_only_for_figures(question))) or (
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
    """Whether two figures are named: "the difference between" them is no difference in meaning."""
    bodies, years = len(question.asked.agencies), len(question.year.years)
    return bool(question.concepts) and (bodies >= 2 or years >= 2 or (bodies == 1 and len(question.concepts) >= 2))


def _asks_for_difference(question: Question) -> bool:
    return "DIFF" in question.cues or "difference between" in question.text


def _asks_only_for_figures(question: Question) -> bool:
    """ "我怀疑甲比乙还多，是真的吗", "如果甲和乙合并统计，会是多少": whatever is thought of them, the figures are there."""
    told = question.year.kind in (YearKind.LISTED, YearKind.RANGE) and not question.unexplained
    over_all = bool(question.concepts) and question.asked.everything and bool(_SUPPOSED.search(question.text))
    supposed = len(question.asked.agencies) == 1 and "SHARE" in question.cues and bool(_SUPPOSED.search(question.text))
    return told and (_compares_figures(question) or over_all or supposed) and bool(question.cues & _COMPUTES)


def _figures(question: Question) -> Operation:
    if not question.concepts and not question.applicants:
        return Operation.NONE
    if question.concepts and question.concepts[0].endswith("_change"):
        # The form itself tells the change against the year before (本年增/减).
        return Operation.LOOKUP
    if _asks_for_place(question):
        return Operation.RANK
    if "SHARE" in question.cues and not _asks_for_growth_rate(question) and not _makes_up_a_rank(question):
        return Operation.SHARE
    if combines_figures(question):
        return _over_figures(question) or _over_bodies(question) or _over_years(question) or _single(question)
    if ranks_within_report(question):
        return Operation.AVERAGE if "MEDIAN" in question.cues else Operation.RANK
    return _over_bodies(question) or _over_years(question) or _single(question)


def _asks_for_place(question: Question) -> bool:
    """ "收到申请第二多的是哪家": one of an order over bodies or years."""
    over = question.asked.everything or question.asked.group or question.asked.nothing or _many_years(question)
    return question.place > 1 and over and len(question.concepts) == 1


def _makes_up_a_rank(question: Question) -> bool:
    """ "Which bodies made up the top three": no share of anything."""
    ranked = question.cues & {"RANK", "MOST", "LEAST"} and question.asked.everything and len(question.concepts) == 1
    return bool(ranked) and not _RATIO.search(question.text)


def combines_figures(question: Question) -> bool:
    """Whether it names several figures of one report, by item or by applicant, that are not asked for one by one."""
    several = len(question.pairs) or len(question.concepts) * max(1, len(question.applicants))
    # "诉讼一共几起，其中输了几起": as many figures as are counted are asked for one by one.
    counted = len(_COUNTED.findall(question.text))
    return several >= 2 and not (several >= counted >= 2) and not _EACH.search(question.text)


def _over_figures(question: Question) -> Operation | None:
    """What is done with several figures of one report; None where they are only listed."""
    cues = question.cues
    if cues & {"AVERAGE", "MEDIAN"}:
        return Operation.AVERAGE
    if not _many_agencies(question) and not _many_years(question):
        if cues & {"MOST", "LEAST", "RANK"}:
            return Operation.RANK
        if cues & {"MINUS", "MORE"} or _asks_for_difference(question) or _TIMES.search(question.text):
            return Operation.COMPARE
    if _adds(question) or (cues & {"SUM", "TOTAL"} and _TOGETHER.search(question.text)):
        return Operation.SUM
    return None


def names_kind(text: str) -> bool:
    """Whether a question in normal form asks for a row or column of a report ("哪个渠道", "which outcome")."""
    return bool(_KIND.search(text))


def asks_which_year(text: str) -> bool:
    """Whether a question in normal form asks for a year ("哪年最多", "in which year")."""
    return bool(_WHICH_YEAR.search(text))


def ranks_within_report(question: Question) -> bool:
    """Whether the rows or columns of one report are set against each other ("哪种处理结果最多", "申请人里哪一类最多")."""
    if _many_agencies(question) or len(question.year.years) > 1:
        return False
    if "MEDIAN" in question.cues and question.cues & {"BY_CHANNEL", "BY_APPLICANT"}:
        return True
    return bool(question.cues & {"MOST", "LEAST", "RANK", "MEDIAN"}) and names_kind(question.text)


def _asks_for_growth_rate(question: Question) -> bool:
    """ "增长率", "比2021年多了百分之几", "by what percentage did it grow": the per cent of a change, not of a whole."""
    if _OF_WHOLE.search(question.text):
        return False
    compares = question.cues & {"DIFF", "MORE", "TREND", "TIMES"} and _PERCENT.search(question.text)
    # "In percentage terms, how did it go from 2021 to 2023?" names two years, but no part of a whole.
    over_years = len(question.concepts) == 1 and not question.applicants and _many_years(question)
    rate = bool(_CHANGE_RATE.search(question.text)) and _many_years(question)
    return "GROWTH" in question.cues or bool(compares) or rate or (over_years and bool(_PERCENT.search(question.text)))


def wants_percent(question: Question) -> bool:
    """Whether a difference is asked for in per cent."""
    return bool(_PERCENT.search(question.text)) and _asks_for_growth_rate(question)


def _many_agencies(question: Question) -> bool:
    named = len(question.asked.agencies)
    return named >= 2 or (named == 0 and (question.asked.group or question.asked.everything))


def _many_years(question: Question) -> bool:
    return question.year.kind in _MANY_YEARS or len(question.year.years) >= 2


def _asks_for_sum(question: Question) -> bool:
    cues = question.cues
    if cues & {"MOST", "LEAST", "RANK", "COUNT"}:
        return False
    return _adds(question) or (
        bool(cues & {"SUM", "TOTAL"}) and not cues & {"DIFF", "GROWTH", "TREND", "MORE", "TIMES", "MINUS"}
    )


def asks_to_compute(question: Question) -> bool:
    """Whether the words ask for something to be computed, whatever came of it."""
    if question.concepts and question.concepts[0].endswith("_change"):
        return False
    if _STILL_MISSING.search(question.text):
        return False
    if question.cues & {"DIFF", "MINUS", "AVERAGE", "MEDIAN", "GROWTH", "SHARE"} or _adds(question):
        return True
    # In English "more" and "times" say too much else.
    return bool(_TIMES.search(question.text)) or ("MORE" in question.cues and bool(_SETS_AGAINST.search(question.text)))


def _adds(question: Question) -> bool:
    """Whether a sum is asked for beyond doubt: "合计", "together"; "总数", "total" may just be part of a label."""
    only_in_name = _TOTAL_WORD.search(question.text) and not _ADDS.search(question.text)
    return "SUM" in question.cues and not only_in_name


def _over_bodies(question: Question) -> Operation | None:
    cues, named = question.cues, len(question.asked.agencies)
    bodies, years = _many_agencies(question), _many_years(question)
    # "年均增长率" is a growth, no mean of the figures.
    mean = cues & {"AVERAGE", "MEDIAN"} and not ("GROWTH" in cues and _RATE.search(question.text))
    if mean and (bodies or years or named == 1):
        return Operation.AVERAGE
    if _asks_for_sum(question) and (bodies or years):
        return Operation.SUM
    if _asks_which(question) and (question.threshold is not None or cues & {"ZERO", "NONZERO", "BLANK"}):
        # "more than 10" is a bound, not a comparison.
        return Operation.FILTER
    if "MORE" in cues and named == 2 and len(set(question.year.years)) <= 2 and not cues & {"MOST", "LEAST", "RANK"}:
        return Operation.COMPARE
    if "GROWTH" in cues and named == 1 and (cues & {"MOST", "LEAST", "RANK"} or _WHICH_YEAR.search(question.text)):
        # "增幅最大的是哪一年": the years with their figures, for no order of changes is computed.
        return Operation.TREND
    if cues & {"MOST", "LEAST", "RANK"}:
        return Operation.RANK
    if "MORE" in cues and "GROWTH" not in cues and (bodies or years):
        # "2022年比2021年多了几成" sets two years against each other, "哪年多" asks for one of them.
        compares = named == 1 and len(question.year.years) == 2 and _THAN.search(question.text)
        return Operation.COMPARE if compares else Operation.RANK
    if cues & {"ZERO", "NONZERO", "OVER", "UNDER", "COUNT", "BLANK"} and cues & {"WHICH", "COUNT"} and not named:
        return Operation.FILTER
    if (_asks_for_difference(question) or "MINUS" in cues or _TIMES.search(question.text)) and (
        named >= 2 or len(question.year.years) == 2
    ):
        return Operation.COMPARE
    return None


def _asks_which(question: Question) -> bool:
    """Whether the reports with a property are asked for: bodies where none is named, or one of several, or years."""
    named = len(question.asked.agencies)
    if question.cues & {"MOST", "LEAST", "RANK"}:
        return False
    years = bool(_WHICH_YEAR.search(question.text)) and len(question.year.years) != 1
    bodies = bool(question.cues & {"WHICH", "COUNT"} or _WHO.search(question.text))
    return years or (bodies and named != 1)


def _over_years(question: Question) -> Operation | None:
    cues, years = question.cues, _many_years(question)
    if cues & {"GROWTH", "TREND"} and len(question.year.years) == 2:
        return Operation.GROWTH
    if ("SHARE" in cues or wants_percent(question) or _asks_for_change_rate(question)) and _asks_for_growth_rate(
        question
    ):
        return Operation.GROWTH
    if "GROWTH" in cues and question.year.kind in (YearKind.LISTED, YearKind.LATEST) and len(question.year.years) < 2:
        return Operation.GROWTH
    if "TREND" in cues or ("GROWTH" in cues and years):
        return Operation.TREND
    if "GROWTH" in cues and not question.asked.everything:
        return Operation.GROWTH
    return None


def _asks_for_change_rate(question: Question) -> bool:
    return bool(_CHANGE_RATE.search(question.text)) and "AVERAGE" not in question.cues


def _single(question: Question) -> Operation:
    # "按申请人类别分列，请单独列出企业的": one column of them.
    by_type = question.cues & {"BY_APPLICANT", "BY_CHANNEL"} and len(question.applicants) != 1
    if by_type or ("SECTION" in question.cues and _asks_for_section(question)):
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
