"""One person once: somebody reported twice has moved, or was entered by mistake."""

from __future__ import annotations

from datetime import date, timedelta
from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.rules import Action
from accounts.scope import Holder, ScopedModel, ScopedQuerySet, reach
from residents.registry.models import Resident
from wacat.clock import today
from wacat.workflow import Step

OBJECTION_DAYS = 14


class RelocationStatus(models.TextChoices):
    DECLARED = "declared", "Dinyatakan pindah"
    OBJECTED = "objected", "Ada keberatan"
    UPHELD = "upheld", "Kepindahan tetap"
    UNDONE = "undone", "Kepindahan dibatalkan"


# Not settled yet: the operator may still undo the move.
OPEN = (RelocationStatus.DECLARED, RelocationStatus.OBJECTED)


class RelocationQuerySet(ScopedQuerySet):
    def visible_to(self, user: Holder, action: Action) -> Self:
        """By the receiving RT; for an objection, by the RT that the person is said to have left."""
        if action != Action.RELOCATION_OBJECT:
            return super().visible_to(user, action)
        left = Resident.objects.under(reach(user, action))
        return self.filter(departure__in=left)

    def objectable(self) -> Self:
        """Those to which the RT that the person left may still object."""
        return self.filter(self._may_be_objected_to())

    def unsettled(self) -> Self:
        """These, and those to which it has objected."""
        return self.filter(self._may_be_objected_to() | Q(status=RelocationStatus.OBJECTED))

    @staticmethod
    def _may_be_objected_to() -> Q:
        since = today() - timedelta(days=OBJECTION_DAYS)
        return Q(status=RelocationStatus.DECLARED, declared_on__gte=since)


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Relocation(ScopedModel):
    """A Lurah, having seen the KTP-el, declares that a person has moved within the city.

    ``area`` is the receiving RT; neither side may learn the other's from it. ``before`` is what
    the declaration changed in both records, for undoing it.
    """

    status = models.CharField(
        max_length=10, choices=RelocationStatus, default=RelocationStatus.DECLARED
    )
    arrival = models.ForeignKey(Resident, models.PROTECT, related_name="relocations")
    departure = models.ForeignKey(Resident, models.PROTECT, related_name="departures")
    moved_on = models.DateField("pindah sejak")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_on = models.DateField(default=today)
    objection = models.CharField("keberatan", max_length=500, blank=True)
    objected_on = models.DateField(null=True)
    decision = models.CharField("alasan keputusan", max_length=500, blank=True)
    before = models.JSONField(default=dict)

    objects: ClassVar = RelocationQuerySet.as_manager()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("arrival",),
                condition=~Q(status=RelocationStatus.UNDONE),
                name="relocation_arrival_once",
            ),
            models.UniqueConstraint(
                fields=("departure",),
                condition=~Q(status=RelocationStatus.UNDONE),
                name="relocation_departure_once",
            ),
            models.CheckConstraint(
                condition=~Q(status=RelocationStatus.OBJECTED) | Q(objected_on__isnull=False),
                name="relocation_objected_has_day",
            ),
        )
        indexes = (
            models.Index(fields=("status", "id"), name="relocation_status"),
            models.Index(fields=("status", "declared_on"), name="relocation_declared"),
        )

    @property
    def objectable_until(self) -> date:
        """The last day on which the old RT may object."""
        return self.declared_on + timedelta(days=OBJECTION_DAYS)

    @property
    def is_objectable(self) -> bool:
        return self.status == RelocationStatus.DECLARED and today() <= self.objectable_until

    @property
    def days_waiting(self) -> int:
        """How long the operator has known of the objection; 0 without one."""
        return (today() - self.objected_on).days if self.objected_on else 0


class RelocationStep(Step):
    """One transition of a relocation."""

    subject = models.ForeignKey(Relocation, models.CASCADE, related_name="steps")
