"""Running text -> figures: which indicator a sentence gives a figure for, read by the rules of figure_rules.

Precision before recall: a figure that no rule fits, of another year, of other bodies, planned or required, is left
alone; it stays findable as a passage. A telephone number is no figure and is not read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from indicators.catalogue import Catalogue, Indicator
from indicators.numerals import Figure, parse_figure
from indicators.observation import Exactness, Observation, Origin
from ingest.figure_rules.rule import DISCLOSURE, DISCLOSURE_SECTION, Rule
from ingest.figure_rules.rules import RULES
from ingest.figure_rules.zeros import ZERO_RULES
from ingest.narrative_scope import is_own_and_current
from ingest.narrative_text import QUOTED, NarrativeText, clause_end, clause_quote, clause_start, in_pieces, prepare_text
from reports.agency import Agency
from reports.citation import Citation
from reports.report import Section

_UNITS = r"万元|亿元|千元|人次|篇次|家次|批次|件次|项次|元|[件份起个宗条篇次项人名家场期批部处例类种册本班轮届封则%]"
_FIGURE = re.compile(
    r"(?<![\d.第\-—~～/每])(?P<raw>(?:大约|约|将近|接近|近|超过|超|逾|不少于|至少|不足|不到|少于)?"
    r"(?:(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)(?:余|多)?[百千万亿]{0,2}(?:余|多)?"
    r"|(?P<hanzi>[一二两三四五六七八九十百千万零]+)(?:余|多)?万?)"
    rf"(?P<unit>{_UNITS})(?:左右|上下|以上|以内)?)"
)

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
        text: NarrativeText,
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
                quote=clause_quote(text, span, clause),
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
        for paragraph in (piece for whole in section.paragraphs for piece in in_pieces(whole)):
            text = prepare_text(paragraph)
            readings.extend(_read_figures(reader, text))
            readings.extend(_read_zeros(reader, text))
    return _one_each(readings)


def _read_figures(reader: _Reader, text: NarrativeText) -> Iterator[_Reading]:
    previous_end = 0
    quoted = [match.span() for match in QUOTED.finditer(text.masked)]
    found = [match for match in _FIGURE.finditer(text.masked) if not any(a < match.start() < b for a, b in quoted)]
    for number, match in enumerate(found):
        start, end = match.span("raw")
        left = max(clause_start(text.masked, start), previous_end)
        right = found[number + 1].start("raw") if number + 1 < len(found) else len(text.masked)
        ends = clause_end(text.masked, end)
        previous_end = end
        before, after = text.masked[left:start], text.masked[end : min(right, ends)]
        if not _is_figure(match, before):
            continue
        told = _Told(text.masked, start, ends, reader.section)
        for rule in RULES:
            label = _fits(rule, before, after, match["unit"], told)
            if label is None:
                continue
            indicator = reader.catalogue.find(rule.ids.get(reader.edition or "", rule.ids.get("")))
            figure = parse_figure(text.plain[start:end])
            if (
                indicator is None
                or figure.value is None
                or not is_own_and_current(text, start, reader.agency, reader.year, rule.whose_year)
            ):
                break
            clause = (clause_start(text.masked, start), ends)
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


def _read_all_statements(
    reader: _Reader, text: NarrativeText, rule: Rule, span: tuple[int, int], figure: Figure, clause: tuple[int, int]
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


def _read_zeros(reader: _Reader, text: NarrativeText) -> Iterator[_Reading]:
    zero = Figure(Decimal(0), exactness=Exactness.EXACT)
    for rule in ZERO_RULES:
        indicator = reader.catalogue.find(rule.ids.get(reader.edition or "", rule.ids.get("")))
        if indicator is None:
            continue
        for match in rule.words.finditer(text.masked):
            start, end = match.span()
            clause = (clause_start(text.masked, start), clause_end(text.masked, end))
            period = text.masked.rfind("。", 0, start) + 1
            told = text.masked[period : clause[1]]
            if rule.context and not (rule.context.search(told) or DISCLOSURE_SECTION.search(reader.section)):
                continue
            carries = rule.name.startswith("nothing carried")
            if not carries and not is_own_and_current(text, start, reader.agency, reader.year):
                continue
            yield _Reading(reader.observe(indicator, text, (start, end), clause, zero, None), 0)


def _one_each(readings: Sequence[_Reading]) -> tuple[Observation, ...]:
    best: dict[tuple[str | None, str], _Reading] = {}
    for reading in readings:
        key = (reading.observation.indicator, reading.observation.label)
        if key not in best or reading.weight > best[key].weight:
            best[key] = reading
    kept = {id(reading) for reading in best.values()}
    return tuple(reading.observation for reading in readings if id(reading) in kept)
