"""Whether a question wants words rather than a figure, though it names what a figure counts ("怎么做政策解读", "about what?")."""

import re

from qa_service.understanding.question import Operation, Question

# Where no figure can be the answer whatever is asked.
_MANY = frozenset(
    (
        Operation.COMPARE,
        Operation.GROWTH,
        Operation.RANK,
        Operation.SUM,
        Operation.AVERAGE,
        Operation.TREND,
        Operation.FILTER,
    )
)
_OF_FIGURES = frozenset(("BY_APPLICANT", "BY_CHANNEL", "SECTION", "ZERO", "NONZERO", "OVER", "UNDER", "BLANK", "DIFF"))
_QUOTED = re.compile(r'"[^"]{2,40}"|“[^”]{2,40}”|《[^》]{2,60}》')
_ASKS = re.compile(
    r"(?:怎么|怎样|如何|咋)(?!样|变|回事|算|了$)[\u4e00-\u9fff]{2}|什么|啥|哪些|哪[一二两几三四五六七八九]?[类种项个件](?!申请人)|哪里|哪儿|在哪|谁|多久|隔多长|为何|为啥"
    r"|(?:流程|程序|步骤|做法|办法|规定)(?:是|如何|怎)|怎样的"
    # Not the pronouns of "requests for which time was extended", "requests where nothing was found".
    r"|(?:^|[?!.,;:]\s*|\b(?:and|but|about|in|so|then|know|me|explain|describe|wonder|say)\s+)(?:what|which|who|where|why)\b"
    r"|\bhow (?!many|much|large|big|high|was|were|is)|\bhow often\b"
)
# "What does the report say about requests?", "What about lawsuits?": nothing is said of what is wanted.
_SAYS = re.compile(
    r"\bwhat (?:does|do|did) .{0,120}\b(?:say|state|tell|give|show|record)\b|\bwhat about\b|\bwhat (?:is|was|were|are) the\b"
)
_COUNTS = re.compile(
    r"多少|几[件条次项篇份个名人家期场位封起宗]|几成|数量|总数|件数|条数|次数|人数|占比|比例|比重|百分|率是|数字|数据|指标|统计|合计|总计|平均|金额|多大|"
    r"最[多少高低大小]|比[去上]年|增[加长减]|减少|下降|上升|变化|趋势|排名|什么数|啥数|数(?=[是为呢])|谁多|哪[个家年].{0,4}[多少]|结果|途径提|谁提|提交|申请人|多还是少|相差|加起来"
    r"|\bhow many\b|\b(?:volume|tally|quantity)\b|"
    r"\bhow much\b|\bnumber\b|\bfigures?\b|\btotal\b|\bamount\b|\bpercent|\bshares?\b|\bproportion|\bcount\b|\brate of\b|"
    r"\baverage\b|\bmost\b|\bleast\b|\bmore\b|\bfewer\b|\bless\b|\bcompar|\bchange|\bgrow|\bsum\b|\bvalue\b|\bstatistic|\bdata\b|\bbudget\b|"
    r"\boutcome|\bresults?\b|\bfees?\b|\bhighest\b|\blowest\b|\bfrom whom\b|\bby whom\b|\bfiled\b|\bapplicants?\b|\bdecided\b"
)
# A problem that is dealt with is none that the agency has itself.
_DEALT_WITH = re.compile(r"(?:解决|针对|克服|回应|处理)(?:了|过|的)?(?:哪些|什么|啥)?问题")


def deals_with_problems(question: Question) -> bool:
    """Whether it asks which problems of others were solved, rather than what the agency finds wanting in itself."""
    return bool(_DEALT_WITH.search(question.text))


def wants_words(question: Question) -> bool:
    """Whether it asks how, what, who or where, and for no number; what is in quotation marks does not count."""
    if question.operation in _MANY and not _QUOTED.search(question.text):
        return False
    if question.unit or question.applicants or question.cues & _OF_FIGURES:
        return False
    plain = _SAYS.sub(" ", _QUOTED.sub(" ", question.text))
    return bool(_ASKS.search(plain)) and not _COUNTS.search(plain)
