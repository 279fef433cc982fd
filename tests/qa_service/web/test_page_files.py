"""The page's files: nothing inline, nothing from elsewhere, text only as text, both languages complete."""

import re
from pathlib import Path

import pytest

from qa_service.web.pages import STATIC

_FILES = sorted(path for path in STATIC.iterdir() if path.is_file())
_SCRIPTS = [path for path in _FILES if path.suffix == ".js"]
_PAGES = [path for path in _FILES if path.suffix == ".html"]


def names(paths: list[Path]) -> list[str]:
    return [path.name for path in paths]


@pytest.mark.parametrize("page", _PAGES, ids=names(_PAGES))
def test_a_page_holds_no_script_or_style_of_its_own(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\bstyle=|\bon[a-z]+\s*=\s*[\"']|javascript:", text)
    assert re.search(r'<html lang="[\w-]+">', text)


def test_every_page_has_the_same_bar() -> None:
    bars = {re.search(r'<header class="top">.*?</header>', _text(page), re.DOTALL) for page in _PAGES}
    assert len({bar and bar.group() for bar in bars}) == 1


@pytest.mark.parametrize("path", _FILES, ids=names(_FILES))
def test_nothing_is_loaded_from_elsewhere(path: Path) -> None:
    text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
    assert not re.search(r"https?:|//[a-z]+\.|@import|url\(", text)


@pytest.mark.parametrize("script", _SCRIPTS, ids=names(_SCRIPTS))
def test_text_is_only_set_as_text(script: Path) -> None:
    text = script.read_text(encoding="utf-8")
    forbidden = r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|DOMParser|srcdoc"
    assert not re.search(forbidden, text)


def test_every_file_that_is_loaded_is_there() -> None:
    loaded = {name for path in _FILES for name in re.findall(r'"/static/([^"]+)"', path.read_text(encoding="utf-8"))}
    assert loaded
    assert loaded <= set(names(_FILES))


def _words(script: Path) -> list[list[str]]:
    """The keys that a script has words for, in Chinese and in English; empty for a script without words."""
    text = script.read_text(encoding="utf-8")
    blocks = re.findall(r"^  (zh|en): \{\n(.*?)^  \},$", text, re.MULTILINE | re.DOTALL)
    return [re.findall(r"^    (\w+): ", block, re.MULTILINE) for _, block in blocks]


_WORDS = [path for path in _SCRIPTS if _words(path)]


@pytest.mark.parametrize("script", _WORDS, ids=names(_WORDS))
def test_both_languages_have_the_same_words(script: Path) -> None:
    zh, en = _words(script)
    assert zh == en
    assert len(set(zh)) == len(zh)


@pytest.mark.parametrize("page", _PAGES, ids=names(_PAGES))
def test_every_word_that_a_page_asks_for_is_there(page: Path) -> None:
    loaded = _loaded_by(page)
    words = {key for path in loaded if path in _WORDS for key in _words(path)[0]}
    asked = {
        key
        for path in loaded
        for keys in re.findall(r'\bt\("(\w+)"|data-i18n(?:-label|-placeholder)?="(\w+)"', _text(path))
        for key in keys
        if key
    }
    assert asked
    assert asked - words == set()


@pytest.mark.parametrize("page", _PAGES, ids=names(_PAGES))
def test_a_page_stays_small(page: Path) -> None:
    """First content under 100 KB, for people on a slow line; what is imported only when it is needed comes later."""
    assert sum(path.stat().st_size for path in _loaded_by(page, at_once=True)) < 100_000


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.suffix in {".html", ".js"} else ""


def _loaded_by(page: Path, at_once: bool = False) -> set[Path]:
    """The page and all files that it loads, and those that these load; at_once: without what a script imports later."""
    pattern = r'(?<!import\()"/static/([^"]+)"' if at_once else r'"/static/([^"]+)"'
    found, ahead = set(), [page]
    while ahead:
        path = ahead.pop()
        if path not in found:
            found.add(path)
            ahead += [STATIC / name for name in re.findall(pattern, _text(path))]
    return found
