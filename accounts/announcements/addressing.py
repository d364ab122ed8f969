"""Whom an announcement is for, and how many of them have read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from accounts.announcements.models import Announcement, ReadMark
from accounts.areas.models import CITY_CODE, Area
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Role


@dataclass(frozen=True)
class Readers:
    """How many are addressed today, and how many of these have read it."""

    label: str
    addressed: int
    read: int


def posts_addressed(announcement: Announcement) -> Any:
    """Today's posts of the roles and areas that it names, of accounts that are open."""
    posts = Post.objects.today().filter(role__in=announcement.roles, user__is_active=True)
    return posts.under(tuple(announcement.areas))


def recipients(announcement: Announcement) -> list[User]:
    """Whoever holds such a post, each once."""
    users = posts_addressed(announcement).order_by().values("user")
    return list(User.objects.filter(pk__in=users).order_by("pk"))


def readers(announcement: Announcement) -> tuple[Readers, list[Readers]]:
    """All together and by role, without a name; who holds two offices counts once in each.

    By two queries.
    """
    marks = ReadMark.objects.filter(announcement=announcement, user=OuterRef("user"))
    posts = posts_addressed(announcement).annotate(has_read=Exists(marks)).order_by()
    counts = {
        "addressed": Count("user", distinct=True),
        "read": Count("user", Q(has_read=True), distinct=True),
    }
    by_role = {one["role"]: one for one in posts.values("role").annotate(**counts)}
    parts = [
        Readers(role.label, *(by_role.get(role, {}).get(name, 0) for name in counts))
        for role in Role
        if role in announcement.roles
    ]
    return Readers("Semua", **posts.aggregate(**counts)), parts


def plainly(codes: Iterable[str]) -> list[str]:
    """The areas without those that lie in another of them, in order."""
    chosen = set(codes)
    if CITY_CODE in chosen:
        return [CITY_CODE]
    return sorted(
        code for code in chosen if not any(code.startswith(f"{other}.") for other in chosen)
    )


def addressees(announcement: Announcement) -> tuple[str, str]:
    """The roles and the areas in words, by one query."""
    roles = ", ".join(role.label for role in Role if role in announcement.roles)
    areas = Area.objects.filter(code__in=announcement.areas).order_by("code")
    return roles, ", ".join(area.label for area in areas)
