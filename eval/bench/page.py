"""The page in a browser: how long until it is painted, and from pressing Enter until the figure stands there."""

import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import median, quantiles
from typing import TYPE_CHECKING

from eval.bench.result import Measured, below
from eval.bench.serving import free_port, run_service, wait_for_answer, wenbao_command
from eval.browser import running_browser
from qa_service.answering.answer import Answer, Status

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

_COLD_STARTS = 7
_WARM_UP = 3
# Largest content painted so far, in milliseconds from the start of the navigation (W3C Largest Contentful Paint), and
# the bytes that came over the line until then.
_PAINTED = """() => new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(list.getEntries().at(-1).startTime))
    .observe({ type: "largest-contentful-paint", buffered: true });
})"""
_BYTES = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
  .reduce((sum, each) => sum + each.transferSize, 0)"""
# From the key press to the frame after the one in which the answer with its figure came into the page.
_AWAIT_FIGURE = """() => {
  const before = document.querySelectorAll(".figure-value").length;
  window.figureShown = new Promise((resolve) => {
    let pressed = 0;
    addEventListener("keydown", (event) => (pressed = event.timeStamp), { once: true, capture: true });
    const observer = new MutationObserver(() => {
      if (document.querySelectorAll(".figure-value").length === before) return;
      observer.disconnect();
      requestAnimationFrame(() => requestAnimationFrame((now) => resolve(now - pressed)));
    });
    observer.observe(document.getElementById("thread"), { childList: true, subtree: true });
  });
}"""


def measure_page(data: Path, questions: Sequence[str]) -> Iterator[Measured]:
    """Measures over the data folder of a filled collection; every question must be answered with one figure."""
    port = free_port()
    with run_service(wenbao_command(data, port), {}):
        wait_for_answer(port, questions[0], time.perf_counter())
        address = f"http://127.0.0.1:{port}/"
        starts = [_start(address) for _ in range(_COLD_STARTS)]
        painted = median(start[0] for start in starts)
        yield below(f"largest content painted, cold browser (median of {_COLD_STARTS})", painted, 1000, "ms")
        yield below("bytes over the line until then", median(start[1] for start in starts) / 1000, 100, "kB")
        with running_browser() as browser:
            page = _open(browser, address)
            for question in questions[:_WARM_UP]:
                _ask(page, question)
            times = [_ask(page, question) for question in questions[_WARM_UP:]]
        cuts = quantiles(times, n=20, method="inclusive")
        what = f"from pressing Enter to the figure on screen ({len(times)} questions in one conversation)"
        yield below(f"{what}, median", median(times), 150, "ms")
        yield below(f"{what}, p95", cuts[18], None, "ms")


def shows_one_figure(answer: Answer) -> bool:
    """Whether the page shows this answer as one large figure."""
    return answer.status is Status.ANSWERED and len(answer.figures) == 1


def _start(address: str) -> tuple[float, float]:
    """Milliseconds to the largest paint, and bytes, of a browser that was never there before."""
    with running_browser() as browser:
        page = _open(browser, address)
        return page.evaluate(_PAINTED), page.evaluate(_BYTES)


def _open(browser: "Browser", address: str) -> "Page":
    page = browser.new_page(locale="zh-CN", viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    page.goto(address)
    # The examples are the last that the page shows by itself.
    page.locator("#example-list button").first.wait_for()
    return page


def _ask(page: "Page", question: str) -> float:
    page.locator("#question").fill(question)
    page.evaluate(_AWAIT_FIGURE)
    page.keyboard.press("Enter")
    shown: float = page.evaluate("() => window.figureShown")
    return shown
