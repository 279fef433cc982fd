"""`python -m eval.bench`: measures and writes docs/performance.md; about five minutes the first time, then two.

With BENCH_LARGE=1 the scale curve goes on to 100,000 reports, which takes a quarter of an hour the first time.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil

from eval.bench.collections import EIGHT_HUNDRED, HUNDRED_BY_HUNDRED, fill
from eval.bench.latency import lookup_questions, measure_latency
from eval.bench.machine import describe_machine
from eval.bench.page import measure_page, shows_one_figure
from eval.bench.reading import measure_reading
from eval.bench.result import Measured, below, render_table, write_between_marks
from eval.bench.scale import FLAT, draw_points, growth, measure_scale, render_points
from eval.bench.serving import (
    answer_size,
    empty_command,
    free_port,
    requests_per_second,
    resident_megabytes,
    run_service,
    time_to_first_answer,
    wait_for_answer,
    wenbao_command,
)
from eval.bench.streaming import measure_streaming
from eval.browser import NO_CHROMIUM, find_chromium
from eval.corpora import SHARED_FOLDER, Corpus, kept_folder, open_library, real_corpus, samples_corpus
from eval.facts import Facts
from eval.synthetic.corpus import SyntheticCorpus
from ingest.read_report import read_report
from qa_service.answering.dispatch import Answerer

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "performance.md"
CURVE = ROOT / "docs" / "scale.svg"
_PER_KIND = 80
_STARTS = 5
_ROUNDS = 5
_ROUND_SECONDS = 1.5
# Questions asked again and again, and (of each language and split) those asked once.
_FEW = 20
_MANY = 1_500
_ASKED_ON_PAGE = 60


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs all measures, prints each as it comes and writes the table."""
    parser = argparse.ArgumentParser(prog="python -m eval.bench")
    parser.add_argument("--quick", action="store_true", help="leave out the two collections of 10,000 reports")
    parser.add_argument("--scale-only", action="store_true", help="measure the scale curve alone")
    parser.add_argument("--reading-only", action="store_true", help="measure the reading of files alone")
    parser.add_argument("--page-only", action="store_true", help="measure the page in a browser alone")
    parser.add_argument("--streaming-only", action="store_true", help="measure many people streaming at once alone")
    parser.add_argument("--streaming-seconds", type=float, default=60.0, help="for so long (default: 60)")
    parser.add_argument("--shared", type=Path, default=SHARED_FOLDER, help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.scale_only:
        return _scale()
    if options.reading_only:
        return _reading(options.shared / "reports")
    if options.page_only:
        return _page()
    if options.streaming_only:
        return _streaming(options)
    started, load, found = time.monotonic(), psutil.getloadavg()[0], []
    with TemporaryDirectory(prefix="wenbao-bench-") as folder:
        for measured in _measure(Path(folder), options):
            print(f"{measured.what}: {measured.value} {measured.target}", flush=True)
            found.append(measured)
    about = f"{describe_machine()}, load average {load:.1f} before. Measured on {time.strftime('%Y-%m-%d')} in {time.monotonic() - started:.0f} s."
    if not options.quick:
        write_between_marks(PAGE, render_table(found, about))
        _reading(options.shared / "reports")
        _page()
        _streaming(options)
        return _scale()
    return 0


def _page() -> int:
    """Measures the page over the samples in a browser, where there is one; writes its table."""
    if find_chromium() is None:
        print(f"The page is not measured: {NO_CHROMIUM}", flush=True)
        return 0
    load, found, corpus = psutil.getloadavg()[0], [], samples_corpus()
    with TemporaryDirectory(prefix="wenbao-bench-") as folder:
        data = Path(folder)
        with corpus.open(data) as library:
            answerer = Answerer(library)
            questions = [
                each for each in lookup_questions(corpus.facts, _PER_KIND) if shows_one_figure(answerer.ask(each))
            ]
        for measured in measure_page(data, questions[:_ASKED_ON_PAGE]):
            print(f"{measured.what}: {measured.value} {measured.target}", flush=True)
            found.append(measured)
    about = f"{describe_machine()}, load average {load:.1f} before. Measured on {time.strftime('%Y-%m-%d')}."
    write_between_marks(PAGE, render_table(found, about), "page")
    return 0


def _streaming(options: argparse.Namespace) -> int:
    """Measures many people who stream from one worker at once; writes its table."""
    load, found = psutil.getloadavg()[0], []
    real = (options.shared / "reports").exists()
    corpus = real_corpus(options.shared) if real else samples_corpus()
    with TemporaryDirectory(prefix="wenbao-bench-") as folder:
        data = Path(folder)
        corpus.open(data).close()
        questions = lookup_questions(corpus.facts, _MANY)
        for measured in measure_streaming(data, questions, options.streaming_seconds):
            print(f"{measured.what}: {measured.value} {measured.target}", flush=True)
            found.append(measured)
    about = f"{describe_machine()}, load average {load:.1f} before. Measured on {time.strftime('%Y-%m-%d')}."
    write_between_marks(PAGE, render_table(found, about), "streaming")
    return 0


def _reading(reports: Path) -> int:
    """Measures the reading of the samples and, where they are there, of the real reports; writes its table."""
    load, found = psutil.getloadavg()[0], []
    for measured in measure_reading([folder for folder in (ROOT / "samples", reports) if folder.exists()]):
        print(f"{measured.what}: {measured.value} {measured.target}", flush=True)
        found.append(measured)
    about = f"{describe_machine()}, load average {load:.1f} before. Measured on {time.strftime('%Y-%m-%d')}."
    write_between_marks(PAGE, render_table(found, about), "reading")
    return 0


def _scale() -> int:
    """Measures the scale curve and writes its table and picture; 1 if the cost of a question is not flat."""
    load = psutil.getloadavg()[0]
    points = measure_scale(kept_folder(ROOT / ".cache" / "eval"))
    print(render_points(points))
    about = f"Machine: {describe_machine()}, load average {load:.1f} before. Measured on {time.strftime('%Y-%m-%d')}; best of five rounds, the sizes in turn."
    write_between_marks(PAGE, f"{about}\n\n{render_points(points)}", "scale")
    CURVE.write_text(draw_points(points), encoding="utf-8")
    return 0 if growth(points) <= FLAT else 1


def _measure(folder: Path, options: argparse.Namespace) -> Iterator[Measured]:
    real = (options.shared / "reports").exists()
    corpus = real_corpus(options.shared) if real else samples_corpus()
    named = f"{len(corpus.facts.years)} real text reports" if real else "the samples"
    data = folder / "small"
    corpus.open(data).close()
    questions = lookup_questions(corpus.facts, _PER_KIND)
    yield from _small(corpus, data, questions, named)
    yield from _serving(data, corpus.facts, questions, named)
    yield from _ingesting(folder, options.shared / "reports" if real else ROOT / "samples")
    if not options.quick:
        kept = kept_folder(ROOT / ".cache" / "eval")
        yield from _large(HUNDRED_BY_HUNDRED, kept / "100x100", limits=(6, None))
        yield from _large(EIGHT_HUNDRED, kept / "800x13", limits=(5, 25))


def _small(corpus: Corpus, data: Path, questions: Sequence[str], named: str) -> Iterator[Measured]:
    with corpus.open(data) as library:
        latency = measure_latency(Answerer(library), questions)
    what = f"figure question in process, {named} ({latency.questions} questions, {100 * latency.answered:.0f} % answered with a figure)"
    yield below(f"{what}, p50", latency.p50, 3, "ms")
    yield below(f"{what}, p99", latency.p99, 15, "ms")


def _serving(data: Path, facts: Facts, questions: Sequence[str], named: str) -> Iterator[Measured]:
    starts = [time_to_first_answer(data, questions[0]) for _ in range(_STARTS)]
    yield below(
        f"`wenbao serve` to the first answered question, {named} (median of {_STARTS})", median(starts), 2.5, "s"
    )
    ours, theirs = free_port(), free_port()
    few, many = questions[:_FEW], lookup_questions(facts, _MANY)
    with run_service(wenbao_command(data, ours), {}) as service:
        wait_for_answer(ours, questions[0], time.perf_counter())
        size = median(answer_size(ours, question) for question in questions[:20])
        with run_service(empty_command(theirs), {"BENCH_BODY_BYTES": str(int(size))}):
            wait_for_answer(theirs, "", time.perf_counter())
            rounds = [
                (
                    requests_per_second(ours, few, _ROUND_SECONDS),
                    requests_per_second(ours, many[number::_ROUNDS], _ROUND_SECONDS),
                    requests_per_second(theirs, few, _ROUND_SECONDS),
                )
                for number in range(_ROUNDS)
            ]
        memory = resident_megabytes(service)
    again, new, empty = (median(column) for column in zip(*rounds, strict=True))
    yield below(f"empty FastAPI endpoint, {int(size)} bytes", empty, None, "requests/s")
    yield below(f"`POST /v1/ask`, one worker, {len(few)} questions again and again", again, None, "requests/s")
    ratio = median(each[0] / each[2] for each in rounds)
    yield below(f"as a ratio to the empty endpoint (median of {_ROUNDS} rounds in turn)", ratio, 0.4, "", least=True)
    yield below("`POST /v1/ask`, one worker, every question a new one", new, None, "requests/s")
    yield below("as a ratio to the empty endpoint", median(each[1] / each[2] for each in rounds), 0.4, "", least=True)
    yield below("resident memory of the service after that", memory, 300, "MB")


def _ingesting(folder: Path, reports: Path) -> Iterator[Measured]:
    files = sorted(reports.glob("*.txt"))
    read, saved = [], []
    for repeat in range(5):
        with open_library(folder / f"ingest{repeat}") as library:
            for file in files:
                started = time.perf_counter()
                reading = read_report(file)
                read.append(time.perf_counter() - started)
                library.save(reading)
                saved.append(time.perf_counter() - started)
    yield below("reading one text report", 1000 * median(read), None, "ms")
    yield below("reading and storing one text report", 1000 * median(saved), None, "ms")


def _large(corpus: SyntheticCorpus, folder: Path, limits: tuple[float | None, float | None]) -> Iterator[Measured]:
    filling = fill(corpus, folder)
    named = f"{filling.reports:,} synthetic reports of {corpus.agencies} agencies"
    rate = filling.reports / filling.storing
    yield below(f"storing {named} ({filling.figures:,} figures)", rate, None, "reports/s")
    yield below("making them (the generator alone)", filling.reports / filling.making, None, "reports/s")
    # Years that people write in two digits too; those a century on would be read as of this one.
    facts = corpus.facts(agencies=range(0, corpus.agencies, 9), years=corpus.years[:13])
    with open_library(folder) as library:
        latency = measure_latency(Answerer(library), lookup_questions(facts, _PER_KIND))
    what = f"figure question in process, {named} ({100 * latency.answered:.0f} % answered with a figure)"
    yield below(f"{what}, p50", latency.p50, limits[0], "ms")
    yield below(f"{what}, p99", latency.p99, limits[1], "ms")


if __name__ == "__main__":
    raise SystemExit(main())
