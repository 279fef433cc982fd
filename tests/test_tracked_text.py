"""No tracked file holds what is true of one machine only: its absolute paths, the registries it installs from."""

import re

import pytest

from tests.imports import ROOT
from tests.tracked import tracked_files

# Put together from parts, so that this file itself holds none of them.
FOLDERS = ("work", "home", "root", "opt", "Users", "mnt", "srv")
MACHINE_PATH = re.compile(rf"(?:(?<![\w./:~$*)}}-])|(?<=file://))/(?:{'|'.join(FOLDERS)})/[\w.-]+")
REGISTRIES = ("pypi" + ".org", "python" + "hosted", "npmjs" + ".org", "deb.debian" + ".org", "anaconda" + ".org")
BINARY = {
    ".bin",
    ".doc",
    ".docx",
    ".gz",
    ".ico",
    ".npy",
    ".npz",
    ".pdf",
    ".png",
    ".safetensors",
    ".woff2",
    ".xz",
    ".zip",
}


def find_machine_text(text: str) -> list[str]:
    """The machine paths and registry hosts in `text`, as they stand there."""
    return [*MACHINE_PATH.findall(text), *(host for host in REGISTRIES if host in text)]


def test_tracked_text_is_free_of_machine_paths_and_registries() -> None:
    found = {}
    for path in tracked_files():
        if path.suffix.lower() not in BINARY:
            text = (ROOT / path).read_text(encoding="utf-8", errors="replace")
            found[path.as_posix()] = find_machine_text(text)
    assert {path: hits for path, hits in found.items() if hits} == {}


@pytest.mark.parametrize(
    "text",
    [
        "cd /{work}/main",
        'open("/{home}/me/x.txt")',
        "file:///{opt}/wheels",
        "https://{pypi}/simple/",
        "`/{root}/.cache`",
    ],
)
def test_planted_machine_text_is_found(text: str) -> None:
    planted = text.format(work="work", home="home", opt="opt", root="root", pypi="pypi" + ".org")
    assert find_machine_text(planted) != []


@pytest.mark.parametrize(
    "text",
    ["GET /v1/reports", "http://www.example.gov.cn/home/x", "tests/work/x", "$HOME/.cache", "and/or/opt", "/reports/1"],
)
def test_other_paths_are_allowed(text: str) -> None:
    assert find_machine_text(text) == []
