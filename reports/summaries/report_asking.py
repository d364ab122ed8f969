"""A report that somebody asks for by a press of *Buat laporan*."""

from __future__ import annotations

from datetime import date
from enum import Enum, auto

from django.utils import timezone

from accounts.areas.models import Area
from accounts.login.models import User
from reports.summaries.periods import Period, last_months, last_semesters
from reports.summaries.report_late import has_changed
from reports.summaries.report_models import Report
from reports.tasks import build_report
from wacat.work import hasten


class Answer(Enum):
    """What a press of *Buat laporan* comes to."""

    MADE = auto()
    WAITING = auto()
    REVISED = auto()
    UNCHANGED = auto()


def ask(user: User, area: Area, period: Period) -> tuple[Report, Answer]:
    """The report that *user*'s press makes or leads to.

    A new one where there is none, a revision where numbers have changed since; one that is being
    made, or failed and is tried again, stays the one. The caller has seen to scope and period.
    """
    same = Report.objects.of_same(area, period.first, period.last)
    latest = same.order_by("-revision").first()
    if latest is None:
        return _made(user, area, period, 1), Answer.MADE
    if latest.state == Report.State.FAILED:
        again = {"state": Report.State.WAITING, "attempts": 0, "next_at": timezone.now()}
        same.filter(pk=latest.pk, state=Report.State.FAILED).update(**again)
        hasten(build_report, latest.pk)
    if not latest.is_done:
        return latest, Answer.WAITING
    if has_changed(latest):
        return _made(user, area, period, latest.revision + 1), Answer.REVISED
    return latest, Answer.UNCHANGED


def _made(user: User, area: Area, period: Period, revision: int) -> Report:
    """Two who press at once make one."""
    reason = Report.Reason.REVISION if revision > 1 else Report.Reason.ON_DEMAND
    report, is_new = Report.objects.get_or_create(
        area=area,
        first=period.first,
        last=period.last,
        revision=revision,
        defaults={"reason": reason, "asked_by": user},
    )
    if is_new:
        hasten(build_report, report.pk)
    made: Report = report
    return made


def ended(count: int, day: date) -> list[Period]:
    """The *count* months that had last ended by *day*, and the semesters that end in these."""
    months = last_months(count, day)
    semesters = last_semesters(count // 6 + 1, day)
    return [*months, *(one for one in semesters if one.last >= months[-1].first)]
