"""After somebody was reported: whoever else lives in the same lodging, or belongs to the family."""

from __future__ import annotations

from urllib.parse import urlencode

from django.urls import reverse

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from residents.registry.models import Resident
from residents.registry.starting import JUST_BEFORE
from residents.registry.states import Status
from wacat.clock import now

JUST_REPORTED = (Status.REPORTED, Status.HELD)


def next_ones(user: User, resident: Resident) -> list[tuple[str, str]]:
    """Address and label of what comes next for who has just reported the resident."""
    if resident.status not in JUST_REPORTED or resident.entered_by_id != user.pk:
        return []
    just = resident.reported_at and resident.reported_at > now() - JUST_BEFORE
    if not just or not resident.lies_within(reach(user, Action.RESIDENT_ENTER)):
        return []
    found = []
    if resident.family_id:
        found.append((_add(keluarga=resident.family_id), "Tambah anggota keluarga"))
    if resident.lodging and not resident.lodging.closed_on:
        found.append((_add(tempat=resident.lodging.pk), "Tambah penghuni berikutnya"))
    return found


def _add(**known: int) -> str:
    return f"{reverse('resident_add')}?{urlencode(known)}"
