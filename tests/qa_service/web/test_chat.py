"""A conversation in a real browser: follow-ups, charts, history, links, and what goes wrong on the way."""

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from eval.browser import running_browser
from qa_service.web.app import create_app
from tests.qa_service.web.browsing import ask, needs_chromium, new_visitor, violations, visit, watch
from tests.qa_service.web.planted import HOSTILE, planted_library
from tests.qa_service.web.planted_answers import PlantedAnswers
from tests.qa_service.web.running import serving

_STREAM = "**/v1/ask/stream"
_BIDI = "\u202eشكرا 问\u0301\u0302\u0303 \u2066one"

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
        planted_library(tmp_path_factory.mktemp("chat")) as library,
        serving(create_app(library, PlantedAnswers(library.store))) as address,
    ):
        yield address


def send(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")


def plant_history(page: Page, turns: list[dict[str, object]]) -> None:
    page.evaluate("turns => localStorage.setItem('wenbao.history', turns)", json.dumps(turns))
    page.reload()


def kept_questions(page: Page) -> list[str]:
    kept: str = page.evaluate("localStorage.getItem('wenbao.history') ?? '[]'")
    return [turn["question"] for turn in json.loads(kept)]


def test_a_follow_up_brings_the_questions_before_it(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "one")
    ask(page, "blank")
    ask(page, "and?")
    expect(page.locator(".answer-text").last).to_have_text("之前问过：one、blank。")


def test_a_choice_keeps_the_question_it_came_from(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "choice")
    page.get_by_role("button", name="示例市示例局", exact=True).click()
    expect(page.locator(".asked-first")).to_have_text("原问题：choice")
    expect(page.locator(".figure-value")).to_have_text("16 件")


def test_a_series_is_a_line_with_its_table_and_a_file_of_its_figures(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    faults = watch(page, address)
    ask(page, "series")
    picture = page.locator(".chart img")
    expect(picture).to_have_js_property("complete", True)
    assert picture.evaluate("each => each.naturalWidth") > 200
    assert "kind=line" in (picture.get_attribute("src") or "")
    # The picture keeps its place while it loads.
    assert picture.evaluate("each => [each.naturalWidth, each.naturalHeight].map(String)") == [
        picture.get_attribute("width"),
        picture.get_attribute("height"),
    ]
    expect(page.locator("table.figures tbody th")).to_have_text(["2017", "2018", "2020", "2021"])
    expect(page.locator("table.figures .value").nth(2)).to_have_text("空白（未填）")
    with page.expect_download() as loading:
        page.get_by_role("button", name="下载数字").click()
    lines = loading.value.path().read_text(encoding="utf-8-sig").splitlines()
    assert [line.split(",")[2] for line in lines] == ["year", "2017", "2018", "2020", "2021"]
    assert ",1234,件,," in lines[1]
    assert ",,件,blank," in lines[3]
    assert faults == []


def test_a_chart_that_fails_leaves_its_table(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    page.route("**/chart.svg*", lambda route: route.fulfill(status=503, body="{}"))
    ask(page, "series")
    expect(page.get_by_text("图没有画成，数字见表格。")).to_be_visible()
    expect(page.locator("table.figures tbody tr")).to_have_count(4)


def test_a_derived_figure_shows_its_formula_and_where_each_number_stands(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "difference")
    expect(page.locator(".figure-value")).to_have_text("4 件")
    expect(page.locator(".workings code")).to_have_text("16 - 12 = 4")
    page.locator(".workings li").nth(1).locator(".reference").click()
    expect(page.locator(".evidence .cited mark")).to_have_text("12")


def test_an_english_reader_sees_what_was_counted_in_english_beside_the_official_words(
    browser: Browser, address: str
) -> None:
    page = visit(browser, address, "en-GB")
    ask(page, "named")
    expect(page.locator(".figure-about")).to_contain_text("New requests received this year (一、本年新收")
    assert page.locator(".figure-about [lang]").last.get_attribute("lang") == "zh-CN"


def test_an_answer_that_breaks_off_is_said_to_be_incomplete(browser: Browser, address: str) -> None:
    page = visit(browser, address, "en-US")
    body = 'event: interpretation\ndata: {}\n\nevent: delta\ndata: {"text": "Half a"}\n\nevent: delta\ndata: {"te'
    page.route(_STREAM, lambda route: route.fulfill(content_type="text/event-stream", body=body))
    send(page, "one")
    expect(page.locator(".partial")).to_have_text("Half a")
    expect(page.get_by_role("alert")).to_contain_text("incomplete")
    page.unroute(_STREAM)
    page.get_by_role("button", name="Try again").click()
    expect(page.locator(".figure-value")).to_have_text("16 items (件)")
    assert page.locator(".partial").count() == 0


def test_where_streams_do_not_come_through_the_answer_comes_at_once(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    page.route(_STREAM, lambda route: route.abort())
    ask(page, "one")
    expect(page.locator(".figure-value")).to_have_text("16 件")


@pytest.mark.parametrize("is_event", [True, False])
def test_a_refusal_is_shown_in_the_language_of_the_page(browser: Browser, address: str, is_event: bool) -> None:
    page = visit(browser, address)
    problem = json.dumps({"type": "/problems/x", "detail": "Too many.", "detail_zh": "太多了。"})

    def refuse(route: Route) -> None:
        if is_event:
            route.fulfill(content_type="text/event-stream", body=f"event: error\ndata: {problem}\n\n")
        else:
            route.fulfill(status=429, headers={"Retry-After": "7"}, body=problem)

    page.route(_STREAM, refuse)
    send(page, "one")
    expect(page.get_by_role("alert").locator("p")).to_have_text(
        "太多了。" if is_event else "太多了。 请在 7 秒后再试。"
    )
    page.unroute(_STREAM)
    ask(page, "blank")


def test_a_question_can_be_stopped_and_asked_again(browser: Browser, address: str) -> None:
    page = visit(browser, address, "en-US")
    held: list[Route] = []
    page.route(_STREAM, lambda route: held.append(route))
    send(page, "one")
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.")).to_be_visible()
    expect(page.get_by_role("textbox")).to_be_focused()
    page.unroute(_STREAM)
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".figure-value")).to_have_text("16 items (件)")
    assert len(held) == 1


def test_a_citation_of_a_report_that_was_removed_still_shows_its_words(browser: Browser, address: str) -> None:
    page = visit(browser, address, "en-US")
    problem = json.dumps({"detail": "There is no report of that id.", "detail_zh": "没有这份年报。"})
    page.route("**/v1/reports/**", lambda route: route.fulfill(status=404, body=problem))
    ask(page, "text")
    page.locator(".source").click()
    expect(page.locator(".evidence")).to_contain_text("There is no report of that id.")
    expect(page.locator(".evidence mark")).to_have_text("2022年共收到申请16件。")


def test_history_stays_in_the_browser_and_can_be_reopened_and_deleted(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "one")
    ask(page, "and?")
    page.get_by_role("button", name="新对话").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("textbox")).to_be_focused()
    ask(page, "blank")
    page.get_by_role("button", name="历史").click()
    expect(page.locator(".past-title")).to_have_text(["blank", "one"])
    page.locator(".past-open").nth(1).click()
    # Looked up again, the follow-up with what went before it.
    expect(page.locator(".answer-text").last).to_have_text("之前问过：one。")
    page.get_by_role("button", name="历史").click()
    page.get_by_role("button", name="删除：blank").click()
    expect(page.locator(".past-title")).to_have_text(["one"])
    page.get_by_role("button", name="全部删除").click()
    page.get_by_role("button", name="不删除").click()
    page.get_by_role("button", name="全部删除").click()
    page.get_by_role("button", name="删除", exact=True).click()
    expect(page.get_by_text("还没有提问。")).to_be_visible()
    page.keyboard.press("Escape")
    assert kept_questions(page) == []


def test_a_reload_goes_on_with_the_conversation(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    ask(page, "one")
    ask(page, "blank")
    page.reload()
    expect(page.locator("article.answer")).to_have_count(2)
    ask(page, "and?")
    expect(page.locator(".answer-text").last).to_have_text("之前问过：one、blank。")
    assert kept_questions(page) == ["one", "blank", "and?"]


def test_an_answer_that_has_changed_since_is_said_to_have_changed(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    turn = {"conversation": "c", "at": 1, "question": "one", "answer": "共15件。[1]", "mark": "old"}
    plant_history(page, [turn, {"broken": True}])
    page.get_by_role("button", name="历史").click()
    page.locator(".past-open").click()
    expect(page.locator(".changed")).to_contain_text("共15件。")
    expect(page.locator(".figure-value")).to_have_text("16 件")


def test_five_hundred_turns_are_listed_and_reopened(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    turns: list[dict[str, object]] = [
        {"conversation": "long", "at": number, "question": f"blank{number}", "answer": "x", "mark": "x"}
        for number in range(500)
    ]
    others: list[dict[str, object]] = [
        {"conversation": f"c{number}", "at": 1000 + number, "question": "one", "answer": "x", "mark": "x"}
        for number in range(400)
    ]
    plant_history(page, turns + others)
    page.get_by_role("button", name="历史").click()
    expect(page.locator(".past li")).to_have_count(401)
    page.locator(".past-open").last.click()
    # The last twenty are looked up again at once, the others when they are wanted.
    expect(page.locator("article.answer")).to_have_count(20)
    expect(page.locator(".turn")).to_have_count(500)
    page.get_by_role("button", name="重新查询").first.click()
    expect(page.locator("article.answer")).to_have_count(21)
    ask(page, "and?")


def test_a_link_asks_the_same_again_and_says_when_the_answer_has_changed(browser: Browser, address: str) -> None:
    context = new_visitor(browser)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    ask(page, "one")
    ask(page, "and?")
    links = []
    for number in range(2):
        page.get_by_role("button", name="链接").nth(number).click()
        expect(page.locator(".by-hand")).to_have_text("链接已复制")
        links.append(page.evaluate("navigator.clipboard.readText()"))
        page.locator(".by-hand").evaluate("each => each.remove()")
    # A question that is answered the same by itself goes alone; a follow-up takes along what it follows.
    assert [link.count("q=") for link in links] == [1, 2]
    other = visit(browser, links[1])
    expect(other.locator(".answer-text").last).to_have_text("之前问过：one。")
    assert other.locator(".changed").count() == 0
    older = visit(browser, links[0] + "old")
    expect(older.locator(".figure-value")).to_have_text("16 件")
    expect(older.locator(".changed")).to_contain_text("这个链接生成以来")


def test_an_answer_is_copied_with_its_sources(browser: Browser, address: str) -> None:
    context = new_visitor(browser)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(address)
    ask(page, "one")
    page.get_by_role("button", name="复制").click()
    expect(page.locator(".by-hand")).to_have_text("已复制")
    copied: str = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith("one\n\n共16件。[1]")
    assert f"{address}/reports/demo_bureau_2022" in copied


def test_a_paste_of_a_hundred_thousand_characters_is_answered_and_cut_short_on_the_page(
    browser: Browser, address: str
) -> None:
    page = visit(browser, address)
    send(page, "长" * 100_000)
    expect(page.locator("article.answer, [role=alert]")).to_have_count(1)
    shown = page.locator(".asked").inner_text()
    assert "100000" in shown
    assert len(shown) < 1000
    assert kept_questions(page) == []
    ask(page, "one")


def test_a_question_written_from_right_to_left_does_not_turn_the_page_around(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    faults = watch(page, address)
    ask(page, _BIDI)
    ask(page, HOSTILE)
    expect(page.locator(".asked bdi")).to_have_text([_BIDI.strip(), HOSTILE], use_inner_text=False)
    page.get_by_role("button", name="历史").click()
    expect(page.locator(".past-title")).to_have_text([_BIDI.strip()])
    page.keyboard.press("Escape")
    assert page.locator("main script, main iframe, main img").count() == 0
    assert faults == []


def test_two_windows_keep_their_own_conversation_and_one_history(browser: Browser, address: str) -> None:
    context = new_visitor(browser)
    first, second = context.new_page(), context.new_page()
    for page in (first, second):
        page.goto(address)
    ask(first, "one")
    ask(second, "blank")
    ask(first, "and?")
    expect(first.locator(".answer-text").last).to_have_text("之前问过：one。")
    assert sorted(kept_questions(second)) == ["and?", "blank", "one"]
    second.get_by_role("button", name="历史").click()
    expect(second.locator(".past-title")).to_have_count(2)
    ask(first, "text")
    # The open list of the other window follows.
    expect(second.get_by_text("3 个问题")).to_be_visible()


@pytest.mark.parametrize("question", ["many", "series", "difference", "hostile"])
def test_large_type_on_a_small_phone_does_not_scroll_sideways(browser: Browser, address: str, question: str) -> None:
    page = visit(browser, address, "en-GB", width=320)
    page.locator("#large-type").click()
    ask(page, question)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_large_type_is_remembered_and_paper_shows_what_the_answer_was_made_of(browser: Browser, address: str) -> None:
    page = visit(browser, address)
    page.get_by_role("button", name="大字").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "20px"
    ask(page, "one")
    page.emulate_media(media="print")
    expect(page.get_by_role("textbox")).to_be_hidden()
    expect(page.locator(".answer-foot .method")).to_be_visible()
    expect(page.locator(".source")).to_be_visible()


@pytest.mark.parametrize(("language", "dark"), [("zh-CN", False), ("en-US", True)])
def test_axe_finds_nothing_against_any_state(browser: Browser, address: str, language: str, dark: bool) -> None:
    page = visit(browser, address, language, bypass_csp=True, dark=dark)
    expect(page.locator("#example-list button").first).to_be_visible()
    assert violations(page) == []
    for question in ("one", "series", "difference", "many", "choice", "nothing"):
        ask(page, question)
    page.locator(".conflicts .reference").first.click()
    expect(page.locator(".evidence .cited")).to_be_visible()
    page.route("**/v1/ask**", lambda route: route.abort())
    send(page, "one")
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == []
    page.locator("#large-type").click()
    page.locator("#open-history").click()
    expect(page.locator(".past-open").first).to_be_visible()
    assert violations(page) == []
