"""Small invented histories of residents and letters, for Hypothesis to draw and shrink."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone
from hypothesis import strategies as st

from accounts.login.models import User
from reports.letters.models import Letter
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod
from tests import factories
from tests.house.things import AREAS

FIRST = date(2020, 11, 1)
SPAN = 120  # days: over the turn of a year
DAYS = st.integers(0, SPAN).map(lambda days: FIRST + timedelta(days=days))


@dataclass(frozen=True)
class Life:
    """One registration. ``moves`` are later RTs with the days between; the rest counts days."""

    status: str
    arrived_on: date
    area: str
    moves: tuple[tuple[int, str], ...]
    stay: int
    late: int
    extension: int
    verified_after: int
    ended_after: int

    @property
    def starts(self) -> list[date]:
        """The first day in each of the RTs."""
        days = [self.arrived_on]
        for between, _ in self.moves:
            days.append(days[-1] + timedelta(days=between))
        return days

    @property
    def ended_on(self) -> date | None:
        """Who moved leaves a day later at the earliest."""
        if self.status != "ended":
            return None
        return self.starts[-1] + timedelta(days=self.ended_after + bool(self.moves))

    @property
    def verified_on(self) -> date | None:
        once = self.status == "verified" or (self.status == "ended" and self.verified_after % 2)
        return self.arrived_on + timedelta(days=self.verified_after) if once else None

    @property
    def periods(self) -> list[tuple[date, date]]:
        """The registration, and an extension that may have come late."""
        until = self.arrived_on + timedelta(days=self.stay)
        found = [(self.arrived_on, until)]
        if self.extension:
            again = until + timedelta(days=1 + self.late)
            found.append((again, again + timedelta(days=self.extension)))
        return found

    @property
    def events(self) -> list[date]:
        """The days on which something changes."""
        ends = [end + timedelta(days=1) for _, end in self.periods]
        dated = [*self.starts, *(start for start, _ in self.periods), *ends]
        return [*dated, *(day for day in (self.ended_on, self.verified_on) if day)]

    def store(self, user: User) -> None:
        """Its rows, as the application would leave them."""
        areas = [self.area, *(area for _, area in self.moves)]
        resident = factories.ResidentFactory.build(
            area_id=areas[-1],
            status=self.status,
            arrived_on=self.arrived_on,
            stays_until=self.periods[-1][1],
            entered_by=user,
            form_key=uuid4(),
            reported_at=None if self.status == "draft" else _noon(self.arrived_on),
            verified_on=self.verified_on,
            ended_on=self.ended_on,
            end_reason=1 if self.ended_on else None,
        )
        Resident.objects.bulk_create([resident])
        Placement.objects.bulk_create(
            Placement(resident=resident, area_id=area, since=since, starts=start, until=end)
            for area, since, start, end in zip(
                areas,
                [None, *self.starts[1:]],
                self.starts,
                [*self.starts[1:], self.ended_on],
                strict=True,
            )
        )
        if self.status != "draft":
            StayPeriod.objects.bulk_create(
                StayPeriod(resident=resident, starts=start, until=end)
                for start, end in self.periods
            )


@dataclass(frozen=True)
class Paper:
    """One letter."""

    status: str
    area: str
    issued_on: date

    def store(self, user: User, serial: int) -> None:
        """Its row; the number is that of the whole history."""
        numbered = self.status in ("issued", "revoked")
        letter = Letter(area_id=self.area, status=self.status, purpose="-", requested_by=user)
        if numbered:
            letter.number, letter.number_serial = f"Contoh/{serial}", serial
            letter.number_year = self.issued_on.year
            letter.issued_on = letter.valid_until = self.issued_on
            letter.sealed_facts = "{}"
        if self.status == "revoked":
            letter.revoked_on = self.issued_on
        Letter.objects.bulk_create([letter])


LIVES = st.builds(
    Life,
    status=st.sampled_from(["reported", "verified", "ended", "draft", "returned", "held"]),
    arrived_on=DAYS,
    area=st.sampled_from(AREAS),
    moves=st.lists(st.tuples(st.integers(1, 40), st.sampled_from(AREAS)), max_size=2).map(tuple),
    stay=st.integers(0, 60),
    late=st.sampled_from([0, 0, 1, 20]),
    extension=st.integers(0, 40),
    verified_after=st.integers(0, 30),
    ended_after=st.integers(0, 60),
)
PAPERS = st.builds(
    Paper,
    status=st.sampled_from(["issued", "revoked", "requested"]),
    area=st.sampled_from(AREAS),
    issued_on=DAYS,
)


@st.composite
def histories(draw: st.DrawFn) -> tuple[list[Life], list[Paper], list[date]]:
    """Lives, letters, and days to count at: where something changes, and the day before."""
    lives = draw(st.lists(LIVES, min_size=1, max_size=6))
    papers = draw(st.lists(PAPERS, max_size=3))
    changes = [day for life in lives for day in life.events] + [one.issued_on for one in papers]
    telling = sorted({*changes, *(day - timedelta(days=1) for day in changes)})
    days = draw(st.lists(st.sampled_from(telling), min_size=2, max_size=4, unique=True))
    return lives, papers, days


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
