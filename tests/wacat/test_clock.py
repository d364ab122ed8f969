"""The one clock: today is the day in Balikpapan, and can be moved in demo and tests."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils import timezone
from pytest_django import Settings

from tests.house.sources import modules
from wacat import clock


def at(moment: datetime, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timezone, "now", lambda: moment)


@pytest.mark.parametrize(
    ("utc", "day"),
    [
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2026, 12, 31, 23, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
        (datetime(2027, 1, 1, 12, 0, 0, tzinfo=UTC), date(2027, 1, 1)),
    ],
)
def test_the_day_turns_at_midnight_in_balikpapan(
    utc: datetime, day: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(utc, monkeypatch)
    assert clock.today() == day


@pytest.mark.parametrize("days", [-400, -1, 0, 1, 365])
def test_the_offset_moves_moment_and_day(
    days: int, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    noon = datetime(2026, 6, 15, 4, tzinfo=UTC)
    at(noon, monkeypatch)
    settings.CLOCK_OFFSET = timedelta(days=days)
    assert clock.now() == noon + timedelta(days=days)
    assert clock.today() == date(2026, 6, 15) + timedelta(days=days)


def test_moments_carry_their_zone() -> None:
    assert clock.now().tzinfo is not None


def test_nobody_else_asks_what_day_it_is() -> None:
    """Neither Python's nor the database's own idea of today is asked anywhere else."""
    others = re.compile(
        r"date\.today\(|datetime\.now\(|datetime\.utcnow\(|localdate\(\)|"
        r"CURRENT_DATE|current_date|TruncDate\((?!.*tzinfo=WITA)|Now\(\)"
    )
    # The embedded servers' own clocks are no dates of records.
    found = {name for name, path in modules().items() if others.search(path.read_text())}
    assert {name for name in found if not name.startswith("wacat.servers.")} == set()
