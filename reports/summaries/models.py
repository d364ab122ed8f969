"""A table of figures asked for as PDF: work for a worker, and its result."""

from django.db import models

from accounts.scope import ScopedModel
from wacat.clock import now
from wacat.drawn import DrawnFile


class SummaryFile(ScopedModel, DrawnFile):
    """The figures of ``area`` as at ``as_at``, known at ``known_at``, for one reader."""

    task = "reports.tasks.draw_summary"

    as_at = models.DateField()
    known_at = models.DateTimeField(default=now)
    sha256 = models.CharField(max_length=64, blank=True)

    class Meta(DrawnFile.Meta):
        verbose_name = "Menggambar rekap"
