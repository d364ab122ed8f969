"""When things happen in the demo: in daylight, officials' work on working days."""

from datetime import date, datetime, time, timedelta
from random import Random

from django.utils import timezone

_FIRST_HOUR, _LAST_HOUR = 8, 15
_SATURDAY = 5


class Chance(Random):
    """Chance that falls the same way for the same seed. Nothing secret hangs on it."""


def daytime(rng: Random, day: date) -> datetime:
    """A moment of the day between 08:00 and 15:59, in the city's time."""
    clock = time(rng.randint(_FIRST_HOUR, _LAST_HOUR), rng.randrange(60), rng.randrange(60))
    return timezone.make_aware(datetime.combine(day, clock))


def working_day_from(day: date) -> date:
    """The day, or the Monday after a weekend."""
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() >= _SATURDAY else day


def working_day_until(day: date) -> date:
    """The day, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - _SATURDAY + 1))
