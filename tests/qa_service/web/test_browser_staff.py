"""The pages for staff in a real browser: lists and filters, one report, uploads. Skipped where there is no Chromium."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from eval.browser import running_browser
from ingest.read_report import read_report
from qa_service.library import Library
from qa_service.settings import load_settings
from qa_service.web.app import create_app
from tests.qa_service.web.browsing import needs_chromium, violations, visit, watch
from tests.qa_service.web.cited_answers import CitedAnswers
from tests.qa_service.web.hostile import CANARY, hostile_ingestion
from tests.qa_service.web.planted import planted_ingestion, with_conflict
from tests.qa_service.web.running import serving

SAMPLES = Path(__file__).resolve().parents[3] / "samples"
PDF = next(SAMPLES.glob("*.pdf"))
KEY = "a key for the tests"
BODIES = 52
PAGES = ("/corpus", "/commitments", "/indicators", "/upload")
_PLANTED = "demo_000_2022-000007e6"

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The text samples, a PDF with its file, and more bodies than one page of the grid holds."""
    with Library.open(load_settings(tmp_path_factory.mktemp("staff"))) as library:
        for sample in sorted(SAMPLES.glob("hrss_*.txt")):
            library.save(read_report(sample), sample.read_bytes())
        library.save(read_report(PDF), PDF.read_bytes())
        library.save(with_conflict(planted_ingestion(2022, "conflict_bureau", "样例市冲突局")))
        library.store.save_many(
            planted_ingestion(2022, f"demo_{number:03}", f"示例市{_numeral(number)}街道办事处")
            for number in range(BODIES)
        )
        with serving(create_app(library, CitedAnswers({}), KEY)) as address:
            yield address


def _numeral(number: int) -> str:
    """A name of its own for each body, without digits."""
    return "".join("甲乙丙丁戊己庚辛壬癸"[int(digit)] for digit in f"{number:02}")


def pdf_page(page: Page, address: str) -> None:
    """Goes to the page of the PDF's report, by way of the grid."""
    page.goto(f"{address}/corpus?year=2020")
    page.locator("a.report-cell").first.wait_for()
    page.get_by_label("单位或地区").fill("云溪")
    page.locator("a.report-cell").first.click()
    expect(page.locator("#main")).to_have_attribute("aria-busy", "false")


def test_the_grid_shows_bodies_and_years_page_by_page(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/corpus")
    rows = page.locator(".grid tbody tr")
    expect(rows).to_have_count(50)
    expect(page.get_by_role("status")).to_contain_text(f"共 {BODIES + 3} 个单位")
    page.get_by_role("button", name="显示更多").focus()
    page.keyboard.press("Enter")
    expect(rows).to_have_count(BODIES + 3)
    expect(rows.nth(50).get_by_role("link").first).to_be_focused()
    expect(page.get_by_role("button", name="显示更多")).to_have_count(0)
    # Every figure count leads to its report, and says whose and of which year it is.
    cell = page.get_by_role("link", name="示例市甲甲街道办事处 2022 年")
    expect(cell).to_have_text("C 10 ▲1")
    cell.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("示例市甲甲街道办事处2022年政府信息公开工作年度报告")


def test_the_grid_is_filtered_and_its_address_keeps_the_filter(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/corpus", "en-US")
    rows = page.locator(".grid tbody tr")
    page.get_by_label("Body or region").fill("甲丙")
    expect(rows).to_have_count(1)
    page.reload()
    expect(rows).to_have_count(1)
    page.get_by_label("Body or region").fill("nobody at all")
    expect(page.get_by_text("No body fits")).to_be_visible()
    page.get_by_label("Body or region").fill("")
    page.get_by_label("Year").select_option("2018")
    expect(page.locator(".grid thead th")).to_have_text(["Body", "2018"])
    expect(rows).to_have_count(1)
    page.get_by_role("button", name="中文").click()
    expect(page.locator(".grid thead th")).to_have_text(["机关", "2018"])
    assert page.title() == "年报目录 · 问报 Wenbao"


def test_one_report_shows_its_tables_checks_and_the_file_itself(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    faults = watch(page, address)
    pdf_page(page, address)
    assert "云溪" in page.title()
    for name in ("提示", "勾稽关系", "表格", "正文", "原文件"):
        expect(page.get_by_role("heading", level=2, name=name, exact=True)).to_be_visible()
    page.get_by_text("全部勾稽关系").click()
    expect(page.locator(".all-checks tbody tr").first).to_be_visible()
    page.get_by_role("button", name="看原页").first.click()
    expect(page.locator(".page-figure img").first).to_be_visible()
    page.get_by_role("button", name="收起原页").click()
    expect(page.locator(".page-figure")).to_have_count(0)
    page.get_by_role("button", name="翻看原文件").click()
    expect(page.locator(".page-number")).to_contain_text("第 1 页")
    with page.expect_download() as download:
        page.locator(".facts").get_by_role("link", name="下载原文件").click()
    assert Path(download.value.path()).read_bytes() == PDF.read_bytes()
    with page.expect_download() as figures:
        page.get_by_role("link", name="数字（CSV）").click()
    assert Path(figures.value.path()).read_text(encoding="utf-8-sig").startswith("agency,")
    # The dataset in the head is data: the policy lets it stand.
    assert faults == []


def test_a_failed_check_leads_to_each_of_its_cells(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/reports/{_PLANTED}")
    cells = page.locator("#checks .cells a")
    expect(cells).to_have_text(["16", "1"])
    cells.nth(1).click()
    expect(page.locator(".cited mark")).to_have_text("1")
    expect(page.locator(".cited")).to_be_in_viewport()


def test_text_and_table_that_disagree_stand_side_by_side(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/reports/conflict_bureau_2022-000007e6", "en-US")
    sides = page.locator(".conflicts li")
    expect(sides).to_have_text(["Text15 件", "Table16 件"])
    sides.nth(1).get_by_role("link").click()
    expect(page.locator(".cited mark")).to_have_text("16")
    sides.nth(0).get_by_role("link").click()
    expect(page.locator("p.target")).to_have_text("2022年共收到申请16件。")
    expect(page.locator("p.target")).to_be_in_viewport()
    expect(page.locator(".cited")).to_have_count(0)


def test_commitments_are_filtered_and_stand_beside_what_followed(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/commitments")
    entries = page.locator(".promise")
    expect(entries.first).to_be_visible()
    page.get_by_label("年份").select_option("2021")
    page.get_by_label("类别").select_option("commitment")
    expect(page.locator(".promises > h2")).to_have_count(1)
    beside = page.locator(".followed").first
    expect(beside.get_by_role("heading")).to_have_text("2022 年年报中")
    expect(beside.get_by_text("正在读取")).to_have_count(0)
    # The newest report has none after it here, and says so once.
    page.get_by_label("年份").select_option("2023")
    expect(page.get_by_text("库里没有该单位 2024 年的年报")).to_have_count(1)
    page.get_by_label("年份").select_option("")
    page.get_by_label("原文中的词").fill("没有这样的词")
    expect(page.get_by_text("没有符合条件的问题或打算")).to_be_visible()


def test_indicators_are_found_opened_and_linked(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/indicators", "en-US")
    page.get_by_label("Name of the indicator").fill("requests.new_received")
    entry = page.locator("details.indicator").first
    expect(entry.locator(".tag")).to_have_text(["B", "C"])
    entry.locator("summary").focus()
    page.keyboard.press("Enter")
    link = entry.get_by_role("link", name="Requests received")
    expect(link).to_be_visible()
    # What it is comparable with is hidden by the filter, and shown all the same.
    link.click()
    expect(page.locator("details[open]").last).to_have_attribute("id", "legacy.requests.received")
    page.get_by_label("Form").select_option("C")
    expect(page.locator("details[id='requests.new_received']")).to_be_visible()
    expect(page.locator("details[id='legacy.requests.received']")).to_have_count(0)


def upload(page: Page, key: str, *files: Path) -> None:
    page.get_by_label("Key", exact=True).fill(key)
    page.get_by_label("Files").set_input_files([str(file) for file in files])
    page.get_by_role("button", name="Upload and read").click()


def test_files_are_uploaded_with_a_key_and_what_was_read_is_listed(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    page = visit(browser, f"{address}/upload", "en-US")
    letter = tmp_path / "letter.txt"
    letter.write_text("这封信不是年报。", encoding="utf-8")
    upload(page, "wrong", letter)
    results = page.locator("#results li")
    expect(results.nth(0).locator(".problem")).to_contain_text("not valid")
    upload(page, KEY, letter, SAMPLES / "education_2019.txt")
    expect(results.nth(1).locator(".problem")).to_contain_text("Not read")
    expect(results.nth(2).locator(".success")).to_contain_text("figures read", timeout=30_000)
    # The key is kept for the tab, nowhere else, and is forgotten on request.
    assert page.evaluate("JSON.stringify(localStorage)").find(KEY) < 0
    assert KEY not in page.evaluate("document.cookie + location.href")
    page.reload()
    expect(page.get_by_label("Key", exact=True)).to_have_value(KEY)
    page.get_by_role("button", name="Forget the key").click()
    page.reload()
    expect(page.get_by_label("Key", exact=True)).to_have_value("")


def test_an_upload_to_a_service_that_is_gone_can_be_tried_again(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/upload", "en-US", bypass_csp=True)
    page.route("**/v1/reports", lambda route: route.abort())
    upload(page, KEY, SAMPLES / "education_2020.txt")
    expect(page.locator("#results .problem")).to_contain_text("cannot be reached")
    page.unroute("**/v1/reports")
    assert violations(page) == []
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("#results .success")).to_be_visible(timeout=30_000)
    expect(page.get_by_role("status")).to_contain_text("education_2020.txt: ")
    assert violations(page) == []


@pytest.mark.parametrize("path", [*PAGES, f"/reports/{_PLANTED}"])
def test_a_phone_shows_every_page_without_scrolling_sideways(browser: Browser, address: str, path: str) -> None:
    page = visit(browser, address + path, width=360)
    _ready(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.get_by_role("button", name="大字").click()
    assert page.evaluate("document.documentElement.scrollWidth") <= 360


def _ready(page: Page) -> None:
    """Once lists and the like have come."""
    expect(page.locator("h1")).to_have_count(1)
    expect(page.locator("main[aria-busy=true], main [aria-busy=true]")).to_have_count(0)


_REPORT = f"/reports/{_PLANTED}#cell-t1-2-3"


@pytest.mark.parametrize(
    ("path", "language", "dark"),
    [
        ("/corpus", "zh-CN", False),
        ("/commitments", "zh-CN", True),
        ("/indicators", "en-US", False),
        ("/upload", "en-US", True),
        (_REPORT, "zh-CN", False),
        (_REPORT, "en-US", True),
    ],
)
def test_axe_finds_nothing_against_the_pages(
    browser: Browser, address: str, path: str, language: str, dark: bool
) -> None:
    page = visit(browser, address + path, language, bypass_csp=True, dark=dark)
    _ready(page)
    if path == "/indicators":
        page.locator("details.indicator summary").nth(4).click()
    assert violations(page) == []


def test_text_of_a_document_stays_text_on_every_page(browser: Browser, tmp_path: Path) -> None:
    with Library.open(load_settings(tmp_path)) as library:
        saved = [library.save(hostile_ingestion(year)) for year in (2021, 2022)]
        with serving(create_app(library, CitedAnswers({}), KEY)) as address:
            page = visit(browser, address)
            faults = watch(page, address)
            for path in (f"/reports/{saved[0].report_id}", "/corpus", "/commitments", "/indicators", "/upload"):
                page.goto(address + path)
                _ready(page)
                if path == "/commitments":
                    expect(page.locator(".followed blockquote", has_text=CANARY).first).to_be_visible()
                assert page.locator("main :is(script, img, iframe, svg, style), [href^='javascript' i]").count() == 0
                assert page.locator("script:not([src]):not([type='application/ld+json'])").count() == 0
                if path not in ("/indicators", "/upload"):
                    expect(page.locator("main :is(h1, h2, th)", has_text=CANARY).first).to_be_visible()
            assert faults == []
