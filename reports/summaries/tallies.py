"""Figures from tallies that the database keeps as rows are written (migration 0002).

A change is noted in the transaction that makes it, and read from then on; it is folded into the
sums of days, months and years a little later, so that writers never wait for one another.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction
from django.db.models import Case, F, IntegerField, Q, QuerySet, Value, When
from django.db.models.functions import Left

from reports.summaries.models import Tally, TallyChange, TallyCheck

logger = logging.getLogger(__name__)

STANDING = ("active", "verified", "overdue")
OF_THE_YEAR = ("arrived", "ended", "letters")
KEYS = (*STANDING, *OF_THE_YEAR)


def figures_at(codes: Iterable[str], day: date) -> dict[str, dict[str, int]]:
    """The figures of each of *codes*, areas of one level, as at *day*: exact at any moment."""
    wanted = list(codes)
    found = {code: dict.fromkeys(KEYS, 0) for code in wanted}
    # One statement: between two, changes might be folded and be counted twice or never.
    rows = _folded(wanted, day).union(_fresh(wanted, day), all=True)
    for code, *numbers in rows:
        for key, number in zip(KEYS, numbers, strict=True):
            found[code][key] += number
    return found


def fold() -> int:
    """Add what was noted to the sums; the number of notes. Others who fold wait."""
    return _number_of("SELECT reports_tally_fold()")


def recount() -> int:
    """Count all again and put right what differs; in how many places, noted in a ``TallyCheck``.

    A difference is a defect in the triggers, or somebody has got past them.
    """
    with transaction.atomic():
        differing = _number_of("SELECT reports_tally_recount()")
        TallyCheck.objects.create(differing=differing)
    if differing:
        logger.error("tallies differed from the rows in %d places", differing)
    return differing


def _folded(codes: list[str], day: date) -> QuerySet[Any]:
    """Whole years, then whole months, then days."""
    january, first = day.replace(month=1, day=1), day.replace(day=1)
    year, month = Q(span=Tally.Span.YEAR), Q(span=Tally.Span.MONTH)
    spans = (
        Q(year, starts__lt=january)
        | Q(month, starts__gte=january, starts__lt=first)
        | Q(span=Tally.Span.DAY, starts__gte=first, starts__lte=day)
    )
    rows = Tally.objects.filter(spans, code__in=codes)
    return rows.values_list("code", *STANDING, *_since("starts", january))


def _fresh(codes: list[str], day: date) -> QuerySet[Any]:
    rows = TallyChange.objects.annotate(code=Left("area_id", len(codes[0])))
    rows = rows.filter(code__in=codes, day__lte=day)
    return rows.values_list("code", *STANDING, *_since("day", day.replace(month=1, day=1)))


def _since(column: str, january: date) -> list[Case]:
    """What is counted from the year's first day on."""
    this_year = Q(**{f"{column}__gte": january})
    return [
        Case(When(this_year, then=F(key)), default=Value(0), output_field=IntegerField())
        for key in OF_THE_YEAR
    ]


def _number_of(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
