"""Which year's data a report gives; the year of publication (sign-off, plans for the year after) never is it."""

import datetime
import re
from collections import Counter

from indicators.numerals import parse_year
from ingest.labels import folded
from ingest.report_words import LONGEST_TITLE_LINE, REPORT_WORDS, YEAR, YEAR_TOKEN
from reports.document import Document
from reports.errors import NotAReport
from reports.problem import Problem

FIRST_YEAR = 2008
_PERIOD = re.compile(rf"{YEAR}年1月1日(?:起)?(?:至|到|—|-|~){YEAR}?年?12月31日")


def find_data_year(title: str, document: Document, opening: str) -> tuple[int, tuple[Problem, ...]]:
    """The data year and what is odd about it. Raises NotAReport if there is none, or none that can be.

    Looked for in the title, the statistical period, captions of tables, the opening, in this order.
    """
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
    return [year for match in YEAR_TOKEN.finditer(text) if (year := parse_year(match[1])) is not None]


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
        year for line in lines if re.fullmatch(rf"\({YEAR}年度?\)", line) for year in _years(line)
    ]


def _years_of_topic(opening: str, document: Document) -> list[int]:
    found = [parse_year(match[1]) for match in re.finditer(rf"{YEAR}年度?(?:政府信息|政务公开|信息公开)", opening)]
    if not found:
        lines = (folded(paragraph.text) for paragraph in document.paragraphs)
        found += [
            y for line in lines if len(line) <= LONGEST_TITLE_LINE and REPORT_WORDS.search(line) for y in _years(line)
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
