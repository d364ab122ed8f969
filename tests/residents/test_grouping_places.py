"""Wherever people move, leave and come back: at each day they live in exactly one place."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from reports.summaries.figures import figures_in
from reports.summaries.periods import year_to
from residents.registry.models import Resident
from residents.registry.placing import place_in
from residents.registry.spans import Placement, StayPeriod
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.factories import KELURAHAN, RT, SIBLING_RT
from wacat.clock import today
from wacat.workflow import InputMissing, Move, WrongState

pytestmark = pytest.mark.django_db
ARRIVED = 30  # days ago, as the factories have it
Place = tuple[str, date, date | None]


def days_ago(days: int) -> date:
    return today() - timedelta(days=days)


def staff() -> Any:
    return factories.holder("petugas_kelurahan", KELURAHAN)


def move(people: list[Resident], area: str, day: date) -> None:
    data = {"date": day, "area": area, "address": "Jl. Baru 9", "reason": "Ke rumah lain."}
    WORKFLOW.advance_many([one.pk for one in people], "move", Move(staff(), data))


def places(resident: Resident) -> list[Place]:
    rows = Placement.objects.lived().filter(resident=resident).order_by("starts", "pk")
    return list(rows.values_list("area", "starts", "until"))


def test_a_move_on_the_day_of_arrival_replaces_the_first_place() -> None:
    resident = factories.reported(RT)
    move([resident], SIBLING_RT, resident.arrived_on)
    assert places(resident) == [(SIBLING_RT, resident.arrived_on, None)]


def test_of_two_moves_on_one_day_the_second_counts() -> None:
    resident = factories.reported(RT)
    move([resident], SIBLING_RT, days_ago(5))
    move([resident], RT, days_ago(5))
    assert places(resident) == [
        (RT, resident.arrived_on, days_ago(5)),
        (RT, days_ago(5), None),
    ]


def test_somebody_moves_back() -> None:
    resident = factories.reported(RT)
    move([resident], SIBLING_RT, days_ago(9))
    move([resident], RT, days_ago(4))
    assert places(resident) == [
        (RT, resident.arrived_on, days_ago(9)),
        (SIBLING_RT, days_ago(9), days_ago(4)),
        (RT, days_ago(4), None),
    ]


@pytest.mark.parametrize("area", [RT, SIBLING_RT])
def test_a_move_before_an_earlier_one_is_refused_for_all(area: str) -> None:
    first, second = factories.reported(RT), factories.reported(RT)
    move([second], SIBLING_RT, days_ago(4))
    with pytest.raises(InputMissing) as refused:
        move([first, second], area, days_ago(9))
    assert "Sudah ada kepindahan sejak" in refused.value.errors["date"]
    assert places(first) == [(RT, first.arrived_on, None)]
    assert len(places(second)) == 2


def test_a_move_dated_before_an_extension_leaves_the_periods_alone() -> None:
    resident = factories.overdue(RT)
    data = {"date": today() + timedelta(days=60)}
    WORKFLOW.advance(resident.pk, "extend", Move(staff(), data))
    periods = list(StayPeriod.objects.values_list("starts", "until"))
    move([resident], SIBLING_RT, days_ago(20))
    assert list(StayPeriod.objects.values_list("starts", "until")) == periods
    assert places(resident)[-1] == (SIBLING_RT, days_ago(20), None)


def test_who_left_before_a_recorded_move_comes_back_with_the_move() -> None:
    resident = factories.reported(RT)
    move([resident], SIBLING_RT, days_ago(3))
    data = {"date": days_ago(8), "end_reason": 1}
    WORKFLOW.advance(resident.pk, "end", Move(staff(), data))
    assert places(resident) == [(RT, resident.arrived_on, days_ago(8))]
    WORKFLOW.advance(resident.pk, "reopen", Move(staff()))
    assert places(resident) == [
        (RT, resident.arrived_on, days_ago(3)),
        (SIBLING_RT, days_ago(3), None),
    ]


def test_settling_in_asks_no_more_for_many(django_assert_num_queries: Any) -> None:
    for count in (1, 8):
        people = [factories.reported(RT) for _ in range(count)]
        with django_assert_num_queries(6):
            place_in(people, SIBLING_RT, days_ago(3))


DEEDS = st.lists(
    st.one_of(
        st.tuples(
            st.just("move"),
            st.sampled_from([RT, SIBLING_RT]),
            st.integers(0, ARRIVED + 2),
            st.integers(1, 3),
        ),
        st.tuples(st.just("end"), st.just(RT), st.integers(0, ARRIVED), st.integers(1, 3)),
        st.tuples(st.just("reopen"), st.just(RT), st.just(0), st.integers(1, 3)),
    ),
    max_size=7,
)


def done(people: list[Resident], deed: tuple[str, str, int, int]) -> None:
    """The deed on some of the people; what is refused changes nothing."""
    name, area, days, some = deed
    before = [places(one) for one in people]
    try:
        with transaction.atomic():
            if name == "move":
                move(people[:some], area, days_ago(days))
            elif name == "end":
                data = {"date": days_ago(days), "end_reason": 1}
                keys = [one.pk for one in people[-some:]]
                WORKFLOW.advance_many(keys, "end", Move(staff(), data))
            else:
                WORKFLOW.advance(people[some - 1].pk, "reopen", Move(staff()))
    except (InputMissing, WrongState):
        assert [places(one) for one in people] == before


def check(resident: Resident) -> None:
    """One place after the other, from the arrival to today or to the end."""
    lived = places(resident)
    assert lived[0][1] == resident.arrived_on
    assert all(one[2] == other[1] for one, other in pairwise(lived))
    assert lived[-1][2] == resident.ended_on
    if resident.ended_on is None:
        assert lived[-1][0] == resident.area_id


@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(DEEDS)
def test_each_day_counts_everybody_once(deeds: list[tuple[str, str, int, int]]) -> None:
    with transaction.atomic():
        people = [factories.reported(RT) for _ in range(3)]
        for deed in deeds:
            done(people, deed)
        people = [Resident.objects.get(pk=one.pk) for one in people]
        for one in people:
            check(one)
        spans = [year_to(days_ago(days)) for days in range(ARRIVED + 1)]
        for (_, span), figures in figures_in([KELURAHAN], spans).items():
            here = [one for one in people if one.ended_on is None or one.ended_on > span.last]
            assert figures["active"] == len(here)
        transaction.set_rollback(True)
