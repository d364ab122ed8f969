"""Which operator is at which correction (wacat.claims)."""

from __future__ import annotations

from django.db.models import Q

from accounts.rules import Action
from residents.corrections.codes import Status
from residents.corrections.models import Correction, CorrectionClaim
from wacat.claims import Claims

CLAIMS = Claims(
    CorrectionClaim,
    lambda user: Correction.objects.visible_to(user, Action.CORRECTION_ANSWER),
    Q(status=Status.SENT),
    ("due_on", "pk"),
    "Koreksi ini tidak lagi menunggu jawaban operator.",
)
