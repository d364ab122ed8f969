"""Where a resident lived when: moves as they were told, and what of them lies within the stay.

A placement reaches from its move to the next one; counted are its days between the arrival and
the end. So an end or an arrival that is mended, or taken back, forgets no move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import F, QuerySet

from accounts.areas.models import AreaChange
from residents.registry.models import Resident
from residents.registry.spans import Placement
from wacat.words import tanggal
from wacat.workflow import InputMissing


def place(resident: Resident, field: str = "arrived_on") -> None:
    """Make the placements agree with the resident's area, arrival and end.

    Raises InputMissing at *field* for an arrival on the day of a later move or after it.
    """
    places = _placements([resident])[resident.pk]
    if not places:
        places = [Placement(resident=resident, area_id=resident.area_id)]
    if len(places) == 1:
        places[0].area_id = resident.area_id
        places[0].starts, places[0].until = _days_within(resident, None, None)
        places[0].save()
        return
    _refuse_later_arrival(resident, places, field)
    lay([resident])


def lay(residents: Iterable[Resident]) -> None:
    """Count, of each one's placements, the days between the arrival and the end."""
    people = {one.pk: one for one in residents}
    changed = []
    for key, places in _placements(people.values()).items():
        followings = [*(one.since for one in places[1:]), None]
        for one, following in zip(places, followings, strict=True):
            before = one.starts, one.until
            one.starts, one.until = _days_within(people[key], one.since, following)
            if (one.starts, one.until) != before:
                changed.append(one)
    Placement.objects.bulk_update(changed, ["starts", "until"])


def place_in(residents: list[Resident], area: str, day: date) -> None:
    """Place them in *area* from *day* on; who came or moved on that very day lived there only.

    A move within the RT begins a placement as well, so that moves are recorded in their order:
    raises InputMissing for a day before somebody's last one.
    """
    last = list(latest_places(residents))
    after = max((one.starts for one in last), default=day)
    if after > day:
        text = f"Sudah ada kepindahan sejak {tanggal(after)}. Pilih tanggal itu atau sesudahnya."
        raise InputMissing({"date": text})
    begun = [one.pk for one in last if one.starts == day]
    parted = [one.pk for one in last if one.starts < day]
    places = Placement.objects.filter(resident__in=residents)
    places.filter(pk__in=begun).update(area=area)
    go_on(list(places.filter(pk__in=parted)), area, day)


def go_on(places: list[Placement], area: str, day: date) -> None:
    """End these placements on *day*, which is one of theirs, and go on with each in *area*."""
    Placement.objects.filter(pk__in=[one.pk for one in places]).update(until=day)
    Placement.objects.bulk_create(
        Placement(resident_id=one.resident_id, area_id=area, since=day, starts=day, until=one.until)
        for one in places
    )


def reopen(resident: Resident) -> None:
    """The stay goes on, in the RT that theirs was merged into meanwhile from that day on."""
    lay([resident])
    merges = AreaChange.objects.filter(kind=AreaChange.Kind.MERGED).order_by("pk")
    while change := merges.filter(area=resident.area_id).last():
        resident.area_id = str(change.other_id)
        last = latest_places([resident]).get()
        if last.starts < change.starts:
            go_on([last], resident.area_id, change.starts)
        else:
            Placement.objects.filter(pk=last.pk).update(area=resident.area_id)


def latest_places(residents: list[Resident]) -> QuerySet[Any]:
    """The last placement that counts of each."""
    places: QuerySet[Any] = Placement.objects.lived().filter(resident__in=residents)
    return places.order_by("resident", "-starts").distinct("resident")


def _days_within(
    resident: Resident, since: date | None, following: date | None
) -> tuple[date | None, date | None]:
    """The days from *since* to *following* that lie within the stay; (None, None) where none.

    A stay that ended on the day of its arrival has no day: it lies where that day does.
    """
    arrived, ended = resident.arrived_on, resident.ended_on
    starts = max(arrived, since) if since else arrived
    ends = [day for day in (ended, following) if day is not None]
    until = min(ends) if ends else None
    if following and following <= starts:
        return None, None
    if until is None or starts < until or starts == ended == arrived:
        return starts, until
    return None, None


def _refuse_later_arrival(resident: Resident, places: list[Placement], field: str) -> None:
    """Whoever came after an RT was merged never lived in the old one; other moves were told."""
    for before, after in pairwise(places):
        if after.since is None or after.since > resident.arrived_on:
            continue
        merged = AreaChange.objects.filter(
            kind=AreaChange.Kind.MERGED,
            area=before.area_id,
            other=after.area_id,
            starts=after.since,
        )
        if not merged.exists():
            raise InputMissing({field: f"Sudah ada kepindahan sejak {tanggal(after.since)}."})


def _placements(residents: Iterable[Resident]) -> dict[int, list[Placement]]:
    """All placements of each, in the order of the moves."""
    rows = Placement.objects.filter(resident__in=list(residents))
    found: dict[int, list[Placement]] = defaultdict(list)
    for one in rows.order_by("resident", F("since").asc(nulls_first=True)):
        found[one.resident_id].append(one)
    return found
