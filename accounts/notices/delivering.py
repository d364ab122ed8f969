"""Sending a notice: what a worker does, with the delivery's row locked.

A worker that dies after the mail server has taken the mail, and before this is committed,
makes it be sent a second time, with the same Message-ID: SMTP knows no better.
"""

from __future__ import annotations

from accounts.notices.channels import CHANNELS, NO_ADDRESS
from accounts.notices.composing import compose
from accounts.notices.kinds import KINDS
from accounts.notices.models import Delivery, Notice
from wacat.work import GiveUp

ACCOUNT_CLOSED = "AccountClosed"


def send(work: Delivery) -> None:
    """Send the notice through its channel. Raises GiveUp when it is not to be sent any more."""
    notice = Notice.objects.select_related("recipient").get(pk=work.notice_id)
    channel = CHANNELS[work.channel]
    if not (KINDS[notice.kind].even_closed or notice.recipient.is_active):
        raise GiveUp(ACCOUNT_CLOSED)
    address = work.address or channel.address_of(notice.recipient)
    if not address:
        raise GiveUp(NO_ADDRESS)
    channel.send(compose(work.pk, notice, address))
