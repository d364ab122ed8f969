"""Finding residents: by state, by name, by exact NIK."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest

from residents.registry.nik import normalise
from residents.registry.states import Status

FILTERS = {
    **{str(status): str(status.label) for status in Status},
    "overdue": "Lewat masa tinggal",
    "soon": "Akan berakhir",
}


class Finder:
    """What the list is narrowed to: ``?status=`` and a text typed into the search."""

    def __init__(self, query: Mapping[str, Any], text: str = "") -> None:
        self.status = query.get("status", "")
        self.text = " ".join(text.replace("\0", " ").split())[:100]
        if self.status and self.status not in FILTERS:
            raise BadRequest("Keadaan tidak dikenal.")

    @property
    def label(self) -> str:
        """The chosen state in words, or nothing."""
        return FILTERS.get(self.status, "")

    @property
    def choices(self) -> list[tuple[str, str]]:
        return list(FILTERS.items())

    def narrow(self, rows: Any) -> Any:
        """*rows* (a scoped queryset) with what was asked for."""
        if self.status == "overdue":
            rows = rows.overdue()
        elif self.status == "soon":
            rows = rows.ending_soon()
        elif self.status:
            rows = rows.filter(status=self.status)
        if not self.text:
            return rows
        try:
            return rows.with_nik(normalise(self.text))
        except ValueError:
            return rows.named(self.text)
