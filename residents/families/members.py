"""Who belongs together: members of a family, relatives by their KK, and who might be added."""

from __future__ import annotations

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


def relatives_of(resident: Resident) -> QuerySet[Any]:
    """The active ones of the same RT who are of the same family, or in the same KK.

    Neither *resident* nor anybody's scope is in it.
    """
    theirs = Q(pk__in=[])
    if resident.family_id:
        theirs |= Q(family=resident.family_id)
    if resident.no_kk:
        theirs |= _in_the_kk(resident)
    here = Resident.objects.active().filter(theirs, area=resident.area_id)
    return here.exclude(pk=resident.pk)


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


def follow(moved: list[Resident]) -> None:
    """After *moved* went to one area: a family that nobody stayed in goes along.

    Who lives outside the family's area now has left it. Statements do not grow with the people.
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


def _in_the_kk(resident: Resident) -> Q:
    return Q(no_kk_index=blind_index(resident.no_kk, "no_kk"))
