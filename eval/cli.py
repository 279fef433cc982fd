"""The command `python -m eval`."""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from eval.asking import Asker, InProcess, OverHttp
from eval.corpora import SHARED_FOLDER, kept_folder
from eval.gold_file import GoldError, write_gold
from eval.listing import render_failures, render_set
from eval.question import GoldQuestion
from eval.run_files import write_run
from eval.running import run_questions
from eval.scoring import Known, Outcome, Score
from eval.sets import QuestionSet, question_sets
from eval.thresholds import find_shortfalls, read_thresholds
from qa_service.answering.dispatch import Answerer

CACHE = Path(__file__).parents[1] / ".cache" / "eval"
THRESHOLDS = Path(__file__).parent / "thresholds.yaml"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 all thresholds kept, 1 some missed, 2 a wrong call or a malformed gold file."""
    options = _parser().parse_args(arguments)
    sets = question_sets(options.shared)
    unknown = set(options.set or ()) - {each.name for each in sets}
    if unknown:
        print(f"There is no set {min(unknown)}; there are {', '.join(each.name for each in sets)}.", file=sys.stderr)
        return 2
    chosen = [each for each in sets if not options.set or each.name in options.set]
    try:
        return _make(chosen, options) if options.command == "make" else _run(chosen, options)
    except GoldError as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="How right are the answers?")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="ask the gold questions and score the answers")
    target = run.add_mutually_exclusive_group()
    target.add_argument("--in-process", action="store_true", help="ask the answering code itself (the default)")
    target.add_argument("--url", help="ask a running service; it must hold the reports of the chosen sets")
    run.add_argument("--timeout", type=float, default=30.0, metavar="SECONDS", help="for one question over HTTP")
    run.add_argument("--out", type=Path, metavar="FOLDER", help="keep the results there")
    run.add_argument("--failures", default="25", metavar="N", help='failures printed per set, a number or "all"')
    run.add_argument(
        "--show-heldout", action="store_true", help="list failures of held-out wordings too: then they are burnt"
    )
    run.add_argument("--type", action="append", metavar="TYPE", help="only questions of this type")
    run.add_argument("--language", choices=("zh", "en"))
    run.add_argument("--id", metavar="TEXT", help="only questions whose id has this text in it")
    make = commands.add_parser("make", help="write the questions of the chosen sets as JSON lines")
    make.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    for command in (run, make):
        command.add_argument(
            "--set", action="append", metavar="NAME", help="only this set (may be given several times)"
        )
        command.add_argument("--split", choices=("dev", "heldout", "all"), default="all")
        command.add_argument("--shared", type=Path, default=SHARED_FOLDER, help=argparse.SUPPRESS)
    return parser


def _make(sets: Sequence[QuestionSet], options: argparse.Namespace) -> int:
    options.out.mkdir(parents=True, exist_ok=True)
    for each in sets:
        if each.missing is None:
            questions = [question for question in each.load() if options.split in ("all", question.split)]
            write_gold(options.out / f"{each.name}.jsonl", questions)
            print(f"{len(questions):>5} questions in {each.name}.jsonl")
    return 0


def _run(sets: Sequence[QuestionSet], options: argparse.Namespace) -> int:
    thresholds, started = read_thresholds(THRESHOLDS), time.monotonic()
    scores: dict[str, list[Score]] = {}
    names: dict[str, str] = {}
    shortfalls: list[str] = []
    with ExitStack() as stack:
        askers = _Askers(options, stack)
        for each in sets:
            if each.missing is not None:
                print(f"\n{each.name}: left out, there is no {each.missing.name} in {each.missing.parent.name}/")
                continue
            questions = list(_chosen(each.load(), options))
            if not questions:
                continue
            asker = askers.get(each)
            known = Known(each.corpus.facts, asker.agency_names())
            names |= known.names
            found = scores[each.name] = list(run_questions(questions, asker, known))
            print(render_set(each.name, found), flush=True)
            print(_failures(found, known, options))
            missed = find_shortfalls(found, thresholds.get(each.name, {}))
            shortfalls += [f"{each.name} / {line}" for line in missed]
    if options.out is not None:
        write_run(options.out, scores, names, _about(options))
    print(f"\n{sum(map(len, scores.values()))} questions in {time.monotonic() - started:.1f} s")
    print("\n".join(["Below the thresholds:", *shortfalls]) if shortfalls else "All thresholds are kept.")
    return 1 if shortfalls else 0


def _failures(scores: Sequence[Score], known: Known, options: argparse.Namespace) -> str:
    """The failures to be shown: whoever improves the product by them must not see those of the held-out wordings."""
    shown = [score for score in scores if options.show_heldout or score.question.split == "dev"]
    text = render_failures(shown, known.names, None if options.failures == "all" else int(options.failures))
    lines = [f"\n{text}"] if text else []
    hidden = sum(score.outcome is not Outcome.RIGHT for score in scores if score not in shown)
    if hidden:
        lines.append(f"  {hidden} failures of held-out wordings are not listed (--show-heldout)")
    return "\n".join(lines) or "  no failures"


class _Askers:
    """Opens each corpus once, when its first set is asked."""

    def __init__(self, options: argparse.Namespace, stack: ExitStack) -> None:
        self._options, self._stack = options, stack
        self._folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wenbao-eval-")))
        self._open: dict[str, Asker] = {}

    def get(self, questions: QuestionSet) -> Asker:
        """The asker for a set's corpus."""
        if self._options.url:
            return OverHttp(self._options.url, self._options.timeout)
        name = questions.corpus.name
        if name not in self._open:
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


def _about(options: argparse.Namespace) -> dict[str, str]:
    return {
        "asked": options.url or "in process",
        "python": platform.python_version(),
        "system": platform.platform(),
        "cores": str(os.cpu_count()),
        "when": time.strftime("%Y-%m-%dT%H:%M:%S%z"),
    }
