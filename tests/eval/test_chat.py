"""Chat endpoints of other products: figures read from their text."""

import json

import pytest

from eval.chat import OverChat, told_numbers
from eval.question import Expectation, ExpectedFigure, GoldQuestion, GoldTurn
from eval.running import run_question
from eval.scoring import Known, Outcome
from tests.eval.test_asking import service
from tests.eval.test_scoring import EXPECT, FIGURE

QUESTION = "云溪区政府办2017年收到几件申请？"
SHARE = Expectation(figures=(ExpectedFigure("30.769231", "%", operation="share"),), also=(FIGURE,))
BLANK = Expectation(figures=(ExpectedFigure(None, missing="blank"),))
NOTHING = Expectation(("not_found",))


def verdict(text: object, expect: Expectation = EXPECT) -> Outcome:
    body = json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}]})
    with service(200, body) as url:
        question = GoldQuestion("q", "zh", "lookup", (GoldTurn(QUESTION, expect),))
        return run_question(question, OverChat(f"{url}/v1"), Known()).outcome


@pytest.mark.parametrize(
    ("text", "expect", "outcome"),
    [
        ("2017年共收到39件申请。", EXPECT, Outcome.RIGHT),
        ("根据报告，**39** 件，其中网络25件。", EXPECT, Outcome.RIGHT),
        ("2017年共收到38件申请。", EXPECT, Outcome.WRONG_FIGURE),
        ("办结38件，收到39件。", EXPECT, Outcome.WRONG_FIGURE),
        ("抱歉，没有找到。", EXPECT, Outcome.REFUSED),
        ("占30.8%。", SHARE, Outcome.RIGHT),
        ("占31.8%。", SHARE, Outcome.WRONG_FIGURE),
        ("该单元格是空白的。", BLANK, Outcome.RIGHT),
        ("0件。", BLANK, Outcome.WRONG_FIGURE),
        ("没有2017年的报告。", NOTHING, Outcome.RIGHT),
        ("39件。", NOTHING, Outcome.WRONG_FIGURE),
        (None, EXPECT, Outcome.FAILED),
    ],
)
def test_the_first_figure_of_a_text_must_be_an_expected_one(
    text: object, expect: Expectation, outcome: Outcome
) -> None:
    assert verdict(text, expect) is outcome


@pytest.mark.parametrize(("status", "body"), [(500, "{}"), (200, "not json"), (200, '{"choices": []}')])
def test_a_broken_endpoint_is_a_failure_of_that_question(status: int, body: str) -> None:
    with service(status, body) as url:
        question = GoldQuestion("q", "zh", "lookup", (GoldTurn(QUESTION, EXPECT),))
        assert run_question(question, OverChat(f"{url}/v1"), Known()).outcome is Outcome.FAILED


def test_years_list_marks_and_numbers_of_the_question_are_not_told() -> None:
    text = "1. 2018年：1,915条\n2、另有 26.5 万元[2]，共3类"
    assert [str(number) for number in told_numbers(text, "3类里各有多少？")] == ["1915", "26.5"]
