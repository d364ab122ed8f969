"""Who belongs together: members of a family, relatives by their KK, and who might be added."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When

from residents.families.models import Family
from residents.registry.codes import FamilyRelation
from residents.registry.models import Resident
from residents.registry.states import ACTIVE, REPORTABLE
from wacat.sealing.crypto import blind_index

# Those who are here by the record, or about to be reported.
LIVING = (*ACTIVE, *REPORTABLE)
MOST_CANDIDATES = 60
BY_KK, BY_ADDRESS, BY_LODGING = 1, 2, 3


def others_of_the_family(resident: Resident) -> QuerySet[Any]:
    """Who lives in the same RT and is recorded as of the same family.

    These and the next two ask for nobody's scope: all of them live in the resident's RT.
    """
    if not resident.family_id:
        return Resident.objects.none()
    return _others_here(resident).filter(family=resident.family_id)


def others_of_the_kk(resident: Resident) -> QuerySet[Any]:
    """Who lives in the same RT and has the same No. KK, whether recorded as a family or not."""
    if not resident.no_kk:
        return Resident.objects.none()
    return _others_here(resident).filter(_in_the_kk(resident))


def others_of_the_household(resident: Resident) -> QuerySet[Any]:
    """Those of the KK who live at the very same address: one letter certifies it for all."""
    at_home = {"address": resident.address, "lodging": resident.lodging_id}
    return others_of_the_kk(resident).filter(**at_home)


def members_of(rows: Any, family: int | None) -> QuerySet[Any]:
    """Those of *rows* who live in the family, its head first."""
    found: QuerySet[Any] = rows.filter(family=family, status__in=LIVING)
    return found.order_by(F("family_relation").asc(nulls_last=True), "pk")


def candidates_for(rows: Any, resident: Resident) -> QuerySet[Any]:
    """Those of *rows* who may well be of the resident's family: without one, and in the same RT.

    ``likeness`` says why: BY_KK before BY_ADDRESS before BY_LODGING; the likeliest come first.
    """
    at_home = Q(address__iexact=resident.address)
    reasons = [When(_in_the_kk(resident), then=BY_KK)] if resident.no_kk else []
    reasons.append(When(at_home, then=BY_ADDRESS))
    if resident.lodging_id:
        reasons.append(When(lodging=resident.lodging_id, then=BY_LODGING))
    likeness = Case(*reasons, default=Value(None), output_field=IntegerField())
    alone: QuerySet[Any] = rows.filter(area=resident.area_id, family=None, status__in=LIVING)
    likely = alone.exclude(pk=resident.pk).annotate(likeness=likeness)
    return likely.exclude(likeness=None).order_by("likeness", "full_name", "pk")[:MOST_CANDIDATES]


def hold_families(keys: Iterable[int]) -> None:
    """Lock the residents with these *keys*, and those who live in a family with one of them.

    In the order of their keys, before ``follow``, which changes those whom the family leaves.
    """
    families = Resident.objects.filter(pk__in=keys, family__isnull=False).values("family")
    members = Q(family__in=families, status__in=LIVING)
    people = Resident.objects.filter(Q(pk__in=keys) | members)
    list(people.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def follow(moved: list[Resident]) -> None:
    """After *moved* went to one area: a family that nobody stayed in goes along.

    Who lives outside the family's area now has left it. Statements do not grow with the people,
    whose families the caller has held (``hold_families``).
    """
    families = {one.family_id for one in moved if one.family_id}
    if not families:
        return
    area = moved[0].area_id
    rows = Family._default_manager.filter(pk__in=families)
    list(rows.select_for_update().order_by("pk").values_list("pk"))
    kept = Resident.objects.active().filter(family__in=families).exclude(area=area)
    rows.exclude(pk__in=kept.values("family")).exclude(area=area).update(area=area)
    living = Resident.objects.filter(family__in=families, status__in=LIVING)
    parted = living.exclude(area=F("family__area"))
    parted.update(family=None, family_relation=None)


def head_among(members: list[Resident]) -> Resident | None:
    """The head of those members, if they have one."""
    heads = (one for one in members if one.family_relation == FamilyRelation.HEAD)
    return next(heads, None)


def _others_here(resident: Resident) -> QuerySet[Any]:
    here = Resident.objects.active().filter(area=resident.area_id)
    return here.exclude(pk=resident.pk).order_by("family_relation", "pk")


def _in_the_kk(resident: Resident) -> Q:
    return Q(no_kk_index=blind_index(resident.no_kk, "no_kk"))
