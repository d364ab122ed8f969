"""The monthly statements on the truth of the data: which were due, which were signed.

Due is one for each RT and month that is over within the period and had services told in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from accounts.areas.models import CITY_CODE, Area
from reports.evaluation.asked import about
from reports.evaluation.measures import Counts
from reports.summaries.periods import Period, month_of

# Folded and not folded yet in one statement, as in reports.summaries.tallies. ``apart``: each RT
# and month that is not signed by itself, not how many.
_DUE = """
WITH told AS (
    SELECT code, starts AS month, told FROM reports_tally
    WHERE span = 'm' AND length(code) = 17 AND left(code, length(%(whole)s)) = %(whole)s
        AND starts BETWEEN %(first_month)s AND %(last_month)s
    UNION ALL
    SELECT area_id, date_trunc('month', day)::date, told FROM reports_tallychange
    WHERE left(area_id, length(%(whole)s)) = %(whole)s
        AND date_trunc('month', day)::date BETWEEN %(first_month)s AND %(last_month)s
),
due AS (
    SELECT code, month, EXISTS (
        SELECT FROM residents_truthreport AS report
        WHERE report.area_id = told.code AND report.month = told.month
    ) AS signed
    FROM told GROUP BY code, month HAVING sum(told) > 0
)
SELECT CASE WHEN %(apart)s THEN due.code ELSE asked.code END,
    CASE WHEN %(apart)s THEN month END, count(*), count(*) FILTER (WHERE signed)
FROM unnest(%(codes)s::text[]) AS asked (code)
JOIN due ON left(due.code, length(asked.code)) = asked.code
WHERE NOT (%(apart)s AND signed)
GROUP BY 1, 2 ORDER BY 1, 2
"""


@dataclass(frozen=True)
class Silence:
    """An RT that has not reported yet, and for which months."""

    area: Area
    months: tuple[Period, ...]


def statements(codes: Sequence[str], period: Period) -> dict[str, Counts]:
    """How many were ``due``, and how many of these are ``signed``."""
    found = {code: {"due": 0, "signed": 0} for code in codes}
    for code, _, due, signed in _found(codes, period, apart=False):
        found[code] = {"due": due, "signed": signed}
    return found


def silence_in(area: Area, period: Period) -> list[Silence]:
    """The RTs of an area with a statement that is due and not signed, by their codes."""
    months: dict[str, list[Period]] = {}
    for code, month, _, _ in _found([area.code], period, apart=True):
        months.setdefault(code, []).append(month_of(month))
    silent = Area.objects.filter(code__in=months).order_by("code")
    return [Silence(one, tuple(months[one.code])) for one in silent]


def _found(codes: Sequence[str], period: Period, *, apart: bool) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(_DUE, _asked(codes, period, apart=apart))
        return cursor.fetchall()


def _asked(codes: Sequence[str], period: Period, *, apart: bool) -> dict[str, Any]:
    widest = min(codes, key=len)
    whole = widest if all(code.startswith(widest) for code in codes) else CITY_CODE
    return {**about(codes, period), **_months(period), "whole": whole, "apart": apart}


def _months(period: Period) -> dict[str, date]:
    """The first days of the first and of the last whole month within the period."""
    first = period.first.replace(day=1)
    if first < period.first:
        first = date.fromordinal(month_of(first).last.toordinal() + 1)
    of_last = month_of(period.last)
    last = of_last.first if of_last.last == period.last else month_of(of_last.eve).first
    return {"first_month": first, "last_month": last}
