"""What became of the files of an ingest, for people."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from qa_service.console.ingest_run import IngestRun, ReadFile


def print_ingest_run(run: IngestRun, console: Console) -> None:
    """The summary: a row a report (not those that were stored before), every refused file with its reason, counts."""
    changed = [each for each in run.read if each.outcome != "unchanged"]
    if changed:
        table = Table("Report", "Year", "Form", "Figures", "Problems", "Outcome", "File", box=None, pad_edge=False)
        for each in changed:
            table.add_row(
                Text(each.agency_name), str(each.year), each.edition or "-", str(each.figures), str(each.problems),
                _outcome(each), Text(each.file.rpartition("/")[2]),
            )  # fmt: skip
        console.print(table)
    for refused in run.refused:
        console.print(Text(f"Not read: {refused.file}", style="bold red"))
        console.print(Text(f"  {refused.reason}"))
        console.print(Text(f"  {refused.reason_zh}"))
    console.print(
        f"Read {len(run.read)} ({run.count('new')} new, {run.count('revised')} revised, {run.count('unchanged')} unchanged), "
        f"refused {len(run.refused)}, in {run.seconds:.1f} s."
    )
    if run.stopped is not None:
        console.print(
            "Stopped before the last file. What is counted above is stored; the same command goes on from there."
        )
        console.print("运行中断。以上已读的报告均已保存；再次运行同一命令即可继续。")


def _outcome(each: ReadFile) -> str:
    return f"revision {each.revision}" if each.outcome == "revised" else each.outcome
