"""Sums that figures are read from, kept by the database as rows are written (migration 0002).

A change is noted in the transaction that makes it, and read from then on; it is folded into the
sums of days, months and years a little later, so that writers never wait for one another.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import connection, transaction

from reports.summaries.models import TallyCheck

logger = logging.getLogger(__name__)

STANDING = ("active", "verified", "overdue")
HAPPENING = ("arrived", "ended", "extended", "letters")
# Of delivered services by the day on which they were told, and of corrections.
ANSWERING = (
    *("told", "confirmed", "corrected", "answer_hours"),
    *("corrections", "settled", "settle_hours"),
)
KEYS = (*STANDING, *HAPPENING, *ANSWERING)
_COLUMNS = ", ".join(KEYS)

Figures = dict[str, int]
Totals = dict[tuple[str, date], Figures]

# Whole years, then whole months, then days, and what was not folded yet. One statement: between
# two, changes might be folded and be counted twice or never.
_TOTALS = f"""
SELECT code, asked.day, {", ".join(f"sum({one})::bigint" for one in KEYS)}
FROM unnest(%(days)s::date[]) AS asked (day)
CROSS JOIN LATERAL (
    SELECT code, {_COLUMNS} FROM reports_tally
    WHERE code = ANY (%(codes)s) AND span = 'y' AND starts < date_trunc('year', asked.day)
    UNION ALL
    SELECT code, {_COLUMNS} FROM reports_tally
    WHERE code = ANY (%(codes)s) AND span = 'm'
        AND starts >= date_trunc('year', asked.day) AND starts < date_trunc('month', asked.day)
    UNION ALL
    SELECT code, {_COLUMNS} FROM reports_tally
    WHERE code = ANY (%(codes)s) AND span = 'd'
        AND starts >= date_trunc('month', asked.day) AND starts <= asked.day
    UNION ALL
    SELECT left(area_id, %(length)s), {_COLUMNS}
    FROM reports_tallychange
    WHERE left(area_id, %(length)s) = ANY (%(codes)s) AND day <= asked.day
) AS part
GROUP BY 1, 2
"""


def totals_at(codes: Iterable[str], days: Iterable[date]) -> Totals:
    """Of each of *codes*, areas of one level, and each of *days*: all that had come by then.

    Exact at any moment. Of what stands (``STANDING``) that is the figure; of what happens
    (``HAPPENING``, ``ANSWERING``) it is the difference between two days.
    """
    wanted, asked = list(codes), list(dict.fromkeys(days))
    totals = {(code, day): dict.fromkeys(KEYS, 0) for code in wanted for day in asked}
    told: dict[str, Any] = {"codes": wanted, "days": asked, "length": len(wanted[0])}
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, told)
        for code, day, *numbers in cursor.fetchall():
            totals[code, day] = dict(zip(KEYS, numbers, strict=True))
    return totals


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


def _number_of(statement: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return int(cursor.fetchone()[0])
