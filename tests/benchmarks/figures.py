"""The figures of the city and of a kelurahan, beside rows that are loaded and counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from functools import partial
from typing import Any

from accounts.areas.models import Area
from reports.letters.models import NUMBERED, Letter
from reports.summaries.figures import FIGURES, table_of
from residents.registry.spans import Placement, StayPeriod
from residents.registry.states import COUNTED
from tests.benchmarks.list_page import CITY, KELURAHAN
from tests.benchmarks.timing import compare
from wacat.clock import today

PART = {5: 8, 13: 17}  # the length of a part's code by that of the whole


def run(size: int) -> None:
    """Print the lines of the figures among *size* people."""
    for what, code in (("city", CITY), ("kelurahan", KELURAHAN)):
        area = Area.objects.get(code=code)
        plain = partial(_counted, code, today())
        compare(f"figures, {what}", size, partial(_table, area), plain)


def _table(area: Area) -> dict[str, dict[str, int]]:
    table = table_of(area, today())
    return {
        figure.key: {row.area.code: row.figures[figure.key] for row in table.parts}
        for figure in FIGURES
    }


def _counted(code: str, day: date) -> dict[str, dict[str, int]]:
    """The same numbers in Python, from rows as an application without aggregates loads them."""
    january, length = date(day.year, 1, 1), PART[len(code)]
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for place, covered in _places(code, day):
        part, one = place.area_id[:length], place.resident
        here = place.starts <= day and (place.until is None or place.until > day)
        counts["active"][part] += here
        counts["verified"][part] += here and one.verified_on is not None and one.verified_on <= day
        counts["overdue"][part] += here and not covered
        counts["arrived"][part] += place.starts == one.arrived_on and january <= place.starts <= day
        counts["ended"][part] += place.until is not None and january <= place.until <= day
    for letter in Letter.objects.filter(area__code__startswith=code, status__in=NUMBERED):
        if letter.issued_on and january <= letter.issued_on <= day:
            counts["letters"][letter.area_id[:length]] += 1
    parts = Area.objects.filter(parent=code).values_list("code", flat=True)
    return {one.key: {part: counts[one.key][part] for part in parts} for one in FIGURES}


def _places(code: str, day: date) -> Any:
    covered = {
        period.resident_id
        for period in StayPeriod.objects.filter(resident__area__code__startswith=code)
        if period.starts <= day <= period.until
    }
    rows = Placement.objects.filter(area__code__startswith=code, resident__status__in=COUNTED)
    for place in rows.select_related("resident"):
        yield place, place.resident_id in covered
