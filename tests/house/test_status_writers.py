"""Nothing writes a status but the workflow. Read from the syntax, so that nothing hides it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from tests.house.sources import modules, shown, texts_of, tree_of

THE_WRITER = "wacat.workflow"
# Past made up for the demo: rows that begin their life in a later state.
MAY_CONSTRUCT = (".demo.",)
# setattr() with a name that only running tells: a field that sets its own attribute.
MAY_SET_BY_NAME = frozenset({"wacat.sealing.fields", "residents.registry.derived"})
# An attribute of that name on what is no row: the state that a list is narrowed to.
NO_ROW = frozenset({"accounts.directory.finding", "residents.lodgings.finding"})
SETTERS = {"update", "bulk_update", "update_or_create", "get_or_create"}
MAKERS = {"create", "Resident", "Letter", "aupdate", "acreate"}
RAW = re.compile(r"\bset\b[^;]*\bstatus\s*=", re.IGNORECASE)


def writes(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Line and kind of each place that writes a ``status``."""
    for node in ast.walk(tree):
        match node:
            case ast.Attribute(attr="status", ctx=ast.Store() | ast.Del()):
                yield node.lineno, "assigns"
            case ast.Call(func=ast.Name(id="setattr"), args=[_, ast.Constant() as name, *_]):
                if name.value == "status":
                    yield node.lineno, "assigns"
            case ast.Call(func=ast.Name(id="setattr")):
                yield node.lineno, "sets by name"
            case ast.Call(func=ast.Attribute(attr=name)) if name in SETTERS and _says_status(node):
                yield node.lineno, "updates"
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name)) if (
                name in MAKERS and _says_status(node)
            ):
                yield node.lineno, "constructs"


def _says_status(call: ast.Call) -> bool:
    """As keyword, in a literal ``**{…}`` or among the strings of the arguments."""
    if any(keyword.arg == "status" for keyword in call.keywords):
        return True
    given = [*call.args, *(keyword.value for keyword in call.keywords)]
    return any(
        isinstance(node, ast.Constant) and node.value == "status"
        for one in given
        for node in ast.walk(one)
    )


def test_only_the_workflow_writes_a_status() -> None:
    found = [
        f"{shown(path)}:{line} {kind}"
        for name, path in modules().items()
        if name not in {THE_WRITER, *NO_ROW} and ".migrations." not in name
        for line, kind in writes(tree_of(path))
        if not (kind == "constructs" and any(part in f"{name}." for part in MAY_CONSTRUCT))
        if not (kind == "sets by name" and name in MAY_SET_BY_NAME)
    ]
    assert found == []


def test_no_raw_sql_writes_a_status() -> None:
    found = [shown(path) for path in modules().values() for t in texts_of(path) if RAW.search(t)]
    assert found == []


def test_the_workflow_is_seen_to_write() -> None:
    assert [kind for _, kind in writes(tree_of(modules()[THE_WRITER]))] == ["assigns"]


@pytest.mark.parametrize(
    "line",
    [
        "row.status = 'draft'",
        "row.status, row.other = 1, 2",
        "row.status += 'x'",
        "setattr(row, 'status', 1)",
        "setattr(row, name, 1)",
        "rows.filter(pk=1).update(status='x')",
        "rows.update(**{'status': 'x'})",
        "rows.bulk_update(found, ['area', 'status'])",
        "rows.update_or_create(pk=1, defaults={'status': 'x'})",
        "Resident(status='x')",
        "Letter.objects.create(status='x')",
        "for row.status in found: pass",
    ],
)
def test_every_way_to_write_one_is_known(line: str) -> None:
    assert list(writes(ast.parse(line)))


@pytest.mark.parametrize("line", ["render(request, x, status=422)", "rows.filter(status='x')"])
def test_reading_one_is_no_writing(line: str) -> None:
    assert not list(writes(ast.parse(line)))


def test_raw_writing_would_be_found() -> None:
    assert RAW.search("UPDATE residents_resident SET a = 1, status = 'x'")
