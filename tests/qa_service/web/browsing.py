"""A visitor of the page: a browser without a past, what it must never see, and what it does."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Error,
    Page,
    Request,
    expect,
)

from eval.browser import NO_CHROMIUM, find_chromium

# A busy machine is no fault of the page.
expect.set_options(timeout=20_000)
needs_chromium = pytest.mark.skipif(find_chromium() is None, reason=NO_CHROMIUM)


def new_visitor(
    browser: Browser, language: str = "zh-CN", width: int = 1200, bypass_csp: bool = False, dark: bool = False
) -> BrowserContext:
    """A browser without a past, in which nothing moves."""
    return browser.new_context(
        locale=language,
        viewport={"width": width, "height": 800},
        bypass_csp=bypass_csp,
        reduced_motion="reduce",
        color_scheme="dark" if dark else "light",
    )


def visit(
    browser: Browser,
    address: str,
    language: str = "zh-CN",
    width: int = 1200,
    bypass_csp: bool = False,
    dark: bool = False,
) -> Page:
    """A new visitor on the page, once it has loaded."""
    page = new_visitor(browser, language, width, bypass_csp, dark).new_page()
    page.set_default_timeout(20_000)
    page.goto(address)
    return page


def watch(page: Page, address: str) -> list[str]:
    """Everything that must not happen: a request to elsewhere, a dialog, an error of a script or of the policy."""
    faults: list[str] = []

    def on_request(request: Request) -> None:
        if not request.url.startswith((address, f"blob:{address}")):
            faults.append(request.url)

    def on_dialog(dialog: Dialog) -> None:
        faults.append(dialog.message)
        dialog.dismiss()

    def on_error(error: Error) -> None:
        faults.append(str(error))

    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error":
            faults.append(message.text)

    page.on("request", on_request)
    page.on("dialog", on_dialog)
    page.on("pageerror", on_error)
    page.on("console", on_console)
    return faults


def ask(page: Page, question: str) -> None:
    """Types a question and waits for its answer."""
    before = page.locator("article.answer").count()
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator("article.answer")).to_have_count(before + 1)


def violations(page: Page) -> list[str]:
    """What axe has against the page as it is now. The page must have been visited with bypass_csp: its policy does not
    let axe in."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}" for each in found for node in each["nodes"]]
