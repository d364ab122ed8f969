"""The operator's pages: what waits, both records side by side, and what is decided."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.cards import all_counted
from accounts.rules import Role
from residents.twins.cards import cards
from residents.twins.models import Relocation
from tests.factories import FOREIGN_RT, RT, holder, on_day
from tests.residents.pages import in_summary, ketua_rt, key_on, lurah, operator, shown
from tests.residents.twins import (
    days_ago,
    declared_pair,
    held_pair,
    objected,
    operator_user,
    upheld,
)
from wacat.clock import today

pytestmark = pytest.mark.django_db
LIST = "/warga/kasus/"


def test_objections_come_first_the_oldest_first_with_their_age() -> None:
    made = []
    for ago, name in ((0, "Kedua"), (3, "Pertama")):
        with on_day(days_ago(ago)):
            _, relocation = declared_pair(days_ago(9), full_name=name, arrived_on=days_ago(20))
            made.append(objected(relocation))
    held_pair(full_name="Masih Ditahan")
    page = shown(operator().get(LIST))
    assert page.index("Pertama") < page.index("Kedua") < page.index("Laporan ditahan: 1")
    assert "sudah 3 hari" in page
    assert "Manggar" in page
    assert "Sepinggan" in page


def test_a_declared_one_shows_its_deadline_and_a_held_one_its_twin() -> None:
    declared_pair()
    held_pair(full_name="Masih Ditahan")
    client = operator()
    assert "keberatan sampai" in shown(client.get(f"{LIST}?status=declared"))
    held = shown(client.get(f"{LIST}?status=held"))
    assert "Masih Ditahan" in held
    assert "Lama Tersembunyi" in held
    assert client.get(f"{LIST}?status=lain").status_code == 400


@pytest.mark.parametrize("status", ["", "held", "declared", "upheld"])
def test_the_list_asks_the_same_for_one_and_for_many(status: str) -> None:
    client, counts = operator(), []
    for pairs in (1, 4):
        for _ in range(pairs):
            if status == "held":
                held_pair()
            else:
                _, relocation = declared_pair()
                if status != "declared":
                    {"": objected, "upheld": upheld}[status](relocation)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert client.get(f"{LIST}?status={status}").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


class TestDeciding:
    def test_both_records_stand_side_by_side(self) -> None:
        _, relocation = declared_pair()
        page = operator().get(f"{LIST}{relocation.pk}/")
        text = shown(page)
        for word in ("Lama Tersembunyi", "Baru Datang", "Jl. Rahasia 7", "Jl. Terpisah 9"):
            assert word in text
        assert "Berbeda" in text
        assert relocation.arrival.nik not in page.content.decode()

    @pytest.mark.parametrize(
        ("name", "states"),
        [("uphold", ("ended", "reported")), ("undo", ("reported", "held"))],
    )
    def test_either_way_with_a_reason(self, name: str, states: tuple[str, str]) -> None:
        pair, relocation = declared_pair()
        objected(relocation)
        client, address = operator(), f"{LIST}{relocation.pk}/"
        page = client.get(address)
        data = {"action": name, "key": key_on(page)}
        empty = client.post(address, data)
        assert (empty.status_code, list(in_summary(empty))) == (422, [f"{name}_reason"])
        for _ in range(2):
            answer = client.post(address, {**data, "reason": "Sudah jelas."})
            assert answer.status_code == 302
        assert pair.states == states
        assert client.post(address, {**data, "key": "", "reason": "Lagi."}).status_code == 409

    def test_nobody_else_opens_a_case(self) -> None:
        pair, relocation = declared_pair()
        for client in (lurah(), ketua_rt(), ketua_rt(FOREIGN_RT), lurah(FOREIGN_RT[:13])):
            for page in (LIST, f"{LIST}{relocation.pk}/", f"{LIST}ditahan/{pair.new.pk}/"):
                assert client.get(page).status_code == 403


class TestAHeldReport:
    def test_it_is_returned_with_a_reason(self) -> None:
        pair, client = held_pair(), operator()
        page = f"{LIST}ditahan/{pair.new.pk}/"
        first = client.get(page)
        assert "Lama Tersembunyi" in shown(first)
        data = {"action": "return", "key": key_on(first)}
        assert client.post(page, data).status_code == 422
        for _ in range(2):
            assert client.post(page, {**data, "reason": "NIK salah ketik."}).status_code == 302
        assert pair.states == ("reported", "returned")

    def test_the_operator_decides_the_move(self) -> None:
        pair, client = held_pair(), operator()
        page = f"{LIST}ditahan/{pair.new.pk}/"
        data = {"action": "admit", "reason": "Lurah berhalangan."}
        wrong = client.post(page, {**data, "date": days_ago(90).isoformat()})
        assert (wrong.status_code, list(in_summary(wrong))) == (422, ["admit_date"])
        answer = client.post(page, {**data, "date": days_ago(5).isoformat()})
        assert answer.status_code == 302
        assert pair.states == ("ended", "reported")
        assert Relocation.objects.get().declared_by == operator_user()

    def test_whose_twin_has_gone_is_told_so(self) -> None:
        pair = held_pair()
        data = {"action": "end", "date": days_ago(12).isoformat(), "reason": "1"}
        ketua_rt(FOREIGN_RT).post(f"/warga/{pair.old.pk}/", data)
        page = operator().get(f"{LIST}ditahan/{pair.new.pk}/")
        assert page.status_code == 200


def test_cards_say_what_waits_for_whom() -> None:
    held_pair()
    _, relocation = declared_pair()
    objected(relocation)
    declared_pair()

    def counts(role: str, area: str) -> list[int]:
        return [card.count for card in all_counted(cards(holder(role, area)))]

    assert counts(Role.LURAH, RT[:13]) == [1]
    assert counts(Role.LURAH, FOREIGN_RT[:13]) == [0]
    assert counts(Role.OPERATOR, "64.71") == [1, 1]
    assert counts(Role.KETUA_RT, FOREIGN_RT) == [1]
    assert counts(Role.KETUA_RT, RT) == [0]
    with on_day(today() + timedelta(days=15)):
        assert counts(Role.KETUA_RT, FOREIGN_RT) == [0]


def test_the_old_rt_lists_who_is_said_to_have_left() -> None:
    declared_pair()
    page = ketua_rt(FOREIGN_RT).get("/warga/kepindahan/")
    assert "Lama Tersembunyi" in shown(page)
    assert "Lama Tersembunyi" not in shown(ketua_rt().get("/warga/kepindahan/"))
    assert operator().get("/warga/kepindahan/").status_code == 403


def test_the_operator_is_led_from_either_record_to_the_case() -> None:
    pair, relocation = declared_pair()
    client = operator()
    for one in (pair.old, pair.new):
        assert f'href="{LIST}{relocation.pk}/"' in client.get(f"/warga/{one.pk}/").content.decode()
    held = held_pair()
    page = client.get(f"/warga/{held.new.pk}/").content.decode()
    assert f'href="{LIST}ditahan/{held.new.pk}/"' in page
