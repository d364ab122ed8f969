"""The operator's queue: reports verified by the page, exceptions taken up one by one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.login.models import User
from accounts.rules import Action, Role
from residents.registry.models import Resident, ResidentStep
from residents.registry.states import Status
from residents.registry.workflow import WORKFLOW
from residents.verifying.bulk import verify_many
from residents.verifying.cards import cards
from residents.verifying.claims import CLAIMS
from residents.verifying.queue import Queue
from tests import factories
from tests.factories import (
    CITY_CODE,
    FOREIGN_KECAMATAN,
    FOREIGN_RT,
    KELURAHAN,
    RT,
    client_of,
    holder,
    on_day,
    user_with,
)
from tests.residents.pages import ketua_rt, key_on, operator, shown
from wacat.claims import LASTS
from wacat.clock import today
from wacat.workflow import Move, WrongState

pytestmark = pytest.mark.django_db
QUEUE = "/warga/periksa/"
ONE = timedelta(days=1)


def plain(area: str = RT, /, **fields: Any) -> Resident:
    """A report that nothing is odd about."""
    return factories.reported(area, no_kk="", **fields)


def odd(area: str = RT, /, **fields: Any) -> Resident:
    """A report whose birth date is not that of the NIK."""
    return factories.reported(area, birth_date=date(1980, 1, 1), **fields)


def another() -> User:
    """An operator beside the one whom ``operator()`` logs in."""
    holder(Role.OPERATOR, CITY_CODE)
    return user_with((Role.OPERATOR, CITY_CODE), full_name="Petugas Lain")


def fresh(resident: Resident) -> Resident:
    return Resident.objects.get(pk=resident.pk)


def lasts_until(resident: Resident) -> datetime:
    held = CLAIMS.holder_of(resident)
    assert held
    return held.until


def listed(page: Any) -> list[Resident]:
    return [line.resident for line in page.context["lines"]]


def test_two_parts_the_oldest_first() -> None:
    with on_day(today() - ONE):
        older, strange = plain(), odd()
    newer = plain(FOREIGN_RT)
    factories.held(), factories.returned(), factories.draft(), factories.verified()
    page = operator().get(QUEUE)
    # The one that the held report met waits as well.
    assert listed(page)[:2] == [older, newer]
    text = shown(page)
    assert "Perlu dilihat (1)" in text
    assert "Ditahan (1)" in text
    page = operator().get(QUEUE, {"bagian": "peringatan"})
    assert listed(page) == [strange]
    assert "berbeda dari tanggal di dalam NIK" in shown(page)


def test_people_without_nik_are_looked_at() -> None:
    odd(nik="", no_nik_reason=1)
    assert "Tanpa NIK" in shown(operator().get(QUEUE, {"bagian": "peringatan"}))


def test_narrowed_to_an_area() -> None:
    here, there = plain(), plain(FOREIGN_RT)
    client = operator()
    for code, found in ((KELURAHAN, here), (FOREIGN_KECAMATAN, there)):
        assert listed(client.get(QUEUE, {"wilayah": code})) == [found]
    for wrong in ("64.71.99", RT, "x"):
        assert client.get(QUEUE, {"wilayah": wrong}).status_code == 404
    assert client.get(QUEUE, {"bagian": "x"}).status_code == 400
    assert ketua_rt().get(QUEUE).status_code == 403


def test_a_page_is_verified_in_one_press() -> None:
    people = [plain() for _ in range(52)]
    client = operator()
    page = client.get(QUEUE)
    assert len(listed(page)) == 50
    assert "Verifikasi 50 laporan" in shown(page)
    data = {
        "action": "verify",
        "key": key_on(page),
        "resident": [one.pk for one in listed(page)],
    }
    for _ in range(2):
        response = client.post(QUEUE, data)
        assert (response.status_code, response.headers["Location"]) == (302, QUEUE)
        assert "50 laporan diverifikasi" in shown(client.get(QUEUE))
    states = [fresh(one).status for one in people]
    assert states.count(Status.VERIFIED) == 50
    assert ResidentStep.objects.filter(name="verify").count() == 50


def test_what_changed_meanwhile_is_named_and_the_rest_is_verified() -> None:
    _, back, gone, taken, changed = people = [plain() for _ in range(5)]
    me, lain = holder(Role.OPERATOR, CITY_CODE), another()
    WORKFLOW.advance(back.pk, "return", Move(lain, {"reason": "Keliru."}))
    WORKFLOW.advance(gone.pk, "verify", Move(lain))
    CLAIMS.claim(lain, taken.pk)
    one = fresh(changed)
    one.birth_date = date(1980, 1, 1)
    one.save()
    client, chosen = client_of(me), [row.pk for row in people]
    data = {"action": "verify", "key": str(uuid4()), "resident": chosen}
    for _ in range(2):
        page = client.post(QUEUE, data)
        text = shown(page)
        assert "1 laporan diverifikasi, 4 tidak" in text
        for words in ("Sekarang dikembalikan", "Sekarang diverifikasi", "Petugas Lain", "diubah"):
            assert words in text
    assert [fresh(row).status for row in people] == [
        "verified",
        "returned",
        "verified",
        "reported",
        "reported",
    ]


def test_nothing_is_verified_when_one_is_out_of_reach() -> None:
    mine, user = plain(), user_with((Role.OPERATOR, CITY_CODE))
    with pytest.raises(Http404):
        verify_many(user, [mine.pk, 987_654_321], uuid4())
    assert fresh(mine).status == Status.REPORTED
    client = client_of(user)
    assert client.post(QUEUE, {"action": "verify"}).status_code == 302
    assert client.post(QUEUE, {"action": "x"}).status_code == 400


@pytest.mark.parametrize("part", ["", "peringatan"])
def test_a_long_list_costs_as_many_queries_as_a_short_one(part: str) -> None:
    client, costs = operator(), []
    for more in (2, 20):
        for resident in [odd() if part else plain() for _ in range(more)]:
            CLAIMS.claim(another(), resident.pk)
        with CaptureQueriesContext(connection) as captured:
            client.get(QUEUE, {"bagian": part})
        costs.append(len(captured))
    assert costs[0] == costs[1] <= 12


# Claims


def take(client: Client, key: str = "") -> str:
    data = {"action": "next", "key": key or str(uuid4())}
    return client.post(f"{QUEUE}?bagian=peringatan", data).headers["Location"]


def test_the_oldest_free_one_is_taken_and_the_same_press_takes_it_again() -> None:
    with on_day(today() - ONE):
        first = odd()
    second = odd()
    plain()
    client, key = operator(), str(uuid4())
    assert [take(client, key), take(client, key)] == [f"/warga/{first.pk}/"] * 2
    assert take(client_of(another())) == f"/warga/{second.pk}/"
    assert take(client) == f"{QUEUE}?bagian=peringatan"
    assert "Sedang Bapak/Ibu periksa" in shown(client.get(QUEUE))


def test_another_is_refused_while_the_claim_lasts() -> None:
    resident, lain = odd(), another()
    CLAIMS.claim(lain, resident.pk)
    client, page = operator(), f"/warga/{resident.pk}/"
    assert "Sedang diperiksa oleh Petugas Lain" in shown(client.get(page))
    for data in ({"action": "verify"}, {"action": "return", "reason": "x"}, {"action": "claim"}):
        response = client.post(page, {**data, "key": str(uuid4())})
        assert response.status_code == 409
        assert "Petugas Lain" in shown(response)
    assert fresh(resident).status == Status.REPORTED
    assert client_of(lain).post(page, {"action": "verify"}).status_code == 302
    assert CLAIMS.holder_of(resident) is None


@pytest.mark.parametrize("way", ["verify", "return", "release", "time"])
def test_a_claim_is_released(way: str) -> None:
    resident, lain = odd(), another()
    CLAIMS.claim(lain, resident.pk)
    page = f"/warga/{resident.pk}/"
    if way == "time":
        CLAIMS.living().update(until=lasts_until(resident) - LASTS)
    else:
        client_of(lain).post(page, {"action": way, "reason": "x", "key": str(uuid4())})
    assert CLAIMS.holder_of(resident) is None
    if way in ("release", "time"):
        assert operator().post(page, {"action": "verify"}).status_code == 302


def test_opening_it_again_holds_it_longer() -> None:
    resident, lain = odd(), another()
    CLAIMS.claim(lain, resident.pk)
    CLAIMS.living().update(until=lasts_until(resident) - LASTS / 2)
    before = lasts_until(resident)
    operator().get(f"/warga/{resident.pk}/")
    assert lasts_until(resident) == before
    client_of(lain).get(f"/warga/{resident.pk}/")
    assert lasts_until(resident) > before


def test_only_what_waits_is_claimed_and_only_ones_own_released() -> None:
    me, lain, done, waiting = another(), another(), factories.verified(), odd()
    with pytest.raises(WrongState):
        CLAIMS.claim(me, done.pk)
    CLAIMS.claim(lain, waiting.pk)
    CLAIMS.release(me, waiting.pk)
    assert CLAIMS.holder_of(waiting)
    with pytest.raises(Http404):
        CLAIMS.claim(holder(Role.KETUA_RT, RT), waiting.pk)


def test_the_rt_sees_nothing_of_it() -> None:
    resident = odd()
    CLAIMS.claim(another(), resident.pk)
    assert "Petugas Lain" not in shown(ketua_rt().get(f"/warga/{resident.pk}/"))
    assert ketua_rt().post(f"/warga/{resident.pk}/", {"action": "claim"}).status_code == 403


def test_the_decision_stands_with_the_record_before_all_else() -> None:
    resident = odd()
    page = client_of(holder(Role.OPERATOR, CITY_CODE)).get(f"/warga/{resident.pk}/")
    text, source = shown(page), page.content.decode()
    assert text.index("Pemeriksaan") < text.index("Kembalikan") < text.index("Tersisa")
    assert source.count('value="verify"') == 1
    assert source.index('class="at-hand"') < source.index('value="verify"')
    assert '<ol class="span-list"' not in source


def test_cards_count_what_waits() -> None:
    plain(), odd(), factories.held(), factories.returned(), factories.draft()
    counts = {one.title: one.count for one in cards(factories.user_as(Role.OPERATOR))}
    assert counts == {
        "Laporan tanpa peringatan": 2,
        "Laporan yang perlu dilihat": 1,
    }
    head = {one.title: one.count for one in cards(holder(Role.KETUA_RT, RT))}
    assert head == {"Laporan dikembalikan": 1, "Draf belum dilaporkan": 1}


def test_beyond_a_thousand_it_is_only_said_that_there_are_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("accounts.cards.MOST", 2)
    for _ in range(4):
        plain()
    odd(), odd()
    user = factories.user_as(Role.OPERATOR)
    assert Queue(user, {}).counts() == {"plain": 3, "odd": 2, "held": 0}
    text = shown(client_of(user).get(QUEUE))
    assert "Tanpa peringatan (lebih dari 2)" in text
    assert "Perlu dilihat (2)" in text
    assert "lebih dari 2 Laporan tanpa peringatan" in shown(client_of(user).get("/"))


def test_a_returned_report_is_mended_and_reported_again() -> None:
    resident = plain()
    me, client, page = holder(Role.OPERATOR, CITY_CODE), ketua_rt(), f"/warga/{resident.pk}/"
    CLAIMS.claim(me, resident.pk)
    client_of(me).post(page, {"action": "return", "reason": "NIK tertukar.", "key": str(uuid4())})
    seen = shown(client.get(page))
    assert seen.index("NIK tertukar.") < seen.index("Nama lengkap")
    assert client.post(page, {"action": "report", "key": str(uuid4())}).status_code == 302
    names = ResidentStep.objects.filter(subject=resident).values_list("name", flat=True)
    assert list(names) == ["report", "return", "report"]
    assert fresh(resident) in list(Queue(me, {}).rows.visible_to(me, Action.RESIDENT_JUDGE))
