"""Arithmetic over cited figures, recomputed here from the stored cells."""

from decimal import Decimal

import pytest

from qa_service.answering.answer import Answer, Kind
from qa_service.conversation import Turn
from tests.qa_service.sample_library import sample_answerer, sample_library


def ask(*turns: str) -> Answer:
    return sample_answerer().ask(turns[-1], [Turn("user", turn) for turn in turns[:-1]])


def received(agency: str, year: int) -> Decimal:
    (cell,) = [
        o
        for o in sample_library().store.observations(
            ["legacy.requests.received", "requests.new_received"], [agency], [year]
        )
        if o.applicant in (None, "total") and o.origin.value == "table"
    ]
    assert cell.value is not None
    return cell.value


def derived(answer: Answer) -> list[str | None]:
    return [figure.value for figure in answer.figures if figure.origin == "derived"]


def test_difference() -> None:
    answer = ask("2022年示例市人社局和临湖人社局收到的申请相差多少")
    assert answer.kind is Kind.COMPARISON
    assert derived(answer) == [str(abs(received("shili_hrss", 2022) - received("linhu_hrss", 2022)))]


def test_sum_over_years_names_its_operands() -> None:
    answer = ask("示例市人社局2021到2023年合计收到多少申请")
    total = sum(received("shili_hrss", year) for year in (2021, 2022, 2023))
    (figure,) = [figure for figure in answer.figures if figure.origin == "derived"]
    assert figure.value == str(total)
    assert [operand.year for operand in figure.operands] == [2021, 2022, 2023]
    assert all(operand.citations for operand in figure.operands)


def test_growth() -> None:
    answer = ask("示例市人社局2022年收到的申请比2021年增长百分之几")
    before, after = received("shili_hrss", 2021), received("shili_hrss", 2022)
    expected = ((after - before) / before * 100).quantize(Decimal("0.1"))
    assert any(figure.unit == "%" and Decimal(figure.value or "NaN") == expected for figure in answer.figures)


def test_ranking_is_in_order_and_names_who_is_missing() -> None:
    answer = ask("2021年收到申请最多的单位是哪个")
    assert answer.kind is Kind.RANKING
    values = [Decimal(figure.value or "NaN") for figure in answer.figures if figure.origin == "table"]
    assert values == sorted(values, reverse=True)
    assert "云溪区" in answer.answer


def test_a_series_leaves_missing_years_open() -> None:
    answer = ask("示例市人社局2017年到2023年收到申请的变化趋势")
    assert answer.kind is Kind.TREND
    assert {figure.year for figure in answer.figures if figure.origin == "table"} == {2017, 2018, 2021, 2022, 2023}
    assert "2019–2020" in answer.answer


def test_no_trend_from_one_year() -> None:
    answer = ask("云溪区府办2018年到2019年收到申请的变化")
    assert not derived(answer)
    assert "2019" in answer.answer


def test_a_share_names_its_base() -> None:
    answer = ask("示例市人社局2022年收到的申请中自然人占多少")
    (figure,) = [figure for figure in answer.figures if figure.origin == "derived"]
    assert figure.unit == "%"
    assert figure.formula is not None
    assert f"÷ {received('shili_hrss', 2022)}" in figure.formula


def test_counting_bodies() -> None:
    answer = ask("2022年有几家单位的行政诉讼数量为零")
    counted = [figure for figure in answer.figures if figure.unit == "个"]
    zeros = [figure for figure in answer.figures if figure.value == "0" and figure.unit != "个"]
    assert [figure.value for figure in counted] == [str(len({figure.agency for figure in zeros}))]


def test_different_units_are_never_added() -> None:
    answer = ask("示例市人社局2017年和2022年收费合计多少")
    assert not derived(answer)


def test_a_share_of_the_base_that_the_question_names() -> None:
    own = ask("示例市人社局2022年予以公开占办理总数的比例")
    named = ask("示例市人社局2022年予以公开占新收申请的比例")
    (figure,) = [figure for figure in named.figures if figure.origin == "derived"]
    (_, base) = figure.operands
    assert base.value == str(received("shili_hrss", 2022))
    assert "办理结果" in own.answer


def test_no_share_of_a_base_no_table_holds() -> None:
    answer = ask("示例市人社局2022年予以公开占访问量的比例")
    assert not derived(answer)
    assert "访问量" in answer.answer


def test_no_share_above_the_whole() -> None:
    answer = ask("示例市人社局2022年收到的申请占予以公开的比例")
    assert all(Decimal(value or "0") <= 100 for value in derived(answer))


@pytest.mark.parametrize(
    "question",
    [
        "示例市人社局2022年自然人以外的申请有多少件",
        "How many computers does the Shili human resources bureau own in 2022?",
        "示例市人社局2022年提供了多少就业岗位",
        "示例市人社局2022年行政处罚人数是多少",
    ],
)
def test_what_no_figure_counts_has_no_figure(question: str) -> None:
    assert not ask(question).figures


def test_bounds_that_include_themselves() -> None:
    value = received("shili_hrss", 2022)
    name = "示例市人力资源和社会保障局"
    assert ask(f"2022年收到申请至少{value}件的单位有哪些").answer.split("。")[0].find(name) >= 0
    assert name not in ask(f"2022年收到申请超过{value}件的单位有哪些").answer.split("。")[0]


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("示例市人社局哪几年收到的申请超过44件", {2022, 2023}),
        ("示例市人社局哪几年收到的申请在44件以上", {2021, 2022, 2023}),
        ("In which years did Shili HRSS receive at most 35 requests?", {2017, 2018}),
        ("示例市人社局哪一年收到51件申请", {2022}),
    ],
)
def test_years_by_value(text: str, years: set[int]) -> None:
    answer = ask(text)
    assert {figure.year for figure in answer.figures if figure.origin == "table"} == years


def test_bodies_by_value_without_a_body() -> None:
    for text in ("哪一年收到了51件申请", "Who got exactly 51 requests?"):
        shown = {(figure.agency, figure.year) for figure in ask(text).figures if figure.origin == "table"}
        assert shown == {("shili_hrss", 2022)}


def test_matters_there_are_now_come_from_the_year_before_and_the_change() -> None:
    answer = ask("临湖人社局2020年行政许可现有多少项")
    (figure,) = answer.figures
    before, change = (operand.value for operand in figure.operands)
    assert figure.origin == "derived"
    assert Decimal(figure.value or "NaN") == Decimal(before or "NaN") + Decimal(change or "NaN")
    (asked,) = ask("临湖人社局2020年行政许可上一年项目数量").figures
    assert (asked.indicator, asked.value) == ("art20_5.license.items_prev_year", before)


def test_a_difference_in_occasions_is_not_worded_as_times_more() -> None:
    answer = ask("Meetings: difference between Yunxi government office 2016 and Shili HRSS 2017")
    assert "times more" not in answer.answer
    assert derived(answer)


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局一年平均收到多少申请",
        "示例市人社局历年收到申请的均值",
        "On average, how many requests does Shili HRSS get a year?",
        "What's the typical annual number of requests at Shili HRSS?",
    ],
)
def test_an_average_without_a_year_is_over_all_years(text: str) -> None:
    (figure,) = [figure for figure in ask(text).figures if figure.origin == "derived"]
    years = (2017, 2018, 2021, 2022, 2023)
    assert figure.value == str(sum(received("shili_hrss", year) for year in years) / len(years))
    assert [operand.year for operand in figure.operands] == list(years)


def test_one_figure_is_no_average() -> None:
    answer = ask("示例市人社局2023年平均收到多少申请，哪家都行")
    assert not [figure for figure in answer.figures if figure.origin == "derived"]


def test_the_median_keeps_all_operands() -> None:
    (figure,) = [f for f in ask("示例市人社局五年申请的中位数").figures if f.origin == "derived"]
    assert figure.value == "44"
    assert len(figure.operands) == 5


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("示例市人社局2022年收到的申请比2021年多了百分之几", "15.9"),
        ("示例市人社局2023年申请较2022年下降了几成", "-9.8"),
        ("示例市人社局从2017年到2023年申请增长了多少", "64.3"),
        ("Shili HRSS requests: year-on-year growth in 2022", "15.9"),
        ("Percent change in requests at Shili HRSS, 2021 vs 2022", "15.9"),
        ("Requests at Shili HRSS in 2023 versus the previous year", "-9.8"),
        ("How fast did requests grow at Shili HRSS between 2021 and 2022?", "15.9"),
        ("2022年示例市人社局收到的申请比临湖人社局多百分之几", "325"),
    ],
)
def test_change_in_per_cent_is_no_share(text: str, rate: str) -> None:
    answer = ask(text)
    assert [figure.value for figure in answer.figures if figure.unit == "%"] == [rate]


def test_growth_from_zero_has_no_rate_and_says_why() -> None:
    answer = ask("示例市人社局2018年传真申请比2017年增长百分之几")
    assert not [figure for figure in answer.figures if figure.unit == "%"]
    assert "基数为0" in answer.answer


def test_fees_of_the_tables_come_before_sentences() -> None:
    (figure,) = [f for f in ask("示例市人社局2021到2023年平均收费多少万元").figures if f.origin == "derived"]
    assert {operand.indicator for operand in figure.operands} == {"art20_8.admin_fees.amount"}


def test_other_numbers_of_a_question_are_shown_where_the_report_has_them() -> None:
    answer = ask("示例市人社局2022年收到的申请是51件还是1410件")
    assert {"51", "1410"} <= {figure.value for figure in answer.figures}


def test_an_average_growth_rate_is_no_mean_of_the_figures() -> None:
    answer = ask("示例市教育局2019到2021年申请年均增长率")
    assert answer.kind is Kind.TREND
    assert [figure.value for figure in answer.figures if figure.unit == "%"] == ["3.2"]


@pytest.mark.parametrize(
    "text", ["申请数为51的单位", "2022年哪家收到的申请不足20件", "哪家单位2022年收到12件申请", "谁收到了12件申请"]
)
def test_a_number_in_the_question_is_never_passed_over(text: str) -> None:
    answer = ask(text)
    values = {figure.value for figure in answer.figures if figure.origin == "table"}
    assert values in ({"51"}, {"12"})


def test_one_side_of_an_addition_is_no_answer() -> None:
    assert not ask("Shili HRSS 2022: requests including those carried over").figures
    (figure,) = [f for f in ask("示例市人社局2022年收到的申请加上年结转一共多少").figures if f.origin == "derived"]
    assert figure.formula == "51 + 3 = 54"


def test_stocks_of_several_years_are_listed_and_not_added() -> None:
    for question in (
        "示例市人社局2021到2023年现行有效规范性文件合计多少件",
        "How many normative documents in force in total, Shili HRSS 2021 to 2023?",
    ):
        answer = ask(question)
        assert not derived(answer)
        assert len([figure for figure in answer.figures if figure.value is not None]) == 3
    assert derived(ask("示例市人社局2021到2023年现行有效规范性文件平均多少件"))
    # What two bodies have in the same year is nowhere twice.
    assert derived(ask("2022年示例市人社局和临湖人社局现行有效规范性文件合计多少件"))


@pytest.mark.parametrize(
    ("question", "place"),
    [
        ("2020年收到申请第二多的是哪家单位", 2),
        ("2020年收到申请第二少的是谁", -2),
        ("Which agency came second in requests received in 2020?", 2),
        ("Who had the second highest number of requests received in 2020?", 2),
        ("2020年收到申请最多的是哪家", 1),
    ],
)
def test_one_place_of_an_order(question: str, place: int) -> None:
    agencies = {"shili_education", "linhu_hrss", "yunxi_gov_office"}
    known = {each: received(each, 2020) for each in agencies if (each, 2020) in _counted()}
    ordered = sorted(known, key=lambda each: known[each])
    wanted = ordered[-place] if place > 0 else ordered[-place - 1]
    first_sentence = ask(question).answer.split("。" if question[0] == "2" else ". ")[0]
    # "1. Body" would end the first sentence at a mark of a citation.
    assert f"{known[wanted]}" in first_sentence
    assert all(f"{known[other]}件" not in first_sentence for other in known if other != wanted)


def _counted() -> set[tuple[str, int]]:
    cells = sample_library().store.observations(["requests.new_received"], None, [2020])
    return {(cell.agency, cell.year) for cell in cells if cell.applicant == "total" and cell.value is not None}


def test_a_place_beyond_the_last() -> None:
    assert "没有第9位" in ask("2020年收到申请排名第九的单位是哪家").answer


def test_a_sum_takes_all_the_turns_before() -> None:
    answer = ask("示例市教育局2019年收到多少申请", "2020年呢", "2021年呢", "三年加起来多少")
    assert derived(answer) == [str(sum(received("shili_education", year) for year in (2019, 2020, 2021)))]
