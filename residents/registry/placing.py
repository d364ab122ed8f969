"""Where a resident lived when: moves as they were told, and what of them lies within the stay.

A placement reaches from its move to the next one; counted are its days between the arrival and
the end. So an end or an arrival that is mended, or taken back, forgets no move.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from django.db.models import F, QuerySet

from accounts.areas.models import AreaChange
from residents.registry.models import Resident
from residents.registry.spans import Placement
from wacat.words import tanggal
from wacat.workflow import InputMissing

Span = tuple[date | None, date | None]


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
    """Count, of each one's placements, the days between the arrival and the end.

    Days after an RT was merged lie in the other one; a resident whose last days do is its
    resident from then on (the row is the caller's to save).
    """
    people = {one.pk: one for one in residents}
    known = _placements(people.values())
    merges = _merges_of({one.area_id for places in known.values() for one in places})
    _write([span for key, places in known.items() for span in _spans(people[key], places)])
    for key, places in known.items():
        for one in places:
            _follow(people[key], one, merges)


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
    begun = [one.pk for one in last if day in (one.since, one.since or one.starts)]
    if begun:
        Placement.objects.filter(pk__in=begun).update(area=area)
    Placement.objects.bulk_create(
        Placement(resident_id=one.resident_id, area_id=area, since=day)
        for one in last
        if one.pk not in begun
    )
    lay(residents)


def go_on(places: list[Placement], area: str, day: date) -> None:
    """End these placements on *day*, which is one of theirs, and go on with each in *area*."""
    Placement.objects.filter(pk__in=[one.pk for one in places]).update(until=day)
    Placement.objects.bulk_create(
        Placement(resident_id=one.resident_id, area_id=area, since=day, starts=day, until=one.until)
        for one in places
    )


def _spans(resident: Resident, places: list[Placement]) -> Iterator[tuple[Placement, Span]]:
    """Of each placement the days that lie within the stay."""
    followings = [*(one.since for one in places[1:]), None]
    for one, following in zip(places, followings, strict=True):
        yield one, _days_within(resident, one.since, following)


def _write(spans: list[tuple[Placement, Span]]) -> None:
    """Store what differs. Nobody may be in two places, not even between two rows of a statement."""
    shorter: list[Placement] = []
    other: list[Placement] = []
    for one, (starts, until) in spans:
        if (starts, until) == (one.starts, one.until):
            continue
        is_cut = starts is None or _is_before(until, one.until)
        (shorter if is_cut else other).append(one)
        one.starts, one.until = starts, until
    Placement.objects.bulk_update(shorter, ["starts", "until"])
    Placement.objects.bulk_update(other, ["starts", "until"])


def _is_before(day: date | None, other: date | None) -> bool:
    """None is the end of time."""
    return day is not None and (other is None or day < other)


def _follow(resident: Resident, one: Placement, merges: dict[str, AreaChange]) -> None:
    """Into the RT that the placement's was merged into before its last day, and so on."""
    while change := merges.get(one.area_id):
        if one.starts is None or not _is_before(change.starts, one.until):
            return
        into, is_last = str(change.other_id), resident.area_id == one.area_id
        if one.starts < change.starts:
            go_on([one], into, change.starts)
            one = Placement.objects.get(resident=resident, since=change.starts)
        else:
            one.area_id = into
            one.save()
        if is_last and one.until == resident.ended_on:
            resident.area_id = into


def _merges_of(areas: set[str]) -> dict[str, AreaChange]:
    """By the RT that was merged; those that took one in and were merged later are among them."""
    found: dict[str, AreaChange] = {}
    while areas := areas - found.keys():
        rows = AreaChange.objects.filter(kind=AreaChange.Kind.MERGED, area__in=areas)
        merged = {one.area_id: one for one in rows.order_by("pk")}
        if not merged:
            break
        found |= merged
        areas = {str(one.other_id) for one in merged.values()}
    return found


def latest_places(residents: list[Resident]) -> QuerySet[Any]:
    """The last placement that counts of each."""
    places: QuerySet[Any] = Placement.objects.lived().filter(resident__in=residents)
    return places.order_by("resident", "-starts").distinct("resident")


def _days_within(resident: Resident, since: date | None, following: date | None) -> Span:
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
