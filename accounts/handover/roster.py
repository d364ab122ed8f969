"""The list of Ketua RT of a kelurahan, which the Lurah confirms every six months."""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Max, Min
from django.utils import timezone

from accounts.areas.models import Area, AreaStatus, Level
from accounts.handover.models import RosterConfirmation
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Role
from wacat.clock import today

MONTHS = 6


@dataclass(frozen=True)
class Line:
    """An RT with those who hold it today (a Plt. beside a definitive one, or nobody)."""

    area: Area
    posts: list[Post] = field(default_factory=list)


def lines_of(kelurahan: Area) -> list[Line]:
    """Every RT of the kelurahan with its Ketua RT of today, by number."""
    areas: Any = Area.objects.filter(level=Level.RT, parent=kelurahan)
    rts = areas.exclude(state=AreaStatus.MERGED).select_related("parent").order_by("name", "code")
    held: dict[str, list[Post]] = defaultdict(list)
    posts: Any = Post.objects.today().filter(role=Role.KETUA_RT, kelurahan=kelurahan.code)
    for post in posts.select_related("user", "area__parent").order_by("pk"):
        held[post.area_id].append(post)
    return [Line(rt, held[rt.code]) for rt in rts]


def posts_in(lines: list[Line]) -> list[Post]:
    """Everybody on the list."""
    return [post for line in lines for post in line.posts]


def latest(kelurahan: Area) -> RosterConfirmation | None:
    """The last confirmation."""
    rows: Any = RosterConfirmation.objects.filter(area=kelurahan)
    found: RosterConfirmation | None = (
        rows.select_related("confirmed_by").order_by("-at", "-pk").first()
    )
    return found


def due_days(kelurahan: Iterable[str]) -> dict[str, date]:
    """When each of these kelurahan is to be confirmed next; none that never had a Ketua RT.

    Six calendar months after the last confirmation, at first after the first Ketua RT began.
    """
    codes = list(kelurahan)
    began = Post.objects.filter(role=Role.KETUA_RT, kelurahan__in=codes).values("kelurahan")
    since = {one["kelurahan"]: one["first"] for one in began.annotate(first=Min("starts"))}
    said = RosterConfirmation.objects.filter(area__in=codes).values("area")
    since |= {one["area"]: timezone.localdate(one["last"]) for one in said.annotate(last=Max("at"))}
    return {code: months_later(day, MONTHS) for code, day in since.items()}


def months_later(day: date, months: int) -> date:
    """The same day of a later month, or that month's last: 31 August is followed by 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def confirm(
    user: User, kelurahan: Area, right: list[Post], wrong: list[Post], key: UUID
) -> RosterConfirmation:
    """Record what *user* says of today's list; the same *key* changes nothing."""
    said = {"right": [post.pk for post in right], "wrong": [post.pk for post in wrong]}
    try:
        with transaction.atomic():
            return RosterConfirmation.objects.create(
                area=kelurahan, confirmed_by=user, key=key, **said
            )
    except IntegrityError as error:
        if "roster_once" not in str(error):
            raise
        return RosterConfirmation.objects.get(confirmed_by=user, key=key)


def is_confirmed(user: User, key: UUID) -> bool:
    """Whether *user* has sent the form with this key already."""
    return bool(RosterConfirmation.objects.filter(confirmed_by=user, key=key).exists())


def said_to_be_over(posts: list[Post], said: RosterConfirmation | None) -> list[Post]:
    """Those still in office of whom the last confirmation says that somebody else is."""
    wrong = set(said.wrong) if said else set()
    return [post for post in posts if post.pk in wrong]


def is_due(day: date | None) -> bool:
    """Whether a confirmation due on *day* is to be given now."""
    return day is not None and day <= today()
