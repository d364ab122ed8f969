"""What can be asked of residents and their placements."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db.models import F, FilteredRelation, Q, Value
from django.db.models.functions import Upper

from accounts.rules import Action
from accounts.scope import Holder, ScopedQuerySet, reach
from wacat.clock import today
from wacat.sealing.crypto import blind_index

SOON = timedelta(days=30)


class ResidentQuerySet(ScopedQuerySet):
    def visible_to(self, user: Holder, action: Action) -> Self:
        """As everywhere, save that drafts are seen only by those who enter them."""
        if action != Action.RESIDENT_VIEW:
            return super().visible_to(user, action)
        seen = self.within(reach(user, action))
        entered = self.within(reach(user, Action.RESIDENT_ENTER))
        return self.filter(seen & (~Q(status="draft") | entered))

    def active(self) -> Self:
        """Reported or verified, and not ended: those who live here by the record."""
        return self.filter(status__in=("reported", "verified"))

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

    def of_family(self, no_kk: str) -> Self:
        """Those with exactly this normalised No. KK; none for an empty one."""
        return self.filter(no_kk_index=blind_index(no_kk, "no_kk")) if no_kk else self.none()

    def named(self, text: str) -> Self:
        """Those whose name contains each word of *text*."""
        rows = self.annotate(upper_name=Upper("full_name"))
        for word in text.split()[:5]:
            rows = rows.filter(upper_name__contains=Upper(Value(word)))
        return rows


class PlacementQuerySet(ScopedQuerySet):
    def counted_at(self, day: date) -> Self:
        """Placements of residents who count on *day*: from ≤ day < until.

        Reported or later counts, overdue included; drafts, returned and held ones never.
        """
        return self.filter(
            Q(until__isnull=True) | Q(until__gt=day),
            starts__lte=day,
            resident__status__in=("reported", "verified", "ended"),
        )

    def verified_by(self, day: date) -> Self:
        """Those whose resident the operator had verified by *day*."""
        return self.filter(resident__verified_on__lte=day)

    def overdue_at(self, day: date) -> Self:
        """Those whose resident had no registration period left on *day*."""
        covering = FilteredRelation(
            "resident__periods",
            condition=Q(resident__periods__starts__lte=day, resident__periods__until__gte=day),
        )
        return self.annotate(covering=covering).filter(covering__isnull=True)

    def arrivals(self) -> Self:
        """First placements only: somebody moving within the city arrives once."""
        return self.filter(starts=F("resident__arrived_on"))

    def departures(self) -> Self:
        """Last placements of stays that ended."""
        return self.filter(until=F("resident__ended_on"))
