"""Who did something, with the office held at that time.

The name is told of officials within the viewer's reach and of those of the record's own
kelurahan. Of all others the office alone: who sits elsewhere is nobody's business here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from typing import Any

from accounts.areas.models import CODE_LENGTH, Level
from accounts.posts.models import Post
from accounts.rules import Action
from accounts.scope import Holder, reach
from wacat.history import SYSTEM

SOMEBODY = "Petugas"
_KELURAHAN = CODE_LENGTH[Level.KELURAHAN]


class Offices:
    """The offices of *actors* (keys of users), as *viewer* may know them."""

    def __init__(self, viewer: Holder, actors: Iterable[int]) -> None:
        self._codes = reach(viewer, Action.RESIDENT_VIEW)
        self._posts: dict[int, list[Any]] = defaultdict(list)
        held: Any = Post.objects.filter(user__in=set(actors)).order_by("starts", "pk")
        for post in held.select_related("user", "area__parent"):
            self._posts[post.user_id].append(post)

    def who(self, actor: int | None, day: date, area: str) -> str:
        """As in "Siti Contoh, Ketua RT 012", for what was done on *day* to a record of *area*."""
        if actor is None:
            return SYSTEM
        post = self._post(actor, day, area)
        if post is None:
            return SOMEBODY
        if not self._is_known(post, area):
            return str(post.title)
        office = f"{post.title} {post.area.name}" if post.area.level == Level.RT else post.label
        return f"{post.user.full_name}, {office}"

    def _post(self, actor: int, day: date, area: str) -> Any:
        """The post in which it was done: one over the area, the closest; else any of that day."""
        posts = self._posts.get(actor, [])
        then = [one for one in posts if one.starts <= day and (not one.until or one.until > day)]
        over = [one for one in then if f"{area}.".startswith(f"{one.area_id}.")]
        closest = sorted(over, key=lambda one: len(one.area_id))
        return next((group[-1] for group in (closest, then, posts) if group), None)

    def _is_known(self, post: Any, area: str) -> bool:
        within = any(f"{post.area_id}.".startswith(f"{code}.") for code in self._codes)
        return within or post.area_id[:_KELURAHAN] == area[:_KELURAHAN]
