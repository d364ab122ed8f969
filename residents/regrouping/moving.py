"""Residents follow their RT into the one that it is merged into: by placements, from its day on.

So scope goes by where they live now, and a figure of the past still finds them where they
lived then. Statuses are left alone: nobody is reported, verified or ended by this.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.areas import changing
from accounts.areas.changing import Order
from accounts.areas.models import Area, AreaChange
from residents.families.models import Family
from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from residents.registry.placing import go_on
from residents.registry.spans import Placement
from residents.registry.states import Status
from residents.regrouping.told import move_services


@transaction.atomic
def merge_rts(rt: Area, into: Area, order: Order) -> AreaChange:
    """Merge *rt* into *into*, with its residents, lodgings, families and open services, or nothing.

    Raises as ``accounts.areas.changing.merge``. A repeated key changes nothing.
    """
    if made := changing.begin(rt.kelurahan_code, order.by, order.key):
        return made
    change = changing.merge(rt, into, order)
    move_residents(rt, into, order.starts)
    move_services(rt, into)
    return change


def move_residents(rt: Area, into: Area, on: date) -> None:
    """Place in *into*, from *on* on, all who live in *rt* then or later, and what is theirs.

    Lodgings and families go along. Statements do not grow with the people. Who left before
    *on* stays in the books of *rt*: they never lived in the other. A draft was counted nowhere
    and moves altogether, as if entered there.

    Their rows are locked first, in the order of their keys, as by all others who change more
    than one: so nobody reports or ends one of them in between, and no two wait for each other.
    """
    keys = _lock(rt, on)
    theirs = Placement.objects.lived().filter(area=rt, resident__in=keys)
    drafts = theirs.filter(resident__status=Status.DRAFT)
    living = Q(starts__lt=on) & (Q(until__isnull=True) | Q(until__gt=on))
    parted = list(theirs.exclude(resident__status=Status.DRAFT).filter(living))
    moved = set(drafts.values_list("resident", flat=True))
    moved |= set(theirs.filter(starts__gte=on).values_list("resident", flat=True))
    drafts.update(area=into)
    theirs.filter(starts__gte=on).update(area=into)
    go_on(parted, into.code, on)
    moved |= {place.resident_id for place in parted}
    Resident.objects.filter(area=rt, pk__in=moved).update(area=into)
    Lodging.objects.filter(area=rt).update(area=into)
    Family.objects.filter(area=rt).update(area=into)


def _lock(rt: Area, on: date) -> list[int]:
    """The keys of all who are placed in *rt* on *on* or later, or as drafts, now locked."""
    late = (
        Placement.objects.lived()
        .filter(area=rt)
        .filter(Q(until__isnull=True) | Q(until__gt=on) | Q(starts__gte=on))
    )
    people: Any = Resident.objects.filter(pk__in=late.values("resident"))
    locked = people.select_for_update(of=("self",)).order_by("pk")
    return list(locked.values_list("pk", flat=True))
