"""Lists of residents to take home: asked for, written by a worker, fetched once."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.scope import ScopedModel
from wacat.sealing.fields import SealedTextField
from wacat.work import Work


class Export(ScopedModel, Work):
    """What its reader asked for: ``asked`` is the list's narrowing as JSON, sealed (it may
    hold a name); ``with_numbers`` whether NIK and No. KK are whole.
    """

    may_be_deleted = True
    task = "residents.tasks.write_export"
    at_once = 4

    class Format(models.TextChoices):
        XLSX = "xlsx", "Excel (.xlsx)"
        CSV = "csv", "CSV"

    asked = SealedTextField(place="export.asked")
    format = models.CharField(max_length=4, choices=Format, default=Format.XLSX)
    with_numbers = models.BooleanField(default=False)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    rows = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=100, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta(Work.Meta):
        verbose_name = "Menulis daftar warga"
