"""How the counting statements are told which areas and days they are about."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from reports.evaluation.measures import Counts
from reports.summaries.periods import Period
from wacat.words import WITA


def counted(
    statement: str, keys: Sequence[str], codes: Sequence[str], period: Period, **more: Any
) -> dict[str, Counts]:
    """What *statement* counts: rows of a code and the numbers of *keys*; nought for the others."""
    found = {code: dict.fromkeys(keys, 0) for code in codes}
    with connection.cursor() as cursor:
        cursor.execute(statement, {**about(codes, period), **more})
        for code, *numbers in cursor.fetchall():
            found[code] = dict(zip(keys, map(int, numbers), strict=True))
    return found


def roles(names: Iterable[Any]) -> list[str]:
    return [str(one) for one in names]


def about(codes: Sequence[str], period: Period) -> dict[str, Any]:
    """The areas by their codes; the days, and the moments that they span."""
    midnight = time(tzinfo=WITA)
    return {
        "codes": list(codes),
        "first": period.first,
        "last": period.last,
        "begin": datetime.combine(period.first, midnight),
        "end": datetime.combine(period.last + timedelta(days=1), midnight),
        "zone": settings.TIME_ZONE,
    }
