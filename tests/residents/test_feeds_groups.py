"""Addresses that no RT is known for: one decision for all rows with the same text, remembered."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.notices.models import Notice
from accounts.rules import Role
from residents.feeds import deciding
from residents.feeds.models import FeedSource, PlaceDecision, PlaceWork
from residents.services.models import Service, ServiceStep
from tests.factories import (
    FOREIGN_KELURAHAN,
    FOREIGN_RT,
    KELURAHAN,
    RT,
    SIBLING_RT,
    client_of,
    holder,
)
from tests.residents.feed_files import GROUPS, counts, entered, grid, in_force, served, text, xlsx
from tests.residents.pages import lurah, operator, petugas, shown
from wacat.work import perform

pytestmark = pytest.mark.django_db


def waiting(
    *numbers: int, address: str = "Perum Contoh Indah", kelurahan: str = ""
) -> list[dict[str, Any]]:
    return [served(n, address=address, rt="", kelurahan=kelurahan) for n in numbers]


def the_key(address: str) -> Any:
    return Service.objects.in_force().filter(address=address).latest("pk").place_key


def decide(client: Client, group: Any, /, **data: Any) -> Any:
    sent = {"key": str(uuid4()), "seen": 0, **data}
    sent.setdefault("action", "place" if "area" in data else "set_aside")
    return client.post(f"{GROUPS}{group}/", sent)


def test_one_decision_tells_all_and_is_remembered() -> None:
    client = operator()
    rows = [*waiting(1, 2, 3), *waiting(4, address="PERUM CONTOH  INDAH")]
    rows += waiting(5, address="Lorong Y")
    entered(client, xlsx(*rows))
    listed = shown(client.get(GROUPS))
    assert "perum contoh indah" in listed.casefold()
    assert "Belum pasti" in listed
    key = the_key("Perum Contoh Indah")
    page = client.get(f"{GROUPS}{key}/?kelurahan={KELURAHAN}")
    assert "4 layanan menunggu" in shown(page)
    assert f'value="{SIBLING_RT}"' in page.content.decode()
    assert decide(client, key, area="64.71.05.1002.999").status_code == 422
    assert decide(client, key, action="place").status_code == 422
    sent = {"area": SIBLING_RT, "key": str(uuid4())}
    for _ in range(2):
        assert decide(client, key, **sent).status_code == 302
    told = [one for one in in_force() if one.status == "told"]
    assert {one.area_id for one in told} == {SIBLING_RT}
    assert (len(told), ServiceStep.objects.filter(name="place").count()) == (4, 4)
    assert PlaceDecision.objects.get().revision == 1
    # The next file needs nobody; a set-aside text goes aside by itself.
    assert decide(client, the_key("Lorong Y"), reason="Di luar Kota Balikpapan").status_code == 302
    of = entered(client, xlsx(*waiting(6), *waiting(7, address="lorong y")), "lagi.xlsx")
    assert counts(of) == {"told": 1, "aside": 1}
    # Decided anew: what was set aside is told, what was told stays.
    assert decide(client, the_key("Lorong Y"), area=RT).status_code == 409
    assert decide(client, the_key("Lorong Y"), seen=1, area=RT).status_code == 302
    assert {one.area_id for one in in_force() if one.address in ("Lorong Y", "lorong y")} == {RT}
    assert decide(client, key, seen=1, area=RT).status_code == 302
    assert Service.objects.filter(area=SIBLING_RT).count() == 5
    assert "RT 001, Kel. Sepinggan" in shown(client.get(f"{GROUPS}diputuskan/"))
    assert client.get(f"{GROUPS}{uuid4()}/").status_code == 404


def test_each_kelurahan_sees_and_decides_only_what_is_certainly_its_own() -> None:
    own, foreign = lurah(), client_of(holder(Role.LURAH, FOREIGN_KELURAHAN))
    rows = [
        *waiting(1, address="Jl. Kita", kelurahan="Sepinggan"),
        *waiting(2, address="Jl. Mereka", kelurahan="Manggar"),
        *waiting(3, address="Jl. Entah"),
    ]
    entered(operator(), xlsx(*rows))
    told = Notice.objects.filter(kind="places_waiting")
    assert {(one.recipient_id, one.values["count"]) for one in told} == {
        (int(client.session["_auth_user_id"]), 1) for client in (own, foreign)
    }
    for client, seen in ((own, "Jl. Kita"), (petugas(), "Jl. Kita"), (foreign, "Jl. Mereka")):
        listed = shown(client.get(GROUPS))
        for address in ("Jl. Kita", "Jl. Mereka", "Jl. Entah"):
            assert (address in listed) == (address == seen)
            status = client.get(f"{GROUPS}{the_key(address)}/").status_code
            assert status == (200 if address == seen else 404)
    assert decide(own, the_key("Jl. Mereka"), area=RT).status_code == 404
    assert decide(own, the_key("Jl. Kita"), area=FOREIGN_RT).status_code == 422
    assert decide(own, the_key("Jl. Kita"), area=RT).status_code == 302
    [placed] = [one for one in in_force() if one.status == "told"]
    assert (placed.area_id, placed.told_at is not None) == (RT, True)
    assert shown(foreign.get(f"{GROUPS}diputuskan/")).count("Jl. Kita") == 0


def test_a_large_group_is_told_by_a_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deciding, "AT_ONCE", 2)
    monkeypatch.setattr(deciding, "CHUNK", 3)
    client = operator()
    entered(client, xlsx(*waiting(*range(1, 12))))
    key = the_key("Perum Contoh Indah")
    assert decide(client, key, area=RT).status_code == 302
    assert Service.objects.filter(status="told").count() == 2
    assert "Sedang diterapkan" in shown(client.get(f"{GROUPS}{key}/"))
    assert perform(PlaceWork, PlaceWork.objects.get().pk, deciding.carry_out)
    assert Service.objects.filter(status="told", area=RT).count() == 11
    actors = set(ServiceStep.objects.values_list("actor", flat=True))
    assert actors == {PlaceDecision.objects.get().decided_by_id}


def test_what_was_decided_while_rows_came_in_is_carried_out_when_they_are_in() -> None:
    client = operator()
    of = entered(client, xlsx(*waiting(1)))
    PlaceDecision.objects.create(
        area_id="64.71", place_key=the_key("Perum Contoh Indah"), rt_id=RT, key=uuid4(),
        decided_by=of.uploaded_by,
    )  # fmt: skip
    deciding.follow_up(of)
    assert perform(PlaceWork, PlaceWork.objects.get().pk, deciding.carry_out)
    assert [one.area_id for one in in_force()] == [RT]


def test_typed_by_hand_it_is_the_same_service() -> None:
    client = operator()
    entered(client, text(grid(served(1)), ";"), "a.csv")
    typed = {
        "kind": "2", "served_on": "2026-10-01", "full_name": "WARGA CONTOH 1",
        "nik": in_force()[0].nik, "no_kk": "9971010101200001", "address": "Jl. Contoh Melati 1",
        "kelurahan": KELURAHAN, "rt": "001",
    }  # fmt: skip
    known = client.post("/layanan/tambah/", typed, follow=True)
    assert "sudah ada" in shown(known)
    assert Service.objects.count() == 1
    wrong = client.post("/layanan/tambah/", {**typed, "nik": "123", "rt": "777"})
    assert wrong.status_code == 422
    assert 'value="WARGA CONTOH 1"' in wrong.content.decode()
    changed = client.post("/layanan/tambah/", {**typed, "rt": "2"}, follow=True)
    assert "versi barunya" in shown(changed)
    assert [(one.area_id, one.version, one.file_id) for one in in_force()] == [
        (SIBLING_RT, 2, None)
    ]
    unknown = {**typed, "kind": "4", "nik": "", "kelurahan": "", "rt": "", "number": "LT-1"}
    for _ in range(2):
        assert client.post("/layanan/tambah/", unknown)["Location"].startswith(GROUPS)
    moved = {**typed, "kind": "9", "number": "S1", "other_place": "Jl. B, RT 1 Kel. Manggar"}
    client.post("/layanan/tambah/", moved)
    assert in_force()[-1].area_id in (RT, FOREIGN_RT)
    assert (len(in_force()), FeedSource.objects.count()) == (4, 1)


def test_however_many_addresses_wait_the_page_asks_as_much() -> None:
    client, asked = operator(), []
    for few in (range(2), range(2, 60)):
        rows = [row for n in few for row in waiting(n, 100 + n, address=f"Perum Contoh {n}")]
        entered(client, xlsx(*rows))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(GROUPS)
        asked.append(len(queries))
    assert asked[0] == asked[1] <= 12
    seen, address = set[str](), GROUPS
    while address:
        page = client.get(address)
        seen |= {group.address for group in page.context["groups"]}
        address = page.context["next_url"] and f"{GROUPS}{page.context['next_url']}"
    assert len(seen) == 60
    assert client.get(f"{GROUPS}?sesudah=entah").status_code == 400
