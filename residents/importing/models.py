"""Spreadsheets of residents: uploaded, read, looked at, confirmed, entered part by part."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import ScopedModel
from residents.registry import codes
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


@pghistory.track(exclude=["kelurahan", "kecamatan", "reading_notes"])
class Import(ScopedModel):
    """An uploaded spreadsheet; ``area`` is the area it may speak of.

    ``rows`` that were in it = accepted + ``rejected``; of the accepted, ``warned`` are to be looked
    at and ``held`` are those whose NIK counts in another RT. Before they are entered these are
    what the reading expects, with only the held ones that ``area`` may know of; afterwards what
    became of them. ``sha256`` is that of the file as it came. The ``default_`` values stand
    for cells that are empty or missing. ``reading_notes`` is JSON (see ``summing``).
    """

    status = models.CharField(max_length=10, choices=ImportStatus, default=ImportStatus.UPLOADED)
    name = models.CharField("nama berkas", max_length=120)
    file = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    refusal = models.CharField(max_length=500, blank=True)
    default_rt = models.ForeignKey(
        "accounts.Area", models.PROTECT, null=True, blank=True, related_name="+"
    )
    default_address = models.CharField(max_length=200, blank=True)
    default_arrival = models.DateField(null=True, blank=True)
    default_purpose = models.PositiveSmallIntegerField(choices=codes.Purpose, null=True, blank=True)
    rows = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    warned = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    entered = models.PositiveIntegerField(default=0)
    reading_notes = SealedTextField(place="import.notes", blank=True)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
    settled_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    key = models.UUIDField(unique=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("uploaded_at",), condition=Q(cleared_at=None), name="import_not_cleared"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("area", "sha256"),
                condition=~Q(status__in=("refused", "discarded")),
                name="import_same_file_once",
            ),
        )

    @property
    def accepted(self) -> int:
        """Rows that can be, or were, entered: the held ones among them."""
        return self.rows - self.rejected

    @property
    def is_settled(self) -> bool:
        """Nothing will happen to it any more."""
        return self.status in (ImportStatus.REFUSED, ImportStatus.DONE, ImportStatus.DISCARDED)


class ImportStep(Step):
    """One transition of an import."""

    subject = models.ForeignKey(Import, models.CASCADE, related_name="steps")


class ImportReading(Work):
    """Reading an uploaded file into blocks of judged rows."""

    task = "residents.tasks.read_import"
    at_once = 4

    of = models.OneToOneField(Import, models.CASCADE, related_name="reading")

    class Meta(Work.Meta):
        verbose_name = "Membaca berkas impor"


class ImportBlock(models.Model):
    """Some rows as they were read and judged, sealed together; see ``staging``.

    A thousand sealed one by one take longer than all else that is done with them.
    """

    may_be_deleted = True

    of = models.ForeignKey(Import, models.CASCADE, related_name="blocks")
    number = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=("of", "number"), name="import_block_once"),)


class ImportPart(Work):
    """Entering the accepted rows of a block of a confirmed import, all or none.

    ``rejected`` are those that were accepted when read and cannot be entered any more;
    ``held_in`` counts the held ones by kelurahan, ``beyond`` those of whom the preview could
    not tell.
    """

    task = "residents.tasks.enter_import_part"
    at_once = 8

    of = models.ForeignKey(Import, models.CASCADE, related_name="parts")
    number = models.PositiveIntegerField()
    entered = models.PositiveIntegerField(default=0)
    held = models.PositiveIntegerField(default=0)
    rejected = models.PositiveIntegerField(default=0)
    beyond = models.PositiveIntegerField(default=0)
    held_in = models.JSONField(default=dict)

    class Meta(Work.Meta):
        verbose_name = "Memasukkan baris impor"
        constraints = (models.UniqueConstraint(fields=("of", "number"), name="import_part_once"),)
