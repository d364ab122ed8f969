"""Families while others change the same people, or their RT, at the same moment.

All lock in one order: the area, then residents by their keys, then the family.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Event
from time import sleep
from typing import Any

import pytest
from django.db import transaction
from django.test import Client

from accounts.areas import changing
from accounts.rules import Role
from residents.families.models import Family
from residents.registry.models import Resident
from residents.regrouping.moving import merge_rts, move_residents
from tests import factories
from tests.accounts.areas_changed import area, order
from tests.factories import FAMILY_KK, KELURAHAN, RT, SIBLING_RT, client_of
from tests.residents.at_once import at_once
from tests.residents.pages import Answer
from wacat.clock import today

pytestmark = pytest.mark.usefixtures("committed_db")
HEAD, WIFE = 1, 3
ROUNDS = 8


def _staff() -> Client:
    return client_of(factories.holder(Role.PETUGAS_KELURAHAN, KELURAHAN))


def _couple(rt: str) -> list[Resident]:
    return [factories.reported(rt, no_kk=FAMILY_KK) for _ in range(2)]


def _arranged(client: Client, one: Resident, relations: dict[Resident, int]) -> Answer:
    form = {f"relation_{who.pk}": relation for who, relation in relations.items()}
    return client.post(f"/warga/{one.pk}/keluarga/", form)


def _founding(client: Client, people: list[Resident]) -> Callable[[], int]:
    relations = dict(zip(people, (HEAD, WIFE), strict=True))
    return lambda: int(_arranged(client, people[0], relations).status_code)


def _together() -> bool:
    """Whether each family lies where its members live."""
    return all(
        one.family is None or one.family.area_id == one.area_id
        for one in Resident.objects.select_related("family")
    )


def test_founding_waits_for_an_rt_that_is_being_merged() -> None:
    client, people, one = _staff(), _couple(RT), order()
    begun = Event()

    def merging() -> int:
        with transaction.atomic():
            changing.merge(area(RT), area(SIBLING_RT), one)
            begun.set()
            sleep(0.7)  # for the founder to come as far as they get
            move_residents(area(RT), area(SIBLING_RT), one.starts)
        return 0

    def founding() -> int:
        begun.wait(10)
        return _founding(client, people)()

    assert at_once(merging, founding) == [0, 409]
    assert not Family.objects.exists()
    assert set(Resident.objects.values_list("area", flat=True)) == {SIBLING_RT}


def test_founding_and_merging_in_any_order() -> None:
    client = _staff()
    for number in range(20, 20 + ROUNDS):
        rt = changing.create(area(KELURAHAN), f"{number:03}", order()).area_id
        people, one = _couple(rt), order()

        def merging(rt: str = rt, one: changing.Order = one) -> int:
            merge_rts(area(rt), area(RT), one)
            return 0

        merged, founded = at_once(merging, _founding(client, people))
        assert (merged, founded in (302, 409)) == (0, True)
        assert _together()
    assert set(Resident.objects.values_list("area", flat=True)) == {RT}


@pytest.mark.parametrize("page", ["resident", "family"])
def test_moving_one_and_arranging_the_others_in_any_order(page: str) -> None:
    """The draft, which the move leaves behind, has the lower key."""
    movers, arrangers = _staff(), client_of(factories.holder(Role.KETUA_RT, RT))
    for _ in range(ROUNDS):
        family = Family.objects.create(area_id=RT)
        child = factories.draft(RT, family=family, family_relation=4)
        head = factories.reported(RT, family=family, family_relation=HEAD)
        to = {"date": today().isoformat(), "area": SIBLING_RT, "address": "Jl. Contoh 3"}
        address = f"/warga/{head.pk}/" if page == "resident" else f"/keluarga/{family.pk}/"
        form: dict[str, Any] = {"action": "move", "resident": [head.pk], **to}

        def moving(address: str = address, form: dict[str, Any] = form) -> int:
            return int(movers.post(address, form).status_code)

        def arranging(child: Resident = child, head: Resident = head) -> int:
            return int(_arranged(arrangers, head, {head: HEAD, child: 4}).status_code)

        moved, arranged = at_once(moving, arranging)
        assert moved == 302
        assert arranged in (302, 404, 409)
        assert _together()


def test_a_move_locks_those_it_leaves_behind_in_the_order_of_keys() -> None:
    """Somebody holds the draft and then wants the head, as all do who change both."""
    client = _staff()
    family = Family.objects.create(area_id=RT)
    child = factories.draft(RT, family=family, family_relation=4)
    head = factories.reported(RT, family=family, family_relation=HEAD)
    held = Event()

    def holding() -> int:
        with transaction.atomic():
            Resident.objects.select_for_update(of=("self",)).get(pk=child.pk)
            held.set()
            sleep(0.7)
            Resident.objects.select_for_update(of=("self",)).get(pk=head.pk)
        return 0

    def moving() -> int:
        held.wait(10)
        to = {"date": today().isoformat(), "area": SIBLING_RT, "address": "Jl. Contoh 3"}
        answer = client.post(f"/warga/{head.pk}/", {"action": "move", **to})
        return int(answer.status_code)

    assert at_once(holding, moving) == [0, 302]
    child.refresh_from_db()
    head.refresh_from_db()
    assert (head.area_id, head.family_id, child.family_id) == (SIBLING_RT, family.pk, None)
