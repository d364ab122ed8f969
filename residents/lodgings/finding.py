"""Finding lodgings: by whether they are open, by name, address or owner as typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.db.models import Q

from residents.registry.find_form import ASK_BETTER, says_something

STATES = {"open": "Menerima penghuni", "closed": "Ditutup"}
MOST_WORDS = 5


class LodgingFinder:
    """What the list is narrowed to: ``?status=``, and a typed text; ``error`` is what it lacks."""

    def __init__(self, query: Mapping[str, Any], text: str = "") -> None:
        self.status = query.get("status", "")
        self.error = ASK_BETTER if text and not says_something(text) else ""
        self.text = "" if self.error else " ".join(text.replace("\0", " ").split())[:100]
        if self.status and self.status not in STATES:
            raise BadRequest("Keadaan tidak dikenal.")

    @property
    def label(self) -> str:
        """The chosen state in words, or nothing."""
        return STATES.get(self.status, "")

    @property
    def choices(self) -> list[tuple[str, str]]:
        return list(STATES.items())

    def narrow(self, rows: Any) -> Any:
        """*rows* (a scoped queryset) with what was asked for: each word in one of the columns."""
        if self.status:
            rows = rows.filter(closed_on__isnull=self.status == "open")
        for word in self.text.split()[:MOST_WORDS]:
            named = Q(name__icontains=word) | Q(address__icontains=word)
            rows = rows.filter(named | Q(owner_name__icontains=word))
        return rows
