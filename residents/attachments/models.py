"""Photographs and scans beside a resident's record, and uploads that are still arriving."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models

from accounts.scope import ScopedModel
from residents.registry.models import Resident
from wacat.clock import now


class Kind(models.TextChoices):
    KTP = "ktp", "Foto KTP-el"
    KK = "kk", "Foto Kartu Keluarga"
    OWNER = "owner", "Pernyataan pemilik tempat"
    OTHER = "other", "Dokumen lain"


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class Attachment(ScopedModel):
    """A stored document: sealed, under a random name. ``removed_at``: its file is gone."""

    resident = models.ForeignKey(Resident, models.CASCADE, related_name="attachments")
    kind = models.CharField("jenis", max_length=10, choices=Kind)
    file = models.CharField(max_length=100)
    size = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=now)
    removed_at = models.DateTimeField(null=True)
    key = models.UUIDField(unique=True)


class Upload(models.Model):
    """A file that arrives piece by piece on a weak line; ``received`` bytes are here."""

    may_be_deleted = True

    key = models.UUIDField(unique=True)
    resident = models.ForeignKey(Resident, models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    size = models.PositiveIntegerField()
    received = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(default=now)
