"""What the start page says to a Lurah and a Camat about the offices below them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from accounts.cards import Card, of_rows
from accounts.handover.reminders import ending_soon
from accounts.handover.roster import due_days, is_due
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Action, Role
from accounts.scope import KECAMATAN, reach


def cards(user: User) -> list[Card]:
    """The cards of the offices that *user* holds today."""
    lurah = reach(user, Action.ROSTER_CONFIRM)
    camat = tuple(code for code in reach(user, Action.LURAH_PROPOSE) if len(code) == KECAMATAN)
    made = [_of_list(lurah), _terms(Role.KETUA_RT, lurah, reverse("roster"))] if lurah else []
    if camat:
        made.append(_terms(Role.LURAH, camat, reverse("account_list")))
    return made


def _of_list(kelurahan: tuple[str, ...]) -> Card:
    due = [code for code, day in sorted(due_days(kelurahan).items()) if is_due(day)]
    area = f"?area={due[0]}" if due else ""
    return Card(
        len(due),
        "Konfirmasi daftar Ketua RT",
        "Setiap enam bulan: siapa yang masih menjabat, siapa yang sudah berganti.",
        f"{reverse('roster')}{area}",
    )


def _terms(role: str, codes: tuple[str, ...], url: str) -> Card:
    posts: Any = Post.objects.today().under(codes)
    return of_rows(
        posts.filter(ending_soon(), role=role),
        f"Masa bakti {Role(role).label} akan berakhir",
        "Akun tetap dapat dipakai. Usulkan pengganti, atau orang yang sama untuk masa baru.",
        url,
    )
