"""`python -m eval.screenshots`: pictures of the page over the samples, for the README. Writes docs/screens/*.png."""

import io
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from PIL import Image

from eval.bench.serving import free_port, run_service, wait_for_answer, wenbao_command
from eval.browser import NO_CHROMIUM, find_chromium, running_browser
from eval.corpora import samples_corpus

if TYPE_CHECKING:
    from playwright.sync_api import Browser

FOLDER = Path(__file__).parents[1] / "docs" / "screens"
# Few colours are on the page; with so many kept, no difference is seen and a picture has a third of the bytes.
_COLOURS = 128


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: the questions that are asked, and what is clicked on afterwards (a CSS selector)."""

    name: str
    questions: Sequence[str]
    language: str = "zh-CN"
    width: int = 1280
    height: int = 860
    click: str | None = None
    dark: bool = False


SHOTS = (
    Shot("figure-zh", ("示例市人社局2022年收到多少件政府信息公开申请？",), height=980, click=".figure .reference"),
    Shot("series-zh", ("示例市人社局历年收到多少件政府信息公开申请？",), height=980),
    Shot("figure-en", ("How many information requests did the Shili HRSS receive in 2022?",), "en-GB", height=980, click=".figure .reference"),
    Shot("ranking-en", ("Which body received the most requests in 2021?",), "en-GB", height=980),
    Shot("conflict-zh", ("云溪区人民政府办公室2017年主动公开政府信息多少条？",), height=800),
    Shot("phone-zh", ("示例市人社局2022年自然人的申请占多少？",), width=390, height=800, dark=True),
)  # fmt: skip


def main() -> int:
    """Takes all pictures; 1 where there is no browser to take them with."""
    if find_chromium() is None:
        print(NO_CHROMIUM)
        return 1
    FOLDER.mkdir(exist_ok=True)
    with TemporaryDirectory(prefix="wenbao-screens-") as folder:
        samples_corpus().open(Path(folder)).close()
        port = free_port()
        with run_service(wenbao_command(Path(folder), port), {}), running_browser() as browser:
            wait_for_answer(port, SHOTS[0].questions[0], time.perf_counter())
            for shot in SHOTS:
                path = FOLDER / f"{shot.name}.png"
                path.write_bytes(_reduce(_take(browser, f"http://127.0.0.1:{port}/", shot)))
                print(f"{path.name}: {path.stat().st_size / 1000:.0f} kB")
    return 0


def _take(browser: "Browser", address: str, shot: Shot) -> bytes:
    page = browser.new_page(
        locale=shot.language,
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
    )
    page.goto(address)
    page.wait_for_load_state("networkidle")
    for number, question in enumerate(shot.questions):
        page.locator("#question").fill(question)
        page.keyboard.press("Enter")
        page.locator("article.answer").nth(number).wait_for()
    if shot.click:
        page.locator(shot.click).first.click()
        page.locator(".evidence [aria-busy=false]").wait_for()
    for chart in page.locator(".chart img").all():
        chart.evaluate("image => image.decode()")
    # The question again at the top: opening a place has scrolled to it.
    page.locator(".turn").last.evaluate("turn => turn.scrollIntoView()")
    picture = page.screenshot(caret="hide")
    page.close()
    return picture


def _reduce(picture: bytes) -> bytes:
    reduced = io.BytesIO()
    Image.open(io.BytesIO(picture)).convert("RGB").quantize(_COLOURS).save(reduced, "png", optimize=True)
    return reduced.getvalue()


if __name__ == "__main__":
    raise SystemExit(main())
