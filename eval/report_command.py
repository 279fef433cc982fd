"""`python -m eval report RUN`."""

from pathlib import Path

from eval.accuracy_page import render_accuracy
from eval.kept_table import read_tables
from eval.report_page import render_page
from eval.run_files import read_run


def write_report(folder: Path, out: Path | None, markdown: Path | None) -> int:
    """Writes the web page, and the Markdown page where one is asked for; always 0.

    Raises RunError where the folder holds no run.
    """
    run, tables = read_run(folder), read_tables(folder)
    page = out or folder / "report.html"
    page.write_text(render_page(run, tables), encoding="utf-8")
    print(page)
    if markdown is not None:
        markdown.write_text(render_accuracy(run, tables), encoding="utf-8")
        print(markdown)
    return 0
