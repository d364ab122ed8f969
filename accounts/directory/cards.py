"""What the list of accounts has to say on the start page."""

from __future__ import annotations

from django.db.models import Count, Q
from django.urls import reverse

from accounts.cards import Card
from accounts.directory.states import DORMANT_AFTER, State, posts_in_reach
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may


def cards(user: User) -> list[Card]:
    """Accounts that nobody uses, for those who can do something about it: a word, a new slip."""
    if not may(user, Action.ACCOUNT_RENEW):
        return []
    listed = reverse("account_list")
    counts = posts_in_reach(user).aggregate(
        never=Count("pk", Q(state=State.NEVER)), dormant=Count("pk", Q(state=State.DORMANT))
    )
    return [
        Card(
            counts["never"],
            "Akun belum pernah masuk",
            "Ingatkan pemegangnya, atau buatkan slip baru.",
            f"{listed}?status={State.NEVER}",
        ),
        Card(
            counts["dormant"],
            f"Akun dorman {DORMANT_AFTER.days} hari",
            "Tanyakan apakah pemegangnya masih menjabat.",
            f"{listed}?status={State.DORMANT}",
        ),
    ]
