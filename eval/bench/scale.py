"""How cost grows with the collection: ingest, store, memory, time per question and throughput at several sizes."""

import os
import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from eval.bench.collections import EIGHT_HUNDRED, Filling, fill
from eval.bench.latency import lookup_questions, measure_latency
from eval.bench.serving import (
    free_port,
    requests_per_second,
    resident_megabytes,
    run_service,
    wait_for_answer,
    wenbao_command,
)
from eval.charts import size_curve
from eval.corpora import open_library
from eval.synthetic.corpus import SyntheticCorpus
from qa_service.answering.dispatch import Answerer

# A question over ten thousand reports may cost so many times one over a hundred.
FLAT = 1.5
_THIRTEEN = EIGHT_HUNDRED.years
SIZES = {
    "8x13": SyntheticCorpus(agencies=8, years=_THIRTEEN),
    "77x13": SyntheticCorpus(agencies=77, years=_THIRTEEN),
    "800x13": EIGHT_HUNDRED,
}
LARGE = {"2000x50": SyntheticCorpus(agencies=2000, years=tuple(range(2014, 2064)))}
_PER_KIND = 120
_ASKED_BODIES = 90
_SERVED_SECONDS = 3.0
_ROUNDS = 5
_SERVED_ROUNDS = 2


@dataclass(frozen=True, slots=True)
class Point:
    """One size. storing: reports a second; store, memory: megabytes (memory of the service after the load); p50, p99 and
    processor (of the median question): milliseconds; served: answers a second over HTTP, every question a new one."""

    reports: int
    figures: int
    storing: float
    store: float
    memory: float
    p50: float
    p99: float
    processor: float
    served: float


def measure_scale(kept: Path) -> list[Point]:
    """A point for each size, the smallest first; BENCH_LARGE=1 adds a hundred thousand reports. kept: where collections
    are kept between runs.

    The sizes take turns, and of the rounds the least disturbed counts: whatever else runs on the machine only adds time.
    """
    sizes = SIZES | (LARGE if os.environ.get("BENCH_LARGE") == "1" else {})
    fillings = {name: fill(corpus, kept / name) for name, corpus in sizes.items()}
    questions = {name: _questions(corpus) for name, corpus in sizes.items()}
    times: dict[str, list[Times]] = {name: [] for name in sizes}
    with ExitStack() as stack:
        answerers = {name: Answerer(stack.enter_context(open_library(kept / name))) for name in sizes}
        for _ in range(_ROUNDS):
            for name, answerer in answerers.items():
                times[name].append(measure_times(answerer, questions[name]))
    served: dict[str, list[tuple[float, float]]] = {name: [] for name in sizes}
    for _ in range(_SERVED_ROUNDS):
        for name in sizes:
            served[name].append(_serve(kept / name, questions[name]))
    return [_point(fillings[name], kept / name, times[name], served[name]) for name in sizes]


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of one round: by the clock, and of the processor for the median question."""

    p50: float
    p99: float
    processor: float


def measure_times(answerer: Answerer, questions: Sequence[str]) -> Times:
    """Asks all questions by the clock, then again by the processor's time."""
    wall = measure_latency(answerer, questions)
    # Other programs slow the clock, hardly the processor's own time.
    return Times(wall.p50, wall.p99, measure_latency(answerer, questions, time.process_time).p50)


def _questions(corpus: SyntheticCorpus) -> list[str]:
    step = max(1, corpus.agencies // _ASKED_BODIES)
    # Years that people write in two digits too; those a century on would be read as of this one.
    facts = corpus.facts(agencies=range(0, corpus.agencies, step), years=corpus.years[:13])
    return lookup_questions(facts, _PER_KIND)


def _point(filling: Filling, folder: Path, times: Sequence[Times], served: Sequence[tuple[float, float]]) -> Point:
    return Point(
        filling.reports,
        filling.figures,
        filling.reports / filling.storing,
        sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 2**20,
        max(memory for memory, _ in served),
        min(each.p50 for each in times),
        min(each.p99 for each in times),
        min(each.processor for each in times),
        max(answers for _, answers in served),
    )


def growth(points: Sequence[Point]) -> float:
    """The processor time of a question over about ten thousand reports as a multiple of that over about a hundred."""
    small, large = points[0], next((point for point in points if point.reports >= 10_000), points[-1])
    return large.processor / small.processor


def render_points(points: Sequence[Point]) -> str:
    """The Markdown table of the sizes, with the verdict on flatness below it."""
    heads = (
        "reports",
        "figures",
        "stored a second",
        "store, MB",
        "service, MB",
        "p50 ms",
        "p99 ms",
        "CPU ms",
        "answers/s",
    )
    lines = [f"| {' | '.join(heads)} |", "|" + "---:|" * len(heads)]
    for each in points:
        sizes = f"{each.reports:,} | {each.figures:,} | {each.storing:,.0f} | {each.store:,.1f} | {each.memory:,.0f}"
        times = f"{each.p50:.2f} | {each.p99:.2f} | {each.processor:.2f} | {each.served:,.0f}"
        lines.append(f"| {sizes} | {times} |")
    verdict = "kept" if growth(points) <= FLAT else "**not kept**"
    lines += [
        "",
        f"Cost of a question from the smallest size to ten thousand reports: × {growth(points):.2f} (≤ {FLAT}: {verdict}).",
    ]
    return "\n".join(lines)


def draw_points(points: Sequence[Point]) -> str:
    """The curves as SVG."""
    rows: list[tuple[str, float, float, str]] = []
    for each in points:
        rows += [
            ("milliseconds a question", each.reports, each.p50, "p50"),
            ("milliseconds a question", each.reports, each.p99, "p99"),
            ("milliseconds a question", each.reports, each.processor, "processor, p50"),
            ("answers a second", each.reports, each.served, "one worker"),
            ("reports stored a second", each.reports, each.storing, "one process"),
            ("megabytes", each.reports, each.store, "store"),
            ("megabytes", each.reports, each.memory, "service"),
        ]
    return size_curve(rows)


def _serve(folder: Path, questions: Sequence[str]) -> tuple[float, float]:
    """Memory of the service after the load, and answers a second, every question a new one."""
    port = free_port()
    with run_service(wenbao_command(folder, port), {}) as service:
        wait_for_answer(port, questions[0], time.perf_counter())
        served = requests_per_second(port, questions[1:], _SERVED_SECONDS)
        return resident_megabytes(service), served
