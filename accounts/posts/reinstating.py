"""A successor who never took office: whoever was to hand over to him stays (Pasal 5(3)b)."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db.models import QuerySet

from accounts.posts.models import Post

_ENDED_BY_HANDOVER = (Post.Ending.HANDOVER, Post.Ending.DELEGATION)


def handing_over_to(post: Post) -> QuerySet[Post]:
    """The posts that end on the day that the coming *post* begins, because it does.

    None when somebody else takes the same office on that day.
    """
    posts: Any = Post.objects.filter(role=post.role, area=post.area_id).not_over()
    posts = posts.exclude(pk=post.pk).select_related("user", "area__parent").order_by("pk")
    if posts.filter(starts=post.starts).exists():
        return posts.none()
    found: QuerySet[Post] = posts.filter(until=post.starts, ending__in=_ENDED_BY_HANDOVER)
    return found


def reinstate(post: Post) -> list[Post]:
    """Give those who were to hand over to *post* back the end that they had before, or none.

    As the trail has kept it. Nobody's goes beyond the day on which somebody else begins.
    """
    found = handing_over_to(post).select_for_update(of=("self",))
    return [held for held in found if _restored(held, post)]


def _restored(held: Post, post: Post) -> bool:
    events = apps.get_model("accounts.PostEvent")._default_manager.filter(pgh_obj=held.pk)
    of_its_own = events.exclude(ending=Post.Ending.HANDOVER).exclude(until=held.until)
    before: Any = of_its_own.order_by("-pgh_id").first()
    if before is None:  # it was to end on that day anyhow
        return False
    following = _next_beginning(held, post)
    if following is not None and (before.until is None or before.until > following):
        held.until = following
    else:
        held.until, held.ending, held.ended_by_id = before.until, before.ending, before.ended_by_id
    held.save(update_fields=["until", "ending", "ended_by"])
    return True


def _next_beginning(held: Post, post: Post) -> date | None:
    """When the next one begins who would take the office from *held* after all."""
    kinds = {held.kind, Post.Kind.DEFINITIF}
    later = Post.objects.filter(role=post.role, area=post.area_id, kind__in=kinds).not_over()
    later = later.filter(starts__gt=post.starts).exclude(pk__in=(held.pk, post.pk))
    first: Post | None = later.order_by("starts").first()
    return first.starts if first else None
