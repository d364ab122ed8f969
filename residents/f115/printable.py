"""Of which records there is a form to print."""

from __future__ import annotations

from residents.registry.models import Resident
from residents.registry.states import GONE


def is_printable(resident: Resident) -> bool:
    """Whether the record still says something of somebody."""
    return resident.status not in GONE and resident.anonymised_on is None
