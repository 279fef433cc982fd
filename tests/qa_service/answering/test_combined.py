"""Several figures of one report put together or set against each other; each case showed a fault."""

from decimal import Decimal
from itertools import pairwise

import pytest

from qa_service.answering.answer import Answer, Figure, Kind, Status
from qa_service.answering.phrases import plain_label
from tests.qa_service.sample_library import sample_answerer


def ask(text: str) -> Answer:
    return sample_answerer().ask(text)


def derived(answer: Answer) -> Figure:
    (figure,) = [figure for figure in answer.figures if figure.origin == "derived" and figure.indicator is None]
    return figure


@pytest.mark.parametrize(
    ("text", "value", "formula"),
    [
        ("示例市人社局2018年网络申请和信函申请加起来多少", "31", "22 + 9 = 31"),
        ("Shili HRSS 2018: online requests and letter requests combined", "31", "22 + 9 = 31"),
        ("示例市人社局2021年新收和上年结转合计多少件", "45", "44 + 1 = 45"),
        ("示例市人社局2022年予以公开和部分公开一共多少件", "39", "31 + 8 = 39"),
        ("Shili HRSS 2022 requests granted minus partly granted", "23", "31 - 8 = 23"),
        ("示例市人社局2021年部分公开减去予以公开是多少", "-15", "7 - 22 = -15"),
        ("示例市人社局2018年网络申请比信函申请多多少", "13", "22 - 9 = 13"),
        ("示例市人社局2018年当面申请、网络申请、信函申请的中位数", "9", "median(4, 9, 22) = 9"),
    ],
)
def test_figures_of_one_report_are_computed(text: str, value: str, formula: str) -> None:
    answer = ask(text)
    figure = derived(answer)
    assert (figure.value, figure.formula) == (value, formula)
    assert all(operand.citations for operand in figure.operands)
    printed = [f.value for f in answer.figures if f.origin == "table"]
    assert all(operand.value in printed for operand in figure.operands)


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局2018年收到的申请和网络申请加起来多少",
        "示例市人社局2018年收到申请数加上办结数是多少",
        "示例市人社局2022年新收和结转下年合计多少",
        "Shili HRSS 2022: total outcomes and requests granted combined",
        "云溪区府办2017年主动公开和网站公开合计",
        "云溪区府办2017年主动公开和微信公开加起来多少",
    ],
)
def test_what_contains_each_other_is_not_added_up(text: str) -> None:
    answer = ask(text)
    assert not [figure for figure in answer.figures if figure.origin == "derived"]
    assert "重" in answer.answer or "twice" in answer.answer


def test_different_units_are_not_added_up() -> None:
    answer = ask("示例市人社局2022年收到的申请和行政事业性收费金额合计多少")
    assert not [figure for figure in answer.figures if figure.origin == "derived"]
    assert "单位不同" in answer.answer


def test_a_sum_over_years_takes_in_all_figures_named() -> None:
    answer = ask("示例市人社局2017年和2018年网络申请和信函申请加起来多少")
    totals = {figure.formula: figure.value for figure in answer.figures if figure.origin == "derived"}
    assert totals == {"15 + 8 = 23": "23", "22 + 9 = 31": "31", "15 + 8 + 22 + 9 = 54": "54"}


def test_applicant_types_are_added_and_compared() -> None:
    sums = ask("示例市人社局2022年自然人和商业企业的申请加起来多少")
    more = ask("示例市人社局2022年自然人比商业企业多提了多少申请")
    values = [Decimal(figure.value or "NaN") for figure in sums.figures if figure.origin == "table"]
    assert derived(sums).value == str(sum(values))
    assert derived(more).value == str(max(values) - min(values))
    assert {figure.applicant for figure in sums.figures if figure.origin == "table"} == {"natural_person", "business"}


def test_each_applicant_type_keeps_its_own_figure() -> None:
    for text in (
        "示例市人社局2022年自然人申请收到几件，企业被予以公开几件",
        "Shili HRSS 2022: how many requests from natural persons, and how many from businesses were granted?",
    ):
        shown = {(figure.indicator, figure.applicant) for figure in ask(text).figures}
        assert shown == {("requests.new_received", "natural_person"), ("requests.results.granted", "business")}


@pytest.mark.parametrize(
    ("text", "first"),
    [
        ("示例市人社局2021年哪种处理结果最多", "requests.results.granted"),
        ("Shili HRSS 2021: which outcome was the most common?", "requests.results.granted"),
        ("示例市人社局2018年哪种方式提交的申请最多", "legacy.requests.received.online"),
        ("示例市人社局2021年不予公开的理由里哪种最多", "requests.results.denied.third_party"),
    ],
)
def test_the_commonest_row_of_a_section(text: str, first: str) -> None:
    answer = ask(text)
    assert answer.kind is Kind.RANKING
    assert answer.figures[0].indicator == first
    values = [Decimal(figure.value or "NaN") for figure in answer.figures]
    assert values == sorted(values, reverse=True)
    assert not [f for f in answer.figures if (f.indicator or "").endswith(".total") or f.origin == "derived"]


def test_the_commonest_applicant_type_is_never_the_total() -> None:
    answer = ask("示例市人社局2022年申请人里哪一类最多")
    assert answer.figures[0].applicant == "natural_person"
    assert "total" not in {figure.applicant for figure in answer.figures}


def test_a_form_without_applicant_types_says_so() -> None:
    answer = ask("示例市人社局2018年申请人里哪一类最多")
    assert "不按申请人类型" in answer.answer
    assert {figure.indicator for figure in answer.figures} == {"legacy.requests.received"}


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局2018年不是当面申请，是网络申请，收到几件",
        "Shili HRSS 2018: not letter requests but online requests, how many?",
        "示例市人社局2018年收到网络申请而不是信函申请几件",
    ],
)
def test_what_is_put_aside_is_not_answered(text: str) -> None:
    assert {figure.indicator for figure in ask(text).figures} == {"legacy.requests.received.online"}


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局2022年收到几件申请，其中予以公开几件",
        "示例市人社局2022年申请一共收到几件，其中予以公开几件",
        "How many requests did Shili HRSS receive in 2022, and of those how many were granted?",
    ],
)
def test_figures_counted_one_by_one_are_not_added_up(text: str) -> None:
    answer = ask(text)
    assert [figure.indicator for figure in answer.figures] == ["requests.new_received", "requests.results.granted"]


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局2022年平均每天收到多少申请",
        "示例市人社局2022年人均申请多少件",
        "Shili HRSS 2022: requests per day",
        "How many requests per capita did Shili HRSS receive in 2022?",
        "How much did Shili HRSS collect in fines in 2022?",
    ],
)
def test_a_total_is_no_answer_to_a_rate_or_an_amount(text: str) -> None:
    answer = ask(text)
    assert answer.status is Status.NOT_FOUND
    assert not answer.figures


def test_an_outcome_of_any_dispute_is_asked_back_with_all_rows() -> None:
    answer = ask("示例市人社局2022年尚未审结的有几件")
    assert answer.status is Status.NEEDS_CHOICE
    assert len(answer.choices) == 3


def test_lost_in_court_is_the_lawsuits_alone() -> None:
    (figure,) = ask("示例市人社局2022年败诉几起").figures
    assert {operand.indicator for operand in figure.operands} == {
        "disputes.litigation.direct.corrected",
        "disputes.litigation.after_review.corrected",
    }
    assert "未经复议" not in figure.label


@pytest.mark.parametrize(
    ("text", "formula"),
    [
        ("示例市人社局2018年网络申请是信函申请的几倍", "22 ÷ 9 ≈ 2.44"),
        ("示例市人社局2018年信函申请是网络申请的几倍", "9 ÷ 22 ≈ 0.41"),
        ("Shili HRSS 2018: how many times as many online requests as letter requests?", "22 ÷ 9 ≈ 2.44"),
        ("临湖人社局2022年收到的申请是示例市人社局2022年的几倍", "12 ÷ 51 ≈ 0.24"),
    ],
)
def test_a_ratio_is_of_the_first_named_to_the_second(text: str, formula: str) -> None:
    assert formula in [figure.formula for figure in ask(text).figures]


def test_what_two_items_share_need_not_be_said_twice() -> None:
    answer = ask("示例市人社局2022年规范性文件制发数减废止数")
    assert derived(answer).formula == "3 - 4 = -1"


def test_pending_at_the_start_of_the_year_came_from_the_year_before() -> None:
    for text in (
        "示例市人社局2022年初还有几件没办完",
        "How many requests were pending at Shili HRSS at the start of 2022?",
    ):
        assert {figure.indicator for figure in ask(text).figures} == {"requests.carried_over"}


def test_parts_that_make_the_whole_get_a_share_each() -> None:
    answer = ask("示例市人社局2018年信函、网络和当面申请的比例")
    assert sorted(figure.value or "" for figure in answer.figures if figure.unit == "%") == ["11.4", "25.7", "62.9"]


def test_parts_of_different_wholes_have_no_common_share() -> None:
    answer = ask("示例市人社局2022年部分公开和行政复议纠正的比例")
    bases = [figure.formula for figure in answer.figures if figure.unit == "%"]
    assert len(bases) <= 2
    assert all("+" not in (formula or "") for formula in bases)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("示例市人社局2022年处理结果排名前三", ["31", "8", "6"]),
        ("Shili HRSS 2022: top three outcomes", ["31", "8", "6"]),
    ],
)
def test_the_top_of_a_section(text: str, shown: list[str]) -> None:
    assert [figure.value for figure in ask(text).figures] == shown


def test_the_mean_over_the_rows_of_a_section() -> None:
    answer = ask("示例市人社局2018年各渠道平均公开多少条")
    printed = [Decimal(figure.value or "NaN") for figure in answer.figures if figure.origin == "table"]
    (mean,) = [figure for figure in answer.figures if figure.origin == "derived"]
    assert mean.value is not None
    assert Decimal(mean.value) == (sum(printed, Decimal(0)) / len(printed)).quantize(Decimal(mean.value))


def test_the_channel_used_most() -> None:
    answer = ask("Which channel did Shili HRSS use most in 2018?")
    assert answer.kind is Kind.RANKING
    assert {(figure.indicator or "").rpartition(".")[0] for figure in answer.figures} == {"legacy.proactive.channels"}


def test_an_amount_per_case_is_not_the_number_of_cases() -> None:
    for text in ("示例市人社局2018年平均每次培训多少人", "Shili HRSS 2018: people trained per session"):
        assert not ask(text).figures


def test_bodies_with_a_property_named_without_a_question_word() -> None:
    for text in ("2022年行政许可决定超过500件的单位", "Bodies with more than 500 licensing decisions in 2022"):
        shown = {figure.agency for figure in ask(text).figures if figure.origin == "table"}
        assert shown == {"shili_hrss"}


@pytest.mark.parametrize(
    "text",
    [
        "示例市人社局2018年除了网站公开多少条",
        "示例市人社局2018年除网站外公开多少条",
        "示例市人社局2018年除网络申请外的申请几件",
        "示例市人社局2018年扣除微博后公开多少条",
        "Shili HRSS 2018: items published except on Weibo",
    ],
)
def test_what_is_left_out_is_not_answered(text: str) -> None:
    assert not ask(text).figures


@pytest.mark.parametrize(
    "text",
    [
        "2022年除了示例市人社局，谁收到的申请最多",
        "2022年除示例市人社局外，各单位收到申请合计多少",
        "Excluding Shili HRSS, which body received the most requests in 2022?",
    ],
)
def test_a_body_left_out_is_left_out(text: str) -> None:
    shown = {figure.agency for figure in ask(text).figures if figure.origin == "table"}
    assert "linhu_hrss" in shown
    assert "shili_hrss" not in shown


@pytest.mark.parametrize(("agency", "year"), [("shili_hrss", 2018), ("linhu_hrss", 2020), ("shili_hrss", 2022)])
@pytest.mark.parametrize("words", ["{}和{}加起来多少", "{}减去{}是多少"])
def test_two_printed_labels_are_both_answered(agency: str, year: int, words: str) -> None:
    corpus = sample_answerer().corpus()
    edition = corpus.edition(agency, year)
    rows = [
        row
        for row in corpus.catalogue.indicators
        if row.in_edition(edition) and row.forms[edition or ""].only_in is None
    ]
    for one, other in pairwise(rows):
        labels = [plain_label(corpus, row, "zh") for row in (one, other)]
        answer = ask(f"{corpus.name(agency, 'zh')}{year}年{words.format(*labels)}")
        assert {one.id, other.id} <= {figure.indicator for figure in answer.figures}, labels


def test_a_share_of_itself_is_not_told() -> None:
    answer = ask("示例市人社局2022年行政复议：总计占行政诉讼：复议后起诉：总计的比例")
    assert not [figure for figure in answer.figures if figure.unit == "%"]


def test_a_total_over_reports_says_which_ones_it_leaves_out() -> None:
    answer = ask("示例市人社局2017年至2023年微博和微信公开信息合计多少")
    assert "全部合计479条" in answer.answer
    left_out = answer.answer.partition("总计未计入：")[2].partition("。")[0]
    assert [year for year in range(2017, 2024) if f"{year}年" in left_out] == [2021, 2022, 2023]


def test_requests_carried_over_are_not_added_up_over_years() -> None:
    answer = ask("示例市人社局2021年和2022年新收和上年结转合计多少件")
    assert "合计45件" in answer.answer
    assert "合计54件" in answer.answer
    assert "99" not in answer.answer
    assert "重复" in answer.answer


def test_rows_of_one_stage_are_added_up_over_years() -> None:
    assert "全部合计54件" in ask("示例市人社局2017年和2018年受理的信函申请和网络申请合计多少").answer
