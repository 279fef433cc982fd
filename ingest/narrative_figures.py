"""Running text -> figures: which indicator a sentence gives a figure for, read by the rules of narrative_rules.

Precision before recall: a figure that no rule fits, of another year, of other bodies, planned or required, is left
alone; it stays findable as a passage. A telephone number is no figure and is not read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from indicators.catalogue import Catalogue, Indicator
from indicators.numerals import Figure, parse_figure
from indicators.observation import Exactness, Observation, Origin
from ingest.narrative_rules import DISCLOSURE, DISCLOSURE_SECTION, RULES, Rule
from ingest.narrative_zeros import ZERO_RULES
from ingest.sentences import split_sentences
from reports.agency import Agency
from reports.citation import Citation
from reports.document import Paragraph
from reports.report import Section

_UNITS = r"万元|亿元|千元|人次|篇次|家次|批次|件次|项次|元|[件份起个宗条篇次项人名家场期批部处例类种册本班轮届封则%]"
_FIGURE = re.compile(
    r"(?<![\d.第\-—~～/每])(?P<raw>(?:大约|约|将近|接近|近|超过|超|逾|不少于|至少|不足|不到|少于)?"
    r"(?:(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:余|多)?[百千万亿]{0,2}(?:余|多)?"
    r"|(?P<hanzi>[一二两三四五六七八九十百千万零]+)(?:余|多)?万?)"
    rf"(?P<unit>{_UNITS})(?:左右|上下|以上|以内)?)"
)
_QUOTED = re.compile(r"“[^”]{0,120}”|《[^》]{0,120}》|「[^」]{0,120}」|〔[^〕]{0,12}〕|\[bookmark[:：][^\]]*\]")
_BOUNDARIES = "，；。！？：（）\n"
_NORMAL = str.maketrans("０１２３４５６７８９％．,;:!?()", "0123456789%.，；：！？（）")

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
_TOTAL = re.compile(r"共|总计|合计|累计|全年|年度|\d年|今年|本年")
_FRAMES = re.compile(
    r"(?P<direct>未经复议直接(?:起诉|提起))|(?P<after_review>复议后(?:起诉|提起))"
    r"|(?P<joint>复议(?:案件)?[、和及与或][^，；。]{0,10}诉讼)|(?P<review>复议)|(?P<litigation>诉讼|起诉)|(?P<other>投诉|举报|申请(?!行政复议))"
)
_ALL_ON_TIME = re.compile(
    r"(?:均|全部|都)(?:已)?[^，；。]{0,16}(?:(?:期限|时限|工作日)内?[^，；。]{0,4}|按时|按期|如期)(?:予以)?(?:办结|答复)"
)
_ALL_ON_WEBSITE = re.compile(
    r"^(?:（[^）]*）)?，?均(?:已)?(?:通过|在)[^，；。]{0,10}网站(?:上)?(?:予以)?(?:发布|公开|公布)"
)
_LONGEST_QUOTE = 100
_LONGEST_PARAGRAPH = 6000


@dataclass(frozen=True, slots=True)
class _Text:
    """A paragraph as the rules see it: no white space, half-width digits, quotations masked; `origin` maps back."""

    masked: str
    plain: str
    origin: tuple[int, ...]
    paragraph: Paragraph

    def raw(self, start: int, end: int) -> str:
        """The exact characters of the paragraph behind plain[start:end]."""
        return self.paragraph.text[self.origin[start] : self.origin[end - 1] + 1]


@dataclass(frozen=True, slots=True)
class _Reading:
    """One figure that a rule recognised."""

    observation: Observation
    weight: int  # readings of the same indicator: the one that speaks of the whole year's total is kept


@dataclass(frozen=True, slots=True)
class _Reader:
    """Whose text is read, and with which catalogue."""

    catalogue: Catalogue
    agency: Agency
    year: int
    edition: str | None
    report_id: str
    section: str

    def observe(
        self,
        indicator: Indicator,
        text: _Text,
        span: tuple[int, int],
        clause: tuple[int, int],
        figure: Figure,
        label: str | None,
    ) -> Observation:
        return Observation(
            indicator=indicator.id,
            label=label or indicator.zh,
            agency=self.agency.id,
            year=self.year,
            citation=Citation(
                report=self.report_id,
                raw=text.raw(*span),
                quote=_quote(text, span, clause),
                section=self.section,
                place=text.paragraph.place,
                ocr=text.paragraph.ocr,
            ),
            applicant="total" if indicator.by_applicant else None,
            value=figure.value,
            unit=figure.unit or indicator.unit,
            exactness=figure.exactness,
            origin=Origin.TEXT,
        )


def find_narrative_figures(
    sections: Sequence[Section],
    catalogue: Catalogue,
    agency: Agency,
    year: int,
    edition: str | None,
    report_id: str,
) -> tuple[Observation, ...]:
    """The figures told in the report's prose, in reading order, as observations of origin "text".

    indicator: the edition's own id where its form asks for the figure, else the narrative one. raw: the figure with its
    measure word (for a zero told in words, those words); quote: its clause; exactness as worded (30余 is more_than).
    One observation for each indicator (and label, where one indicator has several figures, such as the content
    categories); where the text repeats itself with different figures, the one told for the whole year.
    """
    readings: list[_Reading] = []
    for section in sections:
        reader = _Reader(catalogue, agency, year, edition, report_id, " / ".join(section.path))
        for paragraph in (piece for whole in section.paragraphs for piece in _in_pieces(whole)):
            text = _prepared(paragraph)
            readings.extend(_read_figures(reader, text))
            readings.extend(_read_zeros(reader, text))
    return _one_each(readings)


def _in_pieces(paragraph: Paragraph) -> Iterator[Paragraph]:
    """The paragraph, cut at sentence ends if it is longer than any a clerk writes: rules look back over all of it."""
    if len(paragraph.text) <= _LONGEST_PARAGRAPH:
        yield paragraph
        return
    start = 0
    for _, end in split_sentences(paragraph.text):
        if end - start > _LONGEST_PARAGRAPH // 2:
            yield replace(paragraph, text=paragraph.text[start:end][:_LONGEST_PARAGRAPH])
            start = end
    yield replace(paragraph, text=paragraph.text[start:][:_LONGEST_PARAGRAPH])


def _prepared(paragraph: Paragraph) -> _Text:
    kept = [
        index
        for index, character in enumerate(paragraph.text)
        if not character.isspace() or _between_digits(paragraph.text, index)
    ]
    plain = "".join(paragraph.text[index] for index in kept).translate(_NORMAL)
    # A comma between digits is part of the number; the translation above made it a clause's end.
    plain = re.sub(r"(?<=\d)，(?=\d{3}(?!\d))", ",", plain)
    plain = re.sub(r"(?<=\d)：(?=\d)", ":", plain)
    return _Text(_QUOTED.sub(_mask, plain), plain, tuple(kept), paragraph)


def _between_digits(text: str, index: int) -> bool:
    return index > 0 and text[index - 1].isdigit() and text[index + 1 : index + 2].isdigit()


def _mask(match: re.Match[str]) -> str:
    """Quotations keep their words but neither digits nor punctuation: 《2016年…办法》 says nothing about a year."""
    inner = match[0][1:-1]
    return match[0][0] + re.sub(r"[\d，；。！？：（）]", "·", inner) + match[0][-1]


def _read_figures(reader: _Reader, text: _Text) -> Iterator[_Reading]:
    previous_end = 0
    quoted = [match.span() for match in _QUOTED.finditer(text.masked)]
    found = [match for match in _FIGURE.finditer(text.masked) if not any(a < match.start() < b for a, b in quoted)]
    for number, match in enumerate(found):
        start, end = match.span("raw")
        left = max(_clause_start(text.masked, start), previous_end)
        right = found[number + 1].start("raw") if number + 1 < len(found) else len(text.masked)
        clause_end = _clause_end(text.masked, end)
        previous_end = end
        before, after = text.masked[left:start], text.masked[end : min(right, clause_end)]
        if not _is_figure(match, before):
            continue
        told = _Told(text.masked, start, clause_end, reader.section)
        for rule in RULES:
            label = _fits(rule, before, after, match["unit"], told)
            if label is None:
                continue
            indicator = reader.catalogue.find(rule.ids.get(reader.edition or "", rule.ids.get("")))
            figure = parse_figure(text.plain[start:end])
            if indicator is None or figure.value is None or not _is_this_years(reader, text, start, rule):
                break
            clause = (_clause_start(text.masked, start), clause_end)
            yield _Reading(
                reader.observe(indicator, text, (start, end), clause, figure, label or None),
                1 if _TOTAL.search(before) else 0,
            )
            yield from _read_all_statements(reader, text, rule, (start, end), figure, clause)
            break


def _is_figure(match: re.Match[str], before: str) -> bool:
    """Whether a Chinese numeral counts something here: 一起办理, 一次性, 一个窗口 do not."""
    if match["digits"]:
        return True
    return match["hanzi"] not in ("一", "百", "千", "万") or bool(
        re.search(r"(?:共|收到|受理|接到|举办|召开|申请|规章|文件|复议|诉讼|约|近|覆盖|惠及|企业)$", before)
        or match["raw"][0] in "近约超逾不"
        or "余" in match["raw"]
    )


@dataclass(frozen=True, slots=True)
class _Told:
    """Where a figure stands: the paragraph, the figure's start, the end of its clause, the section's heading path."""

    paragraph: str
    start: int
    clause_end: int
    section: str

    @property
    def before(self) -> str:
        """The sentence up to the figure."""
        return self.paragraph[self.paragraph.rfind("。", 0, self.start) + 1 : self.start]

    @property
    def sentence(self) -> str:
        """The whole sentence."""
        end = self.paragraph.find("。", self.start)
        return self.before + self.paragraph[self.start : end if end >= 0 else len(self.paragraph)]

    def has(self, rule: Rule) -> bool:
        """Whether the rule's context is there."""
        if rule.context is None or rule.context.search(self.section):
            return True
        if rule.context is DISCLOSURE and DISCLOSURE_SECTION.search(self.section):
            return True
        if rule.anywhere:
            return rule.context.search(self.paragraph) is not None
        told = self.before + self.paragraph[self.start : self.clause_end]
        return rule.context.search(told) is not None


def _fits(rule: Rule, before: str, after: str, unit: str, told: _Told) -> str | None:
    """None if the rule does not fit, else the label it reads beside the figure ("" for none)."""
    if not rule.takes(unit):
        return None
    ahead = rule.before.search(before) if rule.before else None
    behind = rule.after.match(after) if rule.after else None
    if (rule.before and ahead is None) or (rule.after and behind is None):
        return None
    if rule.unless and rule.unless.search("其中" + before if told.before.endswith("其中，" + before) else before):
        return None
    if rule.unless_said and rule.unless_said.search(told.sentence):
        return None
    if (rule.frame and rule.frame != _frame(told.before)) or not told.has(rule):
        return None
    if not rule.label_from:
        return ""
    match = behind or ahead
    return match["label"] if match and "label" in match.groupdict() else ""


def _frame(words: str) -> str | None:
    """The kind of case last spoken of: review, litigation, direct, after_review, joint, other."""
    last = None
    for match in _FRAMES.finditer(words):
        last = match.lastgroup
    return last


def _is_this_years(reader: _Reader, text: _Text, start: int, rule: Rule | None = None) -> bool:
    """Whether the figure at `start` is the agency's own and of the report's year, not a plan or a rule."""
    period = text.masked.rfind("。", 0, start) + 1
    clause = text.masked[_clause_start(text.masked, start) : start]
    if _NOT_YET.search(clause) or _is_others(reader, clause):
        return False
    if rule is not None and rule.whose_year:
        clause = text.masked[_clause_start(text.masked, start) : _clause_end(text.masked, start)]
        named = [int(match["year"]) for match in _ANY_YEAR.finditer(clause)]
        return all(year in (reader.year, reader.year + rule.whose_year) for year in named)
    if _OTHER_TIME.search(clause.replace("上年结转", "").replace("上年度结转", "")):
        return False
    sentence = text.masked[period:start]
    for span in _YEAR_RANGE.finditer(sentence):
        if int(span["first"]) != reader.year or int(span["last"]) != reader.year:
            return False
    mentioned = list(_YEAR.finditer(text.masked, 0, start))
    if not mentioned or int(mentioned[-1]["year"]) == reader.year:
        return True
    return bool(_THIS_YEAR.search(text.masked[mentioned[-1].end() : start]))


def _is_others(reader: _Reader, clause: str) -> bool:
    """Whether the clause speaks of more bodies than the issuer: 全市 in a bureau's report, not in a government's."""
    match = _OTHER_BODIES.search(clause)
    if match is None:
        body = _NAMED_BODY.search(clause)
        return body is not None and not _is_short_for(body["body"], reader.agency.name)
    return not (match[0].startswith("全") and match[0] != "全国" and reader.agency.name.endswith("人民政府"))


def _is_short_for(body: str, name: str) -> bool:
    """Whether a body named in a clause is the issuer: 我局, or its name with characters left out (区府办, 市人社局)."""
    body = _BEFORE_BODY.sub("", body)
    rest = iter(name)
    return body[:1] in ("我", "本", "全", "") or all(character in rest for character in body)


def _read_all_statements(
    reader: _Reader, text: _Text, rule: Rule, span: tuple[int, int], figure: Figure, clause: tuple[int, int]
) -> Iterator[_Reading]:
    """What a later clause says of all that was just counted: 均按时办结, 均通过网站发布."""
    period_end = text.masked.find("。", span[1])
    rest = text.masked[span[1] : period_end if period_end >= 0 else len(text.masked)].split("；")[0]
    said: str | None = None
    if rule.name.startswith("requests received") and reader.edition == "A" and (told := _ALL_ON_TIME.search(rest)):
        said = "legacy.requests.closed.on_time"
    elif rule.name == "items disclosed" and (told := _ALL_ON_WEBSITE.search(rest)):
        said = "legacy.proactive.channels.website" if reader.edition == "A" else "narrative.website_items"
    if said is not None and told is not None and (indicator := reader.catalogue.find(said)):
        whole = (clause[0], span[1] + told.end())
        yield _Reading(reader.observe(indicator, text, span, whole, figure, None), 0)


def _read_zeros(reader: _Reader, text: _Text) -> Iterator[_Reading]:
    zero = Figure(Decimal(0), exactness=Exactness.EXACT)
    for rule in ZERO_RULES:
        indicator = reader.catalogue.find(rule.ids.get(reader.edition or "", rule.ids.get("")))
        if indicator is None:
            continue
        for match in rule.words.finditer(text.masked):
            start, end = match.span()
            clause = (_clause_start(text.masked, start), _clause_end(text.masked, end))
            period = text.masked.rfind("。", 0, start) + 1
            told = text.masked[period : clause[1]]
            if rule.context and not (rule.context.search(told) or DISCLOSURE_SECTION.search(reader.section)):
                continue
            carries = rule.name.startswith("nothing carried")
            if not carries and not _is_this_years(reader, text, start):
                continue
            yield _Reading(reader.observe(indicator, text, (start, end), clause, zero, None), 0)


def _clause_start(text: str, position: int) -> int:
    return max(text.rfind(mark, 0, position) for mark in _BOUNDARIES) + 1


def _clause_end(text: str, position: int) -> int:
    ends = [found for mark in _BOUNDARIES if (found := text.find(mark, position)) >= 0]
    return min(ends, default=len(text))


def _quote(text: _Text, span: tuple[int, int], clause: tuple[int, int]) -> str:
    """The clause as printed, cut around the figure if it is long."""
    start, end = clause
    if end - start > _LONGEST_QUOTE and end - span[0] <= _LONGEST_QUOTE:
        start = max(start, end - _LONGEST_QUOTE)
    elif end - start > _LONGEST_QUOTE:
        start, end = max(start, span[0] - _LONGEST_QUOTE // 2), min(end, max(span[1], span[0] + _LONGEST_QUOTE // 2))
    return text.raw(start, end).strip()


def _one_each(readings: Sequence[_Reading]) -> tuple[Observation, ...]:
    best: dict[tuple[str | None, str], _Reading] = {}
    for reading in readings:
        key = (reading.observation.indicator, reading.observation.label)
        if key not in best or reading.weight > best[key].weight:
            best[key] = reading
    kept = {id(reading) for reading in best.values()}
    return tuple(reading.observation for reading in readings if id(reading) in kept)
