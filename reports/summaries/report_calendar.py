"""Which reports the calendar wants: the last month and semester, of every area but the RTs."""

from __future__ import annotations

from django.db import transaction

from accounts.areas.models import Area
from reports.summaries.models import CountedStay
from reports.summaries.periods import Period, month_before, semester_before
from reports.summaries.report_models import REPORTED_ON, Report
from wacat.clock import today


def plan() -> int:
    """Let the calendar's reports be made that are missing; how many were. They follow the day,
    not the tick: a first of the month that was missed is caught up with, and none is made twice.
    """
    day = today()
    wanted = {
        month_before(day): Report.Reason.MONTHLY,
        semester_before(day): Report.Reason.SEMESTER,
    }
    return sum(_plan(period, reason) for period, reason in wanted.items() if is_known(period))


def is_known(period: Period) -> bool:
    """Whether any stay had begun by its end: before, there is nothing to report on."""
    return CountedStay.objects.filter(starts__lte=period.last).exists()


@transaction.atomic
def _plan(period: Period, reason: Report.Reason) -> int:
    same = Report.objects.filter(first=period.first, last=period.last)
    areas = Area.objects.filter(level__in=REPORTED_ON).exclude(code__in=same.values("area"))
    rows = [
        Report(area=area, first=period.first, last=period.last, reason=reason)
        for area in areas.order_by("-code")  # the long ones of kecamatan and city at the end
    ]
    # Another worker may be at the same: what is there stays. The sweep takes them up.
    Report.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)
