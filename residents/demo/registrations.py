"""Registrations with their history, made in thousands: what the workflow would have written.

Each transition is looked up in the workflow's own table, so that no history is told which
the workflow could not have made. Rows are stored all at once, the earliest entered first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

from django.utils import timezone

from accounts.login.models import User
from residents.demo.people import FakePerson
from residents.families.models import Family
from residents.lodgings.models import Lodging
from residents.registry.codes import CancellationReason, EndReason
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement, StayPeriod
from residents.registry.states import Status
from residents.registry.workflow import WORKFLOW

BATCH = 250
_OF_A_PERSON = tuple(field.name for field in fields(FakePerson))


@dataclass(frozen=True, slots=True)
class Home:
    """Where somebody lives: the RT's code, the address and, perhaps, the lodging."""

    area: str
    address: str
    lodging: Lodging | None = None


@dataclass(frozen=True, slots=True)
class Happening:
    """One transition of the history."""

    name: str
    source: str
    target: str
    actor: User
    at: datetime
    reason: str


class Registration:
    """One person's registration, from the draft on. ``resident`` is there once it is stored."""

    resident: Resident

    def __init__(
        self,
        person: FakePerson,
        home: Home,
        stay: tuple[date, date],
        by: User,
        at: datetime,
        family: Family | None = None,
    ) -> None:
        self.family = family
        self.home, self.entered_by, self.entered_at = home, by, at
        self.arrived_on, self.stays_until = stay
        self.state: str = Status.DRAFT
        self.history: list[Happening] = []
        self.periods: list[tuple[date, date]] = []
        self.facts: dict[str, Any] = {name: getattr(person, name) for name in _OF_A_PERSON}

    def leave_out(self, names: Iterable[str]) -> None:
        """Those fields are still to be filled in (*Lengkapi nanti*)."""
        for name in names:
            empty = "" if isinstance(self.facts[name], str) else None
            self.facts[name] = empty

    def report(self, by: User, at: datetime) -> None:
        self._move("report", by, at)
        self.facts["reported_at"] = at
        self.periods = [(self.arrived_on, self.stays_until)]

    def hold(self, by: User, at: datetime) -> None:
        self._move("hold", by, at)
        self.facts["reported_at"] = at

    def send_back(self, by: User, at: datetime, reason: str) -> None:
        self._move("return", by, at, reason)

    def verify(self, by: User, at: datetime) -> None:
        self._move("verify", by, at)
        self.facts["verified_on"] = timezone.localdate(at)

    def extend(self, by: User, at: datetime, until: date) -> None:
        self._move("extend", by, at)
        self.periods.append((self.stays_until + timedelta(days=1), until))
        self.stays_until = until

    def end(self, by: User, at: datetime, why: EndReason) -> None:
        self._move("end", by, at, str(EndReason(why).label))
        self.facts |= {"ended_on": timezone.localdate(at), "end_reason": int(why)}
        if why == EndReason.CANCELLED:
            self.facts["cancellation_reason"] = CancellationReason.WORK

    def row(self) -> Resident:
        """The resident, unsaved. Its lodging and family are already stored."""
        return Resident(
            status=self.state,
            area_id=self.home.area,
            address=self.home.address,
            lodging=self.home.lodging,
            family=self.family,
            arrived_on=self.arrived_on,
            stays_until=self.stays_until,
            entered_by=self.entered_by,
            entered_at=self.entered_at,
            form_key=uuid4(),
            **self.facts,
        )

    def _move(self, name: str, by: User, at: datetime, reason: str = "") -> None:
        transition = WORKFLOW.transitions[name]
        if self.state not in transition.sources:
            raise ValueError(f"{name} does not follow on {self.state}")
        source, self.state = self.state, transition.target or self.state
        self.history.append(Happening(name, source, self.state, by, at, reason))


def store(registrations: Iterable[Registration]) -> None:
    """Write them all, in the order in which they were entered."""
    ordered = sorted(registrations, key=lambda one: one.entered_at)
    _store_each(Lodging, [one.home.lodging for one in ordered])
    _store_each(Family, [one.family for one in ordered])
    rows = Resident.objects.bulk_create([one.row() for one in ordered], batch_size=BATCH)
    for one, resident in zip(ordered, rows, strict=True):
        one.resident = resident
    Placement.objects.bulk_create(map(_placement, ordered), batch_size=BATCH)
    StayPeriod.objects.bulk_create(
        [
            StayPeriod(resident=one.resident, starts=starts, until=until)
            for one in ordered
            for starts, until in one.periods
        ],
        batch_size=BATCH,
    )
    ResidentStep.objects.bulk_create(
        [
            ResidentStep(
                subject=one.resident,
                name=step.name,
                source=step.source,
                target=step.target,
                actor=step.actor,
                at=step.at,
                reason=step.reason,
            )
            for one in ordered
            for step in one.history
        ],
        batch_size=BATCH,
    )


def _store_each(model: type[Lodging] | type[Family], shared: list[Any]) -> None:
    """What several registrations share, once each."""
    manager: Any = model._default_manager
    manager.bulk_create({id(one): one for one in shared if one is not None}.values())


def family_of(members: Sequence[FakePerson], home: Home) -> Family | None:
    """The family that they are here as, unsaved; none for somebody alone."""
    return Family(area_id=home.area) if len(members) > 1 else None


def _placement(registration: Registration) -> Placement:
    return Placement(
        resident=registration.resident,
        area_id=registration.home.area,
        starts=registration.arrived_on,
        until=registration.facts.get("ended_on"),
    )
