"""A row with what was found out about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from residents.importing.reading import Row


@dataclass(slots=True)
class Judged:
    """Without ``errors`` the row can be entered; ``held`` when its NIK counts in another RT.

    Before it is entered that is said only of RTs within the area of the list: see ``standing``.

    ``fields`` are a resident's columns. Days are ISO texts there, as COPY and JSON take them.
    """

    row: Row
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    fields: dict[str, Any] = field(default_factory=dict)
    held: bool = False

    @property
    def cells(self) -> dict[str, Any]:
        """What stands in the row, by column."""
        return self.row.cells

    @property
    def place(self) -> str:
        """Where the row stands, as in "12" or "RT 003: 12"."""
        return f"{self.row.sheet}: {self.row.number}" if self.row.sheet else str(self.row.number)
