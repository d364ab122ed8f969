"""Corrections: what an RT says of a delivered service, beside it and never over it."""

from __future__ import annotations

from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import ScopedModel, ScopedQuerySet
from residents.corrections.codes import OPEN, SETTLED, Reason, Status
from wacat.clock import now, today
from wacat.workflow import Step


class CorrectionQuerySet(ScopedQuerySet):
    def open(self) -> Self:
        """Those that are not settled: with the operator, or asked back."""
        return self.filter(status__in=OPEN)

    def settled(self) -> Self:
        return self.filter(status__in=SETTLED)

    def overdue(self) -> Self:
        """Open, and the deadline has passed."""
        return self.open().filter(due_on__lt=today())


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Correction(ScopedModel):
    """One statement that a service is not true; ``area`` is the RT that says so.

    ``right_value`` is the name or the address as it should read. ``sent_on`` and ``settled_on``
    are days in WITA, by which figures go.
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
                fields=("due_on", "id"), condition=Q(status__in=OPEN), name="correction_due"
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
        return self.is_open and self.due_on < today()


class CorrectionStep(Step):
    """One transition of a correction, with what was said at it: the conversation."""

    subject = models.ForeignKey(Correction, models.CASCADE, related_name="steps")
