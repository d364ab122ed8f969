"""Notices: what somebody is to know, and its deliveries beyond the portal."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from wacat.clock import now
from wacat.work import Work


class Notice(models.Model):
    """A word to one user, shown in the portal. ``kind`` names its class, ``values`` what it tells.

    ``values`` hold keys, dates and names of offices; never a resident's data or a password.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=("recipient", "-id"), name="notice_recipient"),)


class Delivery(Work):
    """A notice on its way through a channel: the log of what was sent, and of what failed."""

    task = "accounts.tasks.deliver"
    max_attempts = 12
    doublings = 10  # up to an hour and a half between attempts: a mail server may be away long

    class Channel(models.TextChoices):
        EMAIL = "email", "Surel"

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10, choices=Channel)

    class Meta(Work.Meta):
        verbose_name = "Mengirim pemberitahuan"
        constraints = (models.UniqueConstraint(fields=("notice", "channel"), name="delivery_once"),)
