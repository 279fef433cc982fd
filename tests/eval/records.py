"""Records of made-up replies, for the tests of what is computed from them."""

from dataclasses import replace

from eval.question import Expectation, GoldQuestion, GoldTurn
from eval.record import Record
from eval.recording import make_record
from eval.scoring import Known, Score, score_turn
from qa_service.answering.answer import Answer, Status
from tests.eval.oracle import reply, right_answer
from tests.eval.test_scoring import EXPECT

RIGHT = right_answer(EXPECT)
WRONG = replace(RIGHT, figures=(replace(RIGHT.figures[0], value="1"),))
NOTHING = replace(RIGHT, status=Status.NOT_FOUND, figures=())


def record(answer: Answer, language: str = "zh", id_: str = "q", expect: Expectation = EXPECT) -> Record:
    """The record of one question with this answer."""
    question = GoldQuestion(id_, language, "lookup", (GoldTurn("几件？", expect),))
    score = Score(question, (score_turn("几件？", expect, reply(answer), Known()),))
    return make_record("samples", score, Known(), lambda _: "text")
