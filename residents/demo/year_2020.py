"""The year 2020 with the figures that Disdukcapil published: 3,808 people on 31 December."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from accounts.login.models import User
from residents.demo.life import pick
from residents.demo.moments import daytime
from residents.demo.numbers import FakeNumbers
from residents.demo.people import LONGEST_STAY, FakeFamily, people
from residents.demo.places import City
from residents.demo.registrations import Registration
from residents.registry.codes import EndReason

COUNTED_ON = date(2020, 12, 31)
PUBLISHED = {
    "64.71.01": 307,
    "64.71.02": 1378,
    "64.71.03": 751,
    "64.71.04": 736,
    "64.71.05": 499,
    "64.71.06": 137,
}
VERIFIED_SHARE = 0.94
FIRST_END, LAST_END = date(2021, 1, 4), date(2021, 12, 30)
END_REASONS = {
    EndReason.LEFT: 74,
    EndReason.MOVED_WITHIN_CITY: 11,
    EndReason.BECAME_PERMANENT: 13,
    EndReason.DIED: 0.5,
    EndReason.CANCELLED: 1.5,
}


def end_reason(rng: Random, size: int) -> EndReason:
    """Why a household of that size left. No family is dead at once."""
    why = pick(rng, END_REASONS)
    return EndReason.LEFT if why == EndReason.DIED and size > 1 else why


def registrations(
    rng: Random, city: City, numbers: FakeNumbers, by: User, scale: int
) -> Iterator[Registration]:
    """Everybody counted on that day; all of them left in 2021. *scale* is in percent."""
    for kecamatan, published in PUBLISHED.items():
        count = round(published * scale / 100)
        for family in people(rng, count, COUNTED_ON, numbers):
            home = city.private_home(family, city.anywhere({kecamatan: 1}))
            story = _Story(rng, family)
            for person in family.members:
                stay = (family.arrived_on, family.stays_until)
                one = Registration(person, home, stay, by, story.reported_at)
                story.tell(one, by)
                yield one


class _Story:
    """What happened to a household, told for each of its members."""

    def __init__(self, rng: Random, family: FakeFamily) -> None:
        reported = family.arrived_on + timedelta(days=rng.randint(1, 14))
        self.reported_at = daytime(rng, reported)
        self.verified_at = daytime(rng, reported + timedelta(days=rng.randint(1, 20)))
        self.is_verified = rng.random() < VERIFIED_SHARE
        over = family.stays_until <= COUNTED_ON
        self.extended_at = daytime(rng, family.stays_until - timedelta(days=3)) if over else None
        self.longer = timedelta(days=rng.randint(90, LONGEST_STAY - 90))
        last = family.stays_until + (self.longer if over else timedelta())
        leaves = last + timedelta(days=rng.randint(-40, 10))
        soonest = max(FIRST_END, self.verified_at.date() + timedelta(days=1))
        self.ended_at = daytime(rng, min(max(leaves, soonest), LAST_END))
        self.why = end_reason(rng, len(family.members))

    def tell(self, one: Registration, by: User) -> None:
        one.report(by, self.reported_at)
        if self.is_verified:
            one.verify(by, self.verified_at)
        if self.extended_at:
            one.extend(by, self.extended_at, one.stays_until + self.longer)
        one.end(by, self.ended_at, self.why)
