"""Whose one-time password somebody may have made anew."""

from __future__ import annotations

from accounts.login.models import AccountStatus, User
from accounts.rules import PROPOSED_BY, Action
from accounts.scope import reach

INACTIVE = "Akun ini nonaktif. Aktifkan kembali dahulu, baru kata sandinya dapat dibuat."
NO_POST = "Orang ini tidak lagi memegang jabatan, jadi tidak memerlukan kata sandi baru."


def may_renew(actor: User, target: User) -> bool:
    """Whether every post of *target* that is not over is one that *actor* proposes for.

    So a Lurah renews for Ketua RT of the kelurahan, and never for who holds a higher office
    besides; offices that nobody proposes for are the administrator's. Nobody does it for himself.
    """
    return actor.pk != target.pk and all(
        post.lies_within(reach(actor, PROPOSED_BY.get(post.role, Action.ACCOUNT_ISSUE)))
        for post in target.posts_not_over
    )


def hindrance(target: User) -> str:
    """Why nothing can be made anew now, in words for the user; empty when it can."""
    if target.status != AccountStatus.ACTIVE:
        return INACTIVE
    return "" if target.posts_not_over else NO_POST
