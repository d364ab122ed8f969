"""What can be asked of delivered services."""

from __future__ import annotations

from datetime import date
from typing import Self

from accounts.scope import ScopedQuerySet
from residents.services.codes import PLACED, Status


class ServiceQuerySet(ScopedQuerySet):
    def in_force(self) -> Self:
        """The latest version of each."""
        return self.filter(superseded_at=None)

    def told(self) -> Self:
        """Those in force that an RT was told of."""
        return self.in_force().filter(status__in=PLACED)

    def unanswered(self) -> Self:
        """*Belum dikonfirmasi*: told, and nothing was said yet, while it can be."""
        return self.in_force().filter(status=Status.TOLD, anonymised_on=None)

    def waiting(self) -> Self:
        """Those whose address no RT is known for yet."""
        return self.in_force().filter(status=Status.WAITING, anonymised_on=None)

    def told_in(self, first: date, last: date) -> Self:
        """Those that were made known within these days, both counted."""
        return self.told().filter(told_on__range=(first, last))
