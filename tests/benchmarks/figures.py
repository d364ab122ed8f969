"""The figures of the city and of a kelurahan, from tallies and by GROUP BY over the rows.

Breakdowns are counted from the rows by the portal as well, so nothing stands beside them.
"""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q

from accounts.areas.models import Area
from reports.letters.models import NUMBERED, Letter
from reports.summaries.breakdowns import breakdown
from reports.summaries.dimensions import DIMENSIONS
from reports.summaries.figures import FIGURES, table_of
from reports.summaries.periods import year_to
from residents.registry.queries import present_on
from residents.registry.spans import Placement, StayPeriod
from residents.registry.states import COUNTED
from tests.benchmarks.list_page import CITY, KELURAHAN
from tests.benchmarks.timing import compare
from wacat.clock import today

PARTS = {CITY: "kecamatan", KELURAHAN: "area"}


def run(size: int) -> None:
    """Print the lines of the figures among *size* people."""
    for what, code in (("city", CITY), ("kelurahan", KELURAHAN)):
        area = Area.objects.get(code=code)
        compare(f"figures, {what}", size, partial(_table, area), partial(_grouped, code, today()))
    for what, code in (("city", CITY), ("kelurahan", KELURAHAN)):
        area = Area.objects.get(code=code)
        for key, dimension in DIMENSIONS.items():
            asked = partial(breakdown, area, year_to(today()), dimension)
            compare(f"by {key}, {what}", size, asked)


def _table(area: Area) -> dict[str, dict[str, int]]:
    table = table_of(area, year_to(today()))
    return {
        figure.key: {row.area.code: row.figures[figure.key] for row in table.parts}
        for figure in FIGURES
    }


def _grouped(code: str, day: date) -> dict[str, dict[str, int]]:
    """The same numbers by one pass over the people, and one over the letters."""
    part, january = PARTS[code], date(day.year, 1, 1)
    people = (
        Placement.objects.lived()
        .filter(resident__status__in=COUNTED, starts__lte=day)
        .under((code,))
        .order_by()
    )
    counted = {
        key: Count("pk", filter=condition) for key, condition in _conditions(january, day).items()
    }
    codes = list(Area.objects.filter(parent=code).values_list("code", flat=True))
    counts: dict[str, dict[str, int]] = {one.key: dict.fromkeys(codes, 0) for one in FIGURES}
    for name, *numbers in people.values_list(part).annotate(**counted):
        for key, number in zip(counted, numbers, strict=True):
            counts[key][name] = number
    letters: Any = Letter.objects.filter(status__in=NUMBERED, issued_on__range=(january, day))
    for name, number in letters.under((code,)).order_by().values_list(part).annotate(Count("pk")):
        counts["letters"][name] = number
    return counts


def _conditions(january: date, day: date) -> dict[str, Any]:
    present = present_on(day)
    periods = StayPeriod.objects.filter(resident=OuterRef("resident"))
    covered = Exists(periods.filter(starts__lte=day, until__gte=day))
    return {
        "active": present,
        "verified": present & Q(resident__verified_on__lte=day),
        "overdue": present & ~Q(covered),
        "arrived": Q(starts=F("resident__arrived_on"), starts__range=(january, day)),
        "ended": Q(until=F("resident__ended_on"), until__range=(january, day)),
    }
