"""The last twelve months, relative to today: people in every state of a registration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from residents.demo.clerks import Clerks
from residents.demo.moments import daytime, working_day_from
from residents.demo.numbers import FakeNumbers
from residents.demo.people import LONGEST_STAY, FakeFamily, people
from residents.demo.places import City
from residents.demo.registrations import Registration
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
RETURN_REASONS = (
    "Nomor KK belum diisi. Mohon lengkapi dari Kartu Keluarga.",
    "Foto KTP-el menunjukkan nama yang berbeda. Mohon cocokkan ejaan namanya.",
    "Alamat asal belum lengkap. Mohon isi kabupaten/kota dan provinsinya.",
)


@dataclass(frozen=True, slots=True)
class Stage:
    """What all of the current year's households need: the city, its clerks, the day."""

    rng: Random
    city: City
    clerks: Clerks
    numbers: FakeNumbers
    yesterday: date


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
        verified = _verification_day(stage, family)
        for one in _reported(stage, family):
            if verified:
                one.verify(stage.clerks.operator, daytime(stage.rng, verified))
            if until:
                day = family.stays_until - timedelta(days=2)
                one.extend(one.entered_by, daytime(stage.rng, day), until)
            yield one


def _ended(stage: Stage, count: int) -> Iterator[Registration]:
    while count > 0:
        left = stage.yesterday - timedelta(days=stage.rng.randrange(ENDED_WITHIN_DAYS))
        family = next(people(stage.rng, count, left - timedelta(days=35), stage.numbers))
        count -= len(family.members)
        why = end_reason(stage.rng, len(family.members))
        verified = working_day_from(_reported_on(family) + timedelta(days=4))
        for one in _reported(stage, family):
            one.verify(stage.clerks.operator, daytime(stage.rng, verified))
            one.end(one.entered_by, daytime(stage.rng, left), why)
            yield one


def _drafts(stage: Stage, count: int) -> Iterator[Registration]:
    for family in _newcomers(stage, count):
        yield from _entered(stage, family, stage.yesterday)


def _returned(stage: Stage, count: int) -> Iterator[Registration]:
    for family in _newcomers(stage, count):
        reason = stage.rng.choice(RETURN_REASONS)
        for one in _reported(stage, family):
            one.send_back(stage.clerks.operator, daytime(stage.rng, stage.yesterday), reason)
            yield one


def _held(stage: Stage, present: list[Registration], count: int) -> Iterator[Registration]:
    """People whose NIK is active in another kecamatan: somebody moved without a word."""
    known = [one for one in present if one.facts["nik"] and one.arrived_on < _days_before(stage, 90)]
    for twin, family in zip(known[:: len(known) // count], _newcomers(stage, count), strict=False):
        elsewhere = {code: 1.0 for code in SHARES if not twin.home.area.startswith(code)}
        home = stage.city.home(family, stage.city.anywhere(elsewhere))
        clerk = stage.clerks.of(home.area, stage.yesterday)
        at = daytime(stage.rng, stage.yesterday)
        stay = (family.arrived_on, family.stays_until)
        one = Registration(family.members[0], home, stay, clerk, at)
        one.facts = {**twin.facts, "verified_on": None}
        one.hold(clerk, at)
        yield one


def _newcomers(stage: Stage, count: int) -> Iterator[FakeFamily]:
    """Single people who came within the last three weeks."""
    for _ in range(count):
        family = next(people(stage.rng, 1, stage.yesterday, stage.numbers))
        days = family.stays_until - family.arrived_on
        arrived = _days_before(stage, stage.rng.randint(6, 20))
        yield FakeFamily(
            family.members, family.address, arrived, arrived + days, family.lodging_kind
        )


def _reported(stage: Stage, family: FakeFamily) -> Iterator[Registration]:
    day = min(_reported_on(family), stage.yesterday)
    for one in _entered(stage, family, day):
        one.report(one.entered_by, one.entered_at + timedelta(minutes=4))
        yield one


def _entered(stage: Stage, family: FakeFamily, day: date) -> Iterator[Registration]:
    home = stage.city.home(family, stage.city.anywhere(SHARES))
    clerk, at = stage.clerks.of(home.area, day), daytime(stage.rng, day)
    incomplete = stage.rng.random() < INCOMPLETE_SHARE
    stay = (family.arrived_on, family.stays_until)
    for minutes, person in enumerate(family.members):
        one = Registration(person, home, stay, clerk, at + timedelta(minutes=2 * minutes))
        if incomplete:
            one.leave_out(stage.rng.sample(LATER, 2))
        yield one


def _reported_on(family: FakeFamily) -> date:
    """One to ten days after arriving, the same for a household each time it is asked."""
    return family.arrived_on + timedelta(days=1 + family.arrived_on.toordinal() % 10)


def _verification_day(stage: Stage, family: FakeFamily) -> date | None:
    """One to nine days after the report; None when that is still to come, or was missed."""
    reported = _reported_on(family)
    day = working_day_from(reported + timedelta(days=stage.rng.randint(1, 9)))
    missed = stage.rng.random() > VERIFIED_SHARE
    return None if missed or day >= stage.yesterday else day


def _extension(stage: Stage, family: FakeFamily) -> date | None:
    """The new end of a stay that would be over; None for the others, and for the overdue."""
    is_over = family.stays_until <= stage.yesterday
    if not is_over or stage.rng.random() > EXTENDED_SHARE:
        return None
    return family.stays_until + timedelta(days=stage.rng.randint(90, LONGEST_STAY - 30))


def _days_before(stage: Stage, days: int) -> date:
    return stage.yesterday - timedelta(days=days)
