"""With what an empty form of a new resident begins: today, a known lodging, a known family."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.http import Http404

from accounts.login.models import User
from accounts.rules import Action
from residents.families.models import Family
from residents.lodgings.models import Lodging
from residents.registry.codes import FamilyRelation, Purpose
from residents.registry.models import Resident
from residents.registry.states import GONE
from residents.registry.stays import a_year_after
from wacat.clock import now, today
from wacat.keys import row_key
from wacat.workflow import WrongState

JUST_BEFORE = timedelta(hours=12)
PLACE = ("area", "address", "lodging")
STAY = ("arrived_on", "stays_until", "purpose", "purpose_detail")
ORIGIN = ("origin_address", "origin_area", "no_kk")


@dataclass(frozen=True)
class Start:
    """What is filled in already, which of it is not asked again, and the words for that.

    ``shows`` is the record whose No. KK the form shows whole: that is a recorded read.
    """

    initial: dict[str, Any]
    known: tuple[str, ...] = ()
    told: str = ""
    shows: Resident | None = field(default=None)


def start_of(user: User, lodging: str, family: str) -> Start:
    """The beginning for a tenant of *lodging* or one of *family*, keys as they stand in an address.

    Raises Http404 for what is not in the user's reach, WrongState for a closed lodging.
    """
    if family:
        return _in_family(user, _reached(user, Family, family))
    if lodging:
        return _in_lodging(user, _reached(user, Lodging, lodging))
    return Start(_today())


def _reached(user: User, model: Any, key: str) -> Any:
    found = model.objects.visible_to(user, Action.RESIDENT_ENTER).filter(pk=row_key(key)).first()
    if found is None:
        raise Http404
    return found


def _in_lodging(user: User, lodging: Lodging) -> Start:
    if lodging.closed_on and lodging.closed_on <= today():
        raise WrongState("Tempat ini sudah ditutup. Catat warga tanpa memilih tempat ini.")
    before = Resident.objects.filter(
        lodging=lodging, entered_by=user, entered_at__gte=now() - JUST_BEFORE
    )
    last = before.exclude(status__in=GONE).order_by("pk").last()
    place = {"area": lodging.area_id, "address": lodging.address, "lodging": lodging.pk}
    initial = {**_today(), **(_values(last, STAY) if last else {}), **place}
    return Start(initial, PLACE, f"{lodging.name}, {lodging.address}")


def _in_family(user: User, family: Family) -> Start:
    members = Resident.objects.visible_to(user, Action.RESIDENT_ENTER).filter(family=family)
    living = list(members.exclude(status__in=GONE).order_by("pk"))
    heads = [one for one in living if one.family_relation == FamilyRelation.HEAD]
    like = next(iter([*heads, *living]), None)
    initial: dict[str, Any] = {**_today(), "family": family.pk, "area": family.area_id}
    if like is None or like.area_id != family.area_id:
        return Start(initial)
    initial |= _values(like, (*PLACE, *ORIGIN, "arrived_on", "stays_until"))
    initial |= {"purpose": Purpose.FAMILY, **_not_over(like)}
    told = f"Satu keluarga dengan {like.full_name}, {like.address}"
    return Start(initial, PLACE, told, like if like.no_kk else None)


def _not_over(like: Resident) -> dict[str, Any]:
    """Whoever joins a family whose stay is over begins today."""
    return _today() if like.stays_until < today() else {}


def _today() -> dict[str, Any]:
    day = today()
    return {"arrived_on": day, "stays_until": a_year_after(day)}


def _values(resident: Resident, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: resident.serializable_value(name) for name in names}
