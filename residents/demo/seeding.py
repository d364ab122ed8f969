"""The demo's residents: 3,808 of 2020 as published, about 3,480 of today, and a chosen cast."""

from __future__ import annotations

from datetime import date, timedelta

from accounts.demo.officials import LINE_RT
from accounts.login.models import User
from residents.demo import current, year_2020
from residents.demo.cases import ENTERED, seed_registry_cases
from residents.demo.cast import Cast
from residents.demo.clerks import IMPORTER, Clerks
from residents.demo.current import Stage
from residents.demo.moments import Chance
from residents.demo.numbers import FakeNumbers
from residents.demo.places import City
from residents.demo.registrations import store
from residents.demo.services import seed_services

SEED = 2020


def is_seeded() -> bool:
    """Whether the residents are there: their importer is stored in the same transaction."""
    return User.objects.filter(username=IMPORTER).exists()


def seed_residents(today: date, scale: int) -> Cast:
    """Store everybody, *scale* percent of the figures; the cast is always complete.

    Needs the areas and, for those who enter, the officials. To be called once, in a transaction.
    """
    rng, numbers, clerks = Chance(SEED), FakeNumbers(), Clerks()
    city = City(rng, shown=clerks.headed)
    past = list(year_2020.registrations(rng, city, numbers, clerks.importer, scale))
    city.spare(LINE_RT)
    stage = Stage(rng, city, clerks, numbers, yesterday=today - timedelta(days=1))
    cast = Cast(stage)
    active = max(0, round(current.ACTIVE * scale / 100) - cast.active - ENTERED)
    store([*past, *cast.registrations, *current.registrations(stage, active, scale)])
    seed_registry_cases(numbers)
    seed_services(numbers)
    return cast
