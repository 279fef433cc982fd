"""Latency of single-figure questions in this process, over small and large collections."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import quantiles

from eval.facts import Facts
from eval.generated.generator import Generator
from qa_service.answering.dispatch import Answerer

_WARM_UP = 30


@dataclass(frozen=True, slots=True)
class Latency:
    """Milliseconds of one question; answered: share of the questions that got an answer with a figure."""

    p50: float
    p99: float
    questions: int
    answered: float


def lookup_questions(facts: Facts, per_kind: int) -> list[str]:
    """Different single-figure questions in both languages and all wordings."""
    found = Generator(facts, "bench", seed=1).questions(per_kind)
    questions = []
    for question in found:
        if question.type != "lookup":
            break
        questions.append(question.turns[0].question)
    return questions


def measure_latency(
    answerer: Answerer, questions: Sequence[str], clock: Callable[[], float] = time.perf_counter
) -> Latency:
    """Asks every question once, after a few to warm up which are asked again at the end. clock: seconds."""
    for question in questions[:_WARM_UP]:
        answerer.ask(question)
    seconds, answered = [], 0
    for question in [*questions[_WARM_UP:], *questions[:_WARM_UP]]:
        started = clock()
        answer = answerer.ask(question)
        seconds.append(clock() - started)
        answered += bool(answer.figures)
    cuts = quantiles(seconds, n=100, method="inclusive")
    return Latency(1000 * cuts[49], 1000 * cuts[98], len(seconds), answered / len(seconds))
