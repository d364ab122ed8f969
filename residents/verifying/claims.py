"""Which operator is at which report (wacat.claims)."""

from __future__ import annotations

from django.db.models import Q

from accounts.rules import Action
from residents.registry.models import Resident
from residents.registry.states import Status
from residents.verifying.models import Claim
from wacat.claims import Claims
from wacat.workflow import Move

CLAIMABLE = (Status.REPORTED, Status.HELD)
CLAIMS = Claims(
    Claim,
    lambda user: Resident.objects.visible_to(user, Action.RESIDENT_JUDGE),
    Q(status__in=CLAIMABLE),
    ("reported_at", "pk"),
    "Laporan ini tidak lagi menunggu diperiksa.",
)


def refuse_claimed(residents: list[Resident], move: Move) -> None:
    """For the workflow: judge nothing that somebody else is at; what is judged is free."""
    CLAIMS.refuse_others(residents, move.actor)
    CLAIMS.free(residents)
