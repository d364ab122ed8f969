"""Whose account nobody may touch: one's own, the last administrator's, one above one's reach."""

from __future__ import annotations

from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Action, Role
from accounts.scope import reach

OWN = "Ini akun Bapak/Ibu sendiri. Minta administrator lain melakukannya."
NO_LONGER = "Akun Bapak/Ibu sendiri sudah dinonaktifkan."
LAST = (
    "Ini administrator terakhir yang aktif. Tunjuk administrator lain dahulu, supaya WaCAT "
    "tidak terkunci."
)
ABOVE = "Pengguna ini juga menjabat di luar wilayah Bapak/Ibu. Minta Disdukcapil melakukannya."


def lock_administrators() -> None:
    """Until the end of the transaction, nobody else closes accounts or ends an administrator.

    To be called first, before any account is locked: so two administrators who close each other
    wait for one another here, and the second then sees what the first has done.
    """
    posts = Post.objects.filter(role=Role.ADMINISTRATOR).order_by("pk")
    list(posts.select_for_update(of=("self",), no_key=True).values_list("pk", flat=True))


def refusal(actor: User | None, user: User) -> str:
    """Why *actor* may do none of this to *user*'s account, for reading; nothing if they may.

    Neither close nor open it, nor take its second factor off. The system (None) may.
    """
    if actor is None:
        return ""
    if actor.pk == user.pk:
        return OWN
    if not User.objects.filter(pk=actor.pk, is_active=True).exists():
        return NO_LONGER
    codes = reach(actor, Action.ACCOUNT_CLOSE)
    if not all(post.lies_within(codes) for post in user.posts.not_over()):
        return ABOVE
    return ""


def is_last_administrator(user: User) -> bool:
    """Whether without *user* no active account would have an administrator's post today."""
    posts = Post.objects.today().filter(role=Role.ADMINISTRATOR, user__is_active=True)
    holders = set(posts.values_list("user", flat=True))
    return holders == {user.pk}
