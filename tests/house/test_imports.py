"""Imports run one way, reports → residents → accounts → wacat, and never in a circle."""

from __future__ import annotations

import pytest

from tests.house.sources import ROOMS, imports_of, modules


def own_imports() -> dict[str, set[str]]:
    """What each module imports of the project itself."""
    return {
        name: {one for one in imports_of(name) if one in modules() and one != name}
        for name in modules()
    }


def cycle_in(graph: dict[str, set[str]]) -> list[str]:
    """Modules that import one another in a circle, or nothing."""
    done: set[str] = set()

    def walk(name: str, way: list[str]) -> list[str]:
        if name in way:
            return [*way[way.index(name) :], name]
        if name in done:
            return []
        for one in sorted(graph[name]):
            if found := walk(one, [*way, name]):
                return found
        done.add(name)
        return []

    return next((found for name in graph if (found := walk(name, []))), [])


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_imports_none_above_it(room: str) -> None:
    above = ROOMS[ROOMS.index(room) + 1 :]
    upward = [
        f"{name} imports {one}"
        for name in modules()
        if name.partition(".")[0] == room
        for one in imports_of(name)
        if one.partition(".")[0] in above
    ]
    assert upward == []


def test_the_application_does_not_import_its_tests() -> None:
    assert [n for n in modules() for one in imports_of(n) if one.partition(".")[0] == "tests"] == []


def test_no_two_files_import_each_other() -> None:
    assert cycle_in(own_imports()) == []


def test_a_circle_would_be_found() -> None:
    assert cycle_in({"a": {"b"}, "b": {"c"}, "c": {"b"}}) == ["b", "c", "b"]
