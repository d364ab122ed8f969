"""Who has seen a service of those that answer for its place, and since when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Action, Role
from accounts.scope import reach
from residents.services.codes import PLACED
from residents.services.models import Service, ServiceReceipt

_READERS = (Role.KETUA_RT, Role.LURAH, Role.PETUGAS_KELURAHAN)


@dataclass(frozen=True)
class Reading:
    """One office, and when its holder first saw the service; None: not yet."""

    office: str
    at: datetime | None


def seen(user: User, services: Iterable[Service]) -> None:
    """Note that *user* has seen these, as far as they answer for them. One statement at most.

    In the order of the keys: two pages of one reader do not wait for each other in a ring.
    """
    codes = reach(user, Action.SERVICE_ANSWER)
    keys = sorted(
        one.pk for one in services if one.status in PLACED and codes and one.lies_within(codes)
    )
    ServiceReceipt.objects.bulk_create(
        (ServiceReceipt(service_id=key, user=user) for key in keys), ignore_conflicts=True
    )


def readings_of(service: Service) -> list[Reading]:
    """Of the Ketua RT always, of Lurah and staff where they have seen it. Two queries.

    By the office that the reader held over the RT then: who saw it for another RT does not count.
    """
    receipts = ServiceReceipt.objects.filter(service=service).order_by("seen_at", "pk")
    first: dict[int, datetime] = dict(receipts.values_list("user", "seen_at"))
    places = (service.area_id, service.area_id[: -len(".000")])
    posts: Any = Post.objects.filter(user__in=first, role__in=_READERS, area__in=places)
    found: dict[str, datetime] = {}
    for post in posts:
        at = first[post.user_id]
        day = timezone.localdate(at)
        if post.starts <= day and (not post.until or day < post.until):
            found[post.role] = min(at, found.get(post.role, at))
    return [
        Reading(str(role.label), found.get(role))
        for role in _READERS
        if role == Role.KETUA_RT or role in found
    ]
