"""What waits for an administrator: reports of breaches, and accounts left closed."""

from __future__ import annotations

from django.urls import reverse

from accounts.cards import Card
from accounts.closing.breaches import reports_for
from accounts.closing.models import BreachStatus
from accounts.closing.safeguards import forgotten
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may


def cards(user: User) -> list[Card]:
    """Nothing for those who do not decide on accounts."""
    if not may(user, Action.ACCOUNT_CLOSE):
        return []
    return [
        Card(
            reports_for(user).filter(status=BreachStatus.REPORTED).count(),
            "Laporan pelanggaran menunggu",
            "Periksa, lalu nonaktifkan akunnya atau tutup laporannya.",
            f"{reverse('breach_list')}?status={BreachStatus.REPORTED}",
        ),
        Card(
            forgotten(user).count(),
            "Akun diamankan lebih dari 7 hari",
            "Aktifkan lagi, atau tetapkan alasan nonaktifnya.",
            reverse("safeguard_list"),
        ),
    ]
