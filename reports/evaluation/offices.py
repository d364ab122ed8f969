"""Who holds the offices, who of them uses WaCAT, and which accounts were issued and closed."""

from __future__ import annotations

from collections.abc import Sequence

from accounts.rules import Role
from reports.evaluation.asked import counted, roles
from reports.evaluation.measures import Counts
from reports.summaries.periods import Period

# The users that the regulation knows (Pasal 4).
USERS = (Role.KETUA_RT, Role.LURAH)
# Logins are looked up for each office: a user has few, a city has millions.
_USAGE = """
WITH office AS (
    SELECT asked.code, post.starts, post.until, post.user_id,
        post.starts <= %(last)s AND (post.until IS NULL OR post.until > %(last)s) AS holds
    FROM unnest(%(codes)s::text[]) AS asked (code)
    JOIN accounts_post AS post ON left(post.area_id, length(asked.code)) = asked.code
    WHERE post.role = ANY (%(roles)s)
        AND post.starts <= %(last)s AND (post.until IS NULL OR post.until > %(first)s)
),
used AS (
    SELECT office.code, office.holds, (
        SELECT count(*) FROM accounts_signin AS login
        WHERE login.user_id = office.user_id AND login.succeeded
            AND login.at >= %(begin)s AND login.at < %(end)s
            AND (login.at AT TIME ZONE %(zone)s)::date >= office.starts
            AND (office.until IS NULL OR (login.at AT TIME ZONE %(zone)s)::date < office.until)
    ) AS logins
    FROM office
)
SELECT code, count(*) FILTER (WHERE holds), count(*) FILTER (WHERE holds AND logins > 0),
    coalesce(sum(logins), 0)
FROM used GROUP BY code
"""
_ACCOUNTS = """
WITH issued AS (
    SELECT asked.code, count(*) AS times
    FROM accounts_proposalstep AS step
    JOIN accounts_proposal AS proposal ON proposal.id = step.subject_id
    JOIN unnest(%(codes)s::text[]) AS asked (code)
        ON left(proposal.area_id, length(asked.code)) = asked.code
    WHERE step.name = 'issue' AND step.at >= %(begin)s AND step.at < %(end)s
        AND proposal.role = ANY (%(roles)s)
    GROUP BY 1
),
closed AS (
    SELECT asked.code, count(DISTINCT step.id) AS times
    FROM accounts_accountstep AS step
    JOIN accounts_post AS post ON post.user_id = step.subject_id
        AND post.role = ANY (%(roles)s)
        AND post.starts <= (step.at AT TIME ZONE %(zone)s)::date
        AND (post.until IS NULL OR post.until >= (step.at AT TIME ZONE %(zone)s)::date)
    JOIN unnest(%(codes)s::text[]) AS asked (code)
        ON left(post.area_id, length(asked.code)) = asked.code
    WHERE step.name = 'close' AND step.at >= %(begin)s AND step.at < %(end)s
    GROUP BY 1
)
SELECT code, coalesce(issued.times, 0), coalesce(closed.times, 0)
FROM issued FULL JOIN closed USING (code)
"""


def usage(codes: Sequence[str], period: Period) -> dict[str, Counts]:
    """``holders`` on the last day, the ``users`` among them, and all ``logins`` in office."""
    return counted(_USAGE, ("holders", "users", "logins"), codes, period, roles=roles(USERS))


def accounts(codes: Sequence[str], period: Period) -> dict[str, Counts]:
    """Accounts ``issued`` for an office, and ``closed`` while (or as) their office lasted."""
    return counted(_ACCOUNTS, ("issued", "closed"), codes, period, roles=roles(USERS))
