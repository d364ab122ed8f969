"""A semester's figures for the public: which ones can be told, and the telling."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import tablib

from accounts.areas.models import Area
from accounts.login.models import User
from accounts.rules import Action
from accounts.scope import reach
from reports.summaries.figures import BY_KEY
from reports.summaries.files import book_of, sheet
from reports.summaries.periods import Period, last_semesters, semester_of
from reports.summaries.release_models import Release
from reports.summaries.release_tables import TOLD_FIGURES, tables_of
from wacat.clock import now
from wacat.moment import at_one_moment
from wacat.words import waktu
from wacat.work import perform

SEMESTERS = 4  # so far back one may be told
LEFT_OUT = "–"
WHY_LEFT_OUT = (
    f"{LEFT_OUT} bukan nol: angka di bawah 5 tidak disiarkan, begitu pula angka yang membuatnya "
    "dapat dihitung."
)


def tellable(day: date) -> list[Period]:
    """The semesters that had ended by *day*, the last one first."""
    return last_semesters(SEMESTERS, day)


def told_city(user: User) -> Area:
    """The city that the user tells figures of."""
    city: Area = Area.objects.get(code=reach(user, Action.FIGURES_RELEASE)[0])
    return city


def period_of(release: Release) -> Period:
    return semester_of(release.starts)


def begin(user: User, period: Period) -> tuple[Release, bool]:
    """The release of the semester, and whether it is a new one, to be built by a worker."""
    return Release.objects.get_or_create(
        area=told_city(user), starts=period.first, defaults={"asked_by": user}
    )


def build_release(pk: int) -> bool:
    """Count and leave out, as of one moment; True when it was done by this call."""
    known_at = now()
    with at_one_moment():
        return perform(Release, pk, lambda release: _build(release, known_at))


def _build(release: Release, known_at: datetime) -> None:
    release.known_at = known_at
    release.tables = tables_of(release.area, period_of(release))


def xlsx_of(release: Release) -> bytes:
    """The tables as told, a sheet each, and what they mean."""
    return book_of([*map(_sheet, release.tables or ()), _meanings(release)])


def _sheet(table: dict[str, Any]) -> tablib.Dataset:
    rows = [
        [*row["names"], *(LEFT_OUT if one is None else one for one in row["numbers"])]
        for row in table["rows"]
    ]
    headings = [*table["named"], *table["headings"]]
    return sheet(table["title"].lower(), headings, rows)


def _meanings(release: Release) -> tablib.Dataset:
    rows = [
        ["Semester", str(period_of(release))],
        ["Data diketahui sampai", waktu(release.known_at)],
        *([BY_KEY[key].label, BY_KEY[key].definition] for key in TOLD_FIGURES),
        [LEFT_OUT, WHY_LEFT_OUT],
    ]
    return sheet("arti", ["angka", "arti"], rows)
