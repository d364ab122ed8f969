"""Figures for the public, of half a year each: told once and never otherwise."""

import pghistory
from django.conf import settings
from django.db import models

from accounts.scope import ScopedModel
from wacat.work import Work


@pghistory.track(fields=["starts", "state", "known_at"])
class Release(ScopedModel, Work):
    """What is told of a semester, from its first day on.

    Built once: from two of one semester, of which one knows of somebody more, that one could be
    worked out. ``tables`` holds only what is told (reports.summaries.release_tables).
    """

    task = "reports.tasks.build_release"

    starts = models.DateField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    known_at = models.DateTimeField(null=True)
    tables = models.JSONField(null=True)

    class Meta(Work.Meta):
        verbose_name = "Menyusun angka untuk umum"
        constraints = (
            models.UniqueConstraint(fields=("area", "starts"), name="release_once"),
            models.CheckConstraint(
                condition=models.Q(starts__day=1, starts__month__in=(1, 7)),
                name="release_of_a_semester",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done")
                | models.Q(known_at__isnull=False, tables__isnull=False),
                name="release_done_is_told",
            ),
        )
