"""From the words for a place of origin to its province."""

from __future__ import annotations

from residents.registry.nik import PROVINCES


def province_of(place: str) -> str:
    """The province's two digits, or nothing where the words name none for certain."""
    text = place.casefold()
    found = {code for code, name in PROVINCES.items() if name.casefold() in text}
    return found.pop() if len(found) == 1 else ""
