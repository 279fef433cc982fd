"""Asks the questions of a set, turn by turn, and scores the replies."""

from eval.asking import Asker, Reply
from eval.matching import contains
from eval.question import GoldQuestion, GoldTurn
from eval.scoring import Known, Score, TurnScore, score_turn
from qa_service.conversation import Turn


def run_question(question: GoldQuestion, asker: Asker, known: Known) -> Score:
    """Asks one question with all its turns, each with the turns and replies before it as history."""
    history: list[Turn] = []
    scores: list[TurnScore] = []
    for turn in question.turns:
        asked = fill_choice(turn, scores[-1].reply if scores else None)
        reply = asker.ask(asked, history)
        scores.append(score_turn(asked, turn.expect, reply, known))
        history += [Turn("user", asked), Turn("assistant", reply.answer.answer if reply.answer else "")]
    return Score(question, tuple(scores))


def fill_choice(turn: GoldTurn, before: Reply | None) -> str:
    """The turn's question with the number or label of the choice it chooses; "1" where no such choice was offered."""
    if turn.choose is None:
        return turn.question
    choices = before.answer.choices if before and before.answer else ()
    fitting = [
        (len(choice.label), number, choice.label)
        for number, choice in enumerate(choices, 1)
        if contains(f"{choice.label} {choice.question}", turn.choose)
    ]
    # The city's own body is named by less than that of a district in it.
    _, number, label = min(fitting, default=(0, 1, turn.choose))
    return turn.question.replace("{choice_number}", str(number)).replace("{choice_label}", label)
