"""Problems and complaints (Pasal 8c): how many came, how soon they were answered, how many wait."""

from __future__ import annotations

from collections.abc import Sequence

from reports.evaluation.asked import counted
from reports.evaluation.measures import Counts
from reports.summaries.periods import Period

_TICKETS = """
SELECT asked.code,
    count(*) FILTER (WHERE opened_on >= %(first)s),
    count(first_answered_at) FILTER (WHERE opened_on >= %(first)s),
    coalesce(sum(floor(extract(epoch FROM first_answered_at - opened_at) / 3600))
        FILTER (WHERE opened_on >= %(first)s), 0),
    count(*) FILTER (WHERE settled_on IS NULL OR settled_on > %(last)s)
FROM unnest(%(codes)s::text[]) AS asked (code)
JOIN accounts_ticket ON left(area_id, length(asked.code)) = asked.code
WHERE opened_on <= %(last)s
    AND (opened_on >= %(first)s OR settled_on IS NULL OR settled_on > %(last)s)
GROUP BY 1
"""
_KEYS = ("tickets", "replied", "reply_hours", "tickets_open")


def complaints(codes: Sequence[str], period: Period) -> dict[str, Counts]:
    """``tickets`` that came, those ``replied`` to after ``reply_hours``, and ``tickets_open``."""
    return counted(_TICKETS, _KEYS, codes, period)
