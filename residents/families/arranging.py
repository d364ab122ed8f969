"""Who is of a family and how they are related: written for all of them or for none.

Locked in one order, as by all who change more than one: the area, the residents by their keys,
the family.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from accounts.areas.models import Area
from residents.families.heads import HEAD_TAKEN, ONE_HEAD
from residents.families.members import LIVING
from residents.families.models import Family
from residents.registry.codes import FamilyRelation
from residents.registry.models import Resident
from wacat.workflow import WrongState, refusing

CHANGED = "Daftar orangnya sudah berubah sejak halaman dibuka. Muat ulang, lalu ulangi."
WRITTEN = ("family", "family_relation")


def lock(rows: Any, resident: Resident, others: list[Resident]) -> dict[int, Resident]:
    """The rows of *resident* and the *others*, locked in the order of their keys.

    Raises WrongState when one is no longer what the page showed: here, and of the same
    family as *resident* or of none.
    """
    if resident.family_id is None:
        _hold_area(resident)
    keys = {resident.pk, *(one.pk for one in others)}
    found = rows.filter(pk__in=keys).select_for_update(of=("self",)).order_by("pk")
    locked = {one.pk: one for one in found}
    here = locked.get(resident.pk)
    if here is None or locked.keys() != keys or here.area_id != resident.area_id:
        raise WrongState(CHANGED)
    for one in locked.values():
        is_theirs = one.family_id is None or one.family_id == here.family_id
        if not is_theirs or one.area_id != here.area_id or one.status not in LIVING:
            raise WrongState(CHANGED)
    return locked


def arrange(
    resident: Resident, locked: Mapping[int, Resident], relations: Mapping[int, int | None]
) -> Family:
    """Make these the relations in the resident's family, which is founded if there is none.

    Raises WrongState when somebody else has just become its head.
    """
    family = _family_of(resident)
    changed = [
        one for pk, one in locked.items() if pk in relations and _set(one, family, relations[pk])
    ]
    heads = [one for one in changed if one.family_relation == FamilyRelation.HEAD]
    others = [one for one in changed if one.family_relation != FamilyRelation.HEAD]
    with refusing({ONE_HEAD: HEAD_TAKEN}):
        # The old head first: there may not be two, not even for a moment.
        Resident.objects.bulk_update(others, WRITTEN)
        Resident.objects.bulk_update(heads, WRITTEN)
    return family


def _hold_area(founder: Resident) -> None:
    """A family is to be founded here: whoever merges the RT locks it first, then its people."""
    areas: Any = Area.objects.filter(code=founder.area_id)
    areas.select_for_update(of=("self",), no_key=True).get()


def _family_of(resident: Resident) -> Family:
    if resident.family_id is None:
        founded: Family = Family._default_manager.create(area_id=resident.area_id)
        return founded
    rows = Family._default_manager.select_for_update(of=("self",))
    known: Family = rows.get(pk=resident.family_id)
    return known


def _set(one: Resident, family: Family, relation: int | None) -> bool:
    """Whether that changed anything; whoever is of no family keeps what their own KK says."""
    belongs = family if relation else None
    if (one.family_id, one.family_relation) == (belongs and belongs.pk, relation):
        return False
    if belongs is None and one.family_id is None:
        return False
    one.family, one.family_relation = belongs, relation
    return True
