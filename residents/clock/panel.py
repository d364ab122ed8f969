"""The stay on a resident's page: its periods, the two answers, and mending an own mistake."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from accounts.access import user_of
from accounts.rules import Action
from accounts.scope import reach
from residents.clock.answering import gone, stays
from residents.clock.correcting import end_is_fresh, extension_is_fresh
from residents.clock.tasks import Due, done_line, proposed_end
from residents.clock.views import seen_end
from residents.registry.forms import EndForm, ExtendForm, told_of_end
from residents.registry.models import Resident
from residents.registry.panels import Bound, Deeds, Page, Panel
from residents.registry.queries import SOON
from residents.registry.spans import StayPeriod
from residents.registry.states import ACTIVE, COUNTED, Status
from residents.registry.workflow import WORKFLOW
from wacat.clock import today
from wacat.keys import pressed_key
from wacat.workflow import InputMissing, Move

ONE = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """A line of the panel: a registration period, or the overdue days between two."""

    starts: date
    until: date
    overdue: bool = False

    @property
    def days(self) -> int:
        return (self.until - self.starts).days + 1


def panel(request: HttpRequest, resident: Resident, bound: Bound) -> Panel | None:
    """For everybody who sees the record; the answers for those who enter it."""
    if resident.status not in COUNTED:
        return None
    periods = list(StayPeriod.objects.filter(resident=resident))
    may_enter = resident.lies_within(reach(user_of(request), Action.RESIDENT_ENTER))
    context: dict[str, Any] = {
        "resident": resident,
        "spans": spans_of(resident, periods),
        "days_left": resident.days_left(),
        "line": None,
        "correction": None,
    }
    if may_enter:
        last = periods[-1] if periods else None
        if resident.status in ACTIVE and resident.stays_until <= today() + SOON:
            context["line"] = Due(resident, proposed_end(resident, last))
        context["correction"] = _correction(request, resident, len(periods), bound)
    return Panel("residents/clock/panel.html", context)


def spans_of(resident: Resident, periods: list[StayPeriod]) -> list[Span]:
    """The periods in order, with the days in between, and since, that none of them covers."""
    lines: list[Span] = []
    for period in periods:
        if lines and period.starts > lines[-1].until + ONE:
            lines.append(Span(lines[-1].until + ONE, period.starts - ONE, overdue=True))
        lines.append(Span(period.starts, period.until))
    lives_until = resident.ended_on - ONE if resident.ended_on else today()
    if lines and lives_until > lines[-1].until:
        lines.append(Span(lines[-1].until + ONE, lives_until, overdue=True))
    return lines


def _correction(
    request: HttpRequest, resident: Resident, periods: int, bound: Bound
) -> dict[str, Any] | None:
    """The form by which an own answer is mended; None where there is none to mend."""
    ended = resident.status == Status.ENDED
    name = "correct_end" if ended else "correct_stay"
    if not (end_is_fresh(resident) if ended else periods > 1 and extension_is_fresh(resident)):
        return None
    is_bound = bound is not None and bound[0] == name
    form = bound[1] if bound and is_bound else _form(name, initial=_now_said(resident))
    is_open = is_bound or request.GET.get("ubah") == "masa"
    return {"name": name, "form": form, "is_open": is_open, "key": str(uuid4())}


def _form(name: str, data: Any = None, initial: Any = None) -> forms.Form:
    form_class = EndForm if name == "correct_end" else ExtendForm
    return form_class(data, initial=initial, auto_id=f"id_{name}_%s")


def _now_said(resident: Resident) -> dict[str, Any]:
    return {
        "date": resident.ended_on or resident.stays_until,
        "reason": resident.end_reason,
        "cancellation_reason": resident.cancellation_reason,
    }


def _stays(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    answered = stays(user_of(request), resident.pk, pressed_key(request), seen_end(request))
    return _told(request, answered)


def _gone(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    return _told(request, gone(user_of(request), resident.pk, pressed_key(request)))


def _correct(page: Page, request: HttpRequest, resident: Resident) -> HttpResponse:
    name = request.POST["action"]
    form = _form(name, request.POST)
    if form.is_valid():
        data = told_of_end(form.cleaned_data) if name == "correct_end" else form.cleaned_data
        try:
            move = Move(user_of(request), data, pressed_key(request))
            return _told(request, WORKFLOW.advance(resident.pk, name, move).row)
        except InputMissing as error:
            for field, text in error.errors.items():
                form.add_error(field if field in form.fields else None, text)
    return page.show(request, resident, status=422, bound=(name, form))


def _told(request: HttpRequest, resident: Resident) -> HttpResponse:
    line = done_line(resident)
    messages.success(request, f"Dicatat. {line.what}" if line else "Dicatat.")
    return redirect("resident_detail", resident.pk)


DEEDS: Deeds = {
    "stays": (Action.RESIDENT_ENTER, _stays),
    "gone": (Action.RESIDENT_ENTER, _gone),
    "correct_end": (Action.RESIDENT_ENTER, _correct),
    "correct_stay": (Action.RESIDENT_ENTER, _correct),
}
