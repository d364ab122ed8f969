"""What the start page says of forms that somebody began and did not send."""

from __future__ import annotations

from django.urls import reverse

from accounts.cards import Card
from accounts.login.models import User
from residents.drafts.keeping import open_drafts


def cards(user: User) -> list[Card]:
    """One's own, where there are any: straight to the only one, else to their list."""
    drafts = open_drafts(user)
    if not drafts:
        return []
    listed = f"{reverse('resident_list')}?isian=semua#isian"
    address = drafts[0].url if len(drafts) == 1 else listed
    text = "Tersimpan, tetapi belum terkirim. Lanjutkan atau buang."
    return [Card(len(drafts), "Isian belum selesai", text, address)]
