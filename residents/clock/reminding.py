"""Stays about to end: who keeps the record is told thirty and seven days before, and so is who
lives there.

Each end of a stay is told of once a stage. Whoever is within the second stage already, because
no worker ran for a while, is told that one only. A stage is passed over where the end became
known within it: whoever has just reported a stay of three weeks needs no word about it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.areas.models import AreaStatus
from accounts.login.models import User
from accounts.notices.sending import notify
from accounts.posts.models import Post
from accounts.rules import Role
from accounts.scope import KELURAHAN
from residents.clock.models import StayReminder
from residents.registry.models import Resident
from residents.registry.spans import StayPeriod
from wacat.clock import today
from wacat.words import WITA
from wacat.work import Work

# How many days before the end, the earliest first.
STAGES = (30, 7)
_BATCH = 1000


def remind() -> int:
    """Remind of each end of a stay that is due and was not told of yet; how many there were.

    Meant to run often. The first run of a day that finds any tells of all, so that nobody gets
    more than one notice a day; what comes up later that day waits for the next.
    """
    try:
        with transaction.atomic():
            if StayReminder.objects.filter(on=today()).exists():
                return 0
            return sum(map(len, _remind()))
    except IntegrityError as error:  # another run tells of them at this moment
        if "reminded_once" not in str(error):
            raise
        return 0


def _remind() -> list[list[Any]]:
    areas: Counter[str] = Counter()
    made = []
    for days in STAGES:
        due = list(_due(days).values_list("pk", "area", "stays_until", "email"))
        rows = [_reminder(pk, until, days, bool(email)) for pk, _, until, email in due]
        made.append(StayReminder.objects.bulk_create(rows, batch_size=_BATCH))
        areas.update(area for _, area, _, _ in due)
    if areas:
        _tell(areas)
    return made


def _reminder(pk: int, until: Any, days: int, has_address: bool) -> StayReminder:
    state = Work.State.WAITING if has_address else Work.State.DONE
    done_at = None if has_address else timezone.now()
    return StayReminder(resident_id=pk, until=until, days=days, state=state, done_at=done_at)


def _due(days: int) -> Any:
    """Active residents within this stage, whose end was known before the stage began."""
    later = [one for one in STAGES if one < days]
    begins = today() + timedelta(days=later[0]) if later else today() - timedelta(days=1)
    stage = OuterRef("stays_until") - timedelta(days=days)
    periods = StayPeriod.objects.filter(resident=OuterRef("pk"), until=OuterRef("stays_until"))
    told = StayReminder.objects.filter(
        resident=OuterRef("pk"), until=OuterRef("stays_until"), days=days
    )
    return (
        Resident.objects.active()
        .filter(stays_until__gt=begins, stays_until__lte=today() + timedelta(days=days))
        .annotate(known_on=TruncDate("reported_at", tzinfo=WITA))
        .filter(known_on__lte=F("stays_until") - timedelta(days=days))
        .filter(Exists(periods.filter(starts__lte=stage)), ~Exists(told))
        .order_by("pk")
    )


def _tell(areas: Counter[str]) -> None:
    """One notice to each person, with how many stays end in all of their areas."""
    counts: Counter[User] = Counter()
    for area, users in keepers(areas).items():
        for user in users:
            counts[user] += areas[area]
    notify("stays_ending", [(user, {"count": count}) for user, count in counts.items()])


def keepers(areas: Any) -> dict[str, set[User]]:
    """For each RT who enters its residents: its Ketua RT; else the kelurahan's staff.

    The staff's are an RT that is frozen or that has no Ketua RT today. In two queries.
    """
    posts = Post.objects.today().filter(user__is_active=True).select_related("user")
    found: dict[str, set[User]] = defaultdict(set)
    heads = posts.filter(role=Role.KETUA_RT, area__in=set(areas))
    for post in heads.filter(area__state=AreaStatus.ACTIVE):
        found[post.area_id].add(post.user)
    others = {area for area in areas if area not in found}
    staff: dict[str, set[User]] = defaultdict(set)
    kelurahan = {area[:KELURAHAN] for area in others}
    for post in posts.filter(role=Role.PETUGAS_KELURAHAN, area__in=kelurahan):
        staff[post.area_id].add(post.user)
    return {**found, **{area: staff[area[:KELURAHAN]] for area in others}}
