"""What unusual wordings must and must not be read as; each case showed a fault."""

import pytest

from indicators.catalogue import load_catalogue
from qa_service.conversation import Turn
from qa_service.understanding.question import Operation, Question
from qa_service.understanding.reading import Reader
from qa_service.understanding.understand import understand
from qa_service.understanding.years import YearKind
from tests.qa_service.sample_library import sample_library

READER = Reader(load_catalogue(), sample_library().store.agencies(), 2023)
CONFIDENT = 0.8


def understood(*turns: str) -> Question:
    return understand(READER, turns[-1], [Turn("user", turn) for turn in turns[:-1]])


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("In-person requests at Linhu HRSS in 2022", "request_in_person"),
        ("How many requests were sent in by post to Linhu HRSS in 2022?", "request_letter"),
        ("Training events organised by Linhu HRSS, 2022", "trainings"),
        ("临湖人社局2022年没有办结的申请几件", "carried_forward"),
        ("How many requests did Linhu HRSS fail to finish in 2022?", "carried_forward"),
        ("临湖人社局2022年回应群众关注的热点几次", "hot_issues"),
        ("How many requests did people make to Linhu HRSS in 2022 year?", "requests_received"),
        ("How many disclosure officers did Linhu HRSS have in 2022?", "staff"),
    ],
)
def test_wording_names_the_concept(text: str, concept: str) -> None:
    question = understood(text)
    assert question.concepts == (concept,)
    assert question.confidence >= CONFIDENT
    assert question.operation is Operation.LOOKUP
    assert question.applicants == ()


@pytest.mark.parametrize(
    "text",
    [
        "临湖人社局2022年收到求职申请多少件",
        "临湖人社局2022年收到贷款申请多少件",
        "How many job applications did Linhu HRSS receive in 2022?",
        "How many requests did Linhu HRSS not register in 2022?",
        "临湖人社局2022年没有登记的申请多少件",
        "How many journalists attended the press conferences of Linhu HRSS in 2022?",
        "临湖人社局2022年有多少员工",
    ],
)
def test_word_for_something_else_is_not_passed_over(text: str) -> None:
    question = understood(text)
    assert question.confidence < CONFIDENT or not question.concepts


@pytest.mark.parametrize(
    ("text", "typed"), [("unanswered requests", "unanswered"), ("pensions paid", "pensions"), ("手里的申请", "手里")]
)
def test_another_word_is_no_slip(text: str, typed: str) -> None:
    assert all(slip != typed for slip, _ in READER.read(text).corrections)


@pytest.mark.parametrize("text", ["临湖人社局2022年收到申情多少", "How many requets did Linhu HRSS receive in 2022?"])
def test_slip_is_read(text: str) -> None:
    question = understood(text)
    assert question.corrections
    assert question.concepts == ("requests_received",)


def test_verb_after_a_year_opens_no_range() -> None:
    assert understood("临湖人社局2022年起草发布了多少规范性文件").year.kind is YearKind.LISTED


def test_two_bodies_of_the_talk_are_meant_by_the_two() -> None:
    question = understood("临湖人社局2022年收到多少申请", "示例市人社局呢", "两家相差几件")
    assert question.operation is Operation.COMPARE
    assert len(question.asked.agencies) == 2


def test_naming_requests_again_starts_afresh() -> None:
    question = understood("临湖人社局2022年没办结的申请几件", "And requests handled in total?")
    assert question.concepts == ("requests_outcome_total",)


def test_comma_before_the_figure_lists_nothing() -> None:
    assert len(understood("Linhu HRSS 2022, pending requests taken over from last year").concepts) == 1
