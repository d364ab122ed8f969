"""Lodgings and groups while others press the same button, or another, at the same moment."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from accounts.login.models import User
from accounts.rules import Role
from residents.families.models import Family
from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from residents.registry.spans import StayPeriod
from tests import factories
from tests.factories import RT, client_of
from tests.residents.at_once import at_once
from tests.residents.test_grouping import a_house, fresh, page_of, posted
from tests.residents.test_lodgings import ADD
from tests.residents.test_lodgings import posted as typed_lodging

pytestmark = pytest.mark.usefixtures("committed_db")


def test_a_lodging_sent_twice_is_one() -> None:
    form, head = typed_lodging(), factories.holder(Role.KETUA_RT, RT)

    def press() -> str:
        return str(client_of(head).post(ADD, form)["Location"])

    addresses = at_once(press, press, press)
    [made] = Lodging.objects.all()
    assert addresses == [page_of(made)] * 3


@pytest.mark.parametrize("name", ["extend", "end"])
def test_a_deed_pressed_twice_is_one(name: str) -> None:
    lodging, people = a_house(3)
    form, head = posted(name, people), factories.holder(Role.KETUA_RT, RT)

    def press() -> str:
        return str(client_of(head).post(page_of(lodging), form)["Location"])

    assert at_once(press, press, press) == [page_of(lodging)] * 3
    assert [one.steps.filter(name=name).count() for one in people] == [1, 1, 1]
    assert StayPeriod.objects.count() == (6 if name == "extend" else 3)


def test_of_two_different_deeds_one_is_refused_as_a_whole() -> None:
    lodging, people = a_house(4)
    head = factories.holder(Role.KETUA_RT, RT)
    staff = factories.holder(Role.PETUGAS_KELURAHAN, factories.KELURAHAN)
    ending, moving = posted("end", people[:3]), posted("move", people[1:])

    def press(user: User, form: dict[str, object]) -> Callable[[], int]:
        return lambda: int(client_of(user).post(page_of(lodging), form).status_code)

    assert sorted(at_once(press(head, ending), press(staff, moving))) == [302, 409]
    states = [(one.status, one.lodging_id is None) for one in fresh(people)]
    ended, moved = ("ended", False), ("reported", True)
    stayed = ("reported", False)
    assert states in ([ended, ended, ended, stayed], [stayed, moved, moved, moved])


def test_nobody_moves_into_a_lodging_that_is_being_closed() -> None:
    lodging, people = a_house(2)
    other = factories.LodgingFactory.create(name="Kos Tujuan")
    head = factories.holder(Role.KETUA_RT, RT)
    form = posted("move", people, lodging=other.pk, address="")

    def close() -> int:
        return int(client_of(head).post(page_of(other), {"action": "close"}).status_code)

    def move() -> int:
        return int(client_of(head).post(page_of(lodging), form).status_code)

    closed, moved = at_once(close, move)
    other.refresh_from_db()
    tenants = Resident.objects.active().filter(lodging=other).count()
    assert (closed, moved) in ((302, 409), (302, 422), (422, 302))
    assert tenants == (2 if other.closed_on is None else 0)


def test_a_family_founded_twice_is_one() -> None:
    wife = factories.reported(RT, no_kk=factories.FAMILY_KK)
    husband = factories.reported(RT, no_kk=factories.FAMILY_KK)
    head = factories.holder(Role.KETUA_RT, RT)
    form = {f"relation_{husband.pk}": 1, f"relation_{wife.pk}": 3}

    def press(resident: Resident) -> Callable[[], int]:
        address = f"/warga/{resident.pk}/keluarga/"
        return lambda: int(client_of(head).post(address, form).status_code)

    assert at_once(press(wife), press(husband), press(wife)) == [302, 302, 302]
    [family] = Family.objects.all()
    assert {one.family_id for one in fresh([wife, husband])} == {family.pk}
