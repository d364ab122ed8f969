"""Ending a post: power is over on the day, the history stays (Perwali 33/2020 Pasal 5(3)b)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from accounts.login.models import AccountStatus, User
from accounts.notices.sending import notify
from accounts.posts.models import Post
from accounts.posts.reinstating import reinstate
from accounts.rules import Role
from wacat.clock import today
from wacat.workflow import WrongState

OVER = "Jabatan ini sudah berakhir, atau sudah akan berakhir lebih awal."
OWN = (
    "Jabatan administrator sendiri tidak dapat diakhiri. Mintalah administrator lain melakukannya."
)
LAST = (
    "Ini administrator terakhir tanpa batas waktu. Tetapkan administrator lain dahulu, "
    "agar WaCAT tidak kehilangan administrator."
)


def end_post(post: Post, on: date, ending: str, actor: User | None, note: str = "") -> bool:
    """End *post* on the day *on*: True, or False when *actor* had ended it so already.

    *ending* is one of ``Post.Ending``. A day that is past counts as today, and a post that has
    not begun is never held: whoever was to hand over to its holder stays, unless the office ends
    altogether. Stand-ins that the holder named by his own word go with him.

    Raises WrongState when the post is over or ends earlier, when it is the actor's own as
    administrator, and when no administrator would be left.
    """
    with transaction.atomic():
        held = _locked(post)
        day = max(on, today(), held.starts)
        if held.until == day and held.ending == ending and held.ended_by_id == (actor and actor.pk):
            return False
        if is_over(held) or (held.until is not None and held.until <= day):
            raise WrongState(OVER)
        if reason := refusal(held, actor, day):
            raise WrongState(reason)
        _end(held, day, ending, actor, note)
        for stand_in in _delegations(held, day):
            _end(stand_in, max(day, stand_in.starts), Post.Ending.DELEGATION, actor)
        if day == held.starts > today() and ending == Post.Ending.ENDED:
            reinstate(held)
    post.until, post.ending, post.ended_by, post.end_note = day, ending, actor, note
    return True


def is_over(post: Post) -> bool:
    """Whether nobody holds the post by its dates any more, or ever will."""
    return post.until is not None and (post.until <= today() or post.until == post.starts)


def refusal(post: Post, actor: User | None, day: date) -> str:
    """Why *actor* may not end this post on *day*; nothing when he may."""
    if post.role != Role.ADMINISTRATOR:
        return ""
    if actor is not None and post.user_id == actor.pk:
        return OWN
    return "" if _others(post, day) else LAST


def _locked(post: Post) -> Post:
    """The post as it is now. An administrator's together with all others', with their accounts.

    So of two who end each other at the same moment, the second finds that he is the last.
    """
    posts: Any = Post.objects.select_related("user", "area__parent")
    if post.role == Role.ADMINISTRATOR:
        # An account is locked too: nobody closes it meanwhile.
        rows = posts.filter(role=Role.ADMINISTRATOR).select_for_update(of=("self", "user"))
        found: Post = {one.pk: one for one in rows.order_by("pk")}[post.pk]
        return found
    held: Post = posts.select_for_update(of=("self",)).get(pk=post.pk)
    return held


def _others(post: Post, day: date) -> bool:
    """Whether another administrator is in office on *day* without an end."""
    others = Post.objects.filter(
        role=Role.ADMINISTRATOR,
        until=None,
        starts__lte=day,
        user__status=AccountStatus.ACTIVE,
    )
    return bool(others.exclude(user=post.user_id).exists())


def _delegations(post: Post, day: date) -> list[Post]:
    delegated = post.delegations.not_over().filter(until__gt=day).select_for_update(of=("self",))
    return list(delegated.select_related("user", "area__parent").order_by("pk"))


def _end(post: Post, day: date, ending: str, actor: User | None, note: str = "") -> None:
    post.until, post.ending, post.ended_by, post.end_note = day, ending, actor, note
    post.save(update_fields=["until", "ending", "ended_by", "end_note"])
    if actor is None or post.user_id != actor.pk:
        told = {"title": post.title, "area": post.area_id, "on": day.isoformat()}
        notify("post_ended", [(post.user, told)])
