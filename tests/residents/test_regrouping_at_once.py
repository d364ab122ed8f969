"""Merging while others are at work on the same people: nobody is lost, nobody waits for ever."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import sleep
from uuid import uuid4

import pytest
from django.db import transaction
from django.http import Http404

from accounts.areas import changing
from accounts.areas.changing import Order
from accounts.areas.models import AreaChange
from accounts.rules import Role
from reports.letters.requesting import ask
from residents.registry.codes import EndReason
from residents.registry.models import Resident
from residents.registry.spans import Placement, StayPeriod
from residents.registry.workflow import WORKFLOW as RESIDENTS
from residents.registry.workflow import report
from residents.regrouping.moving import merge_rts
from tests import factories
from tests.accounts.areas_changed import area, days_ago, order, post
from tests.factories import KELURAHAN, RT, SIBLING_RT, client_of
from tests.residents.at_once import at_once
from wacat.workflow import Move, WrongState

pytestmark = pytest.mark.usefixtures("committed_db")


def merging(one: Order) -> Callable[[], str]:
    def job() -> str:
        merge_rts(area(RT), area(SIBLING_RT), one)
        return "merged"

    return job


def all_lie_where_their_last_placement_is() -> bool:
    return all(
        resident.area_id == resident.placements.order_by("starts", "pk").last().area_id
        for resident in Resident.objects.all()
    )


def test_reports_and_requests_for_letters_go_through_before_or_after() -> None:
    """Drafts are reported and letters asked for by people of the RT while it is merged."""
    head = factories.holder(Role.KETUA_RT, RT)
    staff = factories.holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    drafts = [factories.draft(RT) for _ in range(6)]
    people = [factories.reported(RT) for _ in range(6)]

    def reporting(pk: int) -> Callable[[], str]:
        def job() -> str:
            try:
                report(pk, Move(head))
            except Http404:  # no longer the head's: the merge came first
                report(pk, Move(staff))
            return "reported"

        return job

    def asking(resident: Resident) -> Callable[[], str]:
        return lambda: str(ask(staff, resident, [], "Uji").pk and "asked")

    jobs = [reporting(one.pk) for one in drafts] + [asking(one) for one in people]
    results = at_once(merging(order()), *jobs)
    assert results == ["merged", *["reported"] * 6, *["asked"] * 6]
    assert set(Resident.objects.values_list("area", "status")) == {(SIBLING_RT, "reported")}
    assert StayPeriod.objects.count() == 12
    assert all_lie_where_their_last_placement_is()


def test_who_is_being_ended_is_not_moved_on() -> None:
    """The merge waits for it, and then finds somebody who has left."""
    resident, one, ended = factories.reported(RT), order(days_ago(3)), Event()
    head = factories.holder(Role.KETUA_RT, RT)

    def ending() -> str:
        with transaction.atomic():
            day = {"date": days_ago(5), "end_reason": EndReason.LEFT}
            RESIDENTS.advance(resident.pk, "end", Move(head, day))
            ended.set()
            sleep(0.5)  # for the merge to begin
        return "ended"

    def merging_meanwhile() -> str:
        ended.wait(10)
        return merging(one)()

    assert at_once(ending, merging_meanwhile) == ["ended", "merged"]
    [place] = Placement.objects.filter(resident=resident)
    assert (place.area_id, place.until) == (RT, days_ago(5))


def test_two_of_the_same_form_are_one_merge() -> None:
    resident = factories.reported(RT)
    order()
    user = factories.holder(Role.ADMINISTRATOR, factories.CITY_CODE)
    key = str(uuid4())

    def press() -> int:
        return int(post(client_of(user), RT, "gabung", into=SIBLING_RT, key=key).status_code)

    assert at_once(press, press, press) == [302, 302, 302]
    assert AreaChange.objects.count() == 1
    assert Placement.objects.filter(resident=resident).count() == 2


def test_of_two_that_merge_into_each_other_one_is_refused() -> None:
    factories.reported(RT)
    factories.reported(SIBLING_RT)
    orders = [order(), order()]

    def into(there: str, here: str, one: Order) -> Callable[[], str]:
        def job() -> str:
            try:
                merge_rts(area(there), area(here), one)
            except Exception as error:
                return type(error).__name__
            return "merged"

        return job

    results = at_once(into(RT, SIBLING_RT, orders[0]), into(SIBLING_RT, RT, orders[1]))
    assert sorted(results) == ["InputMissing", "merged"]
    [there] = set(Resident.objects.values_list("area", flat=True))
    assert area(there).state == "active"
    assert all_lie_where_their_last_placement_is()


def test_two_new_rts_get_two_codes() -> None:
    orders = [order() for _ in range(4)]

    def creating(number: int) -> Callable[[], str]:
        def job() -> str:
            with transaction.atomic():
                change = changing.create(area(KELURAHAN), f"{number:03}", orders[number - 11])
            return str(change.area_id)

        return job

    codes = at_once(*(creating(number) for number in range(11, 15)))
    assert sorted(codes) == [f"{KELURAHAN}.00{serial}" for serial in (3, 4, 5, 6)]


def test_of_two_who_freeze_one_is_refused() -> None:
    orders = [order(), order()]

    def freezing(one: Order) -> Callable[[], str]:
        def job() -> str:
            try:
                changing.freeze(area(RT), one)
            except WrongState:
                return "refused"
            return "frozen"

        return job

    assert sorted(at_once(*(freezing(one) for one in orders))) == ["frozen", "refused"]
