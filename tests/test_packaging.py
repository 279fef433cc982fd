"""What is installed: exact pins that agree with each other, and a wheel that holds every file the code reads."""

import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.imports import ROOT
from tests.test_architecture import ROOMS
from tests.tracked import tracked_files

PIN = re.compile(r"([a-z0-9][a-z0-9._-]*)==([0-9][0-9a-z.]*)( ; [a-z_]+ .+)?")
SETS = ("runtime", "test", "ocr")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def read_pins(set_name: str) -> dict[str, str]:
    """Normalised name -> version and marker of one requirement set; fails on a line of any other form."""
    lines = (ROOT / "requirements" / f"{set_name}.txt").read_text(encoding="utf-8").splitlines()
    matches = [(line, PIN.fullmatch(line)) for line in lines]
    assert [line for line, match in matches if not match] == []
    return {match[1].replace("_", "-"): match[2] + (match[3] or "") for _, match in matches if match}


def direct_pins(requirements: list[str]) -> dict[str, str]:
    pairs = [requirement.split("==") for requirement in requirements]
    return {name.lower().replace("_", "-"): version for name, version in pairs}


@pytest.mark.parametrize(
    ("set_name", "requirements"),
    [
        ("runtime", PROJECT["dependencies"]),
        ("test", PROJECT["optional-dependencies"]["test"]),
        ("test", PROJECT["optional-dependencies"]["eval"]),
        ("ocr", PROJECT["optional-dependencies"]["ocr"]),
    ],
)
def test_pins_agree_with_the_project(set_name: str, requirements: list[str]) -> None:
    pins = read_pins(set_name)
    direct = direct_pins(requirements)
    assert {name: pins.get(name, "").split(" ;")[0] for name in direct} == direct


@pytest.mark.parametrize("set_name", [name for name in SETS if name != "runtime"])
def test_every_set_contains_the_runtime_set(set_name: str) -> None:
    assert read_pins("runtime").items() <= read_pins(set_name).items()


def test_torch_is_pinned_without_its_cuda_packages() -> None:
    pins: Mapping[str, str] = read_pins("test")
    assert pins["torch"] == "2.13.0"
    assert [name for name in pins if name.startswith(("nvidia", "cuda", "triton"))] == []


def test_the_wheel_holds_every_tracked_file_of_the_packages(tmp_path: Path) -> None:
    tracked = [path for path in tracked_files() if path.parts[0] in ROOMS]
    source = tmp_path / "source"
    for path in (*tracked, *map(Path, ("pyproject.toml", "README.md", "LICENSE"))):
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / path, source / path)
    options = ["--no-deps", "--no-build-isolation", "--disable-pip-version-check", "--wheel-dir", str(tmp_path)]
    subprocess.run([sys.executable, "-m", "pip", "--quiet", "wheel", *options, str(source)], check=True)
    with zipfile.ZipFile(next(tmp_path.glob("wenbao-*.whl"))) as wheel:
        missing = {path.as_posix() for path in tracked} - set(wheel.namelist())
    assert missing == set()


def test_every_dependency_says_why_it_is_here() -> None:
    record = (ROOT / "docs" / "decisions" / "0003-dependencies.md").read_text(encoding="utf-8").lower()
    direct = [
        *PROJECT["dependencies"],
        *PROJECT["optional-dependencies"]["ocr"],
        *PROJECT["optional-dependencies"]["eval"],
    ]
    assert [name for name in direct_pins(direct) if name not in record] == []
