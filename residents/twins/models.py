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
from wacat.clock import now, today
from wacat.workflow import Step

OBJECTION_DAYS = 14


class RelocationStatus(models.TextChoices):
    DECLARED = "declared", "Dinyatakan pindah"
    OBJECTED = "objected", "Keberatan"
    UPHELD = "upheld", "Kepindahan tetap"
    UNDONE = "undone", "Kepindahan dibatalkan"


class RelocationQuerySet(ScopedQuerySet):
    def visible_to(self, user: Holder, action: Action) -> Self:
        """By the receiving RT; for an objection, by the RT that the person is said to have left."""
        if action != Action.RELOCATION_OBJECT:
            return super().visible_to(user, action)
        left = Resident.objects.under(reach(user, action))
        return self.filter(departure__in=left)


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Relocation(ScopedModel):
    """A Lurah, having seen the KTP-el, declares that a person has moved within the city.

    ``area`` is the receiving RT; neither side may learn the other's from it.
    """

    status = models.CharField(
        max_length=10, choices=RelocationStatus, default=RelocationStatus.DECLARED
    )
    arrival = models.ForeignKey(Resident, models.PROTECT, related_name="relocations")
    departure = models.ForeignKey(Resident, models.PROTECT, related_name="departures")
    moved_on = models.DateField("pindah sejak")
    declared_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    declared_at = models.DateTimeField(default=now)
    declared_on = models.DateField(default=today)
    objection = models.CharField("keberatan", max_length=500, blank=True)

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
        )
        indexes = (models.Index(fields=("status", "id"), name="relocation_status"),)

    @property
    def objectable_until(self) -> date:
        """The last day on which the old RT may object."""
        return self.declared_on + timedelta(days=OBJECTION_DAYS)


class RelocationStep(Step):
    """One transition of a relocation."""

    subject = models.ForeignKey(Relocation, models.CASCADE, related_name="steps")
