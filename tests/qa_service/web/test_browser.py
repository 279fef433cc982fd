"""Answers and their places in a real browser: what a person sees and can do. Skipped where there is no Chromium."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from eval.browser import running_browser
from qa_service.web.app import create_app
from tests.qa_service.web.browsing import ask, needs_chromium, violations, visit, watch
from tests.qa_service.web.planted import FORMULA, planted_library
from tests.qa_service.web.planted_answers import PlantedAnswers
from tests.qa_service.web.running import serving

_REPORT = "/reports/demo_bureau_2022-000007e6"

pytestmark = needs_chromium


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with running_browser() as browser:
        yield browser


@pytest.fixture(autouse=True)
def leave(browser: Browser) -> Iterator[None]:
    """Each visitor leaves after the test: pages left open take memory and time."""
    yield
    for context in browser.contexts:
        context.close()


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with (
        planted_library(tmp_path_factory.mktemp("browser")) as library,
        serving(create_app(library, PlantedAnswers(library.store))) as address,
    ):
        yield address


def test_a_figure_is_shown_large_and_its_cell_marked_between_its_headings(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "one")
    expect(page.locator(".figure-value")).to_have_text("16 件")
    page.locator(".reference").first.click()
    expect(page.locator(".evidence td.cited mark")).to_have_text("16")
    expect(page.locator(".evidence .cited-head")).to_have_text(["申请人", "总计", "一、本年新收政府信息公开申请数量"])
    for head in page.locator(".evidence .cited-head").all():
        expect(head).to_be_in_viewport()
    # The merged headings are merged in the page, too.
    assert page.locator(".evidence thead th").first.get_attribute("rowspan") == "2"
    page.keyboard.press("Escape")
    expect(page.locator(".evidence")).to_have_count(0)


def test_a_blank_is_said_in_words(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "blank")
    expect(page.locator(".figure-value")).to_have_text("空白（未填）")
    page.locator(".source").click()
    expect(page.locator(".evidence .cited mark")).to_have_text("（空白）")


def test_a_sentence_is_shown_with_its_words_marked(browser: Browser, address: str) -> None:
    page = visit(browser, address, "en-GB")
    ask(page, "text")
    page.get_by_role("button", name="Show source 1").first.click()
    expect(page.locator(".evidence blockquote mark")).to_have_text("2022年共收到申请16件。")


def test_several_figures_and_a_conflict_each_lead_to_their_place(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "many")
    expect(page.locator("table.figures tbody tr")).to_have_count(3)
    page.locator(".conflicts .reference").nth(1).click()
    expect(page.locator(".evidence .cited mark")).to_have_text("（空白）")


def test_two_statements_of_one_thing_stand_side_by_side_and_neither_is_drawn(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "two")
    expect(page.locator(".beside .figure-value")).to_have_text(["12 件", "16 件"])
    expect(page.locator(".beside .figure-origin")).to_contain_text(["查自表格", "查自正文"])
    expect(page.locator(".conflicts")).to_contain_text("两处都列出。")
    assert page.locator(".chart, table.figures, .conflicts li").count() == 0
    page.locator(".beside .reference").nth(1).click()
    expect(page.locator(".evidence .cited mark")).to_have_text("16")


def test_choices_and_suggestions_are_asked_with_a_click(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "choice")
    page.get_by_role("button", name="示例市示例局", exact=True).click()
    expect(page.locator(".asked").last).to_contain_text("one")
    page.get_by_role("button", name="blank", exact=True).click()
    expect(page.locator("article.answer")).to_have_count(3)


def test_the_language_follows_the_browser_and_can_be_switched(browser: Browser, address: str) -> None:
    page = visit(browser, address, "en-US")
    expect(page.locator("#ask .method")).to_contain_text("no language model was used")
    assert page.locator("html").get_attribute("lang") == "en"
    ask(page, "blank")
    expect(page.locator(".figure-value")).to_have_text("left blank")
    page.get_by_role("button", name="中文").click()
    expect(page.locator("#ask .method")).to_contain_text("未使用大模型")
    expect(page.locator(".figure-value")).to_have_text("空白（未填）")
    page.reload()
    assert page.locator("html").get_attribute("lang") == "zh-CN"


def test_everything_can_be_done_from_the_keyboard(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    expect(page.get_by_role("textbox")).to_be_focused()
    for key in "one":
        page.keyboard.press(key)
    page.keyboard.press("Enter")
    expect(page.locator("article.answer")).to_have_count(1)
    page.locator(".reference").first.focus()
    page.keyboard.press("Enter")
    expect(page.locator(".evidence .cited")).to_be_visible()
    assert page.evaluate("document.activeElement.className") == "evidence"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.className") == "reference"


@pytest.mark.parametrize("path", ["", _REPORT])
def test_a_phone_shows_all_without_scrolling_sideways(browser: Browser, address: str, path: str) -> None:
    page = visit(browser, address + path, width=320)
    if path:
        expect(page.locator("table").first).to_be_visible()
    else:
        ask(page, "many")
        page.locator(".source").first.click()
        expect(page.locator(".evidence .cited")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_text_of_a_document_stays_text(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    faults = watch(page, address)
    ask(page, "hostile")
    expect(page.locator(".answer-text")).to_contain_text("<script>")
    page.locator(".source").click()
    expect(page.locator(".evidence .cited")).to_be_visible()
    assert page.locator(".evidence-foot a").get_attribute("href") == "/"
    page.goto(address + _REPORT)
    expect(page.get_by_text("javascript:alert(1)")).to_be_visible()
    expect(page.get_by_role("rowheader", name=FORMULA)).to_be_visible()
    assert page.locator("main script, main img, main iframe, [href^='javascript']").count() == 0
    assert faults == []


def test_the_page_of_a_report_marks_the_cell_that_the_link_names(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}{_REPORT}#cell-t1-3-2")
    expect(page.locator(".cited mark")).to_have_text("/")
    expect(page.locator(".cited")).to_be_in_viewport()
    expect(page.get_by_text("有一行不在目录中。")).to_be_visible()
    expect(page.get_by_text("17 ≠ 16")).to_be_visible()
    # The other cell of the failing identity is marked as well, in another way.
    expect(page.locator("td.failing")).to_have_count(2)


def test_a_link_to_a_sentence_marks_its_paragraph(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}{_REPORT}#block-1")
    expect(page.locator("p.target")).to_have_text("2022年共收到申请16件。")


def test_a_report_that_is_gone_is_said_to_be_gone(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/reports/gone_2020-00000000", "en-US")
    expect(page.get_by_role("alert")).to_contain_text("There is no report")


def test_a_service_that_is_gone_is_said_to_be_gone_and_can_be_asked_again(browser: Browser, address: str) -> None:
    page = visit(browser, address, "en-US")
    page.route("**/v1/ask**", lambda route: route.abort())
    page.get_by_role("textbox").fill("one")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("cannot be reached")
    page.unroute("**/v1/ask**")
    page.get_by_role("button", name="Try again").click()
    expect(page.locator("article.answer")).to_have_count(1)


@pytest.mark.parametrize("language", ["zh-CN", "en-US"])
@pytest.mark.parametrize("path", ["", _REPORT + "#cell-t1-2-3"])
def test_axe_finds_nothing_against_it(browser: Browser, address: str, path: str, language: str) -> None:
    # axe is put into the page by the test; the policy of the page would not let it in.
    page = visit(browser, address + path, language, bypass_csp=True)
    if path:
        expect(page.locator("table").first).to_be_visible()
    else:
        ask(page, "many")
        page.locator(".source").first.click()
        expect(page.locator(".evidence .cited")).to_be_visible()
    assert violations(page) == []


def test_a_linked_question_is_asked_at_once(browser: Browser, address: str) -> None:
    page = visit(browser, f"{address}/?q=one")
    expect(page.locator(".figure-value")).to_have_text("16 件")
