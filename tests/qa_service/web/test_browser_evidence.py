"""Evidence in a real browser: every kind of place is opened, and the frame lies on the cell. Skipped without Chromium."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FloatRect, Locator, Page, expect

from eval.browser import running_browser
from indicators.observation import Observation, Origin
from ingest.ingestion import Ingestion
from ingest.read_report import read_report
from qa_service.answering.answer import AnswerCitation
from qa_service.library import Library
from qa_service.settings import load_settings
from qa_service.web.app import create_app
from tests.qa_service.web.browsing import ask, needs_chromium, violations, visit, watch
from tests.qa_service.web.cited_answers import CitedAnswers, citation_of
from tests.qa_service.web.planted import planted_ingestion
from tests.qa_service.web.running import serving

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
PDF = next(SAMPLES.glob("*.pdf"))
WORD, WEB = next(SAMPLES.glob("*.docx")), next(SAMPLES.glob("*.html"))
DAMAGED = b"%PDF-1.7 and no more"
WIDE = SAMPLES / "hrss_2021.txt"

pytestmark = needs_chromium


@dataclass(frozen=True)
class Shown:
    """The running service and what its answers cite."""

    address: str
    citations: dict[str, AnswerCitation]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shown]:
    with Library.open(load_settings(tmp_path_factory.mktemp("evidence"))) as library:
        pdf = library.save(read_report(PDF), PDF.read_bytes()).report_id
        wide = library.save(read_report(WIDE), WIDE.read_bytes()).report_id
        # A PDF whose file was not kept when it was read, and one whose file is damaged since.
        lost = library.save(_like(PDF, 2001, b"lost")).report_id
        damaged = library.save(_like(PDF, 2002, DAMAGED), DAMAGED).report_id
        library.save(planted_ingestion())
        word, web = (library.save(read_report(file)).report_id for file in (WORD, WEB))
        citations = {
            "word": _cite(library, word, Origin.TABLE),
            "web page": _cite(library, web, Origin.TABLE),
            "cell": _cite(library, pdf, Origin.TABLE),
            "sentence": _cite(library, pdf, Origin.TEXT),
            "wide": _cite(library, wide, Origin.TABLE, applicant="total"),
            "lost": _cite(library, lost, Origin.TABLE),
            "damaged": _cite(library, damaged, Origin.TABLE),
            "row": replace(
                _cite(library, wide, Origin.TABLE, "total"), table_id=None, quote="不逐字见于正文的一行", section=None
            ),
            "gone": replace(_cite(library, pdf, Origin.TABLE), report="gone_2020-00000000"),
        }
        citations["over lines"] = replace(
            citations["sentence"], quote=" \n".join(citations["sentence"].quote), link="/reports/x"
        )
        with serving(create_app(library, CitedAnswers(citations))) as address:
            yield Shown(address, citations)


def _like(file: Path, year: int, content: bytes) -> Ingestion:
    """What would be read from a file of these bytes, were it the same report of another year."""
    reading = read_report(file)
    report = reading.report
    source = replace(report.source, sha256=hashlib.sha256(content).hexdigest())
    report_id = f"{report.agency.id}_{year}-{year:08x}"

    def moved(each: Observation) -> Observation:
        return replace(each, year=year, citation=replace(each.citation, report=report_id))

    return replace(
        reading,
        report=replace(report, id=report_id, year=year, source=source),
        observations=tuple(map(moved, reading.observations)),
        passages=(),
        commitments=(),
    )


def _cite(library: Library, report: str, origin: Origin, applicant: str | None = None) -> AnswerCitation:
    found = library.store.observations(reports=[report], origins=[origin])
    fitting = [each for each in found if each.citation.raw and (applicant is None or each.applicant == applicant)]
    return citation_of(library.store, fitting[len(fitting) // 2])


def open_evidence(page: Page, question: str) -> Locator:
    ask(page, question)
    page.locator(".reference").first.click()
    evidence = page.locator(".evidence")
    expect(evidence.locator(".evidence-body[aria-busy=false]")).to_have_count(1)
    expect(evidence.locator(".waiting-page")).to_have_count(0)
    return evidence


def box_of(locator: Locator) -> FloatRect:
    box = locator.bounding_box()
    assert box is not None
    return box


def test_the_frame_lies_on_the_cited_cell_of_the_printed_page(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address)
    evidence = open_evidence(page, "cell")
    citation = shown.citations["cell"]
    assert citation.bbox is not None
    mark = evidence.locator(".page-mark")
    expect(mark).to_have_count(1)
    expect(mark).to_be_in_viewport()
    picture = evidence.locator(".sheet img")
    # The picture has come, with the page's own measures: the frame is put over it in points.
    page.wait_for_function("document.querySelector('.sheet img').naturalWidth > 1000")
    sheet, frame = box_of(picture), box_of(mark)
    scale = sheet["width"] / float(picture.get_attribute("width") or 0)
    x0, top, x1, bottom = citation.bbox
    drawn = (frame["x"] - sheet["x"], frame["y"] - sheet["y"], frame["width"], frame["height"])
    # The frame has room of a point around the cell, and its line.
    for value, wanted in zip(drawn, (x0 - 1, top - 1, x1 - x0 + 2, bottom - top + 2), strict=True):
        assert abs(value - wanted * scale) <= 3
    assert evidence.locator(".page-head").count() >= 1
    assert citation.raw in (picture.get_attribute("alt") or "")


def test_the_same_cell_is_shown_in_the_redrawn_table(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address)
    evidence = open_evidence(page, "cell")
    evidence.get_by_role("button", name="表格").click()
    expect(evidence.locator(".cited mark")).to_have_text(shown.citations["cell"].raw)
    expect(evidence.get_by_role("button", name="表格")).to_have_attribute("aria-pressed", "true")
    evidence.get_by_role("button", name="原页").click()
    expect(evidence.locator(".page-mark")).to_have_count(1)


@pytest.mark.parametrize("question", ["sentence", "over lines"])
def test_a_sentence_is_framed_line_by_line_and_marked_in_its_paragraph(
    browser: Browser, shown: Shown, question: str
) -> None:
    page = visit(browser, shown.address, "en-US")
    evidence = open_evidence(page, question)
    expect(evidence.locator(".page-mark").first).to_be_in_viewport()
    evidence.get_by_role("button", name="Paragraph").click()
    marked = "".join(evidence.locator("blockquote mark").all_text_contents())
    assert "".join(marked.split()) == "".join(shown.citations["sentence"].quote.split())


def test_pages_are_turned_from_the_keyboard(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address, "en-US")
    evidence = open_evidence(page, "sentence")
    first = evidence.locator(".page-number").text_content()
    turn = evidence.get_by_role("button", name="Next page")
    if turn.is_disabled():
        turn = evidence.get_by_role("button", name="Previous page")
    turn.focus()
    page.keyboard.press("Enter")
    expect(evidence.locator(".page-number")).not_to_have_text(first or "")
    assert page.evaluate("document.activeElement.className") == "page-frame"
    page.keyboard.press("Tab")
    evidence.get_by_role("button", name="Whole page").focus()
    page.keyboard.press("Enter")
    expect(evidence.locator(".page-frame")).to_have_class("page-frame whole")
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)


def test_on_a_phone_the_heads_stay_in_view_and_no_half_figure_is_shown(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address, width=360)
    evidence = open_evidence(page, "wide")
    expect(evidence.locator(".cited")).to_be_in_viewport()
    frame = box_of(evidence.locator(".table-frame"))
    label = box_of(evidence.locator("tbody .cited-head.stick"))
    assert label["x"] >= frame["x"] - 1
    assert label["x"] + label["width"] <= box_of(evidence.locator(".cited"))["x"] + 1
    expect(evidence.locator("thead .cited-head").last).to_be_in_viewport()
    for left in (0, 37, 90, 151):
        page.evaluate("left => { document.querySelector('.evidence .table-frame').scrollLeft = left }", left)
        page.wait_for_timeout(60)
        assert page.evaluate(HALF_SHOWN) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


# The figures that are partly hidden, and yet can be read.
HALF_SHOWN = """() => {
  const frame = document.querySelector('.evidence .table-frame').getBoundingClientRect();
  return [...document.querySelectorAll('.evidence tbody tr')].flatMap((row) => {
    const left = row.querySelector('.stick')?.getBoundingClientRect().right ?? frame.left;
    return [...row.querySelectorAll('td.value')].filter((cell) => {
      const box = cell.getBoundingClientRect();
      const isShown = box.right > left + 1 && box.left < frame.right - 1;
      const isWhole = box.left >= left - 2 && box.right <= frame.right + 2;
      return isShown && !isWhole && getComputedStyle(cell).color !== 'rgba(0, 0, 0, 0)';
    }).map((cell) => cell.textContent);
  });
}"""


def test_on_a_phone_the_lines_of_a_quotation_fit_the_screen(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address, width=390)
    evidence = open_evidence(page, "sentence")
    expect(evidence.locator(".page-mark").first).to_be_in_viewport()
    frame = box_of(evidence.locator(".page-frame"))
    for mark in evidence.locator(".page-mark").all():
        box = box_of(mark)
        assert box["x"] >= frame["x"] - 1
        assert box["x"] + box["width"] <= frame["x"] + frame["width"] + 1
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.parametrize("question", ["word", "web page", "wide"])
def test_formats_without_pages_show_the_table_as_read(browser: Browser, shown: Shown, question: str) -> None:
    page = visit(browser, shown.address)
    evidence = open_evidence(page, question)
    expect(evidence.locator(".cited mark")).to_have_text(shown.citations[question].raw)
    expect(evidence.locator(".cited")).to_be_in_viewport()
    assert evidence.locator(".cited-head").count() >= 2
    expect(evidence.locator(".ways")).to_have_count(0)


def test_a_row_without_a_cell_of_its_own_is_marked_whole(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address)
    evidence = open_evidence(page, "row")
    assert evidence.locator(".cited").count() > 1
    row = evidence.locator("tr", has=page.locator(".cited"))
    expect(row).to_have_count(1)


def test_without_its_file_the_table_is_shown_and_said_why(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address, "en-US")
    evidence = open_evidence(page, "lost")
    expect(evidence.get_by_text("The file was not kept")).to_be_visible()
    expect(evidence.locator(".cited mark")).to_have_text(shown.citations["lost"].raw)


def test_a_page_that_cannot_be_drawn_leaves_the_table(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address, "en-US")
    evidence = open_evidence(page, "damaged")
    expect(evidence.get_by_role("alert")).to_contain_text("cannot be drawn")
    expect(evidence.locator(".cited mark")).to_have_text(shown.citations["damaged"].raw)


def test_a_citation_of_a_removed_report_says_so_and_keeps_its_words(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address, "en-US")
    evidence = open_evidence(page, "gone")
    expect(evidence.get_by_role("alert")).to_contain_text("no longer in the collection")
    expect(evidence.locator("blockquote mark")).to_have_text(shown.citations["gone"].quote)
    expect(evidence.locator(".evidence-foot a")).to_have_count(0)


@pytest.mark.parametrize("question", ["cell", "wide"])
def test_axe_finds_nothing_against_the_evidence(browser: Browser, shown: Shown, question: str) -> None:
    page = visit(browser, shown.address, bypass_csp=True, width=390 if question == "wide" else 1200)
    open_evidence(page, question)
    page.wait_for_timeout(100)
    assert violations(page) == []


def test_evidence_asks_for_nothing_from_elsewhere(browser: Browser, shown: Shown) -> None:
    page = visit(browser, shown.address)
    faults = watch(page, shown.address)
    for question in ("cell", "sentence", "wide", "row"):
        open_evidence(page, question)
        page.keyboard.press("Escape")
    assert faults == []
