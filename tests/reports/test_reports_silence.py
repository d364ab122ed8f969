"""Who did not report: of each deed whether it speaks for the RT, by whom, where and when."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.areas.models import Area, AreaPeriod
from accounts.rules import Role
from reports.letters.models import LetterStep
from reports.letters.workflow import WORKFLOW as LETTERS
from reports.summaries.periods import Period
from reports.summaries.report_silence import TELLING, silence_in
from residents.registry.models import Resident, ResidentStep
from residents.registry.workflow import WORKFLOW as RESIDENTS
from tests import factories
from tests.factories import (
    CITY_CODE,
    FOREIGN_RT,
    KECAMATAN,
    KELURAHAN,
    RT,
    SIBLING_RT,
    holder,
    on_day,
)

pytestmark = pytest.mark.django_db
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
NOON = datetime(2026, 10, 15, 4, tzinfo=UTC)
# Of the registration's transitions those that no RT takes, or that tell of no stay.
OTHERS = {
    "return": "the operator's",
    "verify": "the operator's",
    "amend": "a verified record opened again; what follows is a report",
    "receive": "the Lurah's",
    "admit": "the operator's",
    "relocate": "the operator's",
    "unreceive": "the operator's",
    "restore": "the operator's",
    "restore_end": "the operator's",
    "merge": "says that a report was one too many",
    "discard": "a draft thrown away",
}


def silent(area: str = KELURAHAN, period: Period = OCTOBER) -> set[str]:
    return {name for one in silence_in(Area.objects.get(pk=area), period) for name in one.named}


def taken(name: str, actor: Any, resident: Resident | None = None, at: datetime = NOON) -> None:
    """A step as the workflow records it, of somebody who lived in RT long before."""
    if resident is None:
        with on_day(date(2026, 8, 1)):
            resident = factories.draft(RT, arrived_on=date(2026, 8, 1))
    ResidentStep.objects.create(
        subject=resident, name=name, source="draft", target="reported", actor=actor, at=at
    )


@pytest.fixture(autouse=True)
def posts() -> None:
    """Those who act hold their posts since long ago."""
    factories.load_areas()
    with on_day(date(2026, 1, 5)):
        holder(Role.KETUA_RT, RT)
        holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
        holder(Role.OPERATOR, CITY_CODE)
        holder(Role.LURAH, KELURAHAN)


def head() -> Any:
    return holder(Role.KETUA_RT, RT)


def test_the_table_of_deeds_is_that_of_the_workflow() -> None:
    assert set(TELLING) | set(OTHERS) == set(RESIDENTS.transitions)
    assert "introduce" in LETTERS.transitions


def test_without_any_deed_every_active_rt_is_silent() -> None:
    assert {"001", "002"} <= silent()


@pytest.mark.parametrize("name", TELLING)
@pytest.mark.parametrize("role", [Role.KETUA_RT, Role.PETUGAS_KELURAHAN])
def test_each_deed_of_the_head_or_the_staff_speaks_for_the_rt(name: str, role: Role) -> None:
    taken(name, holder(role, factories.area_for(role)))
    assert "001" not in silent()
    assert "002" in silent()


@pytest.mark.parametrize("name", OTHERS)
def test_other_deeds_speak_for_nobody(name: str) -> None:
    taken(name, head())
    assert "001" in silent()


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.LURAH, None])
def test_a_report_by_others_speaks_for_nobody(role: Role | None) -> None:
    taken("report", role and holder(role, factories.area_for(role)))
    assert "001" in silent()


def test_the_head_of_another_rt_speaks_for_nobody_here() -> None:
    with on_day(date(2026, 1, 5)):
        stranger = holder(Role.KETUA_RT, FOREIGN_RT)
    taken("report", stranger)
    assert "001" in silent()


@pytest.mark.parametrize(
    ("at", "speaks"),
    [
        (datetime(2026, 9, 30, 15, 59, tzinfo=UTC), False),
        (datetime(2026, 9, 30, 16, 0, tzinfo=UTC), True),  # midnight in Balikpapan
        (datetime(2026, 10, 31, 15, 59, tzinfo=UTC), True),
        (datetime(2026, 10, 31, 16, 0, tzinfo=UTC), False),
    ],
)
def test_days_are_those_of_balikpapan(at: datetime, speaks: bool) -> None:
    taken("report", head(), at=at)
    assert ("001" not in silent()) is speaks


def test_a_deed_belongs_where_the_person_was_placed_on_that_day() -> None:
    with on_day(date(2026, 8, 1)):
        resident = factories.reported(RT, arrived_on=date(2026, 8, 1))
    staff = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    taken("extend", staff, resident)
    factories.move(resident, SIBLING_RT, date(2026, 10, 20))
    assert ("001" in silent(), "002" in silent()) == (False, True)
    taken("extend", staff, resident, NOON + timedelta(days=10))
    assert ("001" in silent(), "002" in silent()) == (False, False)


def test_who_held_the_post_then_counts_not_who_holds_it_now() -> None:
    late = holder(Role.KETUA_RT, SIBLING_RT)
    late.posts.update(starts=date(2026, 11, 2))
    with on_day(date(2026, 8, 1)):
        there = factories.draft(SIBLING_RT, arrived_on=date(2026, 8, 1))
    taken("report", late, there)
    assert "002" in silent()
    early = head()
    early.posts.update(until=date(2026, 11, 5), ending="ended", end_note="Selesai.")
    taken("report", early)
    assert "001" not in silent()


def test_an_introduced_letter_speaks_and_an_issued_one_does_not() -> None:
    with on_day(date(2026, 8, 1)):
        letter = factories.letter_ready(factories.reported(RT, arrived_on=date(2026, 8, 1)))
    for name, is_silent in (("issue", True), ("introduce", False)):
        LetterStep.objects.create(
            subject=letter, name=name, source="requested", target="ready", actor=head(), at=NOON
        )
        assert ("001" in silent()) is is_silent


def test_frozen_and_merged_ones_and_those_that_began_later_are_not_asked() -> None:
    day = date(2026, 10, 15)
    for code, state in ((RT, "frozen"), (SIBLING_RT, "merged")):
        AreaPeriod.objects.filter(area=code).update(until=day)
        AreaPeriod.objects.create(area_id=code, starts=day, name=code[-3:], state=state)
    assert not {"001", "002"} & silent()
    assert {"001", "002"} <= silent(period=Period(date(2026, 9, 1), date(2026, 9, 30)))


def test_rts_are_named_to_their_kelurahan_few_to_the_kecamatan_and_counted_for_the_city() -> None:
    told = {
        area: next(
            one for one in silence_in(Area.objects.get(pk=area), OCTOBER) if one.code == KELURAHAN
        )
        for area in (KELURAHAN, KECAMATAN, CITY_CODE)
    }
    assert len({(one.active, one.silent) for one in told.values()}) == 1
    assert len(told[KELURAHAN].named) == told[KELURAHAN].silent > 1
    assert told[CITY_CODE].named == ()
    few = told[KELURAHAN].silent <= 12
    assert bool(told[KECAMATAN].named) is few


def test_all_rts_of_the_city_cost_two_queries() -> None:
    taken("report", head())
    with CaptureQueriesContext(connection) as asked:
        silence_in(Area.objects.get(pk=CITY_CODE), OCTOBER)
    assert len(asked) == 3  # the city itself, its kelurahan, and all of its RTs
