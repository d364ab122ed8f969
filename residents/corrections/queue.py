"""What waits for the operator, by deadline; and an RT's own corrections, the latest first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from accounts.cards import counted, said
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may
from residents.corrections.claims import CLAIMS
from residents.corrections.codes import SETTLED, Reason, Status
from residents.corrections.models import Correction, CorrectionClaim
from residents.corrections.showing import age
from wacat.keyset import page_from_oldest
from wacat.pages import Page, page_of

WAITING, LATE, ASKED, DONE = "", "lewat", "ditanya", "selesai"
PARTS = {
    WAITING: "Menunggu operator",
    LATE: "Lewat batas waktu",
    ASKED: "Ditanya kembali",
    DONE: "Selesai",
}
_SHOWN = (
    *("status", "reason", "due_on", "sent_on", "settled_on", "service__kind"),
    *("service__full_name", "area__level", "area__name", "area__parent__level"),
    "area__parent__name",
)


@dataclass(frozen=True)
class Line:
    """A line of the list. ``claim`` is somebody's who is at it now."""

    correction: Correction
    age: str
    claim: CorrectionClaim | None


class Queue:
    """The corrections that *user* sees, by ``?bagian=`` and ``?alasan=``.

    Raises BadRequest for a part or reason that is none.
    """

    def __init__(self, user: User, query: Mapping[str, Any]) -> None:
        self.user, self.answers = user, may(user, Action.CORRECTION_ANSWER)
        self.part, self.reason = query.get("bagian", ""), query.get("alasan", "")
        if self.part not in PARTS or self.reason not in {"", *map(str, Reason.values)}:
            raise BadRequest("Bagian tidak dikenal.")
        action = Action.CORRECTION_ANSWER if self.answers else Action.SERVICE_VIEW
        self.reached = Correction.objects.visible_to(user, action)

    @property
    def parts(self) -> dict[str, str]:
        """The parts that the user chooses from, with their labels."""
        return PARTS if self.answers else {**PARTS, WAITING: "Semua"}

    @property
    def rows(self) -> Any:
        """All of this reason."""
        return self.reached.filter(reason=int(self.reason)) if self.reason else self.reached

    def of_part(self, part: str) -> Any:
        """Those of the part, in no order."""
        match part:
            case "lewat":
                return self.rows.overdue()
            case "ditanya":
                return self.rows.filter(status=Status.ASKED)
            case "selesai":
                return self.rows.filter(status__in=SETTLED)
        return self.rows.filter(status=Status.SENT) if self.answers else self.rows

    def page(self, request: HttpRequest) -> Page:
        """What waits by its deadline; an RT's own and what is settled the latest first."""
        rows = self.of_part(self.part).select_related("service", "area__parent").only(*_SHOWN)
        if self.part == DONE or not self.answers:
            return page_of(request, rows, walked=self.reached)
        return page_from_oldest(request, rows, "due_on")

    def counts(self) -> dict[str, str]:
        """How many there are of each open part, in words."""
        parts = (WAITING, LATE, ASKED) if self.answers else (LATE, ASKED)
        found = counted({part: self.of_part(part) for part in parts})
        return {part: said(count) for part, count in found.items()}


def lines_of(corrections: Iterable[Correction]) -> list[Line]:
    """The corrections with who is at them, by one query."""
    rows = list(corrections)
    claims = CLAIMS.living().filter(subject__in=[row.pk for row in rows]).select_related("operator")
    by_correction = {claim.subject_id: claim for claim in claims}
    return [Line(row, age(row), by_correction.get(row.pk)) for row in rows]


def own_claims(user: User) -> list[CorrectionClaim]:
    """What the user is at, the one that is over first."""
    rows = (
        CLAIMS.living().filter(operator=user).select_related("subject__service").order_by("until")
    )
    return list(rows)
