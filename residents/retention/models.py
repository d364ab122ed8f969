"""How long records are kept after a stay has ended: set by the office, off until it is."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wacat.clock import now


class RetentionRule(models.Model):
    """The office's word, the latest counts; ``months`` None switches retention off."""

    append_only = True

    months = models.PositiveSmallIntegerField("masa simpan (bulan)", null=True, blank=True)
    basis = models.CharField("dasar", max_length=200)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=now)
    key = models.UUIDField(unique=True)


class RetentionRun(models.Model):
    """One run of the maintenance role: whose stay ended on ``before`` or earlier, and how many.

    Written by the maintenance role alone; the application reads it.
    """

    append_only = True

    rule = models.ForeignKey(RetentionRule, models.PROTECT, related_name="runs")
    before = models.DateField()
    records = models.PositiveIntegerField()
    files = models.PositiveIntegerField()
    role = models.CharField(max_length=63)
    ran_by = models.CharField(max_length=120)
    ran_at = models.DateTimeField(default=now)
