"""Spreadsheets of residents: uploaded, read, looked at, confirmed, entered part by part."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.scope import ScopedModel
from residents.registry.models import Resident
from wacat.clock import now
from wacat.sealing.fields import SealedTextField
from wacat.work import Work
from wacat.workflow import Step


class ImportStatus(models.TextChoices):
    UPLOADED = "uploaded", "Sedang dibaca"
    REFUSED = "refused", "Tidak dapat dibaca"
    READY = "ready", "Menunggu dikonfirmasi"
    CONFIRMED = "confirmed", "Sedang dimasukkan"
    DONE = "done", "Selesai"
    DISCARDED = "discarded", "Dibatalkan"


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Import(ScopedModel):
    """An uploaded spreadsheet; ``area`` is the area it may speak of. Rows in = accepted + rejected.

    ``sha256`` is that of the file as it came.
    """

    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.UPLOADED)
    name = models.CharField("nama berkas", max_length=120)
    file = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    refusal = models.CharField(max_length=300, blank=True)
    rows = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)
    entered = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    key = models.UUIDField(unique=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("area", "sha256"),
                condition=~Q(status__in=("refused", "discarded")),
                name="import_same_file_once",
            ),
        )


class ImportStep(Step):
    """One transition of an import."""

    subject = models.ForeignKey(Import, models.CASCADE, related_name="steps")


class ImportReading(Work):
    """Reading an uploaded file into rows."""

    task = "residents.tasks.read_import"
    at_once = 4

    of = models.OneToOneField(Import, models.CASCADE, related_name="reading")

    class Meta(Work.Meta):
        verbose_name = "Membaca berkas impor"


class ImportPart(Work):
    """Entering some rows of a confirmed import, all or none: ``first`` to ``last``."""

    task = "residents.tasks.enter_import_part"
    at_once = 8

    of = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    first = models.PositiveIntegerField()
    last = models.PositiveIntegerField()

    class Meta(Work.Meta):
        verbose_name = "Memasukkan baris impor"
        constraints = (models.UniqueConstraint(fields=("of", "first"), name="import_part_once"),)


class ImportRow(models.Model):
    """A row as it was read: ``cells`` its texts and ``fields`` what it says, JSON, sealed."""

    may_be_deleted = True

    of = models.ForeignKey(Import, models.CASCADE, related_name="staged")
    number = models.PositiveIntegerField()
    cells = SealedTextField(place="import.cells")
    fields = SealedTextField(place="import.fields")
    errors = ArrayField(models.CharField(max_length=300), default=list)
    warnings = ArrayField(models.CharField(max_length=300), default=list)
    resident = models.ForeignKey(Resident, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("of", "number"), name="import_row_once"),)
