"""Telling somebody something: rows in the transaction that makes it true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.login.models import User
from accounts.notices.kinds import KINDS
from accounts.notices.models import Delivery, Notice
from accounts.tasks import deliver
from wacat.work import hasten


def notify(kind: str, told: Iterable[tuple[User | None, dict[str, Any]]]) -> None:
    """A notice of *kind* to each user with its values, and its deliveries by that kind's channels.

    Raises KeyError for an unknown kind.
    """
    channels = KINDS[kind].channels
    notices = Notice.objects.bulk_create(
        Notice(recipient=user, kind=kind, values=values) for user, values in told if user
    )
    deliveries = Delivery.objects.bulk_create(
        Delivery(notice=notice, channel=channel)
        for notice in notices
        for channel in channels
        if channel != Delivery.Channel.EMAIL or notice.recipient.email
    )
    for delivery in deliveries[:HASTENED]:
        hasten(deliver, delivery.pk)


# The sweep finds the others: a thousand messages need not be handed to the broker at once.
HASTENED = 20
