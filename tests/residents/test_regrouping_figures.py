"""Figures stay right at every date, whatever is merged when."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from accounts.areas.models import CITY_CODE, Area
from accounts.rules import Role
from reports.summaries.figures import table_of
from reports.summaries.periods import year_to
from residents.registry.models import Resident
from residents.registry.spans import Placement
from residents.regrouping.moving import merge_rts
from tests import factories
from tests.accounts.areas_changed import area, days_ago, order
from tests.factories import KELURAHAN, RT, SIBLING_RT
from tests.house.histories import FIRST, SPAN, Life, Paper, histories
from tests.house.recount import Recount

pytestmark = pytest.mark.django_db
LAST = FIRST + timedelta(days=SPAN + 60)
Figures = dict[str, dict[str, int]]


def of_the_kelurahan(day: date) -> Figures:
    """Of the kelurahan and its RTs, by code."""
    return {row.area.code: row.figures for row in table_of(area(KELURAHAN), year_to(day)).rows}


def test_before_the_day_nothing_changes_and_from_it_on_they_count_in_the_other() -> None:
    for there in (RT, SIBLING_RT):
        for make in (factories.reported, factories.verified, factories.overdue, factories.ended):
            make(there)
        for make in (factories.draft, factories.returned, factories.held):
            make(there)
    factories.ended(RT, on=days_ago(12))
    past = [days_ago(days) for days in (100, 31, 30, 12, 8)]
    later = [days_ago(days) for days in (7, 6, 1, 0)]
    before = {day: of_the_kelurahan(day) for day in (*past, *later)}
    merge_rts(area(RT), area(SIBLING_RT), order(days_ago(7)))
    assert {day: of_the_kelurahan(day) for day in past} == {day: before[day] for day in past}
    for day in later:
        now = of_the_kelurahan(day)
        assert now[KELURAHAN] == before[day][KELURAHAN]
        for key in ("active", "verified", "overdue"):
            assert now[RT][key] == 0
            assert now[SIBLING_RT][key] == before[day][RT][key] + before[day][SIBLING_RT][key]
    assert before[days_ago(8)][RT]["active"] > 0


@settings(
    max_examples=12,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow],
)
@given(
    history=histories(),
    merges=st.lists(st.tuples(st.integers(0, SPAN + 30), st.booleans()), min_size=1, max_size=2),
)
def test_any_history_with_merges_is_counted_as_its_definition_reads(
    history: tuple[list[Life], list[Paper], list[date]],
    merges: list[tuple[int, bool]],
) -> None:
    lives, _, days = history
    with transaction.atomic():
        user = factories.holder(Role.OPERATOR, CITY_CODE)
        for life in lives:
            life.store(user)
        for back, onward in merges:
            merged(FIRST + timedelta(days=back), SIBLING_RT if onward else RT)
        recount = Recount()
        telling = {*days, *(FIRST + timedelta(days=back) for back, _ in merges)}
        for code in (CITY_CODE, KELURAHAN, RT, SIBLING_RT):
            for day in telling | {day - timedelta(days=1) for day in telling}:
                for row in table_of(Area.objects.get(code=code), year_to(day)).rows:
                    assert row.figures == recount.of(row.area.code, year_to(day)), (
                        row.area.code,
                        day,
                    )
        nobody_is_in_two_places_or_none()
        transaction.set_rollback(True)


def merged(on: date, there: str) -> None:
    """On that day as today: one of the two RTs into the other, if it has not been already."""
    other = RT if there == SIBLING_RT else SIBLING_RT
    with factories.on_day(on + timedelta(days=1)):
        if area(there).state == area(other).state == "active":
            merge_rts(area(there), area(other), order(on))


def nobody_is_in_two_places_or_none() -> None:
    """A resident's area is that of the last placement; each begins where the one before ends."""
    for resident in Resident.objects.all():
        places = list(Placement.objects.lived().filter(resident=resident).order_by("starts", "pk"))
        assert places[-1].area_id == resident.area_id
        assert places[0].starts == resident.arrived_on
        assert places[-1].until == resident.ended_on
        for one, following in pairwise(places):
            assert one.until == following.starts
