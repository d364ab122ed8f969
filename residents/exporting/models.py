"""Lists of residents to take home: asked for, written by a worker, fetched once."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import ScopedModel
from wacat.sealing.fields import SealedTextField
from wacat.work import Work

# What the trail keeps when the rest is deleted.
_TOLD = ["area", "asked_by", "format", "with_numbers", "purpose", "rows", "delivered_at"]


@pghistory.track(fields=_TOLD, model_name="ExportEvent")
class Export(ScopedModel, Work):
    """What its reader asked for of one area: ``asked`` is the list's narrowing as JSON, sealed (it
    may hold a name); ``with_numbers`` whether NIK and No. KK are whole, and then ``purpose`` why.

    The file lies sealed in ``pieces`` (residents.exporting.pieces) until it is fetched.
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
    purpose = models.CharField("tujuan", max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    rows = models.PositiveIntegerField(default=0)
    file = models.CharField(max_length=100, blank=True)
    pieces = models.PositiveIntegerField(default=0)
    delivered_at = models.DateTimeField(null=True)

    class Meta(Work.Meta):
        verbose_name = "Menulis daftar warga"
        indexes = (
            *Work.Meta.indexes,
            models.Index(fields=("asked_by", "-id"), name="export_own_latest"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(with_numbers=False) | ~Q(purpose=""),
                name="export_of_numbers_has_purpose",
            ),
        )
