"""What an area is today and what it was when: its row and its dated periods, moved together.

``Area`` holds the name and state of today, ``AreaPeriod`` those of every day. A change begins
today or has begun already, never later: so no job has to carry it over at midnight.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.areas.models import Area, AreaPeriod, AreaStatus
from wacat.clock import today
from wacat.words import tanggal
from wacat.workflow import InputMissing

# How long after its day a change may be recorded: decrees arrive late.
DAYS_BACK = 90


def earliest_day() -> date:
    """The first day from which a change recorded today may hold."""
    return today() - timedelta(days=DAYS_BACK)


def must_be_a_day_for_it(day: date) -> None:
    """Raise InputMissing unless a change recorded today may hold from *day*."""
    if day > today():
        raise InputMissing(
            {"date": "Tanggal ini belum tiba. Catat perubahan pada hari mulai berlakunya."}
        )
    if day < earliest_day():
        raise InputMissing({"date": f"Paling jauh {DAYS_BACK} hari yang lalu."})


def must_follow(areas: Iterable[Area], day: date) -> None:
    """Raise InputMissing when one of *areas* has changed after *day* already."""
    last = _current(areas).order_by("-starts").first()
    if last is not None and last.starts > day:
        raise InputMissing(
            {
                "date": f"RT {last.name} sudah berubah pada {tanggal(last.starts)}. "
                "Pilih tanggal itu atau sesudahnya."
            }
        )


def begin(areas: list[Area], day: date) -> None:
    """Let the names and states that *areas* carry, unsaved, hold from *day* on.

    All of them at once, so that two can swap their numbers. A period that began on the same
    day is corrected: an area cannot have been two things on one day.
    """
    known = {period.area_id: period for period in _current(areas)}
    same_day = [period for period in known.values() if period.starts == day]
    for period in same_day:
        area = next(one for one in areas if one.pk == period.area_id)
        period.name, period.state = area.name, area.state
    corrected = {period.area_id for period in same_day}
    _current(areas).filter(starts__lt=day).update(until=day)
    AreaPeriod.objects.bulk_update(same_day, ["name", "state"])
    AreaPeriod.objects.bulk_create(
        AreaPeriod(area=area, starts=day, name=area.name, state=area.state)
        for area in areas
        if area.pk not in corrected
    )
    Area.objects.bulk_update(areas, ["name", "state"])


def existed(area: Area, day: date) -> bool:
    """Whether the area was there on *day*."""
    return AreaPeriod.objects.filter(area=area, starts__lte=day).exists()


def with_number(kelurahan: str, number: str, since: date) -> QuerySet[Area]:
    """The RTs of the kelurahan that bear *number* on *since* or on any later day.

    Frozen ones keep theirs; what was merged has none any more.
    """
    periods = AreaPeriod.objects.filter(name=number, area__parent=kelurahan)
    bearing = periods.exclude(state=AreaStatus.MERGED).filter(
        Q(until__isnull=True) | Q(until__gt=since)
    )
    return Area.objects.filter(pk__in=bearing.values("area"))


def _current(areas: Iterable[Area]) -> QuerySet[AreaPeriod]:
    return AreaPeriod.objects.filter(area__in=[area.pk for area in areas], until=None)
