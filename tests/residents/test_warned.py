"""What is said of a record before it is reported, verified or put on a letter: only what is so."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from residents.registry.models import Resident
from residents.registry.stays import a_year_after
from residents.registry.warnings import warnings_of
from tests import factories
from tests.residents.pages import ketua_rt, lurah, shown
from wacat.clock import today

pytestmark = pytest.mark.django_db
LONG = "Sudah tinggal lebih dari satu tahun"
ONE = timedelta(days=1)


def _a_year_ago() -> date:
    """The latest day of arrival since which a whole year has passed."""
    day = today() - timedelta(days=366)
    return day if a_year_after(day) == today() else day + ONE


def _here_since(day: date) -> Resident:
    return factories.reported(arrived_on=day, stays_until=today() + timedelta(days=300))


def _told(resident: Resident) -> str:
    return shown(ketua_rt().get(f"/warga/{resident.pk}/"))


def test_a_year_is_over_only_when_it_has_been_lived() -> None:
    assert LONG in _told(_here_since(_a_year_ago() - ONE))
    assert LONG not in _told(_here_since(_a_year_ago()))


def test_who_plans_to_stay_beyond_a_year_is_not_said_to_have_done_so() -> None:
    planned = _here_since(today() - timedelta(days=200))
    assert planned.stays_until > a_year_after(planned.arrived_on)
    text = _told(planned)
    assert LONG not in text
    assert "Mohon diperiksa" not in text


def test_a_plan_keeps_nobody_from_being_issued_with_the_others() -> None:
    planned = factories.letter_ready(_here_since(today() - timedelta(days=200)))
    lived = factories.letter_ready(_here_since(_a_year_ago() - ONE))
    page = lurah().get("/surat/siap/").content.decode()
    assert f'id="letter-{planned.pk}" checked' in page
    assert f'id="letter-{lived.pk}" checked' not in page
    assert f'id="letter-{lived.pk}"' in page


def test_the_year_of_who_has_left_is_the_one_they_lived_here() -> None:
    since = today() - timedelta(days=420)
    short = factories.ended(on=today() - timedelta(days=200), arrived_on=since)
    long = factories.ended(on=today() - ONE, arrived_on=since)
    assert LONG not in " ".join(warnings_of(short))
    assert LONG in " ".join(warnings_of(long))
