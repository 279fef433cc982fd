"""Which data years a question asks for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_COUNT = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10}
_EN_COUNT = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_YEAR = r"(?:(?:19|20)\d{2})"


class YearKind(StrEnum):
    """How the years were said: nothing, listed one by one, as a range, relative to the newest report, or all of them."""

    NONE = "none"
    LISTED = "listed"
    RANGE = "range"
    LATEST = "latest"
    LAST = "last"
    RECENT = "recent"
    ALL = "all"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class YearMention:
    """Years said in a question. spans: character ranges in the normal form. count: how many recent years (RECENT), or how many
    years back (LAST).

    published: a year of publication was said, `years` already holds the data year before it.
    """

    kind: YearKind = YearKind.NONE
    years: tuple[int, ...] = ()
    spans: tuple[tuple[int, int], ...] = ()
    count: int = 0
    published: bool = False
    open_end: bool = False


_TO = (
    r"(?:-|~|\.\.+|/(?=20)|(?:开始|起|以来|为始)?(?:算|计|统计|算起)?\s*[,，、]?\s*(?:一直|直|截|截止|止于|持续)?(?:一年一年|一年年|逐年|一路)?(?:地|的)?(?:往前|往回|往后|往下|倒着?|向前|向后)?(?:推|追溯|算|数|统计|看|说|攒|走|涨|加|累|排|写|讲)?(?:到|至|止于|迄)"
    r"|,?\s*(?:(?:onwards?|and|back|down|stopping|then every year after that|and every year|each year|every year|right|all the way"
    r"|going|running|ending|right up)\s+)*"
    r"(?:up\s+)?"
    r"(?:through to|to|through|thru|until|till|up until|ending (?:with|in|at)|finishing (?:with|in)|stopping (?:with|in|at)|at)"
    r"(?:\s+and\s+including|\s+the\s+(?:very\s+)?end\s+of)?)"
)
_RANGE = re.compile(
    rf"(?<!\d)(?P<a>{_YEAR}|\d{{2}})\s*(?:年(?:度|份|全年)?)?\s*{_TO}\s*(?:the\s+)?(?:year\s+)?(?P<b>{_YEAR}|\d{{2}})(?!\d)\s*(?P<mark>年(?:度|份|全年)?)?(?:为止|止)?"
)
_BETWEEN = re.compile(
    rf"起\s*(?P<i>\d{{2}})\s*年\s*(?:止|至|到)\s*(?P<j>\d{{2}})\s*年|起止年[份度]?[是为:：]?\s*(?P<g>{_YEAR})\s*年?(?:和|与|、|至|到|-)\s*(?P<h>{_YEAR})\s*年?|(?:between|from)\s+(?:the\s+year\s+)?(?P<a>{_YEAR})\s*,?\s+(?:and|to)\s+(?:the\s+year\s+)?(?P<b>{_YEAR})|(?P<e>{_YEAR})\s*年?(?:度|全年)?(?:开始算|开始|起算|起|始|打头)[,，、](?:到)?\s*(?P<f>{_YEAR})\s*年?(?:度|全年)?(?:结束|为止|截止|止|收尾)|(?:起于|始于|起自|起|自|从)\s*(?P<c>{_YEAR})\s*年?(?:度|全年)?[,，、]?\s*(?:起|开始)?(?:算|计|统计|算起)?[,，、]?(?:止于|终于|截至到|截至|截止|到|至|截止到|讫于|讫|止|迄)\s*(?P<d>{_YEAR})\s*年?度?(?:为止|止)?"
)
_FIRST = re.compile(
    rf"(?P<a>{_YEAR})\s*年?(?:度|份|全年)?\s*(?:起(?![草诉步来点因初])|开头|开始|打头|为始|以来)|(?:从|自|始于|起于|首年|起始年|起点)[:：为是]?\s*(?P<b>{_YEAR})"
    rf"|\b(?:first year|(?:start(?:ing|s)?|open(?:ing|s)?)(?: year)?(?: with| in| at| from)?|beginning(?: with| in)?|from)[ :]+(?P<c>{_YEAR})"
    rf"|(?P<d>{_YEAR})(?: is| as| being)? the (?:start|starting point|beginning|base)\b"
)
_FINAL = re.compile(
    rf"(?P<a>{_YEAR})\s*年?(?:度|份|全年)?\s*(?:止|收尾|截止|为止|结束|封顶|打住)|(?:末年|终止年|终点|截止年|截至|截止|止于|累加到|累计到|加到|算到|走到|看到|排到)[:：为是]?\s*(?P<b>{_YEAR})"
    rf"|\b(?:last year|final year|(?:end(?:ing|s)?|finish(?:ing|es)?|clos(?:e|es|ing))(?: year)?(?: with| in| at)?|through|up to|until)[ :]+(?P<c>{_YEAR})"
    rf"|(?P<d>{_YEAR})(?: is| as| being)? the (?:finish|end|end point|close|final year|last year)\b"
)
_BACKWARDS = re.compile(r"往前|往回|倒|向前|追溯|\bback\b|\bdown\b")
_SINCE = re.compile(
    rf"(?:since\s+(?P<en>{_YEAR})|(?P<on>{_YEAR})\s+(?:onwards?|to date|until now|till now|to now|to the present)"
    rf"|(?P<zh>{_YEAR})\s*年?\s*(?:至今|迄今|到现在|到今天|到如今|以来|之后|以后|起(?![草诉步来点因初])|开始)|自\s*(?P<zi>{_YEAR})\s*年?)"
)
_FULL = re.compile(rf"(?<!\d)(?P<y>{_YEAR})(?!\d)\s*(?:年度|年份|年)?(?!\d)|(?<!\d)(?P<odd>[3-9]\d{{3}})\s*年")
_SHORT = re.compile(r"(?<![\d第近过前后])(?P<y>\d{2})\s*年(?!代)度?(?!以上|内|间|来)|'(?P<a>\d{2})\b")
_TWO = 2
# "21年、23年以及中间各年都要"
_AND_BETWEEN = re.compile(
    r"(?:中间|当中|之间)的?(?:各|每|那|几)一?几?年|\b(?:and )?(?:all |every )?(?:the )?years? in between\b"
    r"|\bfrom then (?:through|to|until|up to)\b"
)
# "19、20、21三年"
_SHORT_LIST = re.compile(
    r"(?<![\d.])\d{2}(?:\s*年?\s*[、,，和与及]\s*\d{2}){1,5}(?=\s*(?:这|那|共)?(?:两|二|三|四|五|六|几|各)?个?年)"
)
_HAN_YEAR = re.compile(
    r"(?<![一二三四五六七八九十百千])(?:[一二][〇○零一二三四五六七八九]{3}|[〇○零一二][〇○零一二三四五六七八九](?!年(?:来|内|间)))(?=\s*(?:年|[-~至到]\s*[一二]?[〇○零一二]))"
)
_RECENT = re.compile(
    r"(?:最近|近|过去|前)\s*(?P<n>[一两二三四五六七八九十]|\d{1,2})\s*(?:个)?年(?:来|间|内)?|(?:last|past|recent|previous)\s+(?P<en>\d{1,2}|"
    + "|".join(_EN_COUNT)
    + r")\s+years"
)
_ALL = re.compile(
    r"历年|逐年|各年度?|每年|每一年|多年来|这些年|几年来|这几年|近几年|近年来?|过去几年"
    r"|over the years|over time|every year|each year|all years|year by year|by year|recent years|(?<!which )(?<!what )years"
)
_LATEST = re.compile(
    r"最后一年|最新(?:的)?(?:一年|年度|一期|一份|报告)?|最近一年|最近一期|最近的?年度|最近的?报告"
    r"|(?:the\s+)?(?:latest|most recent|newest)(?:\s+(?:report|year))?"
)
_LAST = re.compile(
    r"(?P<three>大前年|上上上年)|(?P<two>前年|上上年|the year before last|two years ago)"
    r"|去年|前一年|上年度?(?!结转|遗留|转入|留)|上一年度?(?!结转|[^，,。？?]{0,6}项目|遗留)"
    r"|(?<!over from )(?<!forward from )(?<!left from )(?<!brought from )(?<!carried from )last year|previous year's report"
)
_NEXT = re.compile(
    r"(?<!结转到)(?<!转到)(?<!转入)(?<!转至)(?<!留到)(?<!留给)(?:明年|后年|下一年)(?!度?继续|办)|\b(?<!to the )(?<!into the )next year(?=\?|$)"
)
_AROUND = re.compile(
    r"(?:头|最早|最初|最前|开头|末尾|起初)的?[两二三几]年|倒数第[一二三四]年|隔年|[偶奇]数年|中间(?:那|的|几)?年"
    r"|\bthe (?:first|earliest) (?:two|three|few) (?:years|reports)\b|\b(?:even|odd)(?:-numbered)? years\b|\bevery (?:other|second) year\b|"
    r"(?:19|20)\d{2}\s*年?度?\s*(?:以前|之前|前的)|(?:除了?|除去|非|不是)\s*(?:19|20)\d{2}|(?:19|20)\d{2}\s*年?\s*(?:以外|之外|除外)"
    r"|\b(?:before\s+|(?:except|excluding|other than|not)\s+(?:in\s+|for\s+)?)(?:19|20)\d{2}"
)
# "不是2016年，是2018年", "2018 instead of 2016": what is asked for stands beside what is not.
_DENIED = re.compile(
    r"(?:而?不是|并非|而?不要|没问|\bnot|\binstead of|\brather than)\s*(?:in\s+|for\s+|of\s+)?(?:(?:19|20)\d{2}|\d{2}(?=年))\s*年?度?份?"
)
_MOVED = re.compile(r"(?P<from>(?:19|20)\d{2})\s*年?度?\s*结转(?:到|至|入)\s*(?P<to>(?:19|20)\d{2})\s*年?度?")
_THIS = re.compile(r"今年|this year")
_PUBLISHED = re.compile(r"(?:公布|发布|发表|公开|印发|出)的?(?!政府信息|信息)[^,，。；;]{0,14}?(?:年度)?(?:报告|年报)")
_CAME_OUT = re.compile(r"年?\s*(?:\d{1,2}月)?(?:\d{1,2}日)?\s*(?:发布|公布|印发|发表|签发)(?!的)")
_PUBLISHED_IN = re.compile(r"report\w*\s+[^.]{0,20}(?:published|released|issued)\s+in\s*$")

_PART_OF_YEAR = re.compile(
    r"[上下]半年|半年|第?[一二三四1-4]个?季度|[首一二三四]季度|每月|每个月|月均|每[一]?[天日周]|每个?(?:星期|工作日|季度)|日均|周均|一天"
    r"|\b(?:daily|weekly|per (?:day|week|working day)|(?:a|each|every) (?:day|week|working day))\b"
    r"|(?<!\d)(?:1[0-2]|[1-9])月份?|[一二三四五六七八九十]月份?"
    r"|\bq[1-4]\b|quarter|half of|(?:first|second|last) half|half[- ]year|\b(?:monthly|per month|each month)\b"
    r"|\b(?:january|february|march|april|june|july|august|september|october|november|december)\b"
)

# A whole year told by its first and last day, and the day of publication, are no part of a year.
_WHOLE_YEAR = re.compile(
    r"1月1日?起?\s*(?:至|到|-|~)\s*(?:\d{4}年)?12月(?:31日)?(?:底|末)?|(?<!\d)1\s*(?:月)?\s*(?:至|到|-|~)\s*12月份?|截[至止]到?(?:\d{4}年)?12月31日?"
    r"|(?:1 january|january 1(?:st)?)\s*(?:to|through|until|-)\s*(?:31 december|december 31(?:st)?)|(?:31 december|december 31(?:st)?)"
    r"|(?:1[0-2]|[1-9])月(?:\d{1,2}日)?(?=[^,，。]{0,4}(?:发布|公布|签发|印发|公开|发表))"
    r"|(?:published|released|issued|signed) (?:in|on) (?:january|february|march|april|may|june|july|august|september|october|november|december)"
)


def finds_part_of_year(text: str) -> bool:
    """Whether a question in normal form asks for less than a year (a half, a month, a day): reports never tell that."""
    return bool(_PART_OF_YEAR.search(_WHOLE_YEAR.sub(" ", text)))


def part_of_year_spans(text: str) -> tuple[tuple[int, int], ...]:
    """The character ranges of what asks for less than a year, in a question in normal form."""
    blanked = _WHOLE_YEAR.sub(lambda match: " " * len(match.group()), text)
    return tuple(match.span() for match in _PART_OF_YEAR.finditer(blanked))


def find_years(text: str, *, newest: int | None = None) -> YearMention:
    """The years said in a question in normal form. newest: newest data year of the corpus, for open ranges."""
    # Years in Chinese digits become Arabic ones of the same length, so that positions stay.
    text = _HAN_YEAR.sub(lambda match: match.group().translate(_DIGITS), text)
    beside = _beside_denied(text, newest)
    if beside is not None:
        return beside
    settled = _odd_years(text) or _closed_range(text) or _ends_apart(text)
    if settled is not None:
        return settled
    since = _SINCE.search(text)
    if since:
        first = int(since["en"] or since["on"] or since["zh"] or since["zi"])
        later = [int(match["y"]) for match in _FULL.finditer(text) if match["y"] and int(match["y"]) > first]
        if newest and first <= newest and not later:
            return YearMention(YearKind.RANGE, tuple(range(first, newest + 1)), (since.span(),), open_end=True)
    years, spans = _listed(text)
    if years:
        if len(years) > 1:
            years, spans = _without_publication(text, years, spans)
        order = sorted(range(len(years)), key=lambda index: spans[index])
        listed = tuple(dict.fromkeys(years[index] for index in order))
        published = _is_publication_year(text, spans) if len(listed) == 1 else False
        if published:
            listed = (listed[0] - 1,)
        if len(listed) == _TWO and _AND_BETWEEN.search(text):
            return YearMention(YearKind.RANGE, tuple(range(min(listed), max(listed) + 1)), tuple(sorted(spans)))
        return YearMention(YearKind.LISTED, listed, tuple(sorted(spans)), published=published)
    return _relative(text)


def _listed(text: str) -> tuple[list[int], list[tuple[int, int]]]:
    """All years said one by one, with their places, four digits before two."""
    found = _short_list(text)
    for pattern in (_FULL, _SHORT):
        for match in pattern.finditer(text):
            said = _year_of(match)
            if said is not None and not any(match.start() < end and start < match.end() for _, (start, end) in found):
                found.append((said, match.span()))
    return [year for year, _ in found], [span for _, span in found]


def _short_list(text: str) -> list[tuple[int, tuple[int, int]]]:
    """The years of "19、20、21三年" with their places; [] where one of the numbers is no year."""
    found = []
    for match in _SHORT_LIST.finditer(text):
        for said in re.finditer(r"\d{2}", match.group()):
            year = _full_year(said.group())
            if year is None:
                return []
            found.append((year, (match.start() + said.start(), match.start() + said.end())))
    return found


def _beside_denied(text: str, newest: int | None) -> YearMention | None:
    """ "不是2016年，是2018年": the years said beside one that is denied; None where none is denied or none stands beside."""
    denied = _DENIED.search(text)
    if not denied:
        return None
    # Full stops, which no pattern of years runs over.
    rest = text[: denied.start()] + "。" * (denied.end() - denied.start()) + text[denied.end() :]
    wanted = find_years(rest, newest=newest)
    if wanted.kind is YearKind.NONE:
        return None
    return replace(wanted, spans=tuple(sorted((*wanted.spans, denied.span()))))


def _without_publication(
    text: str, years: list[int], spans: list[tuple[int, int]]
) -> tuple[list[int], list[tuple[int, int]]]:
    """The years without those that only say when a report came out ("2024年度报告2025年发布"); their spans stay explained."""
    kept = [index for index, (_, end) in enumerate(spans) if not _CAME_OUT.match(text[end:])]
    if not kept or len(kept) == len(years):
        return years, spans
    spans[:] = [spans[index] for index in kept]
    return [years[index] for index in kept], spans


def _closed_range(text: str) -> YearMention | None:
    """The years from one to another, when both are said."""
    for pattern in (_BETWEEN, _RANGE):
        for match in pattern.finditer(text):
            named = match.groupdict()
            said = [year for year in match.groups() if year and year.isdigit()]
            first, last = _full_year(said[0]), _full_year(said[1])
            marked = named.get("mark") or len(said[0]) == 4 or "年" in match.group()
            if first and last and first > last and _BACKWARDS.search(match.group()):
                first, last = last, first
            if marked and first is not None and last is not None and 0 < last - first <= 60:
                return YearMention(YearKind.RANGE, tuple(range(first, last + 1)), (match.span(),))
    return None


def _ends_apart(text: str) -> YearMention | None:
    """ "2021年起2023年止", "first year 2021, last year 2023": the ends of a range, each with a word that says which it is."""
    starts = {
        int(year): match.span(group)
        for match in _FIRST.finditer(text)
        for group, year in match.groupdict().items()
        if year
    }
    ends = {
        int(year): match.span(group)
        for match in _FINAL.finditer(text)
        for group, year in match.groupdict().items()
        if year
    }
    if (
        len(starts) != 1
        or len(ends) != 1
        or {int(match["y"]) for match in _FULL.finditer(text) if match["y"]} != starts.keys() | ends.keys()
    ):
        return None
    (first, begins), (last, stops) = *starts.items(), *ends.items()
    # "从2021年结转过来": where a request comes from, no beginning.
    if first >= last or "结转" in text or "carried" in text:
        return None
    return YearMention(YearKind.RANGE, tuple(range(first, last + 1)), tuple(sorted((begins, stops))))


def _odd_years(text: str) -> YearMention | None:
    """Years that are not asked for themselves: all but one, those before one, the one a request moved to."""
    around = _AROUND.search(text)
    if around:
        return YearMention(YearKind.UNCLEAR, (), (around.span(),))
    moved = _MOVED.search(text)
    if moved:
        # "2023年结转到2024年": what the report of 2023 carries forward.
        return YearMention(YearKind.LISTED, (int(moved["from"]),), (moved.span("from"), moved.span("to")))
    return None


def _relative(text: str) -> YearMention:
    recent = _RECENT.search(text)
    if recent:
        said = recent["n"] or recent["en"]
        count = int(said) if said.isdigit() else _COUNT.get(said) or _EN_COUNT.get(said, 3)
        return YearMention(YearKind.RECENT, (), (recent.span(),), count=count)
    for pattern, kind in (
        (_ALL, YearKind.ALL),
        (_LATEST, YearKind.LATEST),
        (_LAST, YearKind.LAST),
        (_THIS, YearKind.LATEST),
    ):
        match = pattern.search(text)
        if match:
            named = match.groupdict()
            back = 3 if named.get("three") else 2 if named.get("two") else 1
            return YearMention(kind, (), (match.span(),), count=back)
    coming = _NEXT.search(text)
    return YearMention(YearKind.UNCLEAR, (), (coming.span(),)) if coming else YearMention()


def _year_of(match: re.Match[str]) -> int | None:
    groups = match.groupdict()
    said = groups.get("y") or groups.get("odd") or groups.get("a")
    return _full_year(said) if said else None


def _full_year(said: str) -> int | None:
    if len(said) == 4:
        return int(said)
    year = 2000 + int(said)
    # Reports exist since 2008; two digits outside the plausible span are no year ("10年", "95年").
    return year if 2008 <= year <= 2039 else None


def _is_publication_year(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    start, end = spans[0]
    return bool(
        _PUBLISHED.match(text[end : end + 30].lstrip("年度 ")) or _PUBLISHED_IN.search(text[max(0, start - 30) : start])
    )
