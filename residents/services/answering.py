"""The answers of a place: one service at a time, or those of a month but for some."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.http import Http404

from accounts.login.models import User
from accounts.rules import Action
from residents.services.models import Service
from residents.services.months import Month
from residents.services.workflow import WORKFLOW
from wacat.workflow import Move, WrongState

NEWER = (
    "Data layanan ini baru saja diganti versi baru, jadi jawaban ini tidak dicatat. "
    "Silakan lihat versi yang baru."
)
ANONYMISED = "Data layanan ini sudah dianonimkan sesuai masa simpan."


def answer(user: User, pk: int, name: str, key: UUID | None) -> Service:
    """Do *name* (``confirm`` or ``take_back``) on what *user* answers for.

    Raises Http404 out of reach, and WrongState, also for a version that is no longer in force:
    what was said of it is never said of the next one. Of an anonymised one nothing is said.
    """
    try:
        answered: Service = WORKFLOW.advance(pk, name, Move(user, key=key)).row
    except Http404:
        rows = Service.objects.visible_to(user, Action.SERVICE_ANSWER)
        if rows.filter(pk=pk, superseded_at__isnull=False).exists():
            raise WrongState(NEWER) from None
        if rows.filter(pk=pk, anonymised_on__isnull=False).exists():
            raise WrongState(ANONYMISED) from None
        raise
    return answered


@transaction.atomic
def confirm_but(
    user: User, area: str, month: Month, shown: Iterable[int], but: Iterable[int], key: UUID
) -> int:
    """*Semua benar, kecuali…*: all that were *shown* are true, save those in *but*; how many.

    What came meanwhile, was replaced by another version, or was answered by somebody else stays
    as it is. The statements do not grow with the rows.
    """
    rows = Service.objects.visible_to(user, Action.SERVICE_ANSWER).unanswered()
    rows = rows.filter(area=area, told_on__range=month.days)
    chosen = rows.filter(pk__in=set(shown) - set(but)).order_by("pk")
    keys = list(chosen.select_for_update(of=("self",)).values_list("pk", flat=True))
    return len(WORKFLOW.advance_many(keys, "confirm", Move(user, key=key)))
