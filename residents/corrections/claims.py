"""Claims: an operator takes up a correction for a quarter of an hour, so that two don't judge it.

As with reports (residents.verifying.claims): a claim is taken with the correction's row locked,
and the workflow judges with the same lock, so whoever comes second sees what the first has done.
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
from residents.corrections.codes import Status
from residents.corrections.models import Correction, CorrectionClaim
from wacat.clock import now
from wacat.words import waktu
from wacat.workflow import Move, WrongState

LASTS = timedelta(minutes=15)
_GONE = "Koreksi ini tidak lagi menunggu jawaban operator."


def claim(user: User, pk: int, key: UUID | None = None) -> CorrectionClaim:
    """Take up the correction, or hold on to it: for 15 minutes from now.

    Raises WrongState when somebody else is at it or it does not wait, Http404 out of reach.
    """
    with transaction.atomic():
        rows = Correction.objects.visible_to(user, Action.CORRECTION_ANSWER)
        row = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
        if row.status != Status.SENT:
            raise WrongState(_GONE)
        refuse_claimed([row], Move(user))
        return _take(user, row, key)


def living() -> Any:
    """The claims whose time is not over."""
    return CorrectionClaim.objects.filter(until__gt=now())


def holder_of(correction: Correction) -> CorrectionClaim | None:
    """The claim that holds now, with its operator; None when the correction is free."""
    found: CorrectionClaim | None = (
        living().filter(correction=correction).select_related("operator").first()
    )
    return found


def next_for(user: User, rows: Any, key: UUID) -> Correction | None:
    """Claim the free one of *rows* that is due first; None when nobody's is left.

    Two who ask at once get different ones; the same key gets the same.
    """
    before = living().filter(operator=user, key=key).select_related("correction").first()
    if before:
        mine: Correction = before.correction
        return mine
    passed: list[int] = []
    while True:
        with transaction.atomic():
            row = _first_free(rows.exclude(pk__in=passed))
            if row is None:
                return None
            # Its row was locked after this statement's look at the claims: look again.
            if not living().filter(correction=row).exists():
                _take(user, row, key)
                return row
            passed.append(row.pk)


def release(user: User, pk: int) -> None:
    """Give back what the user had taken up; nothing when it is not theirs (any more)."""
    CorrectionClaim.objects.filter(correction=pk, operator=user).delete()


def renew(held: CorrectionClaim) -> None:
    """Another 15 minutes from now, because its operator is at it; not when it is over."""
    held.until = now() + LASTS
    living().filter(pk=held.pk, operator=held.operator_id).update(until=held.until)


def refuse_claimed(corrections: Iterable[Correction], move: Move) -> None:
    """For the workflow: raise WrongState where another operator is at one of them."""
    held = living().filter(correction__in=list(corrections)).exclude(operator=move.actor)
    if other := held.select_related("operator").order_by("pk").first():
        raise WrongState(said_of(other))


def free(correction: Correction) -> None:
    """What is settled or asked back is nobody's."""
    CorrectionClaim.objects.filter(correction=correction).delete()


def said_of(held: CorrectionClaim) -> str:
    """Who is at it, and until when, for another operator."""
    return f"Sedang diperiksa oleh {held.operator.full_name}, sampai {waktu(held.until)}."


def _first_free(rows: Any) -> Correction | None:
    taken = Exists(living().filter(correction=OuterRef("pk")))
    waiting = rows.filter(~taken, status=Status.SENT).order_by("due_on", "pk")
    found: Correction | None = waiting.select_for_update(of=("self",), skip_locked=True).first()
    return found


def _take(user: User, row: Correction, key: UUID | None) -> CorrectionClaim:
    taken = {"operator": user, "until": now() + LASTS, "key": key}
    found, _ = CorrectionClaim.objects.update_or_create(correction=row, defaults=taken)
    return found
