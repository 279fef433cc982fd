"""The scoring: a right answer scores right, and every way of being wrong is told from the others."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from eval.asking import Reply
from eval.facts import Facts
from eval.matching import contains, numbers_in
from eval.question import Evidence, Expectation, ExpectedFigure, GoldQuestion, GoldTurn
from eval.running import fill_choice, run_question
from eval.scoring import Known, Outcome, score_turn
from qa_service.answering.answer import Answer, Choice, Kind, Status
from qa_service.conversation import Turn
from tests.eval.corpora_here import find_set, generated_questions, samples_corpus, small_synthetic
from tests.eval.oracle import make_figure, reply, right_answer

FIGURE = ExpectedFigure(
    "39", "件", indicators=("legacy.requests.received",), agency="示例市云溪区人民政府办公室", year=2017
)
CELL = Evidence(report="yunxi_office_2017", row="收到申请数", column="统计数", raw="39")
EXPECT = Expectation(figures=(FIGURE,), evidence=(CELL,))


def verdict(answer: Answer, expect: Expectation = EXPECT, facts: Facts | None = None) -> Outcome:
    return score_turn("?", expect, reply(answer), Known(facts)).outcome


def changed(**changes: object) -> Answer:
    right = right_answer(EXPECT)
    return replace(right, figures=(replace(right.figures[0], **changes),))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", ["real", "domain", "real-generated", "samples", "samples-generated"])
def test_the_expected_answer_scores_right(name: str) -> None:
    questions = find_set(name)
    known = Known(questions.corpus.facts)
    for question in questions.load():
        for turn in question.turns:
            if turn.expect is not None:
                score = score_turn(turn.question, turn.expect, reply(right_answer(turn.expect)), known)
                assert score.outcome is Outcome.RIGHT, (question.id, score.reason)
                assert score.cited is not False, question.id


def test_a_changed_digit_is_a_wrong_figure_in_every_generated_question() -> None:
    for corpus in (samples_corpus(), small_synthetic()):
        for question in generated_questions(corpus):
            expect = question.turns[-1].expect
            assert expect is not None
            valued = [figure for figure in expect.figures if figure.value is not None]
            if not valued:
                continue
            right = right_answer(expect)
            figures = tuple(
                replace(figure, value=str(Decimal(figure.value) + 1000)) if figure.value is not None else figure
                for figure in right.figures
            )
            assert verdict(replace(right, figures=figures), expect, corpus.facts) is Outcome.WRONG_FIGURE, question.id


@pytest.mark.parametrize(
    "change",
    [
        {"value": "3"},
        {"unit": "条"},
        {"year": 2016},
        {"agency_name": "示例市教育局"},
        {"applicant": "natural_person"},
        {"indicator": "legacy.requests.closed"},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_figure_of_something_else_is_a_wrong_figure(change: dict[str, object]) -> None:
    assert verdict(changed(**change)) is Outcome.WRONG_FIGURE


def test_other_ways_of_not_being_right() -> None:
    right = right_answer(EXPECT)
    assert verdict(right) is Outcome.RIGHT
    assert verdict(changed(indicator="requests.new_received", applicant="total")) is Outcome.RIGHT  # the same topic
    assert verdict(replace(right, figures=())) is Outcome.WRONG
    assert verdict(replace(right, status=Status.NOT_FOUND, figures=())) is Outcome.REFUSED
    assert verdict(replace(right, status=Status.NEEDS_CHOICE, figures=())) is Outcome.ASKED
    assert verdict(changed(value="many")) is Outcome.FAILED
    assert score_turn("?", EXPECT, Reply(None, 0.1, "HTTP 500"), Known()).outcome is Outcome.FAILED


def test_blank_is_not_zero() -> None:
    blank = Expectation(figures=(replace(FIGURE, value=None, unit=None, missing="blank"),))
    right = right_answer(blank)
    assert verdict(right, blank) is Outcome.RIGHT
    zero = replace(right.figures[0], value="0", missing=None)
    assert verdict(replace(right, figures=(zero,)), blank) is Outcome.WRONG_FIGURE


def test_a_figure_where_none_may_be_is_a_wrong_figure() -> None:
    assert verdict(right_answer(EXPECT), Expectation(("not_found",))) is Outcome.WRONG_FIGURE
    assert verdict(right_answer(EXPECT), Expectation(("needs_choice",))) is Outcome.WRONG_FIGURE


def test_an_untrue_figure_beside_the_right_one_is_found() -> None:
    facts = samples_corpus().facts
    good = facts.find("示例市教育局", 2020, "art20_5.license.decisions")
    assert good is not None
    assert good.value is not None
    figure = ExpectedFigure(str(good.value), "件", indicators=(good.indicator,), agency=good.agency, year=2020)
    expect = Expectation(figures=(figure,))
    right = right_answer(expect)
    true = make_figure(replace(figure, value="96", year=2019))
    assert verdict(replace(right, figures=(*right.figures, true)), expect, facts) is Outcome.RIGHT
    false = replace(true, value="97")
    assert verdict(replace(right, figures=(*right.figures, false)), expect, facts) is Outcome.WRONG_FIGURE


def test_rounding_of_shares_but_not_of_counts() -> None:
    share = Expectation(figures=(ExpectedFigure("30.769231", "%", operation="share"),))
    for value, outcome in {"30.8": Outcome.RIGHT, "30.77": Outcome.RIGHT, "30.7": Outcome.WRONG_FIGURE}.items():
        right = right_answer(share)
        assert verdict(replace(right, figures=(replace(right.figures[0], value=value),)), share) is outcome
    amount = Expectation(figures=(ExpectedFigure("26.815", "万元", agency="a", year=2022),))
    right = right_answer(amount)
    assert verdict(replace(right, figures=(replace(right.figures[0], value="26.8"),)), amount) is Outcome.WRONG_FIGURE


def test_the_order_of_a_ranking_counts() -> None:
    three = tuple(replace(FIGURE, value=value, agency=name) for value, name in (("9", "甲"), ("7", "乙"), ("5", "丙")))
    expect = Expectation(figures=three, ordered=True)
    right = right_answer(expect)
    assert verdict(right, expect) is Outcome.RIGHT
    assert verdict(replace(right, figures=right.figures[::-1]), expect) is Outcome.WRONG_FIGURE


def test_the_cited_cell_must_be_the_right_one() -> None:
    right = right_answer(EXPECT)
    assert score_turn("?", EXPECT, reply(right), Known()).cited is True
    for change in ({"row": "信函申请数"}, {"raw": "27"}, {"file": "other.txt", "report": "other"}, {"table": None}):
        elsewhere = replace(right.citations[0], **change)
        assert score_turn("?", EXPECT, reply(replace(right, citations=(elsewhere,))), Known()).cited is False, change


def test_numbers_are_compared_as_numbers() -> None:
    assert contains("共1,915条[2]", "1915")
    assert not contains("共39件[3]", "3")
    assert contains("该格为空白", "空白")
    assert numbers_in("占30.8%，约 12 件") == {Decimal("30.8"), Decimal(12)}


def test_a_chosen_number_is_the_number_of_that_choice() -> None:
    choices = (Choice("云溪区", "云溪区人社局2022年…"), Choice("临湖区", "临湖区人社局2022年…"))
    offered = reply(Answer(Status.NEEDS_CHOICE, Kind.FIGURE, "zh", "哪一个？", choices=choices))
    turn = GoldTurn("第{choice_number}个", EXPECT, "临湖")
    assert fill_choice(turn, offered) == "第2个"


def test_the_citys_own_body_is_not_taken_for_that_of_a_district() -> None:
    choices = (Choice("示例市临湖区人社局", "…"), Choice("示例市人社局", "…"))
    offered = reply(Answer(Status.NEEDS_CHOICE, Kind.FIGURE, "zh", "哪一个？", choices=choices))
    assert fill_choice(GoldTurn("第{choice_number}个", EXPECT, "示例市"), offered) == "第2个"
    assert fill_choice(GoldTurn("第{choice_number}个", EXPECT, "别处"), offered) == "第1个"


class Script:
    """Answers turn by turn from a list and remembers what it was given."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = list(answers)
        self.histories: list[list[Turn]] = []

    def agency_names(self) -> Mapping[str, str]:
        return {}

    def ask(self, question: str, history: Sequence[Turn]) -> Reply:
        self.histories.append(list(history))
        return reply(self.answers[len(self.histories) - 1])


def test_a_conversation_is_as_bad_as_its_worst_turn_and_feeds_its_history() -> None:
    first, second = right_answer(EXPECT), changed(value="1")
    question = GoldQuestion("q", "zh", "follow_up", (GoldTurn("一", EXPECT), GoldTurn("二", EXPECT)))
    asker = Script(replace(first, answer="39件"), second)
    score = run_question(question, asker, Known())
    assert score.outcome is Outcome.WRONG_FIGURE
    assert score.worst.question == "二"
    assert asker.histories == [[], [Turn("user", "一"), Turn("assistant", "39件")]]
