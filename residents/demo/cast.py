"""The people of Kelurahan Sepinggan whom the demo's start pages and letters are about.

Everything else is chance; these are chosen, so that there is always the same to be done.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta

from accounts.demo.officials import LINE_RT
from residents.demo.current import Stage
from residents.demo.life import ADULT_AGE, years_before
from residents.demo.moments import daytime, working_day_from
from residents.demo.people import FakeFamily, FakePerson, people
from residents.demo.places import TENANTS
from residents.demo.registrations import Home, Registration, family_of
from residents.lodgings.models import Lodging
from residents.registry.codes import EndReason, LodgingKind, Nationality
from residents.registry.states import ACTIVE, Status

KELURAHAN = LINE_RT.rpartition(".")[0]
BIRTH_DATE_REASON = (
    "Tanggal lahir tidak sama dengan yang di KTP-el. Mohon cocokkan, lalu laporkan lagi."
)


@dataclass(frozen=True, slots=True)
class Part:
    """A household to be cast. *here* and *left* are days since arriving and to the end."""

    name: str
    rt: int
    here: int
    left: int
    state: str = Status.VERIFIED
    together: bool = False
    lacks: tuple[str, ...] = ()
    birth_date_off: bool = False


PARTS = (
    Part("soon-1", 1, here=172, left=9),
    Part("soon-2", 1, here=88, left=23),
    Part("mistaken", 1, here=19, left=240, state=Status.RETURNED, birth_date_off=True),
    Part("unfinished", 1, here=6, left=300, state=Status.DRAFT, lacks=("religion", "education")),
    Part(
        "incomplete",
        1,
        here=16,
        left=170,
        state=Status.REPORTED,
        lacks=("birth_place", "religion", "marital_status"),
    ),
    Part("gone-1", 1, here=210, left=41, state=Status.ENDED),
    Part("gone-2", 1, here=133, left=52, state=Status.ENDED),
    Part("family", 1, here=44, left=290, together=True),
    Part("ready-1", 1, here=31, left=205),
    Part("ready-2", 1, here=27, left=330, state=Status.REPORTED),
    Part("sent-back", 1, here=52, left=160),
    Part("reissued", 1, here=120, left=215),
    Part("holder-1", 1, here=95, left=264),
    Part("holder-2", 1, here=140, left=220),
    Part("ready-3", 3, here=36, left=180),
    Part("ready-4", 3, here=75, left=120),
    Part("ending", 3, here=160, left=19),
    Part("holder-3", 3, here=101, left=230),
    Part("holder-4", 3, here=66, left=198, together=True),
    Part("ready-5", 5, here=22, left=310, state=Status.REPORTED),
    Part("ready-6", 5, here=58, left=250),
    Part("differing", 5, here=40, left=150, birth_date_off=True),
    Part("holder-5", 5, here=111, left=140),
    Part("holder-6", 5, here=84, left=270),
    Part("ready-7", 8, here=49, left=276),
    Part("ready-8", 8, here=64, left=190),
    Part("holder-7", 8, here=90, left=240),
    Part("by-clerk", 14, here=33, left=225),
    Part("holder-8", 14, here=72, left=200),
    Part("holder-9", 21, here=105, left=130),
)


class Cast:
    """The chosen households by name, each a list of registrations, the head first."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        self._lodgings: dict[tuple[str, int], Lodging] = {}
        self.households = {part.name: list(self._play(part)) for part in PARTS}

    @property
    def registrations(self) -> list[Registration]:
        return [one for household in self.households.values() for one in household]

    @property
    def active(self) -> int:
        """How many of them count today."""
        return sum(one.state in ACTIVE for one in self.registrations)

    def _play(self, part: Part) -> Iterator[Registration]:
        stage, today = self._stage, self._stage.yesterday + timedelta(days=1)
        arrived = today - timedelta(days=part.here)
        stay = (arrived, today + timedelta(days=part.left))
        family = self._found(part)
        home = self._home(part, family)
        reported = min(arrived + timedelta(days=2), stage.yesterday)
        clerk, at = stage.clerks.of(home.area, reported), daytime(stage.rng, reported)
        kin = family_of(family.members, home)
        for minutes, person in enumerate(family.members):
            actual = _with_wrong_birth_date(person) if part.birth_date_off else person
            entered = at + timedelta(minutes=2 * minutes)
            one = Registration(actual, home, stay, clerk, entered, kin)
            one.leave_out(part.lacks)
            self._bring_to(one, part.state)
            yield one

    def _bring_to(self, one: Registration, state: str) -> None:
        stage = self._stage
        if state == Status.DRAFT:
            return
        one.report(one.entered_by, one.entered_at + timedelta(minutes=3))
        judged = working_day_from(one.arrived_on + timedelta(days=5))
        if state in (Status.VERIFIED, Status.ENDED):
            one.verify(*stage.verifier(judged))
        if state == Status.RETURNED:
            one.send_back(*stage.verifier(judged), BIRTH_DATE_REASON)
        if state == Status.ENDED:
            left = daytime(stage.rng, one.stays_until - timedelta(days=60))
            one.end(one.entered_by, left, EndReason.LEFT)

    def _found(self, part: Part) -> FakeFamily:
        """The next invented household that fits: a family with children, or somebody alone."""
        stage = self._stage
        arrived = stage.yesterday - timedelta(days=part.here)
        while True:
            family = next(people(stage.rng, 5, arrived, stage.numbers))
            sizes = (3, 4) if part.together else (1,)
            grown_up = family.members[0].birth_date <= years_before(arrived, ADULT_AGE)
            known = all(
                one.nik and one.nationality == Nationality.INDONESIAN for one in family.members
            )
            if len(family.members) in sizes and grown_up and known:
                return family

    def _home(self, part: Part, family: FakeFamily) -> Home:
        """Lodgers of one RT share the RT's lodging of their kind."""
        area = f"{KELURAHAN}.{part.rt:03}"
        if LodgingKind(family.lodging_kind) not in TENANTS:
            return self._stage.city.private_home(family, area)
        key = (area, family.lodging_kind)
        if key not in self._lodgings:
            self._lodgings[key] = self._stage.city.open_lodging(*key)
        return self._stage.city.room(self._lodgings[key])


def _with_wrong_birth_date(person: FakePerson) -> FakePerson:
    """Eleven days off: the NIK says another date."""
    return replace(person, birth_date=person.birth_date + timedelta(days=11))
