"""Sending a correction: the service is called untrue, and the statement stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.core.files.base import ContentFile

from accounts.login.models import User
from residents.corrections.codes import Reason, Status
from residents.corrections.deadlines import due_date
from residents.corrections.models import Correction, CorrectionStep
from residents.corrections.photos import add_photos
from residents.corrections.telling import tell_operators
from residents.services.models import Service
from residents.services.workflow import WORKFLOW as SERVICES
from wacat.workflow import Move, refusing

_ALREADY = {"correction_open_once": "Koreksi atas data ini sudah dikirim dan sedang diperiksa."}


@dataclass(frozen=True)
class Statement:
    """What the RT says: ``right_value`` is the name or address, ``happened_on`` since when."""

    reason: Reason
    note: str = ""
    right_value: str = ""
    happened_on: date | None = None
    photos: Sequence[ContentFile[bytes]] = ()


def send(user: User, service: int, told: Statement, key: UUID) -> Correction:
    """Call the *service* untrue and send why. The same key sends nothing a second time.

    Raises Http404 outside the user's scope and WrongState, as where a correction of it is open.
    """
    with refusing(_ALREADY):
        _lock_corrections(service)
        done = SERVICES.advance(service, "correct", Move(user, {"reason": told.reason.label}, key))
        if done.repeated:
            return Correction.objects.get(service=service, steps__key=key, steps__name="send")
        return _made(user, done.row, told, key)


def _lock_corrections(service: int) -> None:
    """Before the service, as everywhere: somebody may be withdrawing one at this moment."""
    rows: Any = Correction.objects.open().filter(service=service)
    list(rows.select_for_update(of=("self",)))


def _made(user: User, service: Service, told: Statement, key: UUID) -> Correction:
    correction = Correction.objects.create(
        area_id=service.area_id,
        service=service,
        reason=told.reason,
        note=told.note,
        right_value=told.right_value,
        happened_on=told.happened_on,
        due_on=due_date(told.reason),
        sent_by=user,
        key=key if not Correction.objects.filter(key=key).exists() else uuid4(),
    )
    step = CorrectionStep.objects.create(
        subject=correction, name="send", source="", target=Status.SENT, actor=user, key=key
    )
    add_photos(step, told.photos, user)
    tell_operators("correction_sent", correction)
    return correction
