"""How a NIK leads to its residents in the trail (accounts.audit)."""

from __future__ import annotations

from django.apps import apps

from residents.registry.models import Resident
from residents.registry.nik import normalise
from wacat.sealing.crypto import blind_index

LABEL = "residents.resident"


def with_nik(text: str) -> list[int]:
    """Keys of all whose record has, or once had, exactly this NIK; none when it is no NIK."""
    try:
        nik = normalise(text)
    except ValueError:
        return []
    now = Resident.objects.with_nik(nik).values_list("pk", flat=True)
    events = apps.get_model("residents.ResidentEvent")._default_manager
    before = events.filter(nik_index=blind_index(nik, "nik"))
    return sorted({*now, *before.values_list("pgh_obj_id", flat=True)})
