"""What keeps the list of office holders true (Pasal 5(3)b): confirmations and reminders."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from accounts.posts.models import Post
from accounts.scope import ScopedModel
from wacat.clock import now


class RosterConfirmation(ScopedModel):
    """The Lurah's word, every six months, that the list of Ketua RT is right.

    The posts that were confirmed are kept by their keys, with those said to be over.
    """

    append_only = True

    area = models.ForeignKey("accounts.Area", models.PROTECT, related_name="+")
    confirmed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(default=now)
    right = models.JSONField(default=list)
    wrong = models.JSONField(default=list)
    key = models.UUIDField()

    class Meta:
        indexes = (models.Index(fields=("area", "-at"), name="roster_latest"),)
        constraints = (models.UniqueConstraint(fields=("confirmed_by", "key"), name="roster_once"),)


class TermReminder(models.Model):
    """That the office above was told, so many days before, that a term is about to end."""

    append_only = True

    post = models.ForeignKey(Post, models.PROTECT, related_name="reminders")
    days = models.PositiveSmallIntegerField()
    at = models.DateTimeField(default=now)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("post", "days"), name="term_reminder_once"),)
