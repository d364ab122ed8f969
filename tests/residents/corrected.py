"""Corrections for tests, each made the way the application makes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

from django.core.files.base import ContentFile

from accounts.areas.models import CITY_CODE
from accounts.notices.models import Notice
from accounts.rules import Role
from residents.corrections.codes import Reason
from residents.corrections.deeds import reply, withdraw
from residents.corrections.models import Correction, CorrectionPhoto
from residents.corrections.sending import Statement, send
from residents.corrections.workflow import WORKFLOW
from residents.services.models import Service
from tests.officials import RT, holder
from tests.residents.papers import photo
from tests.residents.services_told import a_service
from wacat.uploads import checked
from wacat.workflow import Move

SAID: dict[str, Any] = {"reason": Reason.HAS_LEFT, "note": "Kata tetangga."}


def sent(area: str = RT, /, service: Service | None = None, **said: Any) -> Correction:
    """Sent by the RT's head."""
    service = service or a_service(area)
    told = Statement(**{**SAID, **said})
    return send(holder(Role.KETUA_RT, service.area_id), service.pk, told, uuid4())


def asked(area: str = RT, /, **said: Any) -> Correction:
    """Sent, and asked back by the operator."""
    return _answered(sent(area, **said), "ask", note="Sejak kapan?")


def accepted(area: str = RT, /, **said: Any) -> Correction:
    return _answered(sent(area, **said), "accept", note="Diperbaiki di SIAK.")


def rejected(area: str = RT, /, **said: Any) -> Correction:
    return _answered(sent(area, **said), "reject", reason="Datanya benar.")


def withdrawn(area: str = RT, /, **said: Any) -> Correction:
    """Withdrawn by the RT's head; the service is told again."""
    correction = sent(area, **said)
    head = holder(Role.KETUA_RT, correction.area_id)
    return fresh(withdraw(correction.pk, Move(head, {"back": "told"})))


def replied(area: str = RT, /, **said: Any) -> Correction:
    """Asked back, and answered by the RT's head."""
    correction = asked(area, **said)
    head = holder(Role.KETUA_RT, correction.area_id)
    return fresh(reply(correction.pk, Move(head, {"note": "Sejak Lebaran."})))


def photographed(area: str = RT, /) -> CorrectionPhoto:
    """A photograph of one that was sent with it."""
    correction = sent(area, photos=[checked(ContentFile(photo()))])
    return CorrectionPhoto.objects.get(correction=correction)


def fresh(correction: Correction) -> Correction:
    return Correction.objects.select_related("service").get(pk=correction.pk)


STATES: dict[str, Callable[..., Correction]] = {
    "sent": sent,
    "asked": asked,
    "accepted": accepted,
    "rejected": rejected,
    "withdrawn": withdrawn,
}


def form(**changes: Any) -> dict[str, Any]:
    """What a browser posts to send one."""
    return {"reason": "3", "note": "Kata tetangga.", "key": str(uuid4()), **changes}


def do(client: Any, correction: Correction, name: str, **data: Any) -> Any:
    """Post the action to the correction's page."""
    told = {"action": name, "key": str(uuid4()), **data}
    return client.post(f"/koreksi/{correction.pk}/", told)


def told(kind: str) -> set[str]:
    """The roles of whoever was told so."""
    users = [one.recipient for one in Notice.objects.filter(kind=kind)]
    return {post.role for user in users for post in user.todays_posts}


def _answered(correction: Correction, name: str, **data: Any) -> Correction:
    WORKFLOW.advance(correction.pk, name, Move(holder(Role.OPERATOR, CITY_CODE), data))
    return fresh(correction)
