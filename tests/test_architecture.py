"""Imports point one way: reports <- indicators, vectorstore <- ingest <- qa_service <- eval <- tests.

The rules stand in docs/decisions/0002-one-tree-imports-one-way.md. There is no list of exceptions to them.
"""

import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.imports import ROOT, Import, module_name, parse_imports

# What each room may import of the others.
ROOMS: Mapping[str, frozenset[str]] = {
    "reports": frozenset(),
    "indicators": frozenset({"reports"}),
    "vectorstore": frozenset({"reports"}),
    "ingest": frozenset({"reports", "indicators"}),
    "qa_service": frozenset({"reports", "indicators", "vectorstore"}),
    "eval": frozenset({"reports", "indicators", "vectorstore", "ingest", "qa_service"}),
}

# The doors through which files come in: alone in qa_service they import ingest.
INGEST_DOORS = re.compile(r"qa_service\.(cli|web\.admin\w*)(\.|$)")

# Rooms whose libraries are counted: exact figures depend on no PDF, vector, language-model or web library.
LIBRARIES: Mapping[str, frozenset[str]] = {
    "reports": frozenset(),
    "indicators": frozenset({"sqlalchemy", "alembic", "yaml"}),
}

WEB = frozenset({"fastapi", "starlette", "uvicorn", "mcp"})
# Each of these takes seconds to import; a figure is answered without them.
HEAVY = frozenset(
    {"torch", "sentence_transformers", "transformers", "chromadb", "langchain_chroma", "onnxruntime", "mcp"}
)
# What answers a figure question: the command, and the application that it serves.
FIGURE_PATH = ("qa_service.cli", "qa_service.web.app")
# Format libraries belong to the readers: nothing else sees their objects.
READERS = frozenset({"pdfplumber", "pdfminer", "docx", "rapidocr"})


def arrow_violation(module: str, imported: Import) -> str | None:
    """Why `module` may not import this, or None where it may."""
    room, target = module.partition(".")[0], imported.target.partition(".")[0]
    where = f"{module}:{imported.line} imports {imported.target}"
    if target == "tests":
        return f"{where}: the product never imports its tests"
    if target in ROOMS:
        if target == room or target in ROOMS[room]:
            return None
        if target == "ingest" and INGEST_DOORS.match(module):
            return None
        return f"{where}: {room} imports only {', '.join(sorted(ROOMS[room])) or 'no other room'}"
    if room in LIBRARIES and target not in LIBRARIES[room] | sys.stdlib_module_names:
        allowed = ", ".join(sorted(LIBRARIES[room]))
        return f"{where}: {room} imports the standard library{' and ' + allowed if allowed else ' only'}"
    if room in ("vectorstore", "ingest") and target in WEB:
        return f"{where}: {room} knows nothing of the web"
    if target in READERS and room != "eval" and not module.startswith("ingest.formats."):
        return f"{where}: only a reader in ingest.formats imports {target}"
    return None


def figure_path_violations(modules: Mapping[str, list[Import]]) -> list[str]:
    """Heavy libraries that are imported as soon as FIGURE_PATH is, by following every import that runs at once."""
    found, seen, todo = [], set[str](), [name for name in FIGURE_PATH if name in modules]
    while todo:
        module = todo.pop()
        if module in seen:
            continue
        seen.add(module)
        for imported in (each for each in modules[module] if each.on_import):
            if imported.target.partition(".")[0] in HEAVY:
                found.append(f"{module}:{imported.line} imports {imported.target} at once: import it where it is used")
            todo.extend(loaded_by(imported.target, modules))
    return found


def loaded_by(target: str, modules: Mapping[str, list[Import]]) -> list[str]:
    """The modules of the house that importing `target` loads: itself and the packages above it."""
    parts = target.split(".")
    return [name for count in range(1, len(parts) + 1) if (name := ".".join(parts[:count])) in modules]


def import_cycles(modules: Mapping[str, list[Import]]) -> list[str]:
    """Pairs of modules that import each other, wherever in the file the imports stand."""
    targets = {
        name: {loaded[-1] for each in imports if (loaded := loaded_by(each.target, modules))} - {name}
        for name, imports in modules.items()
    }
    return [
        f"{one} and {two} import each other"
        for one in targets
        for two in targets[one]
        if one < two and one in targets[two]
    ]


def read_house() -> dict[str, list[Import]]:
    paths: list[Path] = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py"))]
    return {
        module_name(path): parse_imports(
            path.read_text(encoding="utf-8"), module_name(path), is_package=path.name == "__init__.py"
        )
        for path in paths
    }


@pytest.fixture(scope="module")
def house() -> dict[str, list[Import]]:
    return read_house()


def test_every_room_is_there(house: dict[str, list[Import]]) -> None:
    assert set(ROOMS) <= set(house)


def test_imports_point_one_way(house: dict[str, list[Import]]) -> None:
    violations = [arrow_violation(module, each) for module, imports in house.items() for each in imports]
    assert [each for each in violations if each] == []


def test_no_two_modules_import_each_other(house: dict[str, list[Import]]) -> None:
    assert import_cycles(house) == []


def test_figure_path_imports_nothing_heavy(house: dict[str, list[Import]]) -> None:
    assert figure_path_violations(house) == []


@pytest.mark.parametrize("module", FIGURE_PATH)
def test_figure_path_loads_nothing_heavy(module: str) -> None:
    """The proof by running: no library of ours loads one of them behind our back either."""
    if not (ROOT / Path(*module.split(".")).with_suffix(".py")).exists():
        pytest.skip(f"{module} is not there yet")
    code = f"import sys, {module}; print(*sorted({set(HEAVY)!r} & set(sys.modules)))"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (loaded.returncode, loaded.stdout.split()) == (0, []), loaded.stderr


PLANTED = [
    ("reports.table", "import indicators", "reports imports only no other room"),
    ("reports.table", "import yaml", "standard library only"),
    ("reports.table", "from indicators.store import IndicatorStore", "reports imports only"),
    ("indicators.store", "def f():\n    from vectorstore import search", "indicators imports only reports"),
    ("indicators.store", "import pdfplumber", "standard library and alembic, sqlalchemy, yaml"),
    ("indicators.store", "async def f():\n    import fastapi", "standard library and"),
    ("vectorstore.search", "import indicators.store", "vectorstore imports only reports"),
    ("vectorstore.search", "from fastapi import FastAPI", "nothing of the web"),
    ("ingest.title", "class A:\n    def f(self):\n        import qa_service.settings", "ingest imports only"),
    ("ingest.title", "import pdfplumber", "only a reader in ingest.formats"),
    ("qa_service.library", "import ingest", "qa_service imports only"),
    ("qa_service.web.app", "from ingest.read_report import read_report", "qa_service imports only"),
    ("qa_service.web.routes", "try:\n    import ingest\nexcept ImportError:\n    pass", "qa_service imports only"),
    ("qa_service.library", "import importlib\nimportlib.import_module('ingest.title')", "qa_service imports only"),
    ("qa_service.library", "x = lambda: __import__('eval')", "qa_service imports only"),
    (
        "qa_service.library",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import ingest",
        "qa_service imports",
    ),
    ("eval.run", "import tests.imports", "never imports its tests"),
]


def violations_in(module: str, source: str) -> list[str]:
    return [violation for each in parse_imports(source, module) if (violation := arrow_violation(module, each))]


@pytest.mark.parametrize(("module", "source", "reason"), PLANTED)
def test_a_planted_violation_is_found(module: str, source: str, reason: str) -> None:
    violations = violations_in(module, source)
    assert len(violations) == 1
    assert reason in violations[0]


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("qa_service.cli", "from ingest.read_report import read_report"),
        ("qa_service.web.admin", "import ingest"),
        ("qa_service.web.admin_upload", "import ingest"),
        ("ingest.formats.from_pdf", "import pdfplumber"),
        ("eval.run", "import ingest, qa_service.library"),
        (
            "indicators.store",
            "import sqlalchemy.orm\nfrom decimal import Decimal\nfrom indicators.observation import X",
        ),
        ("reports.report", "from reports.table import Table\nimport dataclasses"),
    ],
)
def test_allowed_imports_pass(module: str, source: str) -> None:
    assert [
        arrow_violation(module, each) for each in parse_imports(source, module) if arrow_violation(module, each)
    ] == []


def test_a_relative_import_is_resolved() -> None:
    assert [each.target for each in parse_imports("from ..store import X", "indicators.a.b")] == ["indicators.store.X"]
    assert [each.target for each in parse_imports("from . import x", "indicators", is_package=True)] == ["indicators.x"]


def planted_house(entry: str, between: str) -> dict[str, list[Import]]:
    sources = {"qa_service": "", "qa_service.cli": entry, "vectorstore": "", "vectorstore.embedding": between}
    return {name: parse_imports(text, name, is_package="." not in name) for name, text in sources.items()}


def test_a_planted_heavy_import_is_found_through_the_modules_between() -> None:
    violations = figure_path_violations(planted_house("from vectorstore.embedding import Embedding", "import torch.nn"))
    assert violations == ["vectorstore.embedding:1 imports torch.nn at once: import it where it is used"]


@pytest.mark.parametrize(
    ("entry", "between"),
    [
        ("def f():\n    import vectorstore.embedding", "import torch"),
        ("import vectorstore.embedding", "def f():\n    import torch"),
        ("import vectorstore", "import torch"),
    ],
)
def test_a_heavy_import_that_waits_is_allowed(entry: str, between: str) -> None:
    assert figure_path_violations(planted_house(entry, between)) == []


def test_a_planted_cycle_is_found() -> None:
    sources = {"reports": "", "reports.a": "from reports.b import B", "reports.b": "def f():\n    import reports.a"}
    modules = {name: parse_imports(text, name, is_package="." not in name) for name, text in sources.items()}
    assert import_cycles(modules) == ["reports.a and reports.b import each other"]
