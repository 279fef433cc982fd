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


def test_both_languages_have_the_same_words() -> None:
    text = (STATIC / "i18n.js").read_text(encoding="utf-8")
    zh, en = re.findall(r"^  (?:zh|en): \{\n(.*?)^  \},$", text, re.MULTILINE | re.DOTALL)
    words = [re.findall(r'^    (\w+): "', block, re.MULTILINE) for block in (zh, en)]
    assert words[0] == words[1]
    assert len(words[0]) > 50


def test_every_word_that_is_asked_for_is_there() -> None:
    words = set(re.findall(r'^    (\w+): "', (STATIC / "i18n.js").read_text(encoding="utf-8"), re.MULTILINE))
    asked = {
        key
        for path in _FILES
        for key in re.findall(
            r'\bt\("(\w+)"|data-i18n(?:-label|-placeholder)?="(\w+)"', path.read_text(encoding="utf-8")
        )
        for key in key
        if key
    }
    assert asked - words == set()


def test_the_page_stays_small() -> None:
    """First content under 100 KB (the page for citizens on a slow line)."""
    assert sum(path.stat().st_size for path in _FILES) < 100_000
