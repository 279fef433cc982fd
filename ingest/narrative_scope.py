"""Whether a figure in a sentence is the issuer's own and of the report's year."""

import re

from ingest.narrative_text import NarrativeText, clause_end, clause_start
from reports.agency import Agency

_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年(?!度?[^，；。]{0,6}结转)")
_ANY_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年")
_YEAR_RANGE = re.compile(r"(?P<first>(?:19|20)\d\d)年[^，；。]{0,8}?(?:至|到|—|－|-)+(?P<last>(?:19|20)\d\d)年")
_THIS_YEAR = re.compile(r"今年|本年|当年|全年")
_OTHER_TIME = re.compile(
    r"去年|上年|上一年|往年|历年|前年|以来累计|(?:开通|建站|成立|施行|实施|运行|上线|建成)以来|[上下]半年|第?[一二三四]季度(?!检查)"
    r"|(?<![\d年至])\d{1,2}月份?(?!\d)|当月|每[年月季周日半]|平均|日均|月均|同期"
)
_NOT_YET = re.compile(
    r"(?<!规划)计划(?!及|类|信息|总结|、)|[拟力]争?(?=在|于|公开|开展|完成|举办)|力争|目标|预计|争取|应当|要求|规定|不得|[^已]将(?!近)|下一步|今后|明年|不低于"
)
_OTHER_BODIES = re.compile(
    r"全[市区县省镇国](?!域)|全系统|各[区县镇乡街部单科下]|(?:所属|下属|直属|基层)(?:各)?(?:单位|部门|机构)|各地|其余单位"
)
_NAMED_BODY = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{1,16}?(?:局|委员会|办公室|府办|政办|街道|镇|乡|中心|学校|医院))(?:共计|累计|全年|本年度|年内|依法|[共已])*"
    r"(?:收到|受理|接到|主动公开|公开|发布|办结|答复|作出|制发|出台)"
)
_BEFORE_BODY = re.compile(r"^(?:[全今本去]?年度?|其中|截至|底|期间|在|由|据|经|统计|目前|和|及|与|以来)+")


def is_own_and_current(text: NarrativeText, start: int, whose: Agency, year: int, other_year: int = 0) -> bool:
    """Whether the figure at `start` is the agency's own and of the report's year, not a plan or a rule."""
    period = text.masked.rfind("。", 0, start) + 1
    clause = text.masked[clause_start(text.masked, start) : start]
    if _NOT_YET.search(clause) or _is_others(clause, whose):
        return False
    if other_year:
        clause = text.masked[clause_start(text.masked, start) : clause_end(text.masked, start)]
        named = [int(match["year"]) for match in _ANY_YEAR.finditer(clause)]
        return all(each in (year, year + other_year) for each in named)
    if _OTHER_TIME.search(clause.replace("上年结转", "").replace("上年度结转", "")):
        return False
    sentence = text.masked[period:start]
    for span in _YEAR_RANGE.finditer(sentence):
        if int(span["first"]) != year or int(span["last"]) != year:
            return False
    mentioned = list(_YEAR.finditer(text.masked, 0, start))
    if not mentioned or int(mentioned[-1]["year"]) == year:
        return True
    return bool(_THIS_YEAR.search(text.masked[mentioned[-1].end() : start]))


def _is_others(clause: str, whose: Agency) -> bool:
    """Whether the clause speaks of more bodies than the issuer: 全市 in a bureau's report, not in a government's."""
    match = _OTHER_BODIES.search(clause)
    if match is None:
        body = _NAMED_BODY.search(clause)
        return body is not None and not _is_short_for(body["body"], whose.name)
    return not (match[0].startswith("全") and match[0] != "全国" and whose.name.endswith("人民政府"))


def _is_short_for(body: str, name: str) -> bool:
    """Whether a body named in a clause is the issuer: 我局, or its name with characters left out (区府办, 市人社局)."""
    body = _BEFORE_BODY.sub("", body)
    rest = iter(name)
    return body[:1] in ("我", "本", "全", "") or all(character in rest for character in body)
