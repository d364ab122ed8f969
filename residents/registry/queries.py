"""What can be asked of residents and their placements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db.models import Q, Value
from django.db.models.functions import Concat, Upper

from accounts.rules import Action
from accounts.scope import Holder, ScopedQuerySet, reach
from residents.registry.states import ACTIVE, Status
from wacat.clock import today
from wacat.sealing.crypto import blind_index

SOON = timedelta(days=30)
# Between spaces, so that a word's beginning and end can be asked for; indexed as it stands here.
NAME_IN_CAPITALS = Concat(Value(" "), Upper("full_name"), Value(" "))


class ResidentQuerySet(ScopedQuerySet):
    def visible_to(self, user: Holder, action: Action) -> Self:
        """As everywhere, save that drafts are seen only by those who enter them."""
        if action != Action.RESIDENT_VIEW:
            return super().visible_to(user, action)
        seen = self.within(reach(user, action))
        entered = self.within(reach(user, Action.RESIDENT_ENTER))
        return self.filter(seen & (~Q(status=Status.DRAFT) | entered))

    def active(self) -> Self:
        """Reported or verified, and not ended: those who live here by the record."""
        return self.filter(status__in=ACTIVE)

    def ending_soon(self) -> Self:
        """Active, with 30 days or less to the end of the stay."""
        day = today()
        return self.active().filter(stays_until__gte=day, stays_until__lte=day + SOON)

    def overdue(self) -> Self:
        """Active, though the stay is over (*Lewat masa tinggal*)."""
        return self.active().filter(stays_until__lt=today())

    def with_nik(self, nik: str) -> Self:
        """Those with exactly this normalised NIK, found by its blind index."""
        return self.filter(nik_index=blind_index(nik, "nik"))

    def named(self, text: str) -> Self:
        """Those whose name contains each word of *text*; for all ways of spelling see ranking."""
        rows = self.annotate(capitals=NAME_IN_CAPITALS)
        for word in text.upper().split()[:5]:
            rows = rows.filter(capitals__contains=word)
        return rows


class PlacementQuerySet(ScopedQuerySet):
    def lived(self) -> Self:
        """Without the moves that a stay never came to."""
        return self.filter(starts__isnull=False)


def present_on(day: date) -> Q:
    """From ≤ *day* < until."""
    return Q(Q(until__isnull=True) | Q(until__gt=day), starts__lte=day)
