"""Small invented histories of residents and letters, for Hypothesis to draw and shrink."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import uuid4

from django.utils import timezone
from hypothesis import strategies as st

from accounts.login.models import User
from reports.letters.models import Letter
from residents.registry.models import Placement, Resident, StayPeriod
from tests import factories
from tests.house.doors import AREAS

FIRST = date(2020, 11, 1)
SPAN = 120  # days: over the turn of a year
DAYS = st.integers(0, SPAN).map(lambda days: FIRST + timedelta(days=days))


@dataclass(frozen=True)
class Life:
    """One registration. ``moves`` are later RTs with the days between; ``stay`` in days."""

    status: str
    arrived_on: date
    area: str
    moves: tuple[tuple[int, str], ...]
    stay: int
    extension: int
    verified_after: int | None
    ended_after: int

    def store(self, user: User) -> None:
        """Its rows, as the application would leave them."""
        starts = [self.arrived_on]
        for days, _ in self.moves:
            starts.append(starts[-1] + timedelta(days=days))
        is_ended = self.status == "ended"
        # Who moved leaves a day later at the earliest.
        ended_on = starts[-1] + timedelta(days=self.ended_after + bool(self.moves))
        areas = [self.area, *(area for _, area in self.moves)]
        until = self.arrived_on + timedelta(days=self.stay)
        resident = factories.ResidentFactory.build(
            area_id=areas[-1],
            status=self.status,
            arrived_on=self.arrived_on,
            stays_until=until + timedelta(days=self.extension),
            entered_by=user,
            form_key=uuid4(),
            reported_at=None if self.status == "draft" else _noon(self.arrived_on),
            verified_on=self._verified_on(),
            ended_on=ended_on if is_ended else None,
            end_reason=1 if is_ended else None,
        )
        Resident.objects.bulk_create([resident])
        ends = [*starts[1:], ended_on if is_ended else None]
        Placement.objects.bulk_create(
            Placement(resident=resident, area_id=area, starts=start, until=end)
            for area, start, end in zip(areas, starts, ends, strict=True)
        )
        self._store_periods(resident, until)

    def _store_periods(self, resident: Resident, until: date) -> None:
        if self.status == "draft":
            return
        spans = [(self.arrived_on, until)]
        if self.extension:
            spans.append((until + timedelta(days=1), resident.stays_until))
        StayPeriod.objects.bulk_create(
            StayPeriod(resident=resident, starts=start, until=end) for start, end in spans
        )

    def _verified_on(self) -> date | None:
        if self.status == "verified" or (self.status == "ended" and self.verified_after):
            return self.arrived_on + timedelta(days=self.verified_after or 0)
        return None


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
    extension=st.integers(0, 40),
    verified_after=st.none() | st.integers(0, 30),
    ended_after=st.integers(0, 60),
)
PAPERS = st.builds(
    Paper,
    status=st.sampled_from(["issued", "revoked", "requested"]),
    area=st.sampled_from(AREAS),
    issued_on=DAYS,
)


def _noon(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time(12)))
