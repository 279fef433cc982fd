"""`python -m eval run`: asks the gold questions, scores the answers, compares them with the thresholds."""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from eval.about import ROOT, describe_run
from eval.asking import Asker, InProcess, OverHttp
from eval.chat import OverChat
from eval.corpora import kept_folder
from eval.listing import render_failures, render_set
from eval.question import GoldQuestion
from eval.record import Record
from eval.recording import make_record
from eval.run_files import begin_run, finish_run, keep_record
from eval.running import run_question
from eval.scoring import Known, Outcome
from eval.sets import QuestionSet
from eval.thresholds import find_shortfalls, read_thresholds
from qa_service.answering.dispatch import Answerer

CACHE = ROOT / ".cache" / "eval"
THRESHOLDS = Path(__file__).parent / "thresholds.yaml"


def run_sets(sets: Sequence[QuestionSet], options: argparse.Namespace) -> int:
    """Runs the sets; 0 if all thresholds are kept, otherwise 1. Raises RunError for a folder of another run."""
    thresholds, started = read_thresholds(THRESHOLDS), time.monotonic()
    asked = options.url or (options.openai and f"{options.openai} ({options.model})") or "in process"
    kept = begin_run(options.out, describe_run(asked, (each.name for each in sets))) if options.out else ()
    if kept:
        print(f"{len(kept)} questions of this run are answered already; going on with the others")
    records: list[Record] = []
    shortfalls: list[str] = []
    with ExitStack() as stack:
        run = _Run(options, stack, kept)
        for each in sets:
            if each.missing is not None:
                print(f"\n{each.name}: left out, there is no {each.missing.name} in {each.missing.parent.name}/")
                continue
            found = list(run.records(each))
            if not found:
                continue
            records += found
            print(render_set(each.name, found), flush=True)
            print(_failures(found, options))
            if asked == "in process" and each.name.startswith("passages"):
                print(f"\n{_searches(each.name, found, options)}", flush=True)
            missed = find_shortfalls(found, thresholds.get(each.name, {}))
            shortfalls += [f"{each.name} / {line}" for line in missed]
    if options.out is not None:
        finish_run(options.out, records, hide=not options.show_heldout)
    print(f"\n{len(records)} questions in {time.monotonic() - started:.1f} s")
    print("\n".join(["Below the thresholds:", *shortfalls]) if shortfalls else "All thresholds are kept.")
    return 1 if shortfalls else 0


def _searches(name: str, records: Sequence[Record], options: argparse.Namespace) -> str:
    """How well the stock pipelines and the product find the passages of the same questions."""
    # Its libraries are installed with the extra `eval` alone.
    from eval.retrieval_command import passage_files, render_searches

    return render_searches(name, passage_files(options.shared)[name], [record.question for record in records])


def _failures(records: Sequence[Record], options: argparse.Namespace) -> str:
    """The failures to be shown: whoever improves the product by them must not see those of the held-out wordings."""
    shown = [record for record in records if options.show_heldout or record.question.split == "dev"]
    text = render_failures(shown, None if options.failures == "all" else int(options.failures))
    lines = [f"\n{text}"] if text else []
    hidden = sum(record.outcome is not Outcome.RIGHT for record in records if record not in shown)
    if hidden:
        lines.append(f"  {hidden} failures of held-out wordings are not listed (--show-heldout)")
    return "\n".join(lines) or "  no failures"


class _Run:
    """Asks set after set; opens each corpus once, when its first set is asked."""

    def __init__(self, options: argparse.Namespace, stack: ExitStack, kept: Sequence[Record]) -> None:
        self._options, self._stack = options, stack
        self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wenbao-eval-")))
        self._open: dict[str, Asker] = {}
        self._kept = {(record.set, record.question.id): record for record in kept}

    def records(self, questions: QuestionSet) -> Iterator[Record]:
        """The record of each chosen question of the set, in order; those of an interrupted run are not asked again."""
        known = None
        for question in _chosen(questions.load(), self._options):
            kept = self._kept.get((questions.name, question.id))
            if kept is not None and kept.question == question:
                yield kept
                continue
            asker = self._asker(questions)
            known = known or Known(questions.corpus.facts, asker.agency_names())
            score = run_question(question, asker, known)
            record = make_record(questions.name, score, known, questions.corpus.format_of)
            if self._options.out is not None:
                keep_record(self._options.out, record)
            yield record

    def _asker(self, questions: QuestionSet) -> Asker:
        options = self._options
        if options.url:
            return OverHttp(options.url, options.timeout)
        name = questions.corpus.name
        if name not in self._open and options.openai:
            key = os.environ.get("OPENAI_API_KEY", "")
            self._open[name] = OverChat(options.openai, options.model, key, options.timeout)
        elif name not in self._open:
            folder = kept_folder(CACHE) if questions.corpus.slow else self._folder
            library = questions.corpus.open(folder / name)
            self._stack.callback(library.close)
            names = {agency.id: agency.name for agency in library.store.agencies()}
            self._open[name] = InProcess(Answerer(library), names)
        return self._open[name]


def _chosen(questions: Sequence[GoldQuestion], options: argparse.Namespace) -> Iterator[GoldQuestion]:
    for question in questions:
        if (
            options.split in ("all", question.split)
            and (not options.type or question.type in options.type)
            and options.language in (None, question.language)
            and (options.id or "") in question.id
        ):
            yield question
