"""The page of a run: nothing from outside, nothing of a document as HTML."""

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

from eval.accuracy_page import render_accuracy
from eval.kept_table import KeptTable, keep_table, read_tables
from eval.report_page import render_page
from eval.run_files import Run
from tests.eval.records import NOTHING, RIGHT, WRONG, record

EVIL = "<script>alert(1)</script><img src=x onerror=alert(1)>"
LOADING = {"script", "img", "link", "iframe", "object", "embed", "image", "use", "base"}


class Tags(HTMLParser):
    """Collects the tags of a page and what their attributes refer to."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.references: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.references += [
            value or "" for name, value in attrs if name in ("src", "href", "xlink:href") or name.startswith("on")
        ]


def page(*texts: str) -> str:
    answers = [RIGHT, WRONG, NOTHING, *(replace(WRONG, answer=text) for text in texts)]
    records = tuple(record(answer, id_=f"q{number}") for number, answer in enumerate(answers))
    return render_page(Run({"commit": "abc", "machine": EVIL}, records))


def test_the_page_loads_nothing_and_shows_what_was_asked() -> None:
    html = page()
    tags = Tags()
    tags.feed(html)
    assert not tags.tags & LOADING
    assert tags.references == []
    assert not re.search(r"url\((?!#)|@import", html)
    assert {"svg", "table", "details"} <= tags.tags
    assert "几件？" in html
    assert "wrong figure" in html


def test_text_of_answers_is_never_markup() -> None:
    html = page(EVIL)
    tags = Tags()
    tags.feed(html)
    assert not tags.tags & LOADING
    assert "&lt;script&gt;" in html


def test_other_tables_of_the_run_are_on_both_pages(tmp_path: Path) -> None:
    table = KeptTable("corruption", "Damaged | reports", EVIL, ("damage", "through"), (("twin | x", "0"),))
    keep_table(tmp_path, table)
    assert read_tables(tmp_path) == (table,)
    run = Run({"commit": "abc"}, (record(RIGHT), record(WRONG)))
    html = render_page(run, [table])
    assert "&lt;script&gt;" in html
    assert "<script>" not in html
    text = render_accuracy(run, [table])
    assert "- commit: abc" in text
    assert "| twin \\| x | 0 |" in text
    assert "| samples | 2 | 50.0 % |" in text
    keep_table(None, table)
