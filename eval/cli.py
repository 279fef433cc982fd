"""The command `python -m eval`."""

import argparse
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from eval.baselines_command import measure_baselines
from eval.compare_command import compare_folders
from eval.corpora import SHARED_FOLDER
from eval.corrupt_command import try_all
from eval.corruption.kinds import DAMAGES
from eval.extraction_command import score_extraction
from eval.gold_file import GoldError, write_gold
from eval.narrowing_command import measure_narrowing
from eval.report_command import write_report
from eval.run_command import THRESHOLDS, run_sets
from eval.run_files import RunError
from eval.sets import QuestionSet, question_sets


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command; 0 all thresholds kept, 1 some missed, 2 a wrong call, a malformed gold file or run."""
    options = _parser().parse_args(arguments)
    try:
        return _COMMANDS[options.command](options)
    except (GoldError, RunError) as error:
        print(error, file=sys.stderr)
        return 2


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m eval", description="How right are the answers?")
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", help="ask the gold questions and score the answers")
    _add_run_options(run)
    make = commands.add_parser("make", help="write the questions of the chosen sets as JSON lines")
    make.add_argument("--out", type=Path, required=True, metavar="FOLDER")
    for command in (run, make):
        command.add_argument(
            "--set", action="append", metavar="NAME", help="only this set (may be given several times)"
        )
        command.add_argument("--split", choices=("dev", "heldout", "all"), default="all")
        command.add_argument(
            "--per-type", type=_positive, metavar="N", help="generate so many questions of each type and language"
        )
        command.add_argument("--shared", type=Path, default=SHARED_FOLDER, help=argparse.SUPPRESS)
    extraction = commands.add_parser("extraction", help="how well files are read, cell by cell")
    extraction.add_argument("--files", type=Path, metavar="FOLDER", help="other files of the same reports, any format")
    extraction.add_argument("--least", type=float, default=1.0, metavar="SHARE", help="exit with 1 below that")
    extraction.add_argument("--shared", type=Path, default=SHARED_FOLDER, help=argparse.SUPPRESS)
    corrupt = commands.add_parser("corrupt", help="damage reports and see what gets through")
    corrupt.add_argument("--kind", action="append", choices=tuple(DAMAGES), default=[], help="only this damage")
    narrow = commands.add_parser("narrowing", help="questions that a word narrows, and talk around questions")
    narrow.add_argument("--show", action="store_true", help="print what went wrong: then the frames are burnt")
    baselines = commands.add_parser("baselines", help="the same questions asked of simpler systems")
    baselines.add_argument("--shared", type=Path, default=SHARED_FOLDER, help=argparse.SUPPRESS)
    retrieval = commands.add_parser("retrieval", help="how well passages are found")
    retrieval.add_argument("--beir", type=Path, metavar="FOLDER", help="write the sets there in the layout of BEIR")
    retrieval.add_argument("--shared", type=Path, default=SHARED_FOLDER, help=argparse.SUPPRESS)
    for command in (extraction, corrupt, narrow, baselines, retrieval):
        command.add_argument("--out", type=Path, metavar="RUN", help="keep the table with that run")
    compare = commands.add_parser("compare", help="what flipped between two runs, and whether that is chance")
    compare.add_argument("before", type=Path, metavar="RUN_A")
    compare.add_argument("after", type=Path, metavar="RUN_B")
    report = commands.add_parser("report", help="a run as one web page that needs nothing else")
    report.add_argument("run", type=Path, metavar="RUN")
    report.add_argument("--out", type=Path, metavar="FILE", help="RUN/report.html if not given")
    report.add_argument("--markdown", type=Path, metavar="FILE", help="the figures alone, as docs/accuracy.md has them")
    return parser


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("must be 1 or more")
    return number


def _add_run_options(run: argparse.ArgumentParser) -> None:
    target = run.add_mutually_exclusive_group()
    target.add_argument("--in-process", action="store_true", help="ask the answering code itself (the default)")
    target.add_argument("--url", help="ask a running service; it must hold the reports of the chosen sets")
    target.add_argument("--openai", metavar="URL", help="ask a chat endpoint (…/v1); its key: OPENAI_API_KEY")
    run.add_argument("--model", default="wenbao", metavar="NAME", help="the model of the chat endpoint")
    run.add_argument("--timeout", type=float, default=30.0, metavar="SECONDS", help="for one question over HTTP")
    run.add_argument("--out", type=Path, metavar="FOLDER", help="keep the results there; go on with what it holds")
    run.add_argument("--failures", default="25", metavar="N", help='failures printed per set, a number or "all"')
    run.add_argument(
        "--show-heldout", action="store_true", help="list failures of held-out wordings too: then they are burnt"
    )
    run.add_argument("--type", action="append", metavar="TYPE", help="only questions of this type")
    run.add_argument("--language", choices=("zh", "en"))
    run.add_argument("--id", metavar="TEXT", help="only questions whose id has this text in it")


def _run(options: argparse.Namespace) -> int:
    chosen = _chosen_sets(options)
    return 2 if chosen is None else run_sets(chosen, options)


def _make(options: argparse.Namespace) -> int:
    chosen = _chosen_sets(options)
    if chosen is None:
        return 2
    options.out.mkdir(parents=True, exist_ok=True)
    for each in chosen:
        if each.missing is None:
            questions = [question for question in each.load() if options.split in ("all", question.split)]
            write_gold(options.out / f"{each.name}.jsonl", questions)
            print(f"{len(questions):>5} questions in {each.name}.jsonl")
    return 0


# The libraries of these two are installed with the extra `eval` alone.


def _baselines(options: argparse.Namespace) -> int:

    return measure_baselines(options.shared, options.out)


def _retrieval(options: argparse.Namespace) -> int:
    from eval.retrieval_command import measure_retrieval

    return measure_retrieval(options.shared, options.beir, options.out)


def _chosen_sets(options: argparse.Namespace) -> list[QuestionSet] | None:
    """The sets asked for; None, with a message, where one does not exist."""
    sets = question_sets(options.shared, options.per_type)
    unknown = set(options.set or ()) - {each.name for each in sets}
    if unknown:
        print(f"There is no set {min(unknown)}; there are {', '.join(each.name for each in sets)}.", file=sys.stderr)
        return None
    return [each for each in sets if not options.set or each.name in options.set]


_COMMANDS: Mapping[str, Callable[[argparse.Namespace], int]] = {
    "run": _run,
    "make": _make,
    "extraction": lambda options: score_extraction(options.shared, options.files, options.least, options.out),
    "corrupt": lambda options: try_all(options.kind, THRESHOLDS, options.out),
    "narrowing": lambda options: measure_narrowing(THRESHOLDS, options.out, show=options.show),
    "baselines": _baselines,
    "retrieval": _retrieval,
    "compare": lambda options: compare_folders(options.before, options.after),
    "report": lambda options: write_report(options.run, options.out, options.markdown),
}
