"""What the triggers cannot see: reads that matter. Writes are in the trail of each model."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.scope import ScopedModel
from wacat.clock import now


class Access(ScopedModel):
    """Somebody saw or took something: a NIK revealed, a file downloaded. Append-only."""

    append_only = True

    class Kind(models.TextChoices):
        REVEAL = "reveal", "NIK ditampilkan"
        DOWNLOAD = "download", "Dokumen diunduh"
        PREVIEW = "preview", "Pratinjau dibuka"
        EXPORT = "export", "Data diekspor"
        LOOKUP = "lookup", "NIK dicari"

    actor = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    subject = models.CharField(max_length=60)
    at = models.DateTimeField(default=now)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("subject", "at"), name="access_subject"),
            models.Index(fields=("actor", "at"), name="access_actor"),
            models.Index(fields=("kind", "at"), name="access_kind"),
            models.Index(fields=("at", "id"), name="access_latest"),
        )
