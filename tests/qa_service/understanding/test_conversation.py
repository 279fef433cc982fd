"""Further turns: words of conversation, what is taken back, remarks beside the question."""

import pytest

from indicators.catalogue import load_catalogue
from qa_service.conversation import Turn
from qa_service.understanding.question import Question
from qa_service.understanding.reading import Reader
from qa_service.understanding.understand import understand
from tests.qa_service.sample_library import sample_library

READER = Reader(load_catalogue(), sample_library().store.agencies(), 2023)
CONFIDENT = 0.8
FIRST = "示例市人社局2022年收到多少申请"


def understood(*turns: str) -> Question:
    return understand(READER, turns[-1], [Turn("user", turn) for turn in turns[:-1]])


@pytest.mark.parametrize(
    "text",
    [
        "年份错了，应该是2021年",
        "不好意思我打错了，2021年才对",
        "改成2021",
        "把年份换成2021年再查一遍",
        "哎呀写错年份了 2021",
        "不是2022年，是2021年",
        "谢谢，那2021年呢",
        "Wrong year, I wanted 2021.",
        "oops typo, 2021",
        "Not 2022 but 2021 please",
        "2021 instead of 2022",
        "Could you run that again for 2021?",
        "For 2021, what would the answer be?",
    ],
)
def test_only_the_year_changes(text: str) -> None:
    question = understood(FIRST, text)
    assert (question.asked.agencies, question.year.years, question.concepts) == (
        ("shili_hrss",),
        (2021,),
        ("requests_received",),
    )
    assert not question.unexplained


@pytest.mark.parametrize("text", ["同样的问题，临湖人社局呢", "临湖人社局的也给我看看", "same thing for Linhu HRSS"])
def test_only_the_body_changes(text: str) -> None:
    question = understood(FIRST, text)
    assert (question.asked.agencies, question.year.years, question.concepts) == (
        ("linhu_hrss",),
        (2022,),
        ("requests_received",),
    )


def test_an_applicant_of_those_is_one_of_the_figure_before() -> None:
    question = understood(
        "示例市人社局2022年予以公开多少件", "In how many of those cases were the applicants legal service providers?"
    )
    assert (question.concepts, question.applicants) == (("granted",), ("legal_service",))


@pytest.mark.parametrize("text", ["那2021年的天气呢", "2021年的食堂呢", "and the weather in 2021?"])
def test_another_topic_is_no_further_turn_on_the_figure_before(text: str) -> None:
    question = understood(FIRST, text)
    assert not question.concepts
    assert question.unexplained


@pytest.mark.parametrize(
    "text",
    [
        "写稿用，示例市人社局2022年收到多少申请",
        "My editor wants this by noon: how many requests did Shili HRSS receive in 2022?",
    ],
)
def test_a_remark_is_not_part_of_the_question(text: str) -> None:
    question = understood(text)
    assert question.concepts == ("requests_received",)
    assert question.confidence >= CONFIDENT


@pytest.mark.parametrize(
    "text", ["食堂方面，示例市人社局2022年收到多少申请", "示例市人社局2022年收到多少申请，关于求职的"]
)
def test_a_topic_is_no_remark(text: str) -> None:
    assert understood(text).confidence < CONFIDENT


@pytest.mark.parametrize("text", ["再细分一下，律所有多少", "想晓得刚刚那些里律所有几件"])
def test_what_points_back_names_no_group_of_bodies(text: str) -> None:
    question = understood("示例市人社局2022年收到多少件申请", text)
    assert question.asked.agencies == ("shili_hrss",)
    assert question.applicants == ("legal_service",)


@pytest.mark.parametrize(
    "turns",
    [
        ("示例市教育局2020年复议几件", "维持的呢", "没维持的呢"),
        ("示例市人社局2018年收到多少申请", "网络的", "不是网络的"),
        ("示例市教育局2020年收到多少申请", "个人的", "不要个人的"),
        ("示例市人社局2022年收到多少申请", "去掉个人"),
        ("Requests received by Shili HRSS in 2021?", "and without individuals?"),
    ],
)
def test_what_a_further_turn_leaves_out_is_not_shown(turns: tuple[str, ...]) -> None:
    assert understood(*turns).confidence < CONFIDENT


def test_a_row_named_by_a_verb_of_correcting_corrects_nothing() -> None:
    assert understood("示例市教育局2019年行政复议维持几件", "纠正的几件").concepts == ("review_corrected",)


def test_a_total_after_an_applicant_type_is_of_all() -> None:
    assert understood("示例市教育局2020年企业提交几件申请", "总数是多少").applicants == ()


def test_a_difference_after_two_years_is_of_both() -> None:
    question = understood("示例市教育局2020年收到多少申请", "2021年呢", "差多少")
    assert set(question.year.years) == {2020, 2021}
