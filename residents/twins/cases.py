"""What waits for the operator: objections, held reports, moves that may still be objected to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from accounts.rules import Action
from accounts.scope import Holder
from residents.registry.models import Resident
from residents.registry.states import Status
from residents.registry.twice import counting
from residents.twins.models import Relocation, RelocationStatus
from wacat.sealing.crypto import blind_index

TO_DECIDE, HELD = "", "held"
CHOICES = ((HELD, "Laporan ditahan"), *RelocationStatus.choices)


@dataclass(frozen=True)
class HeldCase:
    """A held report with the other record of the same NIK; None where there is none any more."""

    resident: Resident
    twin: Resident | None


def relocations(user: Holder, status: str) -> Any:
    """The declared moves in this state that the operator reaches, with both records."""
    rows = Relocation.objects.visible_to(user, Action.RESIDENT_JUDGE).filter(status=status)
    return rows.select_related("arrival__area__parent", "departure__area__parent")


def objections(user: Holder) -> Any:
    """What is to be decided."""
    return relocations(user, RelocationStatus.OBJECTED)


def held_reports(user: Holder) -> Any:
    """Reports that wait for a Lurah, or for the operator to return them."""
    rows = Resident.objects.visible_to(user, Action.RESIDENT_JUDGE).filter(status=Status.HELD)
    return rows.select_related("area__parent")


def with_twins(user: Holder, held: Iterable[Resident]) -> list[HeldCase]:
    """Each held report beside the stay that holds it, by one query for all of them."""
    listed = list(held)
    indexes = [blind_index(one.nik, "nik") for one in listed if one.nik]
    rows = Resident.objects.visible_to(user, Action.RESIDENT_JUDGE)
    found = counting(rows).filter(nik_index__in=indexes).select_related("area__parent")
    twins: dict[str, Resident] = {}
    for twin in found:
        twins.setdefault(twin.nik, twin)
    return [HeldCase(one, twins.get(one.nik)) for one in listed]


def twin_of(user: Holder, resident: Resident) -> Resident | None:
    """The other record of the same NIK that the operator reaches."""
    if not resident.nik:
        return None
    rows = Resident.objects.visible_to(user, Action.RESIDENT_JUDGE).with_nik(resident.nik)
    found = counting(rows.exclude(pk=resident.pk))
    return found.select_related("area__parent__parent", "lodging").first()
