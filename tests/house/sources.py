"""The project's own source, as the tests of the house read it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

BASE_DIR = Path(__file__).resolve().parent.parent.parent
# From the ground up: a room may import itself and those before it.
ROOMS = ("wacat", "accounts", "residents", "reports")
TEMPLATES = BASE_DIR / "templates"
STATIC = BASE_DIR / "static"


@cache
def modules() -> dict[str, Path]:
    """Every module of the rooms by its dotted name; a package goes by its own."""
    return {
        ".".join(path.relative_to(BASE_DIR).with_suffix("").parts).removesuffix(".__init__"): path
        for room in ROOMS
        for path in sorted((BASE_DIR / room).rglob("*.py"))
    }


@cache
def tree_of(path: Path) -> ast.Module:
    """The file's syntax tree."""
    return ast.parse(path.read_text(), str(path))


def imports_of(name: str) -> Iterator[str]:
    """Modules that *name* imports anywhere: within functions and TYPE_CHECKING too."""
    for node in ast.walk(tree_of(modules()[name])):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.module, f"{name} imports relatively"
            for alias in node.names:
                whole = f"{node.module}.{alias.name}"
                yield whole if whole in modules() else node.module


def texts_of(path: Path) -> Iterator[str]:
    """Every string in a Python file, f-strings' parts included, doc strings left out."""
    tree = tree_of(path)
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    said = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, documented) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in said:
            yield node.value


@cache
def files_under(folder: Path, *suffixes: str) -> tuple[Path, ...]:
    """All files in a folder and those below it, vendored ones left out."""
    return tuple(
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file()
        and "vendor" not in path.parts
        and path.suffix in (suffixes or path.suffix)
    )


def shown(path: Path) -> str:
    """The path from the repository on."""
    return str(path.relative_to(BASE_DIR))
