"""Sums that figures are read from, kept by the database as rows are written (migration 0002).

A change is noted in the transaction that makes it, and read from then on; it is folded into the
sums of days, months and years a little later, so that writers never wait for one another.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import date

from django.db import connection, transaction

from reports.summaries.models import TallyCheck

logger = logging.getLogger(__name__)

STANDING = ("active", "verified", "overdue")
HAPPENING = ("arrived", "ended", "extended", "letters")
# Residents by the day of their report.
REPORTING = ("reports",)
# Of delivered services by the day on which they were told, and of corrections.
ANSWERING = (
    *("told", "confirmed", "corrected", "answer_hours"),
    *("corrections", "settled", "settle_hours"),
)
KEYS = (*STANDING, *HAPPENING, *REPORTING, *ANSWERING)

Figures = dict[str, int]
Totals = dict[tuple[str, date], Figures]


def totals_at(codes: Iterable[str], days: Iterable[date]) -> Totals:
    """Of each of *codes*, of whatever areas, and each of *days*: all that had come by then.

    Exact at any moment. Of what stands (``STANDING``) that is the figure; of what happens
    (all others) it is the difference between two days.
    """
    wanted, asked = list(codes), list(dict.fromkeys(days))
    totals = {(code, day): dict.fromkeys(KEYS, 0) for code in wanted for day in asked}
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reports_totals_at(%s, %s)", [wanted, asked])
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
