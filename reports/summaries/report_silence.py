"""Who did not report: active RTs in which nothing was entered in a period.

Read from the steps of residents and letters: who took them, where the person was placed on that
day, and when, by the clock of Balikpapan.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from accounts.areas.models import CODE_LENGTH, Area, Level
from accounts.rules import RULES, Action
from reports.summaries.periods import Period
from wacat.drawing.characters import drawable
from wacat.sheets import plain
from wacat.words import WITA

# What somebody who enters people can tell of them; drafts and what others do do not count.
TELLING = ("report", "hold", "extend", "end", "reopen", "correct_end", "correct_stay", "move")
INTRODUCING = "introduce"
NAMED_TO_KECAMATAN = 12
DEFINITION = (
    "RT yang aktif pada hari terakhir, tetapi selama jangka waktu ini Ketua RT maupun petugas "
    "kelurahannya tidak melaporkan, memperpanjang (masih tinggal), mengakhiri, memindahkan atau "
    "membetulkan masa tinggal seorang pun di sana, dan tidak mengantar surat."
)

_STEPS = """
WITH taken AS (
    SELECT place.area_id, step.actor_id, (step.at AT TIME ZONE %(zone)s)::date AS day
    FROM residents_residentstep AS step
    CROSS JOIN LATERAL (
        SELECT area_id FROM residents_placement
        WHERE resident_id = step.subject_id
            AND (since IS NULL OR since <= (step.at AT TIME ZONE %(zone)s)::date)
        ORDER BY since DESC NULLS LAST LIMIT 1
    ) AS place
    WHERE step.at >= %(begin)s AND step.at < %(end)s AND step.name = ANY (%(telling)s)
    UNION ALL
    SELECT letter.area_id, step.actor_id, (step.at AT TIME ZONE %(zone)s)::date
    FROM reports_letterstep AS step JOIN reports_letter AS letter ON letter.id = step.subject_id
    WHERE step.at >= %(begin)s AND step.at < %(end)s AND step.name = %(introducing)s
),
telling AS (
    SELECT DISTINCT taken.area_id FROM taken
    JOIN accounts_post AS post ON post.user_id = taken.actor_id
        AND post.role = ANY (%(roles)s)
        AND left(taken.area_id, length(post.area_id)) = post.area_id
        AND post.starts <= taken.day AND (post.until IS NULL OR post.until >= taken.day)
    WHERE left(taken.area_id, length(%(code)s)) = %(code)s
)
SELECT left(rt.area_id, %(kelurahan)s), rt.name, telling.area_id IS NULL
FROM accounts_areaperiod AS rt
LEFT JOIN telling USING (area_id)
WHERE left(rt.area_id, length(%(code)s)) = %(code)s AND length(rt.area_id) = %(rt)s
    AND rt.state = 'active' AND rt.starts <= %(last)s
    AND (rt.until IS NULL OR rt.until > %(last)s)
ORDER BY rt.area_id
"""


@dataclass(frozen=True)
class Silence:
    """Of a kelurahan: how many active RTs, how many told nothing, and, where told, which."""

    code: str
    name: str
    active: int
    silent: int
    named: tuple[str, ...] = ()


def silence_in(area: Area, period: Period) -> tuple[Silence, ...]:
    """For each kelurahan in *area*, in the order of codes; all RTs by one query."""
    inside = Area.objects.under((area.code,)).filter(level=Level.KELURAHAN).order_by("code")
    found: dict[str, list[tuple[str, bool]]] = {one.code: [] for one in inside}
    with connection.cursor() as cursor:
        cursor.execute(_STEPS, _asked(area, period))
        for kelurahan, number, is_silent in cursor.fetchall():
            found[kelurahan].append((number, is_silent))
    return tuple(_silence(one, found[one.code], area) for one in inside)


def _silence(kelurahan: Area, told: list[tuple[str, bool]], area: Area) -> Silence:
    """RTs are named to their kelurahan, to the kecamatan where they are few, never to the city."""
    silent = tuple(drawable(plain(number)) for number, is_silent in told if is_silent)
    most = {Level.KELURAHAN: len(silent), Level.KECAMATAN: NAMED_TO_KECAMATAN}
    is_named = len(silent) <= most.get(Level(area.level), 0)
    name = drawable(plain(kelurahan.label))
    return Silence(kelurahan.code, name, len(told), len(silent), silent if is_named else ())


def _asked(area: Area, period: Period) -> dict[str, Any]:
    midnight = time(tzinfo=WITA)
    return {
        "zone": settings.TIME_ZONE,
        "begin": datetime.combine(period.first, midnight),
        "end": datetime.combine(period.last + timedelta(days=1), midnight),
        "last": period.last,
        "telling": list(TELLING),
        "introducing": INTRODUCING,
        "roles": [str(role) for role in RULES[Action.RESIDENT_ENTER]],
        "code": area.code,
        "kelurahan": CODE_LENGTH[Level.KELURAHAN],
        "rt": CODE_LENGTH[Level.RT],
    }
