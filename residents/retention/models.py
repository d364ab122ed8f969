"""How long personal data is kept once it is over: set by the office, off until it is."""

from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from wacat.clock import now

FEWEST_MONTHS, MOST_MONTHS = 1, 600


class RetentionRule(models.Model):
    """The office's word, the latest counts; ``months`` None switches retention off."""

    append_only = True

    months = models.PositiveSmallIntegerField(
        "masa simpan (bulan)",
        null=True,
        validators=(MinValueValidator(FEWEST_MONTHS), MaxValueValidator(MOST_MONTHS)),
    )
    basis = models.CharField("dasar", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(months__isnull=True) | Q(months__range=(FEWEST_MONTHS, MOST_MONTHS)),
                name="retention_months_in_bounds",
            ),
        )


class RetentionRun(models.Model):
    """One run of the maintenance role: whose stay ended on ``before`` or earlier, and how many.

    ``others`` counts by name what went by an age of its own (residents.retention.keeping.Aging).
    Written by the maintenance role alone; the application reads it. The counts grow with each
    part that is done for good; ``finished_at`` None is a run that is going on, or was broken
    off (the next one goes on where it stopped).
    """

    append_only = True
    maintained = True

    rule = models.ForeignKey(RetentionRule, models.PROTECT, related_name="runs")
    before = models.DateField()
    records = models.PositiveIntegerField(default=0)
    others = models.JSONField(default=dict)
    files = models.PositiveIntegerField(default=0)
    role = models.CharField(max_length=63)
    ran_by = models.CharField(max_length=120)
    at = models.DateTimeField(default=now)
    finished_at = models.DateTimeField(null=True)


class DoomedFile(models.Model):
    """A stored file that no row needs any more: it is deleted once this row is committed.

    Should that fail, the row is still here for the next run.
    """

    maintained = True

    name = models.CharField(max_length=200, unique=True)
