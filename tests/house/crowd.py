"""Many rows at once, for tests that ask how a page bears them. Written past the workflow."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle, islice
from uuid import uuid4

from django.utils import timezone

from accounts.login.models import User
from reports.letters.models import Letter, LetterSubject
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod
from tests import factories
from wacat.clock import today

STATES = ("reported", "verified", "draft", "returned", "held", "ended")


def residents(count: int, areas: tuple[str, ...] = (factories.RT,)) -> list[Resident]:
    """Residents of every state, by turns in these RTs; every sixth is overdue as well."""
    user = factories.holder("operator", "64.71")
    made = Resident.objects.bulk_create(
        _resident(user, area, state, number)
        for number, (area, state) in enumerate(islice(zip(cycle(areas), cycle(STATES)), count))
    )
    Placement.objects.bulk_create(
        Placement(resident=one, area_id=one.area_id, starts=one.arrived_on, until=one.ended_on)
        for one in made
    )
    StayPeriod.objects.bulk_create(
        StayPeriod(resident=one, starts=one.arrived_on, until=one.stays_until) for one in made
    )
    return made


def ready_letters(people: list[Resident]) -> list[Letter]:
    """A letter for each, waiting for the Lurah."""
    made = Letter.objects.bulk_create(
        Letter(
            area_id=one.area_id,
            status="ready",
            purpose="Keperluan contoh",
            requested_by=one.entered_by,
            introduced_by_ketua_rt=True,
            introduction_number=f"{number:03}/RT.001/I/2026",
            introduced_on=today(),
        )
        for number, one in enumerate(people, start=1)
    )
    LetterSubject.objects.bulk_create(
        LetterSubject(letter=letter, resident=one) for letter, one in zip(made, people, strict=True)
    )
    return made


def _resident(user: User, area: str, state: str, number: int) -> Resident:
    arrived = today() - timedelta(days=60)
    is_ended = state == "ended"
    is_over = number % 6 == 0
    resident: Resident = factories.ResidentFactory.build(
        complete=True,
        area_id=area,
        status=state,
        entered_by=user,
        form_key=uuid4(),
        arrived_on=arrived,
        stays_until=arrived + timedelta(days=30 if is_over else 200),
        reported_at=None if state == "draft" else timezone.now(),
        verified_on=today() if state == "verified" else None,
        ended_on=today() if is_ended else None,
        end_reason=1 if is_ended else None,
    )
    return resident
