"""Reads from source text what a module imports, wherever in the file the import stands."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Import:
    """One name that a module imports: `target` is dotted and absolute, `line` 1-based.

    `on_import` tells whether the line runs when the module is imported (not inside a function, not for types only).
    """

    target: str
    line: int
    on_import: bool


def module_name(path: Path, root: Path = ROOT) -> str:
    """The dotted name by which `path` is imported when `root` is on the path."""
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def parse_imports(source: str, module: str, *, is_package: bool = False) -> list[Import]:
    """Every import in `source`, that of module `module`: statements, relative ones resolved, and dynamic ones by name.

    `from a import b` yields `a.b`, whether b is a module or a name in it: the caller knows which modules exist.
    """
    return list(_visit(ast.parse(source), module if is_package else module.rpartition(".")[0], on_import=True))


def _visit(node: ast.AST, package: str, *, on_import: bool) -> Iterator[Import]:
    if isinstance(node, ast.Import):
        yield from (Import(alias.name, node.lineno, on_import) for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        base = _absolute(node.module or "", node.level, package)
        yield from (Import(f"{base}.{alias.name}", node.lineno, on_import) for alias in node.names)
    elif isinstance(node, ast.Call) and (name := _dynamic_import(node)):
        yield Import(name, node.lineno, on_import)
    if isinstance(node, ast.If) and _is_type_checking(node.test):
        for statement in node.body:
            yield from _visit(statement, package, on_import=False)
        for statement in node.orelse:
            yield from _visit(statement, package, on_import=on_import)
        return
    deferred = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    for child in ast.iter_child_nodes(node):
        yield from _visit(child, package, on_import=on_import and not deferred)


def _absolute(module: str, level: int, package: str) -> str:
    if level == 0:
        return module
    parents = package.split(".")
    return ".".join([*parents[: len(parents) - level + 1], *filter(None, [module])])


def _dynamic_import(call: ast.Call) -> str | None:
    function = call.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", None)
    if name not in ("import_module", "__import__") or not call.args:
        return None
    argument = call.args[0]
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def _is_type_checking(test: ast.expr) -> bool:
    return (isinstance(test, ast.Name) and test.id == "TYPE_CHECKING") or (
        isinstance(test, ast.Attribute) and test.attr == "TYPE_CHECKING"
    )
