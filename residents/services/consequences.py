"""What follows for the records of nonpermanent residents, offered and never done by itself.

Nobody out of reach is ever told of: where no record lies in reach, the offer is the same whether
or not there is one elsewhere.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.urls import reverse

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from residents.corrections.codes import Reason
from residents.corrections.codes import Status as CorrectionStatus
from residents.corrections.models import Correction
from residents.drafts.keeping import keep, typed_of
from residents.registry.codes import EndReason
from residents.registry.forms import EndForm
from residents.registry.models import Resident
from residents.registry.registration import already_entered
from residents.registry.states import ACTIVE, GONE
from residents.registry.states import Status as ResidentStatus
from residents.services.codes import Kind, Status
from residents.services.models import Service
from wacat.clock import today
from wacat.spreadsheets.wording import plain
from wacat.workflow import WrongState

_DRAFTS = UUID("0b9f6f5e-3d0c-4f43-9a37-6c9f7b1f1c52")
_LABELS = {
    EndReason.DIED: "Akhiri masa tinggal: meninggal",
    EndReason.BECAME_PERMANENT: "Akhiri: menjadi penduduk tetap",
    EndReason.LEFT: "Akhiri: pindah",
    EndReason.MOVED_WITHIN_CITY: "Akhiri: pindah",
}
_ENDS = {
    Kind.DEATH: EndReason.DIED,
    Kind.MOVED_IN: EndReason.BECAME_PERMANENT,
    Kind.KK: EndReason.BECAME_PERMANENT,
    Kind.KTP: EndReason.BECAME_PERMANENT,
    Kind.MOVED_OUT: EndReason.LEFT,
}
_SAID = {Reason.HAS_DIED: EndReason.DIED, Reason.HAS_LEFT: EndReason.LEFT}


@dataclass(frozen=True)
class Offer:
    """The end of a stay, as a filled-in form of the resident's own page; or a draft to begin."""

    resident: Resident | None = None
    label: str = ""
    form: EndForm | None = None
    key: str = ""


def consequence_of(user: User, service: Service) -> Offer | None:
    """What *user*, who enters residents there, may want to do next; two queries at most."""
    if not _is_offered(user, service):
        return None
    resident = _record(user, service)
    if resident is not None and resident.status in ACTIVE:
        return _ending(service, resident)
    is_newcomer = service.status == Status.CONFIRMED and service.kind == Kind.MOVED_IN
    return Offer() if is_newcomer and resident is None else None


def begin_draft(user: User, service: Service) -> str:
    """Keep a draft of the newcomer, unless this was done before; the address of its form.

    Raises WrongState where there is nothing to begin.
    """
    key = uuid5(_DRAFTS, f"{service.pk} {user.pk}")
    known = already_entered(user, key)
    if known is not None:
        return reverse("resident_detail", args=[known.pk])
    if typed_of(user, key) is None:
        offer = consequence_of(user, service)
        if offer is None or offer.resident is not None:
            raise WrongState("Orang ini sudah tercatat, atau data layanannya belum dijawab benar.")
        keep(user, key, _typed(service))
    return f"{reverse('resident_add')}?isian={key}"


def _is_offered(user: User, service: Service) -> bool:
    return (
        service.status in (Status.CONFIRMED, Status.CORRECTED)
        and service.superseded_at is None
        and bool(service.nik)
        and service.lies_within(reach(user, Action.RESIDENT_ENTER))
    )


def _record(user: User, service: Service) -> Resident | None:
    """The person's record in reach: the active one, else one on its way."""
    rows: Any = Resident.objects.visible_to(user, Action.RESIDENT_ENTER)
    rows = rows.filter(nik_index=service.nik_index)
    found = list(rows.exclude(status__in=(*GONE, ResidentStatus.ENDED)).order_by("-pk"))
    active = (one for one in found if one.status in ACTIVE)
    return next(active, found[0] if found else None)


def _ending(service: Service, resident: Resident) -> Offer | None:
    told = _by_answer(service)
    if told is None:
        return None
    reason, day = told
    initial = {"reason": reason, "date": min(max(day, resident.arrived_on), today())}
    form = EndForm(initial=initial, auto_id="id_end_%s")
    return Offer(resident, _LABELS[reason], form, str(uuid4()))


def _by_answer(service: Service) -> tuple[EndReason, date] | None:
    """Why and when the stay has ended: by what was confirmed, or by the RT's correction."""
    if service.status == Status.CONFIRMED:
        reason = _ENDS.get(Kind(service.kind))
        if reason == EndReason.LEFT and "balikpapan" in plain(service.other_place):
            reason = EndReason.MOVED_WITHIN_CITY
        return (reason, service.served_on) if reason else None
    dropped = (CorrectionStatus.REJECTED, CorrectionStatus.WITHDRAWN)
    said = Correction.objects.filter(service=service).exclude(status__in=dropped).last()
    if said is None or said.reason not in _SAID:
        return None
    return _SAID[Reason(said.reason)], said.happened_on or today()


def _typed(service: Service) -> dict[str, str]:
    return {
        "full_name": service.full_name,
        "nik": service.nik,
        "no_kk": service.no_kk,
        "area": service.area_id,
        "address": service.address,
    }
