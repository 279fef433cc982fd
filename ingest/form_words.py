"""The words by which the official tables are recognised: heads of columns, rows of forms, units of measure."""

from dataclasses import dataclass

from indicators.catalogue import Catalogue, Indicator
from ingest.form_rows import FormRows
from ingest.labels import label_key

LABEL_HEADS = frozenset("统计指标 指标 指标名称 统计项目 项目 项目名称 指标项目 统计内容 名称 内容 事项".split())
UNIT_HEADS = frozenset("单位 计量单位 计算单位".split())
OWN_YEAR_HEADS = frozenset(
    "统计数 统计数据 统计数量 统计数字 统计值 统计 数量 数值 数据 数字 数 数目 本年 本年度 本年数 本年度数 本年统计数 本年度统计数 当年 当年数 "
    "当年度 全年 全年数 本年累计 本年度累计 年度数 填报数".split()
)
SIDE_HEADS = frozenset("序号 编号 代码 行次 备注 说明 填报说明 指标解释".split())
OUTCOME_HEADS = frozenset("结果维持 结果纠正 其他结果 尚未审结".split())
DISPUTE_GROUPS = {
    "行政复议": "disputes.review",
    "未经复议直接起诉": "disputes.litigation.direct",
    "复议后起诉": "disputes.litigation.after_review",
}
LITIGATION = "行政诉讼"
APPLICANT_HEAD = "申请人情况"
ARTICLE_HEAD = "信息内容"
UNITS = frozenset(
    "条 件 份 起 个 宗 篇 次 人 人次 项 家 场 期 名 批 部 处 例 类 种 册 本 元 千元 万元 亿元 % 次数 件次 篇次 家次 项次".split()
)
# Rows that only form A has; older provincial tables share many of the others.
FORM_A_SIGNS = frozenset(
    "主动公开政府信息数 回应公众关注热点或重大舆情数 申请办结数 申请答复数 按时办结数 政务微博公开政府信息数 政务微信公开政府信息数 "
    "政策解读稿件发布数 告知通过其他途径办理数 不属于本行政机关公开数 政府信息公开工作专门机构数".split()
)


@dataclass(frozen=True)
class FormWords:
    """The catalogue's labels as keys. article_cells: (row key, column key) -> indicator; outcomes: (group id, key)."""

    annex: FormRows
    matrix: FormRows
    applicants: dict[str, str]
    official_applicants: frozenset[str]
    group_heads: frozenset[str]
    article_rows: dict[str, str]
    article_columns: frozenset[str]
    article_cells: dict[tuple[str, str], Indicator]
    outcomes: dict[tuple[str, str], Indicator]


def form_words(catalogue: Catalogue) -> FormWords:
    """The words of a catalogue (about a millisecond)."""
    articles = [indicator for indicator in catalogue.indicators if indicator.id.startswith("art20_")]
    rows = {
        label_key(label): indicator.id
        for indicator in articles
        if indicator.kind == "row"
        for form in indicator.forms.values()
        for label in (form.label, *form.label_variants)
    }
    cells = {
        (indicator.parent or "", label_key(form.column)): indicator
        for indicator in articles
        for form in indicator.forms.values()
        if form.column
    }
    applicants = {label_key(name): each.id for each in catalogue.applicants for name in (*each.aliases_zh, each.zh)}
    return FormWords(
        annex=FormRows.of(catalogue, "legacy.", ("A",)),
        matrix=FormRows.of(catalogue, "requests.", ("B", "C")),
        applicants=applicants,
        official_applicants=frozenset(label_key(each.zh) for each in catalogue.applicants),
        group_heads=frozenset(label_key(applicant.zh) for applicant in catalogue.derived_applicants),
        article_rows=rows,
        article_columns=frozenset(column for _, column in cells),
        article_cells=cells,
        outcomes={
            (indicator.parent or "", label_key(form.label)): indicator
            for indicator in catalogue.indicators
            if indicator.id.startswith("disputes.") and indicator.has_figure
            for form in indicator.forms.values()
        },
    )
