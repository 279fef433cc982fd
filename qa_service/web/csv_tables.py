"""The columns of every list that is handed out as CSV."""

from indicators.catalogue import Indicator
from indicators.stored_report import ReportItem
from qa_service.web.agency_item import AgencyItem
from qa_service.web.csv_table import Column, CsvTable
from qa_service.web.figure_item import FigureItem
from qa_service.web.prose_item import CommitmentItem, PassageItem
from qa_service.web.theme_item import ThemeItem

_AGENCY = (
    Column("agency", "单位编号", "id of the public body"),
    Column("agency_name", "单位名称", "official name of the public body"),
    Column("year", "数据年度", "year that the report tells of", "gYear"),
)
_FILE = Column("file", "文件名", "name of the file it was read from")
_TITLE = Column("title", "年报标题", "title of the report")
_PLACE = (
    Column("page", "页码", "page, from 1; empty where the format has no pages", "integer"),
    Column("line", "行号", "line or block, from 1", "integer"),
)
_LINK = Column("link", "出处链接", "opens the place in the report", "anyURI")


def _cited(name: str, zh: str, en: str, datatype: str = "string") -> Column:
    return Column(name, zh, en, datatype, read=lambda item: getattr(item.citation, name))


FIGURES: CsvTable[FigureItem] = CsvTable(
    "figures",
    "年报中的数字",
    "Figures printed in the reports",
    (
        *_AGENCY,
        Column("indicator", "指标编号", "id of the indicator; empty for rows of local forms"),
        Column("label", "指标名称", "label as printed"),
        Column("applicant", "申请人类型", "type of applicant, where the form tells them apart"),
        Column("value", "数值", "exact value; empty where there is none", "decimal"),
        Column("unit", "单位", "unit"),
        Column("missing", "无数值的原因", "why there is no value; blank is not zero"),
        Column("exactness", "精确程度", "exact, more_than, about or less_than"),
        Column("origin", "来源", "table or text"),
        _cited("report", "年报编号", "id of the report"),
        _cited("file", _FILE.zh, _FILE.en),
        *(_cited(each.name, each.zh, each.en, each.datatype) for each in _PLACE),
        _cited("section", "章节", "section"),
        _cited("table", "表名", "title of the table"),
        _cited("row", "行标题", "row headings"),
        _cited("column", "列标题", "column headings"),
        _cited("table_id", "表编号", "id of the table in the report"),
        _cited("row_index", "行序号", "row in the table, from 0", "integer"),
        _cited("column_index", "列序号", "column in the table, from 0", "integer"),
        _cited("raw", "原文数字", "figure as printed"),
        _cited("quote", "原文", "words as printed"),
        _cited("link", _LINK.zh, _LINK.en, _LINK.datatype),
    ),
)

PASSAGES: CsvTable[PassageItem] = CsvTable(
    "passages",
    "年报正文段落",
    "Passages of the reports' running text",
    (
        Column("id", "段落编号", "id of the passage"),
        *_AGENCY,
        Column("section", "章节", "section"),
        Column("kind", "类别", "prose or table_row"),
        Column("text", "原文", "words as printed"),
        Column("position", "次序", "place among the report's passages, from 0", "integer"),
        Column("score", "相关度", "how well it fits the search; empty in a plain list", "decimal"),
        Column("report", "年报编号", "id of the report"),
        _TITLE,
        _FILE,
        *_PLACE,
        _LINK,
    ),
    key="id",
)

COMMITMENTS: CsvTable[CommitmentItem] = CsvTable(
    "commitments",
    "年报提出的问题与改进承诺",
    "Problems and commitments in the reports' own words",
    (
        Column("id", "编号", "id"),
        Column("kind", "类别", "problem or commitment"),
        Column("quote", "原文", "words as printed"),
        *_AGENCY,
        Column("section", "章节", "section"),
        Column("themes", "主题", "ids of themes", separator=" "),
        Column("target_year", "目标年度", "year stated for it, if one is", "gYear"),
        Column("answers", "所应对的问题", "ids of the problems of the same report on the same themes", separator=" "),
        Column("report", "年报编号", "id of the report"),
        _TITLE,
        _FILE,
        *_PLACE,
        _LINK,
    ),
    key="id",
)

REPORTS: CsvTable[ReportItem] = CsvTable(
    "reports",
    "年报目录",
    "The reports",
    (
        Column("id", "年报编号", "id of the report"),
        *_AGENCY,
        _TITLE,
        Column("edition", "报表版本", "edition of the official form: A, B, C; empty where none was recognised"),
        _FILE,
        Column("format", "文件格式", "format of the file"),
        Column("revision", "修订次数", "revision, from 1", "integer"),
        Column("is_current", "是否现行", "whether answers come from it", "boolean"),
        Column("figures", "数字个数", "number of figures", "integer"),
        Column("passages", "段落个数", "number of passages", "integer"),
        Column("problems", "读取问题数", "number of problems found in reading", "integer"),
    ),
    key="id",
)

INDICATORS: CsvTable[Indicator] = CsvTable(
    "indicators",
    "指标目录",
    "What the official forms ask for",
    (
        Column("id", "指标编号", "id of the indicator"),
        Column("zh", "中文名称", "official Chinese label"),
        Column("en", "英文名称", "English label"),
        Column("kind", "类别", "count, money, change, ratio, group, row or text"),
        Column("unit", "单位", "unit"),
        Column("parent", "上级指标", "id of the indicator above"),
        Column("dims", "维度", "dimensions", separator="|"),
        Column("editions", "报表版本", "editions of the form that ask for it", separator="|", read=lambda i: tuple(i.forms)),
        Column("sum_of", "合计项", "ids that it is the sum of", separator="|"),
        Column("aliases_zh", "中文别名", "other Chinese names", separator="|"),
        Column("aliases_en", "英文别名", "other English names", separator="|"),
        Column("topic", "主题", "topic shared with indicators of other editions"),
        Column(
            "comparable_with", "可比指标", "ids of indicators of other editions that it may be compared with",
            separator="|", read=lambda i: tuple(link.id for link in i.comparable_with),
        ),
        Column("do_not_confuse_with", "易混指标", "ids that are something else", separator="|"),
        Column("unit_note", "单位说明", "remark on the unit"),
        Column("note", "说明", "remark"),
    ),
    key="id",
)  # fmt: skip

AGENCIES: CsvTable[AgencyItem] = CsvTable(
    "agencies",
    "单位目录",
    "The public bodies with reports",
    (
        Column("id", "单位编号", "id of the public body"),
        Column("name", "单位名称", "official name"),
        Column("english", "英文名称", "English name"),
        Column("region", "所在地区", "places from the outside in", separator="|"),
        Column("aliases", "别名", "other names", separator="|"),
        Column("years", "有年报的年度", "data years with a report", "gYear", separator="|"),
    ),
    key="id",
)

THEMES: CsvTable[ThemeItem] = CsvTable(
    "themes",
    "问题与承诺的主题",
    "Themes of problems and commitments",
    (
        Column("id", "主题编号", "id of the theme"),
        Column("zh", "中文名称", "Chinese name"),
        Column("en", "英文名称", "English name"),
    ),
    key="id",
)

CSV_TABLES: dict[str, CsvTable[object]] = {
    table.name: table  # type: ignore[misc]
    for table in (FIGURES, PASSAGES, COMMITMENTS, REPORTS, INDICATORS, AGENCIES, THEMES)
}
