"""The dated facts beside a resident: where, and for which registration periods."""

from __future__ import annotations

from typing import ClassVar

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from accounts.scope import ScopedModel
from residents.registry.models import Resident
from residents.registry.queries import PlacementQuerySet


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Placement(ScopedModel):
    """Where a resident lived from a date until another (exclusive). Figures go by this.

    One that turns out never to have come true is deleted; the trail keeps it.
    """

    may_be_deleted = True

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="placements")
    starts = models.DateField()
    until = models.DateField(null=True)

    objects: ClassVar = PlacementQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("kelurahan", "starts"), name="placement_kelurahan"),
            models.Index(fields=("kecamatan", "starts"), name="placement_kecamatan"),
        )
        constraints = (
            ExclusionConstraint(
                name="placement_one_at_a_time",
                expressions=[
                    ("resident", RangeOperators.EQUAL),
                    (Func("starts", "until", function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("starts")),
                name="placement_in_order",
            ),
        )


@pghistory.track()
class StayPeriod(models.Model):
    """One registration period, of at most a year; an extension adds another.

    Those of a stay that turns out never to have begun are deleted; the trail keeps them.
    """

    may_be_deleted = True

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="periods")
    starts = models.DateField()
    until = models.DateField()

    class Meta:
        ordering = ("starts",)
        indexes = (
            models.Index(fields=("resident", "starts", "until"), name="stay_period"),
            models.Index(fields=("starts",), name="stay_period_starts"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(until__gte=F("starts")), name="period_in_order"),
        )
