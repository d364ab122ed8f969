"""The cells of a row by column: those that are read, and all others, which are only given back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from residents.importing.columns import PREFILLED
from residents.importing.headings import Headings

OTHER = "+"  # begins the key of a column that nothing is read from
# Where each column stands and its heading, by key.
Known = dict[str, tuple[int, str]]
_NO_MARK = frozenset({"", "-", "0", "0.0", "tidak"})


class Columns:
    """The columns of a sheet, put among those that are *known* from the file's other sheets."""

    def __init__(self, heads: Headings, known: Known) -> None:
        self._heads, self._known = heads, known
        width = max(heads.words, default=-1) + 1
        self._width, self._others = width, dict[int, str]()
        self._rest = [n for n in range(width) if n not in heads.keys and n not in heads.added]
        for n, key in heads.keys.items():
            known.setdefault(key, (n, heads.label(n)))
        for n in self._rest:
            if n in heads.labels:
                self._other(n)

    def cells(self, values: Sequence[Any]) -> dict[str, Any] | None:
        """The filled cells by key; None where they say nothing of anybody."""
        width, cells = len(values), dict[str, Any]()
        for n, key in self._heads.keys.items():
            value = values[n] if n < width else ""
            if value == "" or (value.__class__ is str and not value.strip()):
                continue
            cells[key] = value
        if cells.keys() <= PREFILLED:
            return None
        if "is_male" in cells or "is_female" in cells:
            _tick(cells)
        self._add_others(cells, values)
        return cells

    def _add_others(self, cells: dict[str, Any], values: Sequence[Any]) -> None:
        beyond = range(self._width, len(values))
        for n in (*self._rest, *beyond) if beyond else self._rest:
            if n < len(values) and values[n] != "":
                cells[self._other(n)] = values[n]

    def _other(self, n: int) -> str:
        """The key of a column that nothing is read from; another one for each of two alike."""
        if n not in self._others:
            label = self._heads.label(n)
            key = f"{OTHER}{label}"
            if key in self._others.values():
                key = f"{key}{OTHER}{n}"
            self._others[n] = key
            self._known.setdefault(key, (n, label))
        return self._others[n]


def _tick(cells: dict[str, Any]) -> None:
    """L or P of two columns of which one is ticked; of both or none nothing is known."""
    ticked = [
        letter
        for key, letter in (("is_male", "L"), ("is_female", "P"))
        if str(cells.get(key, "")).strip().casefold() not in _NO_MARK
    ]
    if len(ticked) == 1:
        cells.setdefault("sex", ticked[0])
