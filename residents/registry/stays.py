"""The stay clock and the placements: dated facts beside a resident's row."""

from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.areas.models import AreaChange
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod
from wacat.clock import today
from wacat.words import tanggal
from wacat.workflow import InputMissing


def a_year_after(day: date) -> date:
    """The same day next year; 28 February for a 29th."""
    try:
        return day.replace(year=day.year + 1)
    except ValueError:
        return day.replace(year=day.year + 1, day=28)


def latest_end(starts: date) -> date:
    """How far one registration may reach: a year (Permendagri 74/2022 Pasal 1 angka 7).

    The year runs from the start of the stay, or from today for a stay reported late.
    """
    return a_year_after(max(starts, today()))


def periods_of(resident: Resident) -> list[StayPeriod]:
    """The registration periods in their order; none before the report."""
    return list(StayPeriod.objects.filter(resident=resident)) if resident.pk else []


def settle(resident: Resident) -> None:
    """Make placements and periods agree with what was entered or corrected."""
    places = list(Placement.objects.filter(resident=resident).order_by("starts"))
    # Who came after an RT was merged never lived in the old one.
    while len(places) > 1 and places[1].starts <= resident.arrived_on:
        places.pop(0).delete()
    first = places[0] if places else Placement(resident=resident)
    first.starts = resident.arrived_on
    if len(places) <= 1:
        first.area_id = resident.area_id
    first.save()
    _settle_clock(resident)


def leave(residents: list[Resident], day: date) -> None:
    """End their last placements on *day*; those that would have begun then or later never did.

    The records stay with the RT that has them now, also of a person who left from an RT that
    was merged into that one since.
    """
    places = Placement.objects.filter(resident__in=residents)
    _forget_later(residents, day)
    places.filter(Q(until__isnull=True) | Q(until__gt=day)).update(until=day)


def come_back(resident: Resident) -> None:
    """Open the last placement again: the end of the stay was a mistake.

    Where a move was recorded after the end, the resident lives there from the day of the end on.
    """
    last = Placement.objects.filter(resident=resident).order_by("starts", "pk").last()
    if last is None:
        return
    if last.area_id != resident.area_id and last.until and last.until > last.starts:
        last = Placement(resident=resident, starts=last.until)
    last.area_id, last.until = resident.area_id, None
    last.save()
    _follow_merged(resident, last)


def _follow_merged(resident: Resident, last: Placement) -> None:
    """Into the RT that theirs was merged into while they were away, from that day on."""
    merges = AreaChange.objects.filter(kind=AreaChange.Kind.MERGED).order_by("pk")
    while change := merges.filter(area=resident.area_id).last():
        resident.area_id = str(change.other_id)
        if last.starts < change.starts:
            last.until = change.starts
            last.save()
            last = Placement(resident=resident, starts=change.starts)
        last.area_id = resident.area_id
        last.save()


def forget_periods(resident: Resident) -> None:
    """The stay never began: neither did its registration periods."""
    periods = list(StayPeriod.objects.filter(resident=resident))
    if periods:
        resident.stays_until = periods[0].until
    StayPeriod.objects.filter(resident=resident).delete()


def settle_in(residents: list[Resident], area: str, day: date) -> None:
    """Place them in *area* from *day* on; who came or moved on that very day lived there only.

    A move within the RT begins a placement as well, so that moves are recorded in their order:
    raises InputMissing for a day before somebody's last one.
    """
    last = list(latest_places(residents))
    after = max((place.starts for place in last), default=day)
    if after > day:
        text = f"Sudah ada kepindahan sejak {tanggal(after)}. Pilih tanggal itu atau sesudahnya."
        raise InputMissing({"date": text})
    begun = [place.pk for place in last if place.starts == day]
    parted = [place for place in last if place.starts < day]
    places = Placement.objects.filter(resident__in=residents)
    places.filter(pk__in=begun).update(area=area)
    places.filter(pk__in=[place.pk for place in parted]).update(until=day)
    Placement.objects.bulk_create(
        Placement(resident_id=place.resident_id, area_id=area, starts=day) for place in parted
    )


def latest_places(residents: list[Resident]) -> QuerySet[Placement]:
    """The last placement of each."""
    places: QuerySet[Placement] = Placement.objects.filter(resident__in=residents)
    return places.order_by("resident", "-starts", "-pk").distinct("resident")


def _forget_later(residents: list[Resident], day: date) -> None:
    """Delete what would have begun on *day* or later, save each one's first placement."""
    places = Placement.objects.filter(resident__in=residents).order_by("starts", "pk")
    seen: set[int] = set()
    later = []
    for pk, resident, starts in places.values_list("pk", "resident", "starts"):
        if resident in seen and starts >= day:
            later.append(pk)
        seen.add(resident)
    Placement.objects.filter(pk__in=later).delete()


def _settle_clock(resident: Resident) -> None:
    """The first period begins with the stay; the only one also ends with it."""
    periods = list(StayPeriod.objects.filter(resident=resident))
    if not periods:
        return
    periods[0].starts = resident.arrived_on
    periods[-1].until = resident.stays_until
    StayPeriod.objects.bulk_update(periods, ["starts", "until"])


def open_first_period(resident: Resident) -> None:
    """Begin the stay's first registration period, unless it has begun (a report sent again)."""
    StayPeriod.objects.get_or_create(
        resident=resident, starts=resident.arrived_on, defaults={"until": resident.stays_until}
    )


def open_next_period(resident: Resident, until: date) -> None:
    """Extend the stay: a period from the day after the last one."""
    StayPeriod.objects.create(resident=resident, starts=next_start(resident), until=until)
    resident.stays_until = until


def next_start(resident: Resident) -> date:
    """Where an extension begins: after the current period, or today when that has passed.

    The days between stay *lewat masa tinggal*, also in figures of the past.
    """
    return max(resident.stays_until + timedelta(days=1), today())


def overdue_on(day: date) -> Q:
    """Of a placement: no registration period of its resident covers *day*.

    The last one has passed, or an extension that came late begins after *day*.
    """
    extended = StayPeriod.objects.filter(starts__gt=day).values("resident")
    periods = StayPeriod.objects.filter(resident=OuterRef("resident"))
    covered = Exists(periods.filter(starts__lte=day, until__gte=day))
    return Q(resident__stays_until__lt=day) | Q(resident__in=extended) & ~Q(covered)
