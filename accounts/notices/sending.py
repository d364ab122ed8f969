"""Telling somebody something: rows in the transaction that makes it true."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from accounts.login.models import AccountStatus, User
from accounts.notices.channels import CHANNELS, EmailChannel
from accounts.notices.kinds import KINDS, NoticeKind
from accounts.notices.models import Delivery, Notice
from accounts.tasks import deliver
from wacat.work import hasten

# The sweep finds the others: a thousand messages need not be handed to the broker at once.
HASTENED = 20
_BATCH = 500


def notify(
    kind: str, told: Iterable[tuple[User | None, dict[str, Any]]], former_email: str = ""
) -> None:
    """A notice of *kind* to each user with its values, and its deliveries by that kind's channels.

    Nobody (None) is told nothing. *former_email* is told by e-mail as well: whoever was reached
    there until now must not lose an account without a word. Raises KeyError for an unknown kind
    and ValueError for values that are not just those which the kind tells.
    """
    of_kind = KINDS[kind]
    notices = [_notice(of_kind, user, values) for user, values in told if user]
    made = Notice.objects.bulk_create(notices, batch_size=_BATCH)
    deliveries = [one for notice in made for one in _deliveries(of_kind, notice, former_email)]
    Delivery.objects.bulk_create(deliveries, batch_size=_BATCH)
    for delivery in deliveries[:HASTENED]:
        hasten(deliver, delivery.pk)


def _deliveries(kind: type[NoticeKind], notice: Notice, former_email: str) -> list[Delivery]:
    found = [
        Delivery(notice=notice, channel=channel)
        for channel in kind.channels
        if is_carried(kind, notice.recipient, channel)
    ]
    if former_email:
        found.append(Delivery(notice=notice, channel=EmailChannel.key, address=former_email))
    return found


def is_carried(kind: type[NoticeKind], user: User, channel: str) -> bool:
    """Whether the channel carries this kind to the user as things stand."""
    open_to = kind.even_closed or user.status == AccountStatus.ACTIVE
    return open_to and bool(CHANNELS[channel].address_of(user))


def _notice(kind: type[NoticeKind], user: User, values: dict[str, Any]) -> Notice:
    if values.keys() != kind.values:
        raise ValueError(f"{kind.key} tells {sorted(kind.values)}, not {sorted(values)}")
    return Notice(recipient=user, kind=kind.key, values=values)
