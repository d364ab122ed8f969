"""Notices: what somebody is to know, and its deliveries beyond the portal."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.areas.models import CITY_CODE
from accounts.posts.models import Post
from accounts.rules import Action
from accounts.scope import Holder, reach
from wacat.clock import now
from wacat.work import Work


class Notice(models.Model):
    """A word to one user, shown in the portal. ``kind`` names its class, ``values`` what it tells.

    ``values`` hold keys, dates and names of offices; never a resident's data or a password.
    """

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=40)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(default=now)
    read_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("recipient", "-id"), name="notice_recipient"),
            # Counted on every page: what is read leaves the index.
            models.Index(
                fields=("recipient",), condition=models.Q(read_at=None), name="notice_unread"
            ),
        )


class DeliveryQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Holder, action: Action) -> Self:
        """Those to people who hold, held or will hold a post that *user* reaches."""
        codes = reach(user, action)
        if CITY_CODE in codes:  # every post lies there: no need to look for each row's
            return self.all()
        return self.filter(notice__recipient__in=Post.objects.under(codes).values("user"))


class Delivery(Work):
    """A notice on its way through a channel: the log of what was sent, and of what failed.

    ``channel`` is the key of one of ``accounts.notices.channels.CHANNELS``. ``address`` is where
    it goes when that is not where the recipient is now to be reached, else blank.
    """

    task = "accounts.tasks.deliver"
    max_attempts = 12
    doublings = 10  # up to an hour and a half between attempts: a mail server may be away long
    at_once = 200  # a mail server may take a second for each

    notice = models.ForeignKey(Notice, models.PROTECT, related_name="deliveries")
    channel = models.CharField(max_length=10)
    address = models.EmailField(blank=True)

    objects: ClassVar[Any] = DeliveryQuerySet.as_manager()

    class Meta(Work.Meta):
        verbose_name = "Mengirim pemberitahuan"
        indexes = (*Work.Meta.indexes, models.Index(fields=("state", "-id"), name="delivery_state"))
        constraints = (
            models.UniqueConstraint(fields=("notice", "channel", "address"), name="delivery_once"),
        )
