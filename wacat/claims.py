"""Claims: somebody takes up a row for a quarter of an hour, so that two don't judge it.

A claim is taken with the row locked, and the workflow judges with the same lock: whoever comes
second sees what the first has done.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q
from django.shortcuts import get_object_or_404

from wacat.clock import now
from wacat.words import waktu
from wacat.workflow import WrongState

LASTS = timedelta(minutes=15)


class Claim(models.Model):
    """The operator has taken up ``subject``, which the concrete class points to, until a moment.

    ``key`` is that of the press that took it, so that pressing twice takes one.
    """

    may_be_deleted = True

    operator = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    until = models.DateTimeField()
    key = models.UUIDField(null=True)

    class Meta:
        abstract = True
        indexes = (models.Index(fields=("operator", "until"), name="%(class)s_of_operator"),)


class Claims:
    """The claims of one *model* on the rows that a user may judge, while they are *waiting*.

    Of several the first by *order* is next; *gone* is said of a row that is not waiting.
    """

    def __init__(
        self,
        model: type[Claim],
        may_judge: Callable[[Any], Any],
        waiting: Q,
        order: tuple[str, ...],
        gone: str,
    ) -> None:
        self._claims: Any = model._default_manager
        self._may_judge, self._waiting = may_judge, waiting
        self._order, self._gone = order, gone

    def living(self) -> Any:
        """The claims whose time is not over."""
        return self._claims.filter(until__gt=now())

    def holder_of(self, row: Any) -> Any:
        """The claim that holds now, with its operator; None when the row is free."""
        return self.living().filter(subject=row).select_related("operator").first()

    def claim(self, user: Any, pk: int, key: UUID | None = None) -> Any:
        """Take up the row, or hold on to it: for 15 minutes from now.

        Raises WrongState when somebody else is at it or it does not wait, Http404 out of reach.
        """
        with transaction.atomic():
            rows = self._may_judge(user)
            row = get_object_or_404(rows.select_for_update(of=("self",)), pk=pk)
            if not rows.filter(self._waiting, pk=pk).exists():
                raise WrongState(self._gone)
            self.refuse_others([row], user)
            return self._take(user, row, key)

    def next_for(self, user: Any, rows: Any, key: UUID | None = None) -> Any:
        """Claim the first free one of *rows*, which the user may judge; None when none is left.

        Two who ask at once get different ones; the same key gets the same.
        """
        before = self.living().filter(operator=user, key=key).select_related("subject").first()
        if key and before:
            return before.subject
        passed: list[int] = []
        while True:
            with transaction.atomic():
                row = self._first_free(rows.exclude(pk__in=passed))
                if row is None:
                    return None
                # Its row was locked after this statement's look at the claims: look again.
                if not self.living().filter(subject=row).exists():
                    self._take(user, row, key)
                    return row
                passed.append(row.pk)

    def release(self, user: Any, pk: int) -> None:
        """Give back what the user had taken up; nothing when it is not theirs (any more)."""
        self._claims.filter(subject=pk, operator=user).delete()

    def renew(self, claim: Any) -> None:
        """Another 15 minutes from now, because its operator is at it; not when it is over."""
        claim.until = now() + LASTS
        self.living().filter(pk=claim.pk, operator=claim.operator_id).update(until=claim.until)

    def refuse_others(self, rows: Iterable[Any], user: Any) -> None:
        """Raise WrongState where somebody else is at one of the rows."""
        if other := self.of_others(rows, user).first():
            raise WrongState(said_of(other))

    def of_others(self, rows: Iterable[Any], user: Any) -> Any:
        """Claims on the rows that somebody else holds, each with its operator."""
        held = self.living().filter(subject__in=list(rows)).exclude(operator=user)
        return held.select_related("operator").order_by("pk")

    def free(self, rows: Iterable[Any]) -> None:
        """What is judged is nobody's."""
        self._claims.filter(subject__in=list(rows)).delete()

    def _first_free(self, rows: Any) -> Any:
        taken = Exists(self.living().filter(subject=OuterRef("pk")))
        free = rows.filter(~taken, self._waiting).order_by(*self._order)
        return free.select_for_update(of=("self",), skip_locked=True).first()

    def _take(self, user: Any, row: Any, key: UUID | None) -> Any:
        taken = {"operator": user, "until": now() + LASTS, "key": key}
        found, _ = self._claims.update_or_create(subject=row, defaults=taken)
        return found


def said_of(claim: Any) -> str:
    """Who is at it, and until when, for another operator."""
    return f"Sedang diperiksa oleh {claim.operator.full_name}, sampai {waktu(claim.until)}."
