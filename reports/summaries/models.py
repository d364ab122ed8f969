"""A table of figures asked for as PDF: work for a worker, and its result."""

from django.conf import settings
from django.db import models

from accounts.scope import ScopedModel
from wacat.clock import now
from wacat.work import Work


class SummaryFile(ScopedModel, Work):
    """The figures of ``area`` as at ``as_at``, known at ``known_at``, for one reader."""

    may_be_deleted = True
    task = "reports.tasks.draw_summary"

    as_at = models.DateField()
    known_at = models.DateTimeField(default=now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.CharField(max_length=100, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta(Work.Meta):
        verbose_name = "Menggambar rekap"
