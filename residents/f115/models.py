"""The form F-1.15 of one resident as PDF: work for a worker, and its result."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.scope import ScopedModel
from residents.registry.models import Resident
from wacat.work import Work


class FormFile(ScopedModel, Work):
    """The resident's F-1.15 for one reader, deleted a day later."""

    may_be_deleted = True
    task = "residents.tasks.draw_form"

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    file = models.CharField(max_length=100, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta(Work.Meta):
        verbose_name = "Menggambar F-1.15"
