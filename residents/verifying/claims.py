"""Claims: an operator takes up a report for a quarter of an hour, so that two don't judge it.

A claim is taken with the resident's row locked, and the workflow judges with the same lock:
whoever comes second sees what the first has done.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.shortcuts import get_object_or_404

from accounts.login.models import User
from accounts.rules import Action
from residents.registry.models import Resident
from residents.registry.states import Status
from residents.verifying.models import Claim
from wacat.clock import now
from wacat.words import waktu
from wacat.workflow import Move, WrongState

LASTS = timedelta(minutes=15)
CLAIMABLE = (Status.REPORTED, Status.HELD)
_GONE = "Laporan ini tidak lagi menunggu diperiksa."


def claim(user: User, resident: Resident, key: UUID | None = None) -> Claim:
    """Take up the report, or hold on to it: for 15 minutes from now.

    Raises WrongState when somebody else is at it or there is nothing to judge, Http404 out of
    reach.
    """
    with transaction.atomic():
        rows = Resident.objects.visible_to(user, Action.RESIDENT_JUDGE)
        row = get_object_or_404(rows.select_for_update(of=("self",)), pk=resident.pk)
        if row.status not in CLAIMABLE:
            raise WrongState(_GONE)
        if others := _others([row], user):
            raise WrongState(said_of(others[0]))
        return _take(user, row, key)


def holder_of(resident: Resident) -> Claim | None:
    """The claim that holds now, with its operator; None when the report is free."""
    return living().filter(resident=resident).select_related("operator").first()


def living() -> Any:
    """The claims whose time is not over."""
    return Claim.objects.filter(until__gt=now())


def next_for(user: User, rows: Any, key: UUID | None = None) -> Resident | None:
    """Claim the oldest free one of *rows*, a queryset of reports that *user* may judge.

    None when nobody is left. Two who ask at once get different ones; the same key gets the same.
    """
    before = living().filter(operator=user, key=key).select_related("resident").first()
    if key and before:
        return before.resident
    passed: list[int] = []
    while True:
        with transaction.atomic():
            row = _oldest_free(rows.exclude(pk__in=passed))
            if row is None:
                return None
            # Its row was locked after this statement's look at the claims: look again.
            if not living().filter(resident=row).exists():
                _take(user, row, key)
                return row
            passed.append(row.pk)


def release(user: User, resident: Resident) -> None:
    """Give back what the user had taken up; nothing when it is not theirs (any more)."""
    Claim.objects.filter(resident=resident, operator=user).delete()


def renew(claim: Claim) -> None:
    """Another 15 minutes from now, because its operator is at it; not when it is over."""
    claim.until = now() + LASTS
    living().filter(pk=claim.pk, operator=claim.operator_id).update(until=claim.until)


def refuse_claimed(residents: list[Resident], move: Move) -> None:
    """For the workflow: judge nothing that somebody else is at; what is judged is free."""
    others = _others(residents, move.actor)
    if others:
        raise WrongState(said_of(others[0]))
    Claim.objects.filter(resident__in=residents).delete()


def said_of(claim: Claim) -> str:
    """Who is at it, and until when, for another operator."""
    return f"Sedang diperiksa oleh {claim.operator.full_name}, sampai {waktu(claim.until)}."


def _others(residents: Iterable[Resident], user: User) -> list[Claim]:
    held = living().filter(resident__in=residents).exclude(operator=user)
    return list(held.select_related("operator").order_by("pk"))


def _oldest_free(rows: Any) -> Resident | None:
    taken = Exists(living().filter(resident=OuterRef("pk")))
    free = rows.filter(~taken).order_by("reported_at", "pk")
    found: Resident | None = free.select_for_update(of=("self",), skip_locked=True).first()
    return found


def _take(user: User, row: Resident, key: UUID | None) -> Claim:
    taken = {"operator": user, "until": now() + LASTS, "key": key}
    found, _ = Claim.objects.update_or_create(resident=row, defaults=taken)
    return found
