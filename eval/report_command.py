"""`python -m eval report RUN`."""

from pathlib import Path

from eval.report_page import render_page
from eval.run_files import read_run


def write_report(run: Path, out: Path | None) -> int:
    """Writes the page and says where; always 0. Raises RunError where the folder holds no run."""
    page = out or run / "report.html"
    page.write_text(render_page(read_run(run)), encoding="utf-8")
    print(page)
    return 0
