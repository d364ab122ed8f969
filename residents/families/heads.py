"""The head of a family: one at a time among those who live here (held by the database)."""

from __future__ import annotations

from residents.registry.codes import FamilyRelation
from residents.registry.models import Resident

ONE_HEAD = "resident_family_one_head"
HEAD_TAKEN = "Keluarga ini sudah mempunyai kepala keluarga."


def step_aside(resident: Resident) -> None:
    """A head who comes (back) to a family that has another one is a member without relation.

    The row is the caller's to save; the family's page asks for the relation.
    """
    if resident.family_id is None or resident.family_relation != FamilyRelation.HEAD:
        return
    others = Resident.objects.active().filter(
        family=resident.family_id, family_relation=FamilyRelation.HEAD
    )
    if others.exclude(pk=resident.pk).exists():
        resident.family_relation = None
