"""The digest: once a day each official is told, in one message, how many services became known.

Told of are whole days that are over, each once for each RT: what is written late in the evening
is committed long before the morning, so nothing falls between two digests, and a digest that was
not sent is made up for. In the first days of a month the message counts all that is still
unanswered instead. Silence stays silence: a reminder changes nothing.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Exists, OuterRef, Q
from django.utils import timezone

from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.models import Post
from accounts.rules import Role
from accounts.scope import KELURAHAN
from residents.clock.reminding import keepers
from residents.services.codes import PLACED, Status
from residents.services.models import Service, ServiceDigest
from residents.services.months import this_month
from wacat.clock import now, today

FROM_HOUR = 7  # WITA
LOOKED_BACK = timedelta(days=14)  # for digests that were missed
_BATCH = 1000
_Kind = ServiceDigest.Kind


def tell() -> int:
    """Tell of what was not told of yet; how many services. Meant to run often.

    Nothing before seven in the morning, and the first run of a day that finds any tells of all:
    nobody gets more than one message a day.
    """
    if timezone.localtime(now()).hour < FROM_HOUR:
        return 0
    try:
        with transaction.atomic():
            if ServiceDigest.objects.filter(on=today()).exists():
                return 0
            return _tell()
    except IntegrityError as error:  # another run tells at this moment
        if "service_digest_once" not in str(error):
            raise
        return 0


def _tell() -> int:
    new = _new_days()
    is_reminder = not ServiceDigest.objects.filter(
        kind=_Kind.UNANSWERED, day=this_month().first
    ).exists()
    open_ones = _unanswered() if is_reminder else []
    ServiceDigest.objects.bulk_create([*new, *open_ones], batch_size=_BATCH)
    told, kind = (open_ones, "services_open") if open_ones else (new, "services_told")
    counts: Counter[str] = Counter()
    for one in told:
        counts[one.area_id] += one.count
    _notify(kind, +counts)
    return counts.total()


def _new_days() -> list[ServiceDigest]:
    """A row for each RT and day that was not told of; it counts what is still to be answered."""
    first, last = today() - LOOKED_BACK, today() - timedelta(days=1)
    known = ServiceDigest.objects.filter(
        kind=_Kind.TOLD, area=OuterRef("area"), day=OuterRef("told_on")
    )
    rows: Any = Service.objects.told_in(first, last).filter(status__in=PLACED)
    rows = rows.filter(~Exists(known)).order_by().values_list("area", "told_on")
    counted = rows.annotate(count=Count("pk", filter=Q(status=Status.TOLD)))
    return [
        ServiceDigest(area_id=area, kind=_Kind.TOLD, day=day, count=count)
        for area, day, count in counted.order_by("told_on", "area")
    ]


def _unanswered() -> list[ServiceDigest]:
    """A row for each RT with services that are unanswered since a day before today."""
    rows: Any = Service.objects.unanswered().filter(told_on__lt=today()).order_by()
    counted = rows.values_list("area").annotate(count=Count("pk")).order_by("area")
    day = this_month().first
    return [
        ServiceDigest(area_id=area, kind=_Kind.UNANSWERED, day=day, count=count)
        for area, count in counted
    ]


def _notify(kind: str, counts: Counter[str]) -> None:
    """One notice to each person, with how many there are in all of their areas."""
    if not counts:
        return
    told: Counter[User] = Counter()
    lurah = _lurah(counts)
    for area, users in keepers(counts).items():
        for user in users | lurah.get(area[:KELURAHAN], set()):
            told[user] += counts[area]
    notify(kind, [(user, {"count": count}) for user, count in told.items()])


def _lurah(areas: Any) -> dict[str, set[User]]:
    """Who is Lurah today, by the kelurahan of *areas*; one query."""
    posts: Any = Post.objects.today().filter(role=Role.LURAH, user__is_active=True)
    found: dict[str, set[User]] = {}
    for post in posts.filter(area__in={area[:KELURAHAN] for area in areas}).select_related("user"):
        found.setdefault(post.area_id, set()).add(post.user)
    return found
