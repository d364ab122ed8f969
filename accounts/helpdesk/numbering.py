"""Numbers of tickets, without gaps or doubles: the counter moves with the ticket."""

from __future__ import annotations

from django.db import connection

_TAKE = """
INSERT INTO accounts_ticketcounter AS counter (year, last) VALUES (%s, 1)
ON CONFLICT (year) DO UPDATE SET last = counter.last + 1
RETURNING last
"""


def take(year: int) -> int:
    """The year's next number; others wait for this transaction.

    Raises RuntimeError outside a transaction, where a failure would leave a hole.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("a number is taken only within a transaction")
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [year])
        row = cursor.fetchone()
    return int(row[0])
