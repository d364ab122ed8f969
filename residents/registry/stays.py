"""The stay clock: the registration periods beside a resident's row."""

from datetime import date, timedelta

from residents.registry.models import Resident
from residents.registry.placing import place
from residents.registry.spans import StayPeriod
from wacat.clock import today


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


def settle(resident: Resident, field: str = "arrived_on") -> None:
    """Make placements and periods agree with what was entered or corrected.

    Raises InputMissing at *field* as ``placing.place``.
    """
    place(resident, field)
    _settle_clock(resident)


def forget_periods(resident: Resident) -> None:
    """The stay never began: neither did its registration periods."""
    periods = list(StayPeriod.objects.filter(resident=resident))
    if periods:
        resident.stays_until = periods[0].until
    StayPeriod.objects.filter(resident=resident).delete()


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


def open_next_periods(residents: list[Resident], until: date) -> None:
    """Extend their stays: for each a period from the day after the last one."""
    StayPeriod.objects.bulk_create(
        StayPeriod(resident=one, starts=next_start(one), until=until) for one in residents
    )
    for one in residents:
        one.stays_until = until


def next_start(resident: Resident) -> date:
    """Where an extension begins: after the current period, or today when that has passed.

    The days between stay *lewat masa tinggal*, also in figures of the past.
    """
    return max(resident.stays_until + timedelta(days=1), today())
