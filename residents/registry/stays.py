"""The stay clock and the placements: dated facts beside a resident's row."""

from datetime import date, timedelta

from residents.registry.models import Placement, Resident, StayPeriod
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


def latest_correction(resident: Resident, arrived_on: date) -> date:
    """How far the end of the stay may be corrected: within a year of its last extension."""
    extensions = StayPeriod.objects.filter(resident=resident)[1:] if resident.pk else []
    return latest_end(max((one.starts for one in extensions), default=arrived_on))


def settle(resident: Resident) -> None:
    """Make placements and periods agree with what was entered or corrected."""
    places = list(Placement.objects.filter(resident=resident).order_by("starts"))
    first = places[0] if places else Placement(resident=resident)
    first.starts = resident.arrived_on
    if len(places) <= 1:
        first.area_id = resident.area_id
    first.save()
    _settle_clock(resident)


def _settle_clock(resident: Resident) -> None:
    """The periods that still touch the stay, the first and the last cut or stretched to it."""
    arrived, until = resident.arrived_on, resident.stays_until
    periods = list(StayPeriod.objects.filter(resident=resident))
    if not periods:
        return
    kept = [one for one in periods if one.starts <= until and arrived <= one.until] or periods[:1]
    StayPeriod.objects.filter(
        pk__in={one.pk for one in periods} - {one.pk for one in kept}
    ).delete()
    kept[0].starts, kept[-1].until = arrived, until
    StayPeriod.objects.bulk_update(kept, ["starts", "until"])


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
    """The first day after the current period: where an extension begins."""
    return resident.stays_until + timedelta(days=1)
