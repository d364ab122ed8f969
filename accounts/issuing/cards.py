"""What issuing has to say on the start page."""

from __future__ import annotations

from django.urls import reverse

from accounts.cards import Card, of_rows
from accounts.issuing.models import SlipSheet
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may


def cards(user: User) -> list[Card]:
    """Slips that the user asked for and has not fetched yet."""
    if not may(user, Action.ACCOUNT_RENEW):
        return []
    mine = SlipSheet.objects.visible_to(user, Action.ACCOUNT_RENEW).filter(asked_by=user)
    return [
        of_rows(
            mine.exclude(file="").filter(state=SlipSheet.State.DONE),
            "Slip akun siap diunduh",
            "Cetak, lalu serahkan langsung kepada orangnya.",
            reverse("slip_list"),
        )
    ]
