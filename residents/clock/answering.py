"""The two answers of the task list, in one tap each: *masih tinggal* and *sudah pergi*."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.db import transaction
from django.shortcuts import get_object_or_404

from accounts.login.models import User
from accounts.rules import Action
from residents.clock.tasks import proposed_end
from residents.registry.codes import EndReason
from residents.registry.forms import told_of_end
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import StayPeriod
from residents.registry.workflow import WORKFLOW
from wacat.clock import today
from wacat.workflow import Move, WrongState

_ANSWERED = "Masa tinggal warga ini baru saja diubah. Silakan lihat keadaannya yang terbaru."


def stays(user: User, pk: int, key: UUID, seen: date | None = None) -> Resident:
    """Still here: the stay is extended by as long again as the last period was.

    *seen* is the end that the page showed: two who answer at once extend it once. Raises
    Http404 out of reach and WrongState.
    """
    with transaction.atomic():
        rows = Resident.objects.visible_to(user, Action.RESIDENT_ENTER)
        resident = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
        steps = ResidentStep.objects.filter(subject=resident, key=key, name="extend")
        if seen and seen != resident.stays_until and not steps.exists():
            raise WrongState(_ANSWERED)
        last = StayPeriod.objects.filter(resident=resident).last()
        data = {"date": proposed_end(resident, last)}
        answered: Resident = WORKFLOW.advance(pk, "extend", Move(user, data, key)).row
        return answered


def gone(user: User, pk: int, key: UUID) -> Resident:
    """No longer here: the stay ends today, *Meninggalkan Balikpapan*.

    Raises Http404 out of reach and WrongState.
    """
    data = told_of_end({"date": today(), "reason": EndReason.LEFT})
    ended: Resident = WORKFLOW.advance(pk, "end", Move(user, data, key)).row
    return ended
