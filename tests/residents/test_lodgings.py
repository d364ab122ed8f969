"""A lodging is entered once with its owner; its page tells who lives there."""

from __future__ import annotations

import html
import re
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.rules import Role
from residents.lodgings.models import Lodging
from residents.registry.models import Resident
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT
from tests.residents.pages import (
    beside,
    in_summary,
    ketua_rt,
    key_on,
    lurah,
    operator,
    petugas,
    shown,
    typed,
)
from wacat.clock import today

pytestmark = pytest.mark.django_db
LIST, ADD = "/tempat/", "/tempat/tambah/"


def a_lodging(area: str = RT, **fields: Any) -> Lodging:
    factories.load_areas()
    return factories.LodgingFactory.create(area_id=area, **fields)


def page_of(lodging: Lodging) -> str:
    return f"/tempat/{lodging.pk}/"


def posted(**changes: Any) -> dict[str, Any]:
    """What a browser posts for a new lodging in RT."""
    factories.load_areas()
    return {
        "name": "Kos Melati",
        "kind": 1,
        "area": RT,
        "address": "Jl. Contoh Melati 1",
        "rooms": 10,
        "owner_name": "Ibu Contoh",
        "owner_phone": "0800 0000 7777",
        "owner_address": "Jl. Contoh Anggrek 3",
        "key": str(uuid4()),
        **changes,
    }


def test_a_lodging_is_entered_with_its_owner() -> None:
    answer = ketua_rt().post(ADD, posted())
    [made] = Lodging.objects.all()
    assert (answer.status_code, answer["Location"]) == (302, page_of(made))
    assert (made.area_id, made.rooms, made.owner_phone) == (RT, 10, "080000007777")
    text = shown(ketua_rt().get(page_of(made)))
    for word in ("Kos Melati", "Ibu Contoh", "080000007777", "Jl. Contoh Anggrek 3"):
        assert word in text


def test_a_form_sent_twice_makes_one() -> None:
    form, client = posted(), petugas()
    first, second = client.post(ADD, form), client.post(ADD, form)
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert Lodging.objects.count() == 1


def test_the_key_of_somebody_elses_form_makes_another() -> None:
    form = posted()
    ketua_rt().post(ADD, form)
    answer = ketua_rt(FOREIGN_RT).post(ADD, {**form, "area": FOREIGN_RT})
    assert answer.status_code == 302
    assert set(Lodging.objects.values_list("area", flat=True)) == {RT, FOREIGN_RT}


def test_what_is_missing_is_told_beside_its_field_and_what_was_typed_is_kept() -> None:
    form = posted(name="", kind="", owner_phone="tidak ada", rooms="0")
    answer = ketua_rt().post(ADD, form)
    assert answer.status_code == 422
    assert set(in_summary(answer)) == {"name", "kind", "owner_phone", "rooms"}
    assert "angka" in beside(answer, "owner_phone")
    assert typed(answer, "address") == "Jl. Contoh Melati 1"
    assert key_on(answer) == form["key"]
    assert not Lodging.objects.exists()


def test_a_name_is_had_once_in_an_rt() -> None:
    a_lodging(name="Kos Melati")
    assert beside(ketua_rt().post(ADD, posted(name="kos melati")), "name")
    assert petugas().post(ADD, posted(area=SIBLING_RT)).status_code == 302


def test_an_rt_out_of_reach_is_no_choice() -> None:
    assert petugas().post(ADD, posted(area=FOREIGN_RT)).status_code == 422
    assert ketua_rt().post(ADD, posted(area=SIBLING_RT)).status_code == 422
    assert not Lodging.objects.exists()


def test_correcting_keeps_the_rt_once_somebody_lived_there() -> None:
    empty, lived_in = a_lodging(), a_lodging()
    factories.ended(RT, lodging=lived_in)
    for lodging in (empty, lived_in):
        form = posted(name=f"Kos Baru {lodging.pk}", area=SIBLING_RT)
        assert petugas().post(f"{page_of(lodging)}ubah/", form).status_code == 302
        lodging.refresh_from_db()
        assert lodging.name == f"Kos Baru {lodging.pk}"
    assert (empty.area_id, lived_in.area_id) == (SIBLING_RT, RT)


@pytest.mark.parametrize("address", [ADD, "{}ubah/"])
def test_only_who_enters_residents_enters_lodgings(address: str) -> None:
    lodging = a_lodging()
    target = address.format(page_of(lodging))
    for client in (lurah(), operator(), factories.client_of(factories.user_as(Role.CAMAT))):
        assert client.get(target).status_code == client.post(target, posted()).status_code == 403
    assert ketua_rt().get(target).status_code == 200


def test_a_lodging_elsewhere_does_not_exist() -> None:
    lodging = a_lodging(FOREIGN_RT)
    for client in (ketua_rt(), petugas(), lurah()):
        assert client.get(page_of(lodging)).status_code == 404
    assert petugas().get(f"{page_of(lodging)}ubah/").status_code == 404
    assert petugas().post(page_of(lodging), {"action": "close"}).status_code == 404
    assert operator().get(page_of(lodging)).status_code == 200


def test_the_page_tells_tenants_newcomers_and_who_left() -> None:
    lodging = a_lodging()
    here = factories.reported(RT, lodging=lodging, full_name="Ani Tinggal")
    factories.overdue(RT, lodging=lodging, full_name="Beni Lewat")
    factories.draft(RT, lodging=lodging, full_name="Citra Draf")
    factories.ended(RT, lodging=lodging, full_name="Dodi Pergi")
    factories.reported(RT, full_name="Eka Lain")
    text = shown(ketua_rt().get(page_of(lodging)))
    assert "Penghuni sekarang (2)" in text
    assert "Belum dilaporkan (1)" in text
    assert "Lewat masa tinggal" in text
    assert "Eka Lain" not in text
    assert text.index("Ani Tinggal") < text.index("Citra Draf") < text.index("Dodi Pergi")
    assert (
        f"/warga/tambah/?tempat={lodging.pk}" in ketua_rt().get(page_of(lodging)).content.decode()
    )
    seen = lurah().get(page_of(lodging))
    assert "Citra Draf" not in shown(seen)
    assert f'href="/warga/{here.pk}/"' in seen.content.decode()
    assert 'type="checkbox"' not in seen.content.decode()


def test_more_tenants_than_rooms_is_a_warning_only() -> None:
    lodging = a_lodging(rooms=1)
    factories.reported(RT, lodging=lodging)
    assert "Mohon diperiksa" not in shown(ketua_rt().get(page_of(lodging)))
    factories.reported(RT, lodging=lodging)
    text = shown(ketua_rt().get(page_of(lodging)))
    assert "Mohon diperiksa" in text
    assert "Tambah penghuni" in text


def test_it_is_closed_when_nobody_lives_there_and_opened_again() -> None:
    lodging, client = a_lodging(), ketua_rt()
    tenant = factories.reported(RT, lodging=lodging)
    refused = client.post(page_of(lodging), {"action": "close"})
    assert refused.status_code == 422
    assert "Masih ada penghuni" in shown(refused)
    Resident.objects.filter(pk=tenant.pk).update(lodging=None)
    for _ in range(2):
        assert client.post(page_of(lodging), {"action": "close"}).status_code == 302
        lodging.refresh_from_db()
        assert lodging.closed_on == today()
    assert "Tambah penghuni" not in shown(client.get(page_of(lodging)))
    client.post(page_of(lodging), {"action": "reopen"})
    lodging.refresh_from_db()
    assert lodging.closed_on is None


@pytest.mark.parametrize("make", [factories.draft, factories.returned, factories.held])
def test_it_is_not_closed_over_reports_that_are_not_finished(make: Any) -> None:
    lodging, client = a_lodging(), ketua_rt()
    waiting = make(RT, lodging=lodging)
    refused = client.post(page_of(lodging), {"action": "close"})
    assert refused.status_code == 422
    assert "Masih ada laporan yang belum selesai" in shown(refused)
    assert "Tutup tempat ini" not in shown(client.get(page_of(lodging)))
    Resident.objects.filter(pk=waiting.pk).update(lodging=None)
    assert client.post(page_of(lodging), {"action": "close"}).status_code == 302


def test_who_moved_away_is_listed_with_who_left() -> None:
    lodging, other = a_lodging(), a_lodging(name="Kos Baru")
    client, day = petugas(), today().isoformat()
    factories.ended(RT, lodging=lodging, full_name="Dodi Pergi")
    corrected = factories.reported(RT, lodging=lodging, full_name="Edi Keliru")
    Resident.objects.filter(pk=corrected.pk).update(lodging=other)
    for name, to in (
        ("Fani Pindah", {"lodging": other.pk}),
        ("Gani Jauh", {"area": SIBLING_RT, "address": "Jl. Lain 9"}),
    ):
        one = factories.reported(RT, lodging=lodging, full_name=name)
        told = {"action": "move", "date": day, "resident": one.pk, **to}
        assert client.post(page_of(lodging), told).status_code == 302
    text = shown(client.get(page_of(lodging)))
    assert "Fani Pindah pindah ke Kos Baru" in text
    assert "Gani Jauh pindah ke Jl. Lain 9" in text
    assert "Dodi Pergi sejak" in text
    assert "Edi Keliru" not in text
    seen = shown(ketua_rt().get(page_of(lodging)))
    assert "Fani Pindah" in seen
    assert "Gani Jauh" not in seen  # lives in another RT now
    assert "Fani Pindah" not in shown(client.get(page_of(other))).partition("Sudah tidak")[2]


def test_all_who_lived_there_are_found_page_by_page() -> None:
    lodging, client = a_lodging(), ketua_rt()
    for number in range(30):
        factories.ended(RT, lodging=lodging, full_name=f"Orang {number:02}")
    first = client.get(page_of(lodging)).content.decode()
    assert 'href="?bagian=dahulu"' in first
    seen, url = "", "?bagian=dahulu"
    while url:
        page = client.get(page_of(lodging) + url)
        seen += shown(page)
        found = re.search(r'href="(\?[^"]*)" rel="next"', page.content.decode())
        url = html.unescape(found[1]) if found else ""
    assert all(f"Orang {number:02}" in seen for number in range(30))


def test_closing_is_not_for_who_only_looks() -> None:
    lodging = a_lodging()
    for client in (lurah(), operator()):
        assert client.post(page_of(lodging), {"action": "close"}).status_code == 403
    lodging.refresh_from_db()
    assert lodging.closed_on is None


def test_the_list_counts_tenants_of_today_in_reach() -> None:
    many, none = a_lodging(name="Kos Ramai", rooms=4), a_lodging(SIBLING_RT, name="Kos Sepi")
    a_lodging(FOREIGN_RT, name="Kos Jauh")
    for make in (factories.reported, factories.verified, factories.ended, factories.draft):
        make(RT, lodging=many)
    text = shown(petugas().get(LIST))
    assert "Kos Jauh" not in text
    assert "2 di 4 kamar" in text
    assert "Kos Sepi" in text
    assert none.name not in shown(ketua_rt().get(LIST))
    assert "Kos Jauh" in shown(operator().get(LIST))


def test_a_search_finds_name_address_and_owner() -> None:
    a_lodging(name="Kos Melati", owner_name="Haji Contoh")
    a_lodging(name="Mess Kenanga", address="Jl. Lain 5")
    client = ketua_rt()
    for text, found in (("melati", 1), ("HAJI contoh", 1), ("jl. lain", 1), ("kos kenanga", 0)):
        answer = client.post(LIST, {"q": text})
        assert answer.content.decode().count('scope="row"') == found, text
    assert client.get(f"{LIST}?status=lain").status_code == 400
    for text in ("  ", "\0", ".-", "%"):
        answer = client.post(LIST, {"q": text})
        assert answer.status_code == 422
        assert "satu huruf atau angka" in shown(answer)


def test_the_list_narrows_to_closed_ones() -> None:
    a_lodging(name="Kos Tutup", closed_on=today())
    a_lodging(name="Kos Buka")
    text = shown(ketua_rt().get(f"{LIST}?status=closed"))
    assert "Kos Tutup" in text
    assert "Kos Buka" not in text


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len([one for one in asked if "SAVEPOINT" not in one["sql"]])


def test_queries_do_not_grow_with_lodgings_or_tenants() -> None:
    lodging, client = a_lodging(rooms=3), petugas()
    for make in (factories.reported, factories.draft, factories.ended):
        make(RT, lodging=lodging)
    few = [queries_of(client, one) for one in (LIST, page_of(lodging))]
    for number in range(12):
        factories.reported(RT, lodging=a_lodging(name=f"Kos {number}"))
        for make in (factories.reported, factories.draft, factories.ended):
            make(RT, lodging=lodging)
    many = [queries_of(client, one) for one in (LIST, page_of(lodging))]
    assert few == many
    assert max(many) <= 12
