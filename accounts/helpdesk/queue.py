"""What those who answer have before them: by deadline, and narrowed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import BadRequest
from django.http import HttpRequest

from accounts.cards import counted
from accounts.helpdesk.claims import begun_after
from accounts.helpdesk.codes import LIVING, Category, Status
from accounts.helpdesk.models import Ticket, TicketQuerySet
from accounts.login.models import User
from accounts.rules import Action
from wacat.keyset import page_from_oldest
from wacat.pages import Page, page_of

# ?bagian=, and how it is called.
PARTS = {
    "": "Menunggu jawaban",
    "lewat": "Lewat batas waktu",
    "saya": "Saya tangani",
    "dijawab": "Sudah dijawab",
    "selesai": "Selesai",
}
_COUNTED = ("", "lewat")
_SHOWN = ("area__parent", "opened_by", "claimed_by")


class Queue:
    """The tickets that *user* answers, narrowed by ``?bagian=`` and ``?kategori=``.

    Raises BadRequest for an unknown part or category.
    """

    def __init__(self, user: User, query: Mapping[str, Any]) -> None:
        self.user = user
        self.part, self.category = query.get("bagian", ""), query.get("kategori", "")
        if self.part not in PARTS or self.category not in ("", *Category.values):
            raise BadRequest("Daftar ini tidak dikenal.")

    def rows(self, part: str) -> TicketQuerySet:
        """The tickets of one part."""
        found: TicketQuerySet = Ticket.objects.visible_to(self.user, Action.TICKET_ANSWER)
        if self.category:
            found = found.filter(category=self.category)
        match part:
            case "lewat":
                return found.overdue()
            case "saya":
                mine = found.filter(claimed_by=self.user, claimed_at__gt=begun_after())
                return mine.filter(status__in=LIVING)
            case "dijawab":
                return found.filter(status__in=(Status.ASKED, Status.ANSWERED))
            case "selesai":
                return found.filter(status=Status.CLOSED)
        return found.waiting()

    def counts(self) -> dict[str, int]:
        """How many wait, and how many of them too long; by one query, see ``counted``."""
        return counted({part: self.rows(part) for part in _COUNTED})

    def page(self, request: HttpRequest) -> Page:
        """Those that wait by their deadline, the others from the latest on."""
        rows = self.rows(self.part).select_related(*_SHOWN)
        if self.part in _COUNTED:
            return page_from_oldest(request, rows, "due_on")
        return page_of(request, rows)
