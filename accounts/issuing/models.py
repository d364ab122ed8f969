"""One-time passwords and the slips that carry them (Perwali 33/2020 Pasal 5(2))."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from accounts.scope import ScopedModel
from wacat.clock import now
from wacat.work import Work


class OneTimePassword(models.Model):
    """A user's latest one-time password: only its keyed digest, and until when it is good.

    ``browser`` is the digest of the browser that used it, whose repeated attempt (the answer
    was lost on a weak line) is the same use and no second one.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="one_time_password"
    )
    digest = models.BinaryField(max_length=32)
    made_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    browser = models.BinaryField(max_length=32, null=True)


class SlipSheet(ScopedModel, Work):
    """Slips of one area asked for by somebody: a worker makes the passwords and draws the PDF.

    The file is deleted once it was downloaded; printing again makes new passwords.
    """

    task = "accounts.tasks.draw_slips"

    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    key = models.UUIDField()
    file = models.CharField(max_length=100, blank=True)
    downloaded_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)

    class Meta(Work.Meta):
        verbose_name = "Menggambar slip akun"
        constraints = (
            models.UniqueConstraint(fields=("asked_by", "key", "area"), name="slip_sheet_once"),
            models.CheckConstraint(
                condition=Q(downloaded_at=None) | Q(file=""), name="slip_sheet_downloaded_is_gone"
            ),
        )


class SlipEntry(models.Model):
    """One account on a sheet."""

    append_only = True

    sheet = models.ForeignKey(SlipSheet, models.PROTECT, related_name="entries")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="slips")

    class Meta:
        constraints = (models.UniqueConstraint(fields=("sheet", "user"), name="slip_entry_once"),)
