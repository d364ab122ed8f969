"""The last twelve months, relative to today: people in every state of a registration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from accounts.login.models import User
from residents.demo.clerks import Clerks
from residents.demo.life import ADULT_AGE, years_before
from residents.demo.moments import daytime, working_day_from, working_day_until
from residents.demo.numbers import FakeNumbers
from residents.demo.people import LONGEST_STAY, FakeFamily, people
from residents.demo.places import City
from residents.demo.registrations import Registration, family_of
from residents.demo.year_2020 import end_reason

ACTIVE, ENDED, DRAFTS, RETURNED, HELD = 3480, 420, 26, 7, 4
SHARES: dict[str, float] = {
    "64.71.01": 13,
    "64.71.02": 24,
    "64.71.03": 25,
    "64.71.04": 11,
    "64.71.05": 19,
    "64.71.06": 8,
}
VERIFIED_SHARE = 0.99
EXTENDED_SHARE = 0.55
INCOMPLETE_SHARE = 0.08
LATER = ("religion", "marital_status", "education", "blood_type", "no_kk")
ENDED_WITHIN_DAYS = 240
SHORTEST_STAY, TO_REPORT = timedelta(days=35), timedelta(days=10)
# What is said of a report that is sent back, and what it lacked.
RETURN_REASONS: dict[str, tuple[str, ...]] = {
    "Nomor KK belum diisi. Mohon lengkapi dari Kartu Keluarga.": ("no_kk",),
    "Alamat asal belum lengkap. Mohon isi kabupaten/kota dan provinsinya.": ("origin_area",),
    "Nama berbeda dari data kependudukan. Mohon cocokkan ejaannya dengan KTP-el.": (),
}


@dataclass(frozen=True, slots=True)
class Stage:
    """What all of the current year's households need: the city, its clerks, the day."""

    rng: Random
    city: City
    clerks: Clerks
    numbers: FakeNumbers
    yesterday: date

    def verifier(self, day: date) -> tuple[User, datetime]:
        """Who verifies on a day, and when on it."""
        return self.clerks.verifier(day), daytime(self.rng, day)

    def days_ago(self, days: int) -> date:
        """Counted from yesterday."""
        return self.yesterday - timedelta(days=days)


def registrations(stage: Stage, active: int, scale: int) -> list[Registration]:
    """*active* persons who count today and, in percent *scale*, those in other states.

    Nothing happens later than yesterday, so that no hour of today is in the future.
    """
    present = list(_present(stage, active))
    return [
        *present,
        *_ended(stage, _share(ENDED, scale)),
        *_drafts(stage, _share(DRAFTS, scale)),
        *_returned(stage, _share(RETURNED, scale)),
        *_held(stage, present, _share(HELD, scale)),
    ]


def _share(count: int, scale: int) -> int:
    return max(1, round(count * scale / 100))


def _present(stage: Stage, count: int) -> Iterator[Registration]:
    for family in people(stage.rng, count, stage.yesterday, stage.numbers):
        until = _extension(stage, family)
        household = _reported(stage, family)
        verified = _verification_day(stage, household[0])
        for one in household:
            if verified:
                one.verify(*stage.verifier(verified))
            if until:
                day = family.stays_until - timedelta(days=2)
                one.extend(one.entered_by, daytime(stage.rng, day), until)
        yield from household


def _ended(stage: Stage, count: int) -> Iterator[Registration]:
    while count > 0:
        left = stage.days_ago(stage.rng.randrange(ENDED_WITHIN_DAYS))
        family = next(people(stage.rng, count, left - SHORTEST_STAY, stage.numbers))
        count -= len(family.members)
        why = end_reason(stage.rng, len(family.members))
        household = _reported(stage, family)
        verified = working_day_from(household[0].entered_at.date() + timedelta(days=4))
        for one in household:
            one.verify(*stage.verifier(verified))
            one.end(one.entered_by, daytime(stage.rng, left), why)
        yield from household


def _drafts(stage: Stage, count: int) -> Iterator[Registration]:
    for family in _newcomers(stage, count):
        yield from _entered(stage, family, _lately(stage))


def _returned(stage: Stage, count: int) -> Iterator[Registration]:
    for family in _newcomers(stage, count):
        reason, lacking = stage.rng.choice(tuple(RETURN_REASONS.items()))
        for one in _reported(stage, family):
            one.leave_out(lacking)
            one.send_back(*stage.verifier(_lately(stage)), reason)
            yield one


def _held(stage: Stage, present: list[Registration], count: int) -> Iterator[Registration]:
    """People whose NIK is active in another kecamatan: somebody moved without a word."""
    known = [one for one in present if _may_have_moved(stage, one)]
    twins = known[:: max(1, len(known) // count)]
    for twin, family in zip(twins, _newcomers(stage, count), strict=False):
        elsewhere = {code: 1.0 for code in SHARES if not twin.home.area.startswith(code)}
        home = stage.city.home(family, stage.city.anywhere(elsewhere))
        at = daytime(stage.rng, _lately(stage))
        clerk = stage.clerks.of(home.area, at.date())
        stay = (family.arrived_on, family.stays_until)
        one = Registration(family.members[0], home, stay, clerk, at)
        one.facts = {**twin.facts, "verified_on": None}
        one.hold(clerk, at)
        yield one


def _may_have_moved(stage: Stage, one: Registration) -> bool:
    """Grown up, with a NIK, and here for some time."""
    grown_up = one.facts["birth_date"] < years_before(stage.yesterday, ADULT_AGE)
    return bool(one.facts["nik"]) and grown_up and one.arrived_on < stage.days_ago(90)


def _newcomers(stage: Stage, count: int) -> Iterator[FakeFamily]:
    """Single people who came two to three weeks ago."""
    for _ in range(count):
        family = next(people(stage.rng, 1, stage.yesterday, stage.numbers))
        days = family.stays_until - family.arrived_on
        arrived = stage.days_ago(stage.rng.randint(15, 22))
        yield FakeFamily(
            family.members, family.address, arrived, arrived + days, family.lodging_kind
        )


def _reported(stage: Stage, family: FakeFamily) -> list[Registration]:
    """The household, reported within ten days after arriving, but not after yesterday."""
    latest = min(family.arrived_on + TO_REPORT, stage.yesterday)
    soonest = min(family.arrived_on + timedelta(days=1), latest)
    days = stage.rng.randint(0, (latest - soonest).days)
    household = list(_entered(stage, family, soonest + timedelta(days=days)))
    for one in household:
        one.report(one.entered_by, one.entered_at + timedelta(minutes=4))
    return household


def _entered(stage: Stage, family: FakeFamily, day: date) -> Iterator[Registration]:
    home = stage.city.home(family, stage.city.anywhere(SHARES))
    clerk, at = stage.clerks.of(home.area, day), daytime(stage.rng, day)
    incomplete = stage.rng.random() < INCOMPLETE_SHARE
    stay, kin = (family.arrived_on, family.stays_until), family_of(family.members, home)
    for minutes, person in enumerate(family.members):
        entered = at + timedelta(minutes=2 * minutes)
        one = Registration(person, home, stay, clerk, entered, kin)
        if incomplete:
            one.leave_out(stage.rng.sample(LATER, 2))
        yield one


def _verification_day(stage: Stage, one: Registration) -> date | None:
    """One to nine days after the report; None when that is still to come, or was missed."""
    reported = one.entered_at.date()
    day = working_day_from(reported + timedelta(days=stage.rng.randint(1, 9)))
    missed = stage.rng.random() > VERIFIED_SHARE
    return None if missed or day > stage.yesterday else day


def _extension(stage: Stage, family: FakeFamily) -> date | None:
    """The new end of a stay that would be over; None for the others, and for the overdue."""
    is_over = family.stays_until <= stage.yesterday
    if not is_over or stage.rng.random() > EXTENDED_SHARE:
        return None
    return family.stays_until + timedelta(days=stage.rng.randint(90, LONGEST_STAY - 30))


def _lately(stage: Stage) -> date:
    """One of the last working days: after every report of those who came two weeks ago."""
    return working_day_until(stage.days_ago(stage.rng.randint(0, 1)))
