"""The command `wenbao`. Each command imports what it needs when it runs: `ask` and `serve` start fast."""

import json
import os
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ingest.limits import Limits
from qa_service.console import key_commands
from reports.errors import WenbaoError

if TYPE_CHECKING:
    from rich.console import Console

    from qa_service.console.ingest_run import IngestRun, Listener
    from qa_service.library import Library
    from qa_service.settings import Settings

# 0 is success, 1 a fault, 2 a wrong call (typer's own).
SOME_REFUSED = 3
# What a shell gives for a command that Ctrl-C ended.
STOPPED = 130

_LIMITS = Limits()

app = typer.Typer(
    help="Questions over annual information-disclosure reports; every figure is looked up and cited.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(key_commands.app, name="key")

Data = Annotated[
    Path | None,
    typer.Option("--data", help="The data folder.  [default: $WENBAO_DATA, then ./data]", show_default=False),
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def main() -> None:
    """Runs the command line; an expected failure is two sentences and exit code 1, never a stack trace."""
    # Requests have threads of their own; on a busy machine those of numpy wait for each other longer than they work.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        app()
    except WenbaoError as error:
        print(f"wenbao: {error}", file=sys.stderr)  # noqa: T201
        if error.message_zh != str(error):
            print(f"wenbao: {error.message_zh}", file=sys.stderr)  # noqa: T201
        sys.exit(1)


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Report files, and folders of them.")],
    data: Data = None,
    processes: Annotated[
        int | None, typer.Option(min=1, max=256, help="Files read at once.  [default: one a processor]")
    ] = None,
    seconds: Annotated[
        int, typer.Option(min=1, help="What reading one file may take before it is refused.")
    ] = _LIMITS.seconds,
    megabytes: Annotated[int, typer.Option(min=512, help="Memory that reading one file may take.")] = _LIMITS.megabytes,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print a line of JSON for each file, and one at the end.")
    ] = False,
) -> None:
    """Read reports into the collection. Exit code 3: some files were refused, which are listed with the reason.

    Files that are stored already are skipped, so the same command goes on after it was stopped. Archives (.zip) are
    opened. Each file is read in a process of its own, which is stopped if it takes too much.
    """
    from qa_service.console.ingest_log import print_log_end, print_log_line
    from qa_service.console.ingest_run import FAULT
    from qa_service.console.ingest_summary import print_ingest_run

    library = _open(_settings(data))
    limits = Limits(seconds, megabytes)
    if as_json:
        run = _ingest(library, paths, limits, processes, print_log_line)
        print_log_end(run)
    else:
        run = _ingest(library, paths, limits, processes)
        print_ingest_run(run, _console())
    if isinstance(run.stopped, WenbaoError):
        raise run.stopped
    if run.stopped is not None:
        raise typer.Exit(STOPPED)
    try:
        library.index_new()
    except WenbaoError as error:
        # The reports are stored; until the index is built their passages are compared one by one.
        typer.echo(f"wenbao: {error}", err=True)
    if any(each.code == FAULT for each in run.refused):
        raise typer.Exit(1)
    if run.refused:
        raise typer.Exit(SOME_REFUSED)


@app.command()
def serve(
    data: Data = None,
    host: Annotated[
        str | None, typer.Option(help="The address to listen on; 0.0.0.0 for all.  [default: $WENBAO_HOST, 127.0.0.1]")
    ] = None,
    port: Annotated[int | None, typer.Option(min=1, max=65535, help="[default: $WENBAO_PORT, 8000]")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that answer.  [default: $WENBAO_WORKERS, 1]")
    ] = None,
    samples_if_empty: Annotated[
        Path | None, typer.Option(help="Reports to read in first if the collection is empty.")
    ] = None,
) -> None:
    """Serve the API and the page."""
    from qa_service.logs import set_up_logs
    from qa_service.web.server import bind, serve_here, serve_in_workers

    settings = _settings(data)
    set_up_logs()
    host, port, workers = host or settings.host, port or settings.port, workers or settings.workers
    address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
    listening = bind(host, port)

    def announce() -> None:
        typer.echo(f"Wenbao answers on {address}  (Ctrl+C stops it)")

    library = _open(settings)
    if samples_if_empty is not None and not library.store.coverage():
        typer.echo(f"The collection is empty: reading the reports in {samples_if_empty}.")
        _ingest(library, [samples_if_empty])
    if workers == 1:
        from qa_service.web.worker import make_service

        serve_here(make_service(library, settings), listening, announce)
    else:
        # Each worker opens the library for itself and learns from the environment which one.
        library.close()
        os.environ["WENBAO_DATA"] = str(settings.data)
        serve_in_workers("qa_service.web.worker:make_app", workers, listening, announce)


@app.command()
def mcp(data: Data = None) -> None:
    """Serve the tools of the Model Context Protocol on standard input and output, for the program that starts this."""
    from qa_service.logs import set_up_logs
    from qa_service.web.mcp.stdio import run_stdio

    settings = _settings(data)
    # Standard output belongs to the protocol; logs go to standard error.
    set_up_logs()
    run_stdio(_open(settings), settings.public_url)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="In Chinese or English, with any name of the public body.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Answer one question."""
    from qa_service.answering.dispatch import Answerer

    answer = Answerer(_open(_settings(data))).ask(question)
    if as_json:
        _print_json(asdict(answer))
    else:
        from qa_service.console.answer_text import render_answer

        typer.echo(render_answer(answer))


@app.command()
def reports(data: Data = None, as_json: Json = False) -> None:
    """List the reports in the collection: agency, year, edition of the form, figures, passages, problems."""
    library = _open(_settings(data))
    items = library.store.reports(limit=sys.maxsize)
    if as_json:
        _print_json([asdict(item) for item in items])
    else:
        from qa_service.console.corpus_table import print_reports

        print_reports(items, _console())


@app.command()
def check(
    file: Annotated[Path, typer.Argument(help="A report file; nothing is stored.")],
    draw: Annotated[Path | None, typer.Option(help="Draw the tables as they were read into this .png or .svg.")] = None,
) -> None:
    """Show what would be read from one file, cell by cell, and which identities of the form fail."""
    from ingest.read_report import read_report
    from qa_service.console.check_report import print_check

    if draw is not None and draw.suffix.lower() not in (".png", ".svg"):
        raise typer.BadParameter("name the drawing *.png or *.svg", param_hint="--draw")
    if not file.is_file():
        raise typer.BadParameter(f"there is no file {file}", param_hint="FILE")
    reading = read_report(file)
    print_check(reading, _console())
    if draw is not None:
        from ingest.drawing import draw_on_pages
        from qa_service.console.table_drawing import write_drawing

        # Over the printed page where there is one; as a grid for formats without pages, and as SVG.
        if draw.suffix.lower() != ".png" or not draw_on_pages(file, reading, draw):
            write_drawing(reading, draw)
        typer.echo(f"Drawn into {draw}.")


@app.command()
def remove(report_id: Annotated[str, typer.Argument(help="As `wenbao reports` lists it.")], data: Data = None) -> None:
    """Delete a report everywhere, with all its figures and passages."""
    with _open(_settings(data)) as library:
        if not library.remove(report_id):
            typer.echo(f"There is no report {report_id}; `wenbao reports` lists those there are.", err=True)
            raise typer.Exit(1)
        typer.echo(f"Removed {report_id}.")
        if library.vectors.pointer().name:
            typer.echo("`wenbao reindex` also erases its vectors, which nothing shows any more, from the disk.")


@app.command()
def reindex(data: Data = None) -> None:
    """Make the search indexes of the passages anew from what is stored."""
    from qa_service.console.progress import counted

    with _open(_settings(data)) as library, counted(_console(stderr=True), "Vectors") as progress:
        vectors = library.reindex(progress)
    typer.echo(f"Both search indexes hold {vectors} passages.")


@app.command()
def doctor(data: Data = None) -> None:
    """Verify that what is stored is whole, and repair the search indexes. Exit code 1 if reports are damaged."""
    with _open(_settings(data)) as library:
        damage = library.store.find_damage()
        for finding in damage:
            typer.echo(f"Damaged: {finding}", err=True)
        if damage:
            typer.echo("Restore a backup of the data folder, or move it away and ingest the reports again.", err=True)
            raise typer.Exit(1)
        typer.echo(f"The store is whole: {len(library.store.coverage())} reports.")
        damaged, missing = library.repair_originals()
        for report_id in damaged:
            typer.echo(f"Deleted the damaged file of {report_id}: ingest the file again to see its pages.")
        if missing:
            typer.echo(
                f"{len(missing)} reports have no file, so their pages cannot be seen: ingest the same files again."
            )
        for fault in library.repair():
            typer.echo(f"Repaired: {fault}.")
        typer.echo(f"The search indexes agree with it: {library.passages.count()} passages.")


def _settings(data: Path | None) -> "Settings":
    from qa_service.settings import load_settings

    return load_settings(data)


def _open(settings: "Settings") -> "Library":
    from qa_service.library import Library

    return Library.open(settings)


def _ingest(
    library: "Library",
    paths: list[Path],
    limits: Limits = _LIMITS,
    processes: int | None = None,
    tell: "Listener | None" = None,
) -> "IngestRun":
    """Reads the files into the library. typer.BadParameter for a path that is not there or a folder without reports."""
    from ingest.bulk import processes_here, read_files
    from ingest.report_files import REPORT_SUFFIXES, find_report_files, open_report_file
    from qa_service.console.ingest_run import run_ingest

    try:
        files = find_report_files(paths)
    except FileNotFoundError as error:
        raise typer.BadParameter(f"there is no file or folder {error}", param_hint="PATH") from error
    if not files:
        endings = " ".join(sorted(REPORT_SUFFIXES))
        raise typer.BadParameter(f"there is no report in it; reports end in {endings}", param_hint="PATH")
    opened = (each for path in files for each in open_report_file(path))
    with closing(read_files(opened, library.store.find_report, processes or processes_here(), limits)) as results:
        return run_ingest(results, len(files), library, _console(stderr=True), tell)


def _console(stderr: bool = False) -> "Console":
    from rich.console import Console

    # A pipe gets whole lines: what is cut to 80 columns is lost.
    console = Console(stderr=stderr)
    return console if console.is_terminal else Console(stderr=stderr, width=400)


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))
