"""Files of delivered services, as they are uploaded, read, looked at and entered."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models

from accounts.scope import ScopedModel
from wacat.clock import now


class FeedStatus(models.TextChoices):
    UPLOADED = "uploaded", "Sedang dibaca"
    REFUSED = "refused", "Tidak dapat dibaca"
    ASKING = "asking", "Menunggu kolom dicocokkan"
    READY = "ready", "Menunggu dikonfirmasi"
    CONFIRMED = "confirmed", "Sedang dimasukkan"
    DONE = "done", "Selesai"
    DISCARDED = "discarded", "Dibatalkan"


@pghistory.track(exclude=["kelurahan", "kecamatan"])
class FeedFile(ScopedModel):
    """An uploaded file of services that the national system exported."""

    status = models.CharField(max_length=10, choices=FeedStatus, default=FeedStatus.UPLOADED)
    name = models.CharField("nama berkas", max_length=120)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(default=now)
