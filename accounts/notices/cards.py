"""What the start page says of messages: to the administrator, that some did not arrive."""

from __future__ import annotations

from django.urls import reverse

from accounts.cards import Card
from accounts.login.models import User
from accounts.notices.models import Delivery
from accounts.rules import Action
from accounts.scope import may
from wacat.work import Work


def cards(user: User) -> list[Card]:
    """Messages that failed for good, where there are any."""
    if not may(user, Action.ACCOUNT_ISSUE):
        return []
    reached = Delivery.objects.visible_to(user, Action.ACCOUNT_ISSUE)
    count = reached.filter(state=Work.State.FAILED).count()
    if not count:
        return []
    address = f"{reverse('delivery_log')}?status={Work.State.FAILED}"
    text = "Periksa alamat surelnya, lalu kirim ulang atau kabari lewat WhatsApp."
    return [Card(count, "Pesan gagal terkirim", text, address)]
