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

    ``since`` is the day of the move as it was told; None for the first, which begins with the
    stay. ``starts`` and ``until`` are what of it lies within the stay (residents.registry.stays):
    neither, where the stay had ended before the move or began after the next.
    """

    # placement_area begins with it.
    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+", db_index=False)
    # Found by the constraint on its days.
    resident = models.ForeignKey(
        Resident, models.CASCADE, related_name="placements", db_index=False
    )
    since = models.DateField(null=True)
    starts = models.DateField(null=True)
    until = models.DateField(null=True)

    objects: ClassVar = PlacementQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(fields=("area", "starts"), name="placement_area"),
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
                condition=Q(starts__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("resident", "since"), nulls_distinct=False, name="placement_moves"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(starts__isnull=False, until__gte=F("starts")),
                name="placement_in_order",
            ),
        )


@pghistory.track()
class StayPeriod(models.Model):
    """One registration period, of at most a year; an extension adds another.

    Those of a stay that turns out never to have begun are deleted; the trail keeps them.
    """

    may_be_deleted = True

    resident = models.ForeignKey(
        Resident,
        models.CASCADE,
        related_name="periods",
        db_index=False,  # stay_period begins with it
    )
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
