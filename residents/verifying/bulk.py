"""Verifying a page of reports in one press: those that are still as the page showed them."""

from __future__ import annotations

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.http import Http404

from accounts.login.models import User
from accounts.rules import Action
from residents.registry.models import Resident, ResidentStep
from residents.registry.states import Status
from residents.registry.workflow import WORKFLOW
from residents.verifying.claims import CLAIMS
from wacat.claims import said_of
from wacat.workflow import Move


@dataclass
class Outcome:
    """How many are verified by this press, and who was left out for which reason."""

    verified: int = 0
    left_out: list[tuple[Resident, str]] = field(default_factory=list)


def verify_many(user: User, pks: list[int], key: UUID) -> Outcome:
    """Verify those that still wait and have nothing to look at; the others are named.

    The same key answers alike. Raises Http404 when one is out of reach, and does nothing then.
    """
    with transaction.atomic():
        reached = Resident.objects.visible_to(user, Action.RESIDENT_JUDGE).filter(pk__in=pks)
        rows = list(reached.select_for_update(of=("self",)).order_by("pk"))
        if len(rows) != len(set(pks)):
            raise Http404
        done = _done(pks, key)
        outcome = Outcome(len(done), _changed([row for row in rows if row.pk not in done], user))
        refused = {row.pk for row, _ in outcome.left_out}
        fit = [row.pk for row in rows if row.pk not in refused | done]
        outcome.verified += len(WORKFLOW.advance_many(fit, "verify", Move(user, key=key)))
    return outcome


def _done(pks: list[int], key: UUID) -> set[int]:
    steps = ResidentStep.objects.filter(subject__in=pks, key=key, name="verify")
    return set(steps.values_list("subject", flat=True))


def _changed(rows: list[Resident], user: User) -> list[tuple[Resident, str]]:
    """Those of the locked rows that are no longer what the page showed, and why."""
    at_work = {claim.subject_id: claim for claim in CLAIMS.of_others(rows, user)}
    found = []
    for row in rows:
        if row.status != Status.REPORTED:
            found.append((row, f"Sekarang {row.get_status_display().lower()}."))
        elif row.pk in at_work:
            found.append((row, said_of(at_work[row.pk])))
        elif row.cautions:
            found.append((row, "Datanya diubah, dan sekarang ada yang perlu dilihat."))
    return found
