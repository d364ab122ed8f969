"""Delivered services for tests, entered as an operator types one.

All people are invented: every NIK begins with 99.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from itertools import count
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from accounts.areas.models import CITY_CODE
from accounts.login.models import User
from accounts.rules import Role
from accounts.scope import KELURAHAN as KELURAHAN_LENGTH
from residents.services.codes import Kind, Status
from residents.services.identity import content_of, identity_of
from residents.services.models import Service
from residents.services.workflow import WORKFLOW
from tests.officials import KELURAHAN, RT, holder, load_areas
from wacat.clock import now, today
from wacat.words import WITA
from wacat.workflow import Move

_serials = count(1)
_CONTENT = ("nik", "no_kk", "full_name", "address", "rt_text", "kelurahan_text", "other_place")


def a_service(area: str = RT, /, **fields: Any) -> Service:
    """A service that the RT *area* is told of today, or on ``told_on``.

    Under a kelurahan or the city it waits for its RT, with ``place_key`` by its ``address``.
    """
    load_areas()
    service = Service(**_values(area, fields))
    told = (service.nik, service.no_kk, service.full_name, service.address)
    service.content = content_of(service.served_on, *told, service.other_place, service.detail)
    if "identity" not in fields:
        service.identity = identity_of(
            service.kind,
            service.number,
            service.nik,
            service.no_kk,
            service.full_name,
            service.served_on,
        )
    service.save()
    return Service.objects.get(pk=service.pk)


def a_version(service: Service, /, **changes: Any) -> Service:
    """The same service delivered again with *changes*: the version that is in force now."""
    same = {name: getattr(service, name) for name in (*_CONTENT, "kind", "number", "served_on")}
    Service.objects.filter(pk=service.pk).update(superseded_at=now())
    area = changes.pop("area", service.area_id)
    return a_service(
        area,
        **{**same, "identity": service.identity, "version": service.version + 1, **changes},
    )


def confirmed(area: str = RT, /, **fields: Any) -> Service:
    """One that the Ketua RT has called true."""
    return answered(a_service(area, **fields), "confirm")


def answered(service: Service, name: str, user: User | None = None) -> Service:
    """The service after ``confirm``, ``correct`` or ``take_back``, by its Ketua RT unless said."""
    actor = user or holder(Role.KETUA_RT, service.area_id)
    WORKFLOW.advance(service.pk, name, Move(actor))
    return Service.objects.get(pk=service.pk)


STATES: dict[str, Callable[[], Service]] = {
    "waiting": partial(a_service, KELURAHAN),
    "aside": partial(a_service, KELURAHAN, status=Status.ASIDE),
    "told": a_service,
    "confirmed": confirmed,
    "corrected": lambda: answered(a_service(), "correct"),
}


def _values(area: str, fields: dict[str, Any]) -> dict[str, Any]:
    serial = next(_serials)
    is_placed = len(area) > KELURAHAN_LENGTH
    told_on: date | None = fields.pop("told_on", today()) if is_placed else None
    moment = now() if told_on == today() else told_on and _noon(told_on)
    values = {
        "area_id": area,
        "status": Status.TOLD if is_placed else Status.WAITING,
        "kind": Kind.KTP,
        "served_on": told_on or today(),
        "number": f"UJI/{serial}",
        "nik": f"9971{serial // 9000 + 1:02}130591{serial % 9000 + 1:04}",
        "full_name": f"Penerima Contoh {serial}",
        "address": "Jl. Contoh Kenanga 5",
        "told_at": moment,
        "told_on": told_on,
        "entered_by": fields.get("entered_by") or holder(Role.OPERATOR, CITY_CODE),
        **fields,
    }
    if not is_placed:
        values.setdefault("place_key", uuid5(NAMESPACE_OID, values["address"]))
    return values


def _noon(day: date) -> datetime:
    return datetime.combine(day, time(12), tzinfo=WITA)
