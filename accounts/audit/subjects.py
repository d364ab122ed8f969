"""Seam: rooms above tell how what is typed leads to rows of theirs that the trail is about.

A room registers a function for a model's label when its app is ready; so the trail finds a
resident by NIK without knowing what a NIK is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

# From what was typed to keys of rows; none where it says nothing to the room.
Finder = Callable[[str], Iterable[int]]
_FINDERS: dict[str, Finder] = {}


def register(label: str, finder: Finder) -> None:
    """Let *finder* look up rows of the model *label* ("residents.resident")."""
    _FINDERS[label] = finder


def find(text: str) -> list[str]:
    """The subjects ("residents.resident:12") that *text* leads to, in all rooms."""
    return [f"{label}:{pk}" for label, finder in _FINDERS.items() for pk in finder(text)]
