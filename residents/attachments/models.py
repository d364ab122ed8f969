"""Photographs and scans beside a resident's record, and uploads that are still arriving."""

from __future__ import annotations

from typing import ClassVar, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.rules import Action
from accounts.scope import Holder, ScopedModel, ScopedQuerySet
from residents.registry.models import Resident
from wacat.clock import now


class Kind(models.TextChoices):
    KTP = "ktp", "Foto KTP-el"
    KK = "kk", "Foto Kartu Keluarga"
    OWNER = "owner", "Pernyataan pemilik tempat"
    OTHER = "other", "Dokumen lain"


class AttachmentQuerySet(ScopedQuerySet):
    def visible_to(self, user: Holder, action: Action) -> Self:
        """Those of residents whom the user reaches: they go where the person goes."""
        return self.filter(resident__in=Resident.objects.visible_to(user, action))

    def present(self) -> Self:
        """Those that have not been removed."""
        return self.filter(removed_at=None)


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Attachment(ScopedModel):
    """A stored document: sealed, under a random name. ``area`` is where it was added.

    ``removed_at``: it is to be seen no more; when its file is gone as well, ``file`` is empty.
    ``sha256`` is the digest of what is kept, not of what was sent.
    """

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="attachments")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    file = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)
    key = models.UUIDField(unique=True)

    objects: ClassVar = AttachmentQuerySet.as_manager()

    class Meta:
        indexes = (
            models.Index(
                fields=("removed_at",),
                condition=Q(removed_at__isnull=False) & ~Q(file=""),
                name="attachment_to_erase",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("resident", "sha256"),
                condition=Q(removed_at__isnull=True),
                name="attachment_once",
            ),
        )

    @property
    def is_picture(self) -> bool:
        """Whether it is one of our own JPEGs, which a page may show."""
        return self.file.endswith(".jpg")


class Upload(models.Model):
    """A file that arrives piece by piece on a weak line; ``received`` bytes are here.

    ``key`` is made by the browser from the file itself, so that the same file goes on where it
    stopped; each owner has keys of their own. ``sha256`` is what the whole file must come to.
    ``attachment`` is what it became; the row stays for a while to answer a repeated last piece.
    """

    may_be_deleted = True

    key = models.UUIDField()
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    received = models.PositiveIntegerField(default=0)
    attachment = models.ForeignKey(Attachment, models.CASCADE, null=True, related_name="+")
    started_at = models.DateTimeField(default=now)
    touched_at = models.DateTimeField(default=now)

    class Meta:
        indexes = (models.Index(fields=("touched_at",), name="upload_touched"),)
        constraints = (
            models.UniqueConstraint(fields=("owner", "key"), name="upload_once"),
            models.CheckConstraint(
                condition=Q(received__lte=models.F("size")), name="upload_within_size"
            ),
        )

    @property
    def percent(self) -> int:
        """How much of it is here."""
        return self.received * 100 // self.size
