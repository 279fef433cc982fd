"""Whose report, which year: in every place and spelling where reports say it."""

import pytest

from ingest.formats.from_text import read_text
from ingest.title import TitleFacts, find_title
from reports.errors import NotAReport

BODY = "\n一、总体情况\n本年度工作平稳有序。\n"


def facts(text: str) -> TitleFacts:
    return find_title(read_text(text.encode(), "report.txt"))


@pytest.mark.parametrize(
    ("title", "name", "year"),
    [
        ("武进区人力资源和社会保障局2019年政府信息公开工作年度报告", "武进区人力资源和社会保障局", 2019),
        ("二〇一七年常州市武进区教育局政府信息公开年度报告", "常州市武进区教育局", 2017),
        ("二○一七年度常州市武进区教育局政府信息公开年报", "常州市武进区教育局", 2017),
        ("２０１８年度南京市鼓楼区卫生健康委员会政府信息公开工作年度报告", "南京市鼓楼区卫生健康委员会", 2018),
        ("湖州市人民政府信息公开工作年度报告（2021年）", "湖州市人民政府", 2021),
        ("浙江省自然资源厅\n政府信息公开工作年度报告\n（2020年度）", "浙江省自然资源厅", 2020),
        ("2020年海曙区财政局\n政府信息公开工作\n年度报告", "海曙区财政局", 2020),
        ("示例市教育局关于2019年度政府信息公开工作年度报告", "示例市教育局", 2019),
        ("2019年海淀区政府信息公开年报", "海淀区人民政府", 2019),
        ("镇江市丹徒区高资街道2022年度政府信息公开工作年度报告", "镇江市丹徒区高资街道办事处", 2022),
        ("国家税务总局宁波市税务局2021年政府信息公开工作年度报告", "国家税务总局宁波市税务局", 2021),
        (
            "索引号：123/2023-00012\n发布日期：2023年1月20日\n示例市财政局2022年政府信息公开工作年度报告",
            "示例市财政局",
            2022,
        ),
        (
            "示例市财政局\n2022年度政府信息公开工作年度报告\n示例市财政局\n2022年度政府信息公开工作年度报告",
            "示例市财政局",
            2022,
        ),
    ],
)
def test_titles(title: str, name: str, year: int) -> None:
    found = facts(title + BODY)
    assert (found.agency_name, found.year) == (name, year)


def test_a_title_may_also_be_split_before_the_first_table() -> None:
    found = facts("示例市财政局\n2022年度政府信息公开工作年度报告" + BODY)
    assert found.title == "示例市财政局2022年度政府信息公开工作年度报告"
    assert found.title_blocks == {0, 1}


@pytest.mark.parametrize(
    "text",
    [
        "2017年政府信息公开工作年度报告" + BODY + "填报单位：示例市临湖区民政局（盖章）\n",
        "2017年政府信息公开工作年度报告" + BODY + "\t填报单位：示例市临湖区民政局\n\t单位\n\t数\n",
        "2017年政府信息公开工作年度报告" + BODY + "示例市临湖区民政局\n2018年3月1日\n",
        "2017年政府信息公开工作年度报告" + BODY + "示例市临湖区民政局 2018年3月1日\n",
        "2017年政府信息公开工作年度报告\n根据有关要求，现公布示例市临湖区民政局2017年政府信息公开年度报告，内容如下。"
        + BODY,
        "根据有关要求，现公布示例市临湖区民政局2017年政府信息公开年度报告，本报告由六部分组成，统计期限为全年。" + BODY,
    ],
)
def test_the_issuer_stands_in_many_places(text: str) -> None:
    found = facts(text)
    assert (found.agency_name, found.year) == ("示例市临湖区民政局", 2017)


@pytest.mark.parametrize(
    "text",
    [
        "示例市财政局政府信息公开工作年度报告\n本报告所列数据的统计期限自2020年1月1日至2020年12月31日止，如有疑问请与本局联系。"
        + BODY,
        "示例市财政局政府信息公开工作年度报告" + BODY + "政府信息公开情况统计表\n（2020年度）\n",
        "示例市财政局政府信息公开工作年度报告" + BODY + "2020年政府信息公开情况统计表\n2021年2月3日",
    ],
)
def test_the_data_year_is_never_that_of_publication(text: str) -> None:
    assert facts(text + "\n示例市财政局\n2021年1月20日\n").year == 2020


def test_the_longest_printed_form_of_the_name_is_the_name() -> None:
    text = "临湖区民政局2017年政府信息公开工作年度报告" + BODY + "请与示例市临湖区民政局联系，地址在人民路。"
    found = facts(text)
    assert (found.agency_name, found.other_names) == ("示例市临湖区民政局", ("临湖区民政局",))


def test_a_title_that_disagrees_with_the_period_is_told() -> None:
    found = facts(
        "示例市财政局2021年政府信息公开工作年度报告\n数据统计期限为2020年1月1日至2020年12月31日，特此说明。" + BODY
    )
    assert found.year == 2021
    assert [problem.code for problem in found.problems] == ["years-disagree"]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("示例市教育局3017年政府信息公开工作年度报告" + BODY, "year-out-of-range"),
        ("示例市教育局1999年政府信息公开工作年度报告" + BODY, "year-out-of-range"),
        ("示例市教育局政府信息公开工作年度报告" + BODY, "no-year"),
        ("今天天气很好\n我们去公园散步", "no-agency"),
        ("2020年政府信息公开工作年度报告" + BODY, "no-agency"),
    ],
)
def test_what_names_no_agency_or_no_possible_year_is_no_report(text: str, code: str) -> None:
    with pytest.raises(NotAReport) as refusal:
        facts(text)
    assert refusal.value.code == code
