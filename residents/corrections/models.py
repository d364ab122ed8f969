"""Corrections: what an RT says of a delivered service, beside it and never over it."""

from __future__ import annotations

from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from accounts.scope import ScopedModel, ScopedQuerySet
from residents.corrections.codes import OPEN, SETTLED, Reason, Status
from wacat.claims import Claim
from wacat.clock import now, today
from wacat.workflow import Step

FEWEST_DAYS, MOST_DAYS = 1, 90


class CorrectionQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Those that are not settled: with the operator, or asked back."""
        return self.filter(status__in=OPEN)

    def settled(self) -> Self:
        return self.filter(status__in=SETTLED)

    def overdue(self) -> Self:
        """With the operator, and the deadline has passed. One asked back waits for the RT."""
        return self.filter(status=Status.SENT, due_on__lt=today())


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Correction(ScopedModel):
    """One statement that a service is not true; ``area`` is the RT that says so.

    ``right_value`` is the name or the address as it should read. ``due_on`` is the day by which
    the operator answers; it moves by the days that the RT was asked back for. ``sent_on`` and
    ``settled_on`` are days in WITA, by which figures go.
    """

    service = models.ForeignKey("residents.Service", models.PROTECT, related_name="corrections")
    status = models.CharField(max_length=10, choices=Status, default=Status.SENT)
    reason = models.PositiveSmallIntegerField("alasan", choices=Reason)
    note = models.CharField("keterangan", max_length=500, blank=True)
    right_value = models.CharField("yang benar", max_length=200, blank=True)
    happened_on = models.DateField("sejak tanggal", null=True)
    due_on = models.DateField("batas waktu")
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=now)
    sent_on = models.DateField(default=today)
    settled_at = models.DateTimeField(null=True)
    settled_on = models.DateField(null=True)
    key = models.UUIDField(unique=True)

    objects: ClassVar = CorrectionQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("status", "due_on", "id"),
                condition=Q(status__in=OPEN),
                name="correction_due",
            ),
            models.Index(fields=("area", "-id"), name="correction_of_rt"),
            models.Index(fields=("kelurahan", "-id"), name="correction_of_kelurahan"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("service",), condition=Q(status__in=OPEN), name="correction_open_once"
            ),
            models.CheckConstraint(
                condition=Q(status__in=SETTLED, settled_at__isnull=False, settled_on__isnull=False)
                | Q(status__in=OPEN, settled_at=None, settled_on=None),
                name="correction_settled_on_a_day",
            ),
        )

    @property
    def is_open(self) -> bool:
        return self.status in OPEN

    @property
    def is_overdue(self) -> bool:
        """With the operator, and the deadline has passed."""
        return self.status == Status.SENT and self.due_on < today()


class CorrectionStep(Step):
    """One transition of a correction, with what was said at it: the conversation."""

    subject = models.ForeignKey(Correction, models.CASCADE, related_name="steps")


class CorrectionPhoto(models.Model):
    """A photograph that came with a step, drawn anew and sealed; read through its correction."""

    append_only = True

    correction = models.ForeignKey(Correction, models.CASCADE, related_name="photos")
    step = models.ForeignKey(CorrectionStep, models.CASCADE, related_name="photos", db_index=False)
    file = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("step", "sha256"), name="correction_photo_once"),
        )


class CorrectionClaim(Claim):
    """An operator is at a correction."""

    subject = models.OneToOneField(Correction, models.CASCADE, related_name="claim")


@pghistory.track()
class CorrectionDeadline(models.Model):
    """Within how many days corrections of a reason are answered, where the office has said so.

    Plain days: nobody keeps a list of holidays here. The others: residents.corrections.deadlines.
    """

    reason = models.PositiveSmallIntegerField("alasan", choices=Reason, unique=True)
    days = models.PositiveSmallIntegerField(
        "hari",
        validators=(MinValueValidator(FEWEST_DAYS), MaxValueValidator(MOST_DAYS)),
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(days__range=(FEWEST_DAYS, MOST_DAYS)),
                name="correction_days_in_bounds",
            ),
        )


class CorrectionOverdue(models.Model):
    """That operators and pimpinan were told, on that day, that a correction is overdue: once."""

    append_only = True

    correction = models.OneToOneField(Correction, models.CASCADE, related_name="+")
    on = models.DateField(default=today)
    at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=("on",), name="correction_overdue_day"),)
