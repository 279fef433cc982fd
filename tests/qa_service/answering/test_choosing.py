"""Choosing one of the bodies that were offered."""

import pytest

from qa_service.answering.answer import Status
from qa_service.answering.dispatch import Answerer
from qa_service.conversation import Turn
from tests.qa_service.sample_library import sample_library

ANSWERER = Answerer(sample_library())
FIRST = "人社局2022年收到多少申请"


def asked(*turns: str) -> object:
    return ANSWERER.ask(turns[-1], [Turn("user", turn) for turn in turns[:-1]])


@pytest.mark.parametrize(
    "text",
    [
        "2",
        "第2个",
        "就第二个吧",
        "选项2",
        "我要2号",
        "最后一个",
        "后者",
        "对的对的是2那个",
        "The one with number 2",
        "the second one, please",
        "Let's go with 2",
        "option two",
        "the latter",
    ],
)
def test_the_second_choice(text: str) -> None:
    offered = ANSWERER.ask(FIRST).choices
    assert len(offered) == 2
    answer = ANSWERER.ask(text, [Turn("user", FIRST)])
    assert answer.status is Status.ANSWERED
    assert answer.figures == ANSWERER.ask(offered[1].question).figures


@pytest.mark.parametrize(("text", "language"), [("第9个", "zh"), ("number 9", "en"), ("0", "zh")])
def test_a_number_that_was_not_offered_is_asked_again(text: str, language: str) -> None:
    answer = ANSWERER.ask(text, [Turn("user", FIRST)])
    assert answer.status is Status.NEEDS_CHOICE
    assert answer.choices == ANSWERER.ask(FIRST).choices
    assert answer.language == language


def test_a_turn_after_a_choice_goes_on_with_what_was_chosen() -> None:
    history = [Turn("user", turn) for turn in (FIRST, "第1个")]
    answer = ANSWERER.ask("其中自然人多少", history)
    first = ANSWERER.ask(ANSWERER.ask(FIRST).choices[0].question).figures[0]
    assert [(figure.agency, figure.year, figure.applicant) for figure in answer.figures] == [
        (first.agency, 2022, "natural_person")
    ]


def test_a_year_is_no_number_of_a_choice() -> None:
    answer = ANSWERER.ask("2021年", [Turn("user", FIRST)])
    assert answer.status is Status.NEEDS_CHOICE
