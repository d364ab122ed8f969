"""The pages about accounts that have no place in the main menu."""

from __future__ import annotations

from django.urls import reverse

from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import may

# (address name, label, the action that opens it)
PAGES = (
    ("issue_ready", "Terbitkan akun", Action.ACCOUNT_ISSUE),
    ("slip_list", "Slip akun", Action.ACCOUNT_RENEW),
    ("roster", "Daftar Ketua RT", Action.ROSTER_CONFIRM),
    ("plh", "Tunjuk Plh.", Action.POST_DELEGATE),
    ("post_appoint", "Angkat pejabat lain", Action.POST_APPOINT),
    ("breach_list", "Laporan pelanggaran", Action.BREACH_VIEW),
    ("safeguard_list", "Akun diamankan", Action.ACCOUNT_CLOSE),
    ("delivery_log", "Pesan terkirim", Action.ACCOUNT_ISSUE),
)


def pages_for(user: User) -> list[tuple[str, str]]:
    """Address and label of those that the user may open."""
    return [(reverse(name), label) for name, label, action in PAGES if may(user, action)]
