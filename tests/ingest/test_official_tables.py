"""Tables as clerks print them: further columns, halves side by side, local rows, older forms, tables printed twice."""

from decimal import Decimal

import pytest

from indicators.observation import Missing, Observation
from ingest.formats.from_text import read_text
from ingest.official_tables import TableFigures
from tests.ingest.table_variants import figures_of

ANNEX = [
    row.split("|")
    for row in (
        "（一）主动公开政府信息数|条|691",
        "其中：主动公开规范性文件数|条|2",
        "制发规范性文件总数|件|3",
        "（二）通过不同渠道和方式公开政府信息的情况|——|",
        "1．政府公报公开政府信息数|条|0",
        "2．政府网站公开政府信息数|条|553",
        "（一）回应公众关注热点或重大舆情数|次|14",
        "3.政策解读稿件发布数|篇|",
        "三、依申请公开情况|——|",
        "（一）收到申请数|件|3",
        "（二）申请办结数|件|3",
        "1.按时办结数|件|3",
        "（三）申请答复数|件|/",
        "四、行政复议数量|件|6",
        "（一）维持具体行政行为数|件|1",
        "（二）被依法纠错数|件|2",
        "（三）其他情形数|件|3",
        "五、行政诉讼数量|件|15",
        "（一）维持具体行政行为或者驳回原告诉讼请求数|件|4",
        "（二）被依法纠错数|件|5",
        "（三）其他情形数|件|6",
        "六、举报投诉数量|件|0",
    )
]
HEAD = ["统计指标", "单位", "统计数"]
OWN = {
    "legacy.proactive.info_total": 691,
    "legacy.requests.received": 3,
    "legacy.requests.replied": Missing.NOT_APPLICABLE,
    "legacy.response.channels.policy_explainers": Missing.BLANK,
    "legacy.review": 6,
    "legacy.review.other": 3,
    "legacy.litigation.corrected": 5,
    "legacy.litigation.other": 6,
}


def pipes(rows: list[list[str]], heading: str = "统计表") -> str:
    lines = [" | ".join(row) + " |" for row in rows]
    return "\n".join([heading, lines[0], "---|" * len(rows[0]), *lines[1:], ""])


def read(text: str, year: int = 2017) -> TableFigures:
    return figures_of(read_text(text.encode(), "report.txt").blocks, year)


def own(found: TableFigures) -> dict[str, object]:
    return {each.indicator: each.missing or each.value for each in found.observations if each.indicator in OWN}


def uncatalogued(found: TableFigures) -> list[Observation]:
    return [each for each in found.observations if each.indicator is None]


def test_the_plain_annex() -> None:
    found = read(pipes([HEAD, *ANNEX]))
    assert found.edition == "A"
    assert own(found) == OWN
    assert len(found.observations) == 20  # 22 rows, two of them headings
    assert [problem.code for problem in found.problems] == ["figures-not-found"]  # the table is a part of the form
    assert "38 figures of form A" in found.problems[0].message
    paths = {each.indicator: each.citation.row_label for each in found.observations}
    assert paths["legacy.requests.closed.on_time"] == "三、依申请公开情况 / （二）申请办结数 / 1.按时办结数"


@pytest.mark.parametrize(
    "rows",
    [
        ANNEX,  # no head row at all
        [["序号", *HEAD, "备注"], *([str(index), *row, ""] for index, row in enumerate(ANNEX, 1))],
        [[str(index), *row, ""] for index, row in enumerate(ANNEX, 1)],
        [["", *HEAD, ""], *(["", *row, ""] for row in ANNEX)],
        [HEAD * 2, *(left + right for left, right in zip(ANNEX[:11], ANNEX[11:], strict=True))],
        [left + right for left, right in zip(ANNEX[:11], ANNEX[11:], strict=True)],
        [["统计指标", "单位", "填写栏"], *ANNEX],
        [["统计指标", "单位", "合计"], *ANNEX],
        [["单位", "指标名称", "数量"], *([unit, label, value] for label, unit, value in ANNEX)],
    ],
    ids=[
        "no head",
        "numbers and remarks",
        "numbers, no head",
        "blank columns",
        "halves",
        "halves, no head",
        "own word",
        "sum",
        "unit first",
    ],
)
def test_columns_are_found_by_their_heads_or_contents(rows: list[list[str]]) -> None:
    assert own(read(pipes(rows))) == OWN


@pytest.mark.parametrize(
    ("heads", "position"),
    [
        (["本年度", "历年累计"], 0),
        (["历年累计", "本年"], 1),
        (["2017年", "2016年"], 0),
        (["2016", "2017"], 1),
        (["2017年统计数", "比上年增减"], 0),
        (["统计数", "历年累计"], 0),
    ],
)
def test_only_the_own_years_column_is_the_figure(heads: list[str], position: int) -> None:
    rows = [["统计指标", "单位", *heads]]
    for index, (label, unit, value) in enumerate(ANNEX):
        other = str(1000 + index) if unit != "——" else ""
        rows.append([label, unit, *([value, other] if position == 0 else [other, value])])
    found = read(pipes(rows))
    assert own(found) == OWN
    others = uncatalogued(found)
    assert len(others) == 20
    assert all(
        each.value is not None and each.value >= 1000 and each.label.endswith(heads[1 - position]) for each in others
    )


@pytest.mark.parametrize("heads", [["历年累计"], ["2016年"], ["一季度", "二季度"], ["区本级", "街道"]])
def test_a_table_without_a_column_of_the_year_gives_no_indicator(heads: list[str]) -> None:
    rows = [["统计指标", "单位", *heads], *([label, unit, *([value] * len(heads))] for label, unit, value in ANNEX)]
    found = read(pipes(rows))
    assert not any(each.indicator for each in found.observations)
    assert len(uncatalogued(found)) == 18 * len(heads)  # blank and / of unknown rows are no figures


@pytest.mark.parametrize("heading", ["2017年第三季度统计表", "2016年度统计表", "2017年上半年统计表"])
def test_a_table_of_another_time_gives_no_indicator(heading: str) -> None:
    found = read(pipes([HEAD, *ANNEX], heading))
    assert not any(each.indicator for each in found.observations)
    assert [problem.code for problem in found.problems] == ["table-of-another-time"]


def test_a_sign_off_above_the_table_is_not_its_year() -> None:
    assert own(read(pipes([HEAD, *ANNEX], "2018年3月8日"))) == OWN


def test_rows_that_the_form_does_not_have_are_kept_under_their_labels() -> None:
    rows = [
        *ANNEX[:10],
        ["1.当面申请数", "件", "2"],
        ["2.掌上申请数", "件", "1"],
        ["3.窗口申请数", "件", ""],
        *ANNEX[10:],
    ]
    found = read(pipes([HEAD, *rows]))
    assert own(found) == OWN
    assert [(each.label, each.value, each.missing, each.unit) for each in uncatalogued(found)] == [
        ("三、依申请公开情况 / （一）收到申请数 / 2.掌上申请数 / 统计数", 1, None, "件"),
        ("三、依申请公开情况 / （一）收到申请数 / 3.窗口申请数 / 统计数", None, Missing.BLANK, "件"),
    ]


def test_an_older_provincial_table_is_kept_as_printed() -> None:
    rows = [
        ["指标", "单位", "2012年", "历年累计"],
        ["主动公开信息数", "条", "691", "3000"],
        ["申请总数", "条", "39", "90"],
        ["其中：1.当面申请数", "条", "1", "4"],
        ["2.传真申请数", "条", "2", "5"],
        ["5.信函申请数", "条", "30", "70"],
        ["1.同意公开答复数", "条", "20", "50"],
        ["2.同意部分公开答复数", "条", "10", "11"],
    ]
    found = read(pipes(rows), 2012)
    assert found.edition is None
    assert {each.label: each.value for each in uncatalogued(found)}["申请总数 / 历年累计"] == 90
    assert len(uncatalogued(found)) == len(found.observations) == 14


def test_a_misprinted_label_is_recognised_only_where_it_must_stand() -> None:
    rows = [[label.replace("办结", "办节").replace("复议", "复义"), unit, value] for label, unit, value in ANNEX]
    assert own(read(pipes([HEAD, *rows]))) == OWN
    wrong = [
        *ANNEX[:13],
        ["1.同意公开答复数", "件", "7"],
        ["2.同意部分公开答复数", "件", "8"],
        ["3.部同意公开答复数", "件", "9"],
        *ANNEX[13:],
    ]
    found = read(pipes([HEAD, *wrong]))
    assert {each.indicator: each.value for each in found.observations}["legacy.requests.replied.granted"] == 7
    assert [each.value for each in uncatalogued(found)] == [9]


def test_the_same_table_printed_twice_counts_once() -> None:
    found = read(pipes([HEAD, *ANNEX]) + "\n再次刊印如下\n" + pipes([HEAD, *ANNEX]))
    assert own(found) == OWN
    assert len(found.observations) == 20
    assert [problem.code for problem in found.problems] == ["printed-twice", "figures-not-found"]


def test_two_prints_that_differ_give_no_figure() -> None:
    other = [[label, unit, "4" if value == "691" else value] for label, unit, value in ANNEX]
    found = read(pipes([HEAD, *ANNEX]) + "\n再次刊印如下\n" + pipes([HEAD, *other]))
    assert own(found) == OWN | {"legacy.proactive.info_total": Missing.UNREADABLE}
    assert "contradicting-cells" in {problem.code for problem in found.problems}


@pytest.mark.parametrize(
    "row", [["（一）收到申请数", "件"], ["（一）收到申请数", "件", "3", "4"], ["（一）收到申请数", "万元", "3"]]
)
def test_a_row_that_does_not_fit_gives_no_figure(row: list[str]) -> None:
    rows = [row if each[0] == row[0] else each for each in ANNEX]
    found = read(pipes([HEAD, *rows]))
    values = {each.indicator: each.missing or each.value for each in found.observations}
    assert values.get("legacy.requests.received", Missing.UNREADABLE) is Missing.UNREADABLE
    assert values["legacy.requests.closed"] == 3


ARTICLE = """信息内容 | 处理决定数量 | 上一年项目数量 | 本年增/减 | 备注数 |
---|---|---|---|---|
行政许可 | 5 | 6 | +1 | 8 |
其他对外管理服务 | 95221 | 40 | 减1 | / |
行政检查 | 5 | 6 | -1 | 8 |
"""


def test_measures_of_article_20_are_found_by_their_heads() -> None:
    found = read(ARTICLE, 2019)
    assert found.edition == "B"
    values = {each.indicator: each.value for each in found.observations if each.indicator}
    assert values == {
        "art20_5.license.decisions": 5,
        "art20_5.license.items_prev_year": 6,
        "art20_5.license.items_change": 1,
        "art20_5.other_services.decisions": 95221,
        "art20_5.other_services.items_prev_year": 40,
        "art20_5.other_services.items_change": -1,
    }
    assert [each.label for each in uncatalogued(found)][-1] == "行政检查 / 备注数"


@pytest.mark.parametrize(
    ("head", "cell", "value", "unit"),
    [
        ("采购总金额", "196.7万元", "196.7", "万元"),
        ("采购总金额", "251000元", "251000", "元"),
        ("采购总金额", "251000", "251000", None),
        ("采购总金额（万元）", "25.10", "25.10", "万元"),
    ],
)
def test_the_unit_of_procurement_is_the_printed_one(head: str, cell: str, value: str, unit: str | None) -> None:
    found = read(f"信息内容 | 采购项目数量 | {head} |\n---|---|---|\n政府集中采购 | 5 | {cell} |\n", 2019)
    amount = found.observations[1]
    assert (amount.indicator, amount.value, amount.unit) == ("art20_9.procurement.amount", Decimal(value), unit)


MATRIX = """（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和） |  |  | 申请人情况 |  |  |  |  |  |  |
---|---|---|---|---|---|---|---|---|---|
 |  |  | 自然人 | 法人或其他组织 |  |  |  |  | 总计 |
 |  |  |  | 商业企业 | 科研机构 | 社会公益组织 | 法律服务机构 | 其他 |  |
一、本年新收政府信息公开申请数量 |  |  | 1 | 2 | 3 | 4 | 5 | 6 | 21 |
三、本年度办理结果 | （一）予以公开 |  | 1 | 2 | 3 | 4 | 5 | 6 | 21 |
 | （三）不予公开 | 1.属于国家秘密 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |
 |  | 9.属于工作秘密 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |
 | （六）其他处理 | 3.其他 | 1 | 2 | 3 | 4 | 5 | 6 | 21 |
 | （七）总计 |  | 1 | 2 | 3 | 4 | 5 | 6 | 21 |
"""


def test_a_matrix_whose_merged_cells_are_blanks() -> None:
    found = read(MATRIX, 2021)
    assert found.edition == "C"
    applicants = ["natural_person", "business", "research", "charity", "legal_service", "other_org", "total"]
    rows = ["requests.new_received", "requests.results.granted", "requests.results.denied.state_secret",
            "requests.results.other.misc", "requests.results.total"]  # fmt: skip
    values = {(each.indicator, each.applicant): each.value for each in found.observations if each.indicator}
    assert values == {
        (row, applicant): value
        for row in rows
        for applicant, value in zip(applicants, [1, 2, 3, 4, 5, 6, 21], strict=True)
    }
    others = uncatalogued(found)
    assert [each.applicant for each in others] == applicants
    assert (
        others[1].label
        == "三、本年度办理结果 / （三）不予公开 / 9.属于工作秘密 / 申请人情况 / 法人或其他组织 / 商业企业"
    )


def test_a_matrix_with_fewer_and_swapped_columns() -> None:
    text = "申请情况 | 合计 | 自然人 | 商业企业 |\n---|---|---|---|\n一、本年新收政府信息公开申请数量 | 3 | 1 | 2 |\n"
    values = {each.applicant: each.value for each in read(text, 2021).observations}
    assert values == {"total": 3, "natural_person": 1, "business": 2}


DISPUTES = """行政复议 |  |  |  |  | 行政诉讼 |  |  |  |  |  |  |  |  |  |
---|---|---|---|---|---|---|---|---|---|---|---|---|---|---|
结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 未经复议直接起诉 |  |  |  |  | 复议后起诉 |  |  |  |  |
 |  |  |  |  | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 | 结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |
1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |
"""


def test_disputes_whose_merged_cells_are_blanks() -> None:
    values = [each.value for each in read(DISPUTES, 2021).observations]
    assert values == [1, 2, 3, 4, 10, 5, 6, 7, 8, 26, 9, 10, 11, 12, 42]
    assert [each.indicator for each in read(DISPUTES, 2021).observations][9::5] == [
        "disputes.litigation.direct.total",
        "disputes.litigation.after_review.total",
    ]


def test_a_row_of_disputes_left_blank_is_blank_and_not_missing() -> None:
    empty = DISPUTES.replace("1 | 2 | 3 | 4 | 10 | 5 | 6 | 7 | 8 | 26 | 9 | 10 | 11 | 12 | 42 |", " | " * 14 + " |")
    found = read(empty, 2021)
    assert len({each.indicator for each in found.observations}) == 15
    assert {each.missing for each in found.observations} == {Missing.BLANK}


def test_reviews_and_lawsuits_in_tables_of_their_own() -> None:
    head = "结果维持 | 结果纠正 | 其他结果 | 尚未审结 | 总计 |"
    text = f"行政复议 |  |  |  |  |\n---|---|---|---|---|\n{head}\n1 | 2 | 3 | 4 | 10 |\n"
    values = {each.indicator: each.value for each in read(text, 2021).observations}
    assert values["disputes.review.total"] == 10


def test_disputes_by_office_are_kept_and_none_is_chosen() -> None:
    text = "部门 | 结果维持 | 结果纠正 | 总计 |\n---|---|---|---|\n本级 | 1 | 2 | 3 |\n街道 | 0 | 1 | 1 |\n"
    found = read(text, 2021)
    assert not any(each.indicator for each in found.observations)
    assert len(found.observations) == 6


def test_numbers_of_any_other_table_are_kept_under_their_heads() -> None:
    found = read("镇街 | 受理数 | 办结数 |\n---|---|---|\n甲街道 | 12 | 11 |\n乙镇 | 3 | 3 |\n")
    assert {each.label: each.value for each in found.observations} == {
        "甲街道 / 受理数": 12,
        "甲街道 / 办结数": 11,
        "乙镇 / 受理数": 3,
        "乙镇 / 办结数": 3,
    }
