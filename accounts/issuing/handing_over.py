"""A new holder takes a post: what others hold of it ends on that day (Pasal 5(3)b)."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from accounts.login.models import User
from accounts.posts.models import Post
from wacat.workflow import WrongState

LATER = (
    "Untuk jabatan ini sudah ada pejabat yang mulai pada hari sesudahnya. "
    "Akhiri jabatan itu dahulu."
)
Office = tuple[str, str]


def hand_over(posts: list[Post], actor: User | None) -> list[Post]:
    """End what the present holders have on the day that the new *posts*, unsaved yet, begin.

    A new definitive holder ends the acting ones' posts as well; a Plt. stands beside. Whom a
    holder named to stand in for a while goes with him. Gives the posts that were ended, and
    raises WrongState when somebody is to take the same post on a later day.
    """
    days = {(post.role, post.area_id, post.kind): post.starts for post in posts}
    ended: list[Post] = []
    last_days: dict[int, date] = {}
    for held in _held({(role, area) for role, area, _kind in days}):
        day, ending = _last_day(held, days), Post.Ending.HANDOVER
        if held.delegated_by_id in last_days:
            day = max(last_days[held.delegated_by_id], held.starts)
            ending = Post.Ending.DELEGATION
        if day is not None and (held.until is None or held.until > day):
            held.until, held.ending, held.ended_by = day, ending, actor
            last_days[held.pk] = day
            ended.append(held)
    Post.objects.bulk_update(ended, ["until", "ending", "ended_by"], batch_size=500)
    return ended


def _held(offices: set[Office]) -> list[Post]:
    """The posts of these offices that are not over, locked in one order for all who come."""
    same = Q(role__in={role for role, _ in offices}, area__in={area for _, area in offices})
    posts = Post.objects.filter(same).not_over().select_related("user").order_by("pk")
    locked = posts.select_for_update(of=("self",))
    return [post for post in locked if (post.role, post.area_id) in offices]


def _last_day(held: Post, days: dict[tuple[str, str, str], date]) -> date | None:
    """The day on which *held* ends; None when it goes on."""
    same = days.get((held.role, held.area_id, held.kind))
    if same is not None:
        if held.starts > same:
            raise WrongState(LATER)
        return same
    definitive = days.get((held.role, held.area_id, Post.Kind.DEFINITIF))
    return definitive if definitive is not None and held.starts <= definitive else None
