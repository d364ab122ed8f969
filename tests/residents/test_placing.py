"""Moves are kept as they were told, whatever is said of the stay around them, and unsaid again."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.areas.loading import SINCE, rt
from accounts.areas.models import AreaPeriod
from residents.registry.models import Resident
from residents.registry.placing import lay, place, place_in
from residents.registry.spans import Placement
from residents.registry.workflow import WORKFLOW
from residents.regrouping.moving import merge_rts
from tests import factories
from tests.accounts.areas_changed import area, days_ago, order
from tests.factories import KELURAHAN, RT, SIBLING_RT
from tests.residents.pages import beside, petugas, typed
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
STAY = {"arrived_on": days_ago(60), "stays_until": days_ago(-200)}
AREAS = (RT, SIBLING_RT)
LATER = "Sudah ada kepindahan sejak"


def places(resident: Resident) -> list[tuple[str, date, date | None]]:
    rows = Placement.objects.lived().filter(resident=resident).order_by("starts")
    return list(rows.values_list("area", "starts", "until"))


def advance(resident: Resident, name: str, **data: Any) -> None:
    actor = factories.holder("petugas_kelurahan", KELURAHAN)
    told = {"end_reason": 1, "reason": "Begitu.", "address": "Jl. Contoh Baru 9", **data}
    WORKFLOW.advance(resident.pk, name, Move(actor, told))
    resident.refresh_from_db()


def moved(on: date) -> Resident:
    resident = factories.reported(RT, **STAY)
    advance(resident, "move", date=on, area=SIBLING_RT)
    return resident


def test_an_end_before_a_move_that_is_taken_back_gives_the_move_back() -> None:
    resident = moved(days_ago(20))
    before = places(resident)
    advance(resident, "end", date=days_ago(30))
    assert places(resident) == [(RT, days_ago(60), days_ago(30))]
    advance(resident, "reopen")
    assert places(resident) == before
    assert resident.area_id == SIBLING_RT


def test_an_end_is_corrected_to_before_a_move_and_to_after_it_again() -> None:
    resident = moved(days_ago(20))
    advance(resident, "end", date=days_ago(5))
    advance(resident, "correct_end", date=days_ago(30))
    assert places(resident) == [(RT, days_ago(60), days_ago(30))]
    advance(resident, "correct_end", date=days_ago(7))
    assert places(resident) == [
        (RT, days_ago(60), days_ago(20)),
        (SIBLING_RT, days_ago(20), days_ago(7)),
    ]


def test_an_end_on_the_day_of_arrival_leaves_one_place_without_a_day() -> None:
    resident = moved(days_ago(20))
    advance(resident, "end", date=days_ago(60))
    assert places(resident) == [(RT, days_ago(60), days_ago(60))]


@pytest.mark.parametrize("ago", [20, 19, 3])
def test_nobody_arrives_after_having_moved(ago: int) -> None:
    resident = moved(days_ago(20))
    before = places(resident)
    client = petugas()
    address = f"/warga/{resident.pk}/ubah/"
    page = client.get(address)
    form = {name: typed(page, name) for name in ("full_name", "nik", "stays_until", "purpose")}
    answer = client.post(
        address,
        {**form, "address": "Jl. Contoh Baru 9", "arrived_on": days_ago(ago).isoformat()},
    )
    assert answer.status_code == 422
    assert LATER in beside(answer, "arrived_on")
    assert places(resident) == before


def test_an_arrival_put_after_a_merge_of_rts_and_back() -> None:
    resident = factories.reported(RT, **STAY)
    merge_rts(area(RT), area(SIBLING_RT), order(days_ago(20)))
    resident.refresh_from_db()
    before = places(resident)
    for day, expected in (
        (days_ago(10), [(SIBLING_RT, days_ago(10), None)]),
        (days_ago(60), before),
    ):
        resident.arrived_on = day
        resident.save()
        place(resident)
        assert places(resident) == expected


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    moves=st.sets(st.integers(1, 30), max_size=4),
    stays=st.lists(
        st.tuples(st.integers(0, 30), st.none() | st.integers(0, 12)), min_size=1, max_size=4
    ),
)
def test_of_any_stay_each_day_lies_where_the_moves_say(
    moves: set[int], stays: list[tuple[int, int | None]], db: None
) -> None:
    """Whatever arrivals and ends are said one after another; and the last stay is the open one."""
    begin = days_ago(50)
    resident = factories.draft(RT, arrived_on=begin)
    told = {begin + timedelta(days=number): AREAS[number % 2] for number in sorted(moves)}
    for day, there in told.items():
        place_in([resident], there, day)
    for arrived, length in [*stays, (0, None)]:
        resident.arrived_on = begin + timedelta(days=arrived)
        stay_of = timedelta(days=length or 0)
        resident.ended_on = None if length is None else resident.arrived_on + stay_of
        lay([resident])
        found = places(resident)
        assert (found[0][1], found[-1][2]) == (resident.arrived_on, resident.ended_on)
        for ago in range(51):
            assert lived(found, days_ago(ago)) == said(resident, told, days_ago(ago))


def lived(found: list[tuple[str, date, date | None]], day: date) -> list[str]:
    return [there for there, starts, until in found if starts <= day and (not until or day < until)]


def said(resident: Resident, told: dict[date, str], day: date) -> list[str]:
    if day < resident.arrived_on or (resident.ended_on and day >= resident.ended_on):
        return []
    return [[RT, *(there for since, there in told.items() if since <= day)][-1]]


def merged(old: str, into: str, ago: int) -> None:
    merge_rts(area(old), area(into), order(days_ago(ago)))


def test_days_after_an_end_was_put_off_lie_in_the_rt_that_theirs_was_merged_into() -> None:
    resident = factories.reported(RT, **STAY)
    advance(resident, "end", date=days_ago(30))
    merged(RT, SIBLING_RT, 10)
    resident.refresh_from_db()
    assert (resident.area_id, places(resident)) == (RT, [(RT, days_ago(60), days_ago(30))])
    advance(resident, "correct_end", date=days_ago(11))
    assert (resident.area_id, places(resident)) == (RT, [(RT, days_ago(60), days_ago(11))])
    advance(resident, "correct_end", date=days_ago(5))
    assert places(resident) == [
        (RT, days_ago(60), days_ago(10)),
        (SIBLING_RT, days_ago(10), days_ago(5)),
    ]
    assert resident.area_id == SIBLING_RT


def test_an_rt_merged_before_the_last_move_is_followed_as_well() -> None:
    resident = factories.reported(RT, **STAY)
    advance(resident, "move", date=days_ago(20), area=SIBLING_RT)
    advance(resident, "end", date=days_ago(30))
    third = a_third_rt()
    merged(RT, third, 25)
    advance(resident, "reopen")
    assert places(resident) == [
        (RT, days_ago(60), days_ago(25)),
        (third, days_ago(25), days_ago(20)),
        (SIBLING_RT, days_ago(20), None),
    ]


def test_a_move_on_a_corrected_day_of_arrival_forgets_no_merge() -> None:
    resident = factories.reported(RT, **STAY)
    third = a_third_rt()
    merged(RT, SIBLING_RT, 20)
    resident.refresh_from_db()
    for day, move in ((days_ago(10), True), (days_ago(60), False)):
        resident.arrived_on = day
        resident.save()
        place(resident)
        if move:
            advance(resident, "move", date=day, area=third)
    assert places(resident) == [
        (RT, days_ago(60), days_ago(20)),
        (SIBLING_RT, days_ago(20), days_ago(10)),
        (third, days_ago(10), None),
    ]


def a_third_rt() -> str:
    made = rt(KELURAHAN, 3)
    made.save(force_insert=True)
    AreaPeriod.objects.create(area=made, starts=SINCE, name=made.name)
    return made.code


def test_an_end_that_is_restored_lies_in_the_rt_of_that_day() -> None:
    resident = factories.reported(RT, **STAY)
    advance(resident, "end", date=days_ago(5))
    WORKFLOW.advance(resident.pk, "relocate", Move(None, {"date": days_ago(30), "end_reason": 4}))
    merged(RT, SIBLING_RT, 10)
    told = {"date": days_ago(5), "end_reason": 1}
    WORKFLOW.advance(resident.pk, "restore_end", Move(None, told))
    assert places(resident) == [
        (RT, days_ago(60), days_ago(10)),
        (SIBLING_RT, days_ago(10), days_ago(5)),
    ]
