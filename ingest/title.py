"""Whose report it is and which year's data it gives.

Looked up where the domain guide (section 8) says: title, 填报单位 line, sign-off, opening sentence. The year of publication
(in the sign-off, in plans for the year after) is never the data year.
"""

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from indicators.numerals import parse_year
from ingest.agency_names import is_body_name, leading_places, split_name
from ingest.labels import folded
from reports.document import Document, Paragraph
from reports.errors import NotAReport
from reports.problem import Problem
from reports.table import Table

FIRST_YEAR = 2008
_LONGEST_TITLE_LINE = 60
_TITLE_LINES = 12
_HANZI_DIGITS = "零〇○一二三四五六七八九"
_YEAR = rf"(?<![\d{_HANZI_DIGITS}])([1-9]\d{{3}}|[一二三][{_HANZI_DIGITS}]{{3}})(?![\d{_HANZI_DIGITS}])"
# A year of data, not part of a date: 2017年度, 2017年, 2017政府信息公开.
_YEAR_TOKEN = re.compile(rf"{_YEAR}(?:年度|年(?![\d一二三四五六七八九十]{{1,2}}月)|(?=政府信息|政务公开|信息公开))")
_REPORT_WORDS = re.compile(r"(?:政府信息|政务信息|政务|信息)公开(?:工作|情况|年度|的)*(?:报告|年报|总结)")
_TOPIC = re.compile(r"政府信息|政务公开|信息公开|政务信息|年度报告|年报|工作报告|依申请")
_PERIOD = re.compile(rf"{_YEAR}年1月1日(?:起)?(?:至|到|—|-|~){_YEAR}?年?12月31日")
_REPORTING_UNIT = re.compile(
    r"(?:填报|报送|填表|编制|报告|发布|公开|发文)(?:单位|机关|机构|主体)(?:\((?:盖章|公章)\))?[:：](.+)"
)
_SIGN_DATE = re.compile(rf"{_YEAR}年.{{1,3}}月.{{1,3}}日")
_BREAK = re.compile(
    r"[,，。;；:：!！?？“”\"'‘’《》〈〉<>\[\]【】()（）、|/\s]|现将|现公布|现予|特向|公布|根据|按照|依据|由|与|请|向|将|及|的|是|为|对|经|在"
)
_ENDINGS = re.compile(r"委员会|办公室|办公厅|办事处|政府|局|厅|委|署|院|中心")


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """agency_name: the longest form of the name found; other_names: shorter forms; title: as printed, lines joined.
    title_blocks: block numbers of the title lines."""

    agency_name: str
    other_names: tuple[str, ...]
    year: int
    title: str
    title_blocks: frozenset[int] = frozenset()
    problems: tuple[Problem, ...] = ()


def find_title(document: Document) -> TitleFacts:
    """Agency and data year of a report. Raises NotAReport, saying what is missing, if either cannot be found."""
    lines = _title_lines(document)
    title = _title_text(lines)
    opening = _opening(document)
    name = _agency_name(title, document, opening)
    if name is None:
        raise NotAReport(
            "no agency was found in the title, the reporting unit line, the sign-off or the opening; "
            "put the agency's official name into the title and read the file again",
            "在标题、填报单位、落款和开头均未找到发布机关；请在标题中写明机关全称后重新读取",
            code="no-agency",
        )
    year, problems = _data_year(title, document, opening)
    names = _name_forms(name, document)
    return TitleFacts(
        agency_name=names[0],
        other_names=tuple(names[1:]),
        year=year,
        title=title or f"{names[0]}{year}年政府信息公开工作年度报告",
        title_blocks=frozenset(line.place.block for line in lines if line.place.block is not None),
        problems=problems,
    )


def _title_lines(document: Document) -> list[Paragraph]:
    """The lines at the top that together name the report; a title may be split over several lines or printed twice."""
    lines = []
    for block in document.blocks[:_TITLE_LINES]:
        if isinstance(block, Table) or len(block.text) > _LONGEST_TITLE_LINE or re.search(r"[。；]$", block.text):
            break
        lines.append(block)
    named = [index for index in range(len(lines)) if _names_report(lines, index)]
    if not named:
        return [line for line in lines if _is_title_line(line.text)][:3]
    first = last = named[0]
    while first and _is_title_line(lines[first - 1].text):
        first -= 1
    while not _REPORT_WORDS.search(_joined(lines[first : last + 1])):
        last += 1
    while named and named[-1] > last and _REPORT_WORDS.search(folded(lines[named[-1]].text)) and named[-1] <= last + 3:
        last = named[-1]
    return lines[first : last + 1]


def _names_report(lines: Sequence[Paragraph], index: int) -> bool:
    """Whether a report is named on this line, or on this and the next two together."""
    texts = [folded(line.text) for line in lines[index : index + 3]]
    return any(_REPORT_WORDS.search("".join(texts[:count])) for count in range(1, len(texts) + 1)) and _is_title_line(
        texts[0]
    )


def _joined(lines: Sequence[Paragraph]) -> str:
    return "".join(folded(line.text) for line in lines)


def _is_title_line(text: str) -> bool:
    plain = folded(text)
    if re.search(r"[:：]|^[一二三四五六七八九十]+、|^\([一二三]\)", plain) and not _REPORT_WORDS.search(plain):
        return False
    return bool(_TOPIC.search(plain) or _YEAR_TOKEN.search(plain) or is_body_name(plain) or leading_places(plain))


def _title_text(lines: Sequence[Paragraph]) -> str:
    """The title lines joined; a title printed twice is given once, a bracketed year behind it is kept."""
    joined = "".join(dict.fromkeys(folded(line.text) for line in lines))
    match = _REPORT_WORDS.search(joined)
    if match is None:
        return joined
    tail = re.match(r"\(\d{4}年?度?\)", joined[match.end() :])
    return joined[: match.end()] + (tail[0] if tail else "")


def _opening(document: Document) -> str:
    """The first long paragraphs, in which a report names its issuer."""
    long = [folded(paragraph.text) for paragraph in document.paragraphs if len(paragraph.text) > 25]
    return "\n".join(long[:4])


def _agency_name(title: str, document: Document, opening: str) -> str | None:
    return (
        _name_in_title(title)
        or _reporting_unit(document)
        or _sign_off(document)
        or _name_in_opening(opening)
        or _name_in_heading(document)
        or _government_of_title(title)
    )


def _name_in_title(title: str) -> str | None:
    text = _YEAR_TOKEN.sub(" ", title)
    for part in re.split(r"[\s()（）《》:：,，\-—]+", text):
        name = re.sub(r"^(?:关于|附件\d*)|关于$", "", _before_topic(part)).strip("的")
        if is_body_name(name):
            return _trimmed(name)
    return None


def _government_of_title(title: str) -> str | None:
    """The government of a place that the title names without its office (海淀区政府信息公开年报, 高资街道…)."""
    for part in re.split(r"[\s()《》:,\-—]+", _YEAR_TOKEN.sub(" ", title)):
        name = _before_topic(part).removeprefix("关于").removesuffix("关于").strip("的")
        if name and "".join(leading_places(name)) == name:
            return name + ("办事处" if name.endswith("街道") else "人民政府")
    return None


def _before_topic(text: str) -> str:
    """The text before 政府信息公开 …; 人民政府信息公开 belongs half to the name."""
    match = _TOPIC.search(text)
    if match is None:
        return text
    head = text[: match.start()]
    if head.endswith("人民") and match[0] == "政府信息":
        return head + "政府"
    return head


def _trimmed(name: str) -> str:
    """The name without words in front of its first place (a page's breadcrumb, 公布, 索引)."""
    if leading_places(name):
        return name
    for start in range(1, len(name) - 4):
        if is_body_name(name[start:]) and leading_places(name[start:]) and split_name(name[start:]).kind:
            # 国家税务总局宁波市税务局 is one name, 首页宁波市税务局 is not.
            return name if is_body_name(name[:start]) or name.startswith("中共") else name[start:]
    return name


def _reporting_unit(document: Document) -> str | None:
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for cell in table.cells if "单位" in cell.text]
    for text in texts:
        match = _REPORTING_UNIT.search(folded(text))
        if match:
            name = re.split(r"[(（:：,，;；]|填报|日期|时间|负责人|审核", match[1])[0]
            if is_body_name(name):
                return name
    return None


def _sign_off(document: Document) -> str | None:
    """The name on a line of its own right above a date line, or the last line of the text."""
    lines = [folded(paragraph.text) for paragraph in document.paragraphs]
    for above, below in zip(reversed(lines[:-1]), reversed(lines[1:]), strict=True):
        date = _SIGN_DATE.search(below)
        if date and len(below) <= 14 and is_body_name(above) and not _TOPIC.search(above):
            return _trimmed(above)
    for line in lines[-3:]:
        date = _SIGN_DATE.search(line)
        head = line[: date.start()] if date else line
        if is_body_name(head) and not _TOPIC.search(head) and not re.match(r"附[件表]|[一二三四五六七八九十]、", head):
            return _trimmed(head)
    return None


def _name_in_opening(opening: str) -> str | None:
    """The body named right before "2016年政府信息公开", or the body that is named most often."""
    for match in re.finditer(rf"{_YEAR}年度?(?:政府信息|政务公开|信息公开)", opening):
        name = _last_body(opening[max(0, match.start() - 40) : match.start()])
        if name:
            return name
    found = Counter(
        name
        for piece in _BREAK.split(opening)
        for end in _ENDINGS.finditer(piece)
        if (name := piece[: end.end()]) and is_body_name(name) and leading_places(name) and split_name(name).kind
    )
    return found.most_common(1)[0][0] if found else None


def _last_body(text: str) -> str | None:
    piece = _BREAK.split(text)[-1]
    return _trimmed(piece) if is_body_name(piece) else None


def _name_in_heading(document: Document) -> str | None:
    """A later line that names the report (pages whose title stands below a menu)."""
    for paragraph in document.paragraphs:
        plain = folded(paragraph.text)
        if len(plain) <= _LONGEST_TITLE_LINE and _REPORT_WORDS.search(plain) and (name := _name_in_title(plain)):
            return name
    return None


def _name_forms(name: str, document: Document) -> list[str]:
    """The name with all places in front of it that the report prints, longest first."""
    text = "\n".join(folded(paragraph.text) for paragraph in document.paragraphs)
    forms = {name: None}
    for match in re.finditer(re.escape(name), text):
        before = _BREAK.split(text[max(0, match.start() - 16) : match.start()])[-1]
        for start in range(len(before)):
            front = before[start:]
            if "".join(leading_places(front)) == front and not _is_inner_place(front, name):
                forms[front + name] = None
                break
    return sorted(forms, key=len, reverse=True)


def _is_inner_place(front: str, name: str) -> bool:
    """Whether the places in front are not around the body's own (a list of districts, not an address)."""
    return (
        bool(leading_places(front))
        and leading_places(front)[-1][-1] in "区县镇乡"
        and leading_places(name)[:1] != ()
        and (leading_places(name)[0][-1] in "市省")
    )


def _data_year(title: str, document: Document, opening: str) -> tuple[int, tuple[Problem, ...]]:
    period = _period_year(document)
    for years in (
        _years(title),
        [period] if period else [],
        _caption_years(document),
        _years_of_topic(opening, document),
    ):
        if years:
            year = Counter(years).most_common(1)[0][0]
            return _checked(year), _disagreement(year, period)
    raise NotAReport(
        "no data year was found in the title, the statistical period, the table's caption or the opening; "
        "put the year into the title (2024年政府信息公开工作年度报告) and read the file again",
        "在标题、统计期限、表题和开头均未找到报告年度；请在标题中写明年度（如2024年政府信息公开工作年度报告）后重新读取",
        code="no-year",
    )


def _years(text: str) -> list[int]:
    return [year for match in _YEAR_TOKEN.finditer(text) if (year := parse_year(match[1])) is not None]


def _period_year(document: Document) -> int | None:
    for paragraph in document.paragraphs:
        match = _PERIOD.search(folded(paragraph.text))
        if match:
            return parse_year(match[1])
    return None


def _caption_years(document: Document) -> list[int]:
    captions = [folded(table.caption or "") for table in document.tables]
    lines = [folded(paragraph.text) for paragraph in document.paragraphs if len(paragraph.text) < 40]
    return [year for text in (*captions, *lines) if "统计表" in text or "年报" in text for year in _years(text)] or [
        year for line in lines if re.fullmatch(rf"\({_YEAR}年度?\)", line) for year in _years(line)
    ]


def _years_of_topic(opening: str, document: Document) -> list[int]:
    found = [parse_year(match[1]) for match in re.finditer(rf"{_YEAR}年度?(?:政府信息|政务公开|信息公开)", opening)]
    if not found:
        lines = (folded(paragraph.text) for paragraph in document.paragraphs)
        found += [
            y for line in lines if len(line) <= _LONGEST_TITLE_LINE and _REPORT_WORDS.search(line) for y in _years(line)
        ]
    if not found and opening:
        found += _years(opening.split("\n")[0])[:1]
    return [year for year in found if year is not None]


def _checked(year: int) -> int:
    latest = datetime.datetime.now(tz=datetime.UTC).year + 1
    if not FIRST_YEAR <= year <= latest:
        raise NotAReport(
            f"the report names {year} as its year; the data year must lie between {FIRST_YEAR} and {latest}. "
            "Correct the year in the title and read the file again",
            f"报告所写年度为{year}年，应在{FIRST_YEAR}年至{latest}年之间；请更正标题中的年度后重新读取",
            code="year-out-of-range",
        )
    return year


def _disagreement(year: int, period: int | None) -> tuple[Problem, ...]:
    if period is None or period == year:
        return ()
    return (
        Problem(
            "years-disagree",
            f"the title says {year}, the statistical period {period}; the report is filed under {year}",
            f"标题写{year}年，统计期限写{period}年；按标题年度{year}年收录",
        ),
    )
