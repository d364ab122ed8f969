"""The task list: whose stay is over or about to end, and what was answered today."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from django.urls import reverse

from accounts.login.models import User
from accounts.rules import Action
from residents.clock.contacting import whatsapp_to
from residents.registry.models import Resident, ResidentStep
from residents.registry.queries import SOON
from residents.registry.spans import StayPeriod
from residents.registry.states import ACTIVE, Status
from residents.registry.stays import a_year_after, latest_end, next_start
from residents.registry.warnings import IF_FOR_GOOD
from wacat.clock import today
from wacat.words import WITA, tanggal

SHOWN_AS_DONE = 25
_PLACE = "area__parent"


@dataclass(frozen=True)
class Due:
    """Somebody to be asked. ``proposed`` is until when *Masih tinggal* extends the stay."""

    resident: Resident
    proposed: date
    key: UUID = field(default_factory=uuid4)

    @property
    def days(self) -> int:
        """Days until the end of the stay, or since then."""
        return abs(self.resident.days_left())

    @property
    def whatsapp(self) -> str:
        """The address of a message to send by hand, for whom no e-mail reaches."""
        return "" if self.resident.email else whatsapp_to(self.resident)


@dataclass(frozen=True)
class Done:
    """What was answered about somebody, and where that is mended."""

    resident: Resident
    what: str
    note: str

    @property
    def change_url(self) -> str:
        return f"{reverse('resident_detail', args=[self.resident.pk])}?ubah=masa#masa-tinggal"


def open_tasks(user: User) -> Any:
    """Active residents in reach whose stay is over, or ends within 30 days."""
    rows = Resident.objects.visible_to(user, Action.RESIDENT_ENTER).active()
    return rows.filter(stays_until__lte=today() + SOON).select_related(_PLACE)


def due(user: User, most: int = 5) -> list[Due]:
    """The first *most* of the list, the longest overdue first: for the start page. Two queries."""
    return lines_of(open_tasks(user).order_by("stays_until", "pk")[:most])


def lines_of(residents: Iterable[Resident]) -> list[Due]:
    """The residents with what is proposed for each, by one query."""
    rows = list(residents)
    periods = StayPeriod.objects.filter(resident__in=rows).order_by("starts")
    last = {period.resident_id: period for period in periods}
    return [Due(row, proposed_end(row, last.get(row.pk))) for row in rows]


def proposed_end(resident: Resident, period: StayPeriod | None) -> date:
    """As long again as the last period was, at most a year."""
    starts = next_start(resident)
    if period is None:
        length = resident.stays_until - resident.arrived_on
    else:
        length = period.until - period.starts
    return min(starts + length, latest_end(starts))


def done_today(user: User) -> list[Done]:
    """What the user answered today and still holds, the latest first."""
    reached = Resident.objects.visible_to(user, Action.RESIDENT_ENTER)
    steps = ResidentStep.objects.filter(
        actor=user,
        name__in=("extend", "correct_stay", "end", "correct_end"),
        at__gte=datetime.combine(today(), time.min, tzinfo=WITA),
        subject__in=reached,
    )
    steps = steps.select_related("subject__area__parent").order_by("-at", "-pk")
    lines: dict[int, Done | None] = {}
    for step in steps[: 4 * SHOWN_AS_DONE]:
        if step.subject_id not in lines:
            lines[step.subject_id] = done_line(step.subject)
    return [line for line in lines.values() if line][:SHOWN_AS_DONE]


def done_line(resident: Resident) -> Done | None:
    """What stands about the stay now, in words; None where nothing was answered."""
    if resident.status == Status.ENDED:
        since, why = tanggal(resident.ended_on), resident.get_end_reason_display()
        return Done(resident, f"Tidak tinggal lagi sejak {since}: {why}.", "")
    if resident.status not in ACTIVE:
        return None
    return Done(resident, f"Masih tinggal, sampai {tanggal(resident.stays_until)}.", note(resident))


def note(resident: Resident) -> str:
    """A word about whoever is to stay for longer than a year: nothing is refused."""
    if resident.stays_until <= a_year_after(resident.arrived_on):
        return ""
    return f"Itu lebih dari satu tahun sejak datang. {IF_FOR_GOOD}"
