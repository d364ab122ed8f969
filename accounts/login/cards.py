"""What the start page says about one's own account."""

from __future__ import annotations

from django.urls import reverse

from accounts.cards import Card
from accounts.login.models import User


def cards(user: User) -> list[Card]:
    """Contacts that the proposer declared and the user has not confirmed yet."""
    if user.contacts_confirmed_at:
        return []
    return [
        Card(
            1,
            "Pastikan surel dan telepon",
            "Periksa apakah masih aktif. Ke sanalah kabar dan kata sandi baru dikirim.",
            reverse("own_contacts"),
        )
    ]
