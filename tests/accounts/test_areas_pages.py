"""The administrator's pages of the areas, over HTTP."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.areas import changing
from accounts.areas.models import Area, AreaChange
from accounts.audit.models import Access
from accounts.posts.models import Mandate
from accounts.rules import Role
from residents.registry.models import Resident
from tests import factories
from tests.accounts.areas_changed import PDF, administrator, area, days_ago, letter, order, post
from tests.factories import KELURAHAN, RT, SIBLING_RT
from tests.residents.pages import beside, in_summary, key_on, shown, typed
from wacat.clock import today

pytestmark = pytest.mark.django_db
# What is done on which page, with what it needs beside the day.
DEEDS: dict[str, tuple[str, dict[str, str]]] = {
    "tambah": (KELURAHAN, {"number": "9"}),
    "bekukan": (RT, {}),
    "nomor": (RT, {"number": "9"}),
    "gabung": (RT, {"into": SIBLING_RT}),
}
KINDS = {"tambah": "created", "bekukan": "frozen", "nomor": "renumbered", "gabung": "merged"}


@pytest.fixture
def client(db: None) -> Client:
    factories.load_areas()
    return factories.client_of(administrator())


def test_the_list_counts_the_rts_of_every_kelurahan(client: Client) -> None:
    factories.holder(Role.KETUA_RT, RT)
    changing.create(area(KELURAHAN), "003", order())
    changing.freeze(area(SIBLING_RT), order())
    page = shown(client.get("/wilayah/"))
    assert "Kecamatan Balikpapan Selatan" in page
    assert f"Sepinggan {KELURAHAN} 2 1 1" in page
    assert f"Gunung Bahagia {factories.SIBLING_KELURAHAN} 2 2 0" in page


def test_every_level_has_its_page(client: Client) -> None:
    factories.holder(Role.KETUA_RT, RT)
    city = shown(client.get("/wilayah/64.71/"))
    assert "Kota Balikpapan" in city
    assert "Manggar" in city
    kecamatan = shown(client.get("/wilayah/64.71.05/"))
    assert "Sepinggan" in kecamatan
    assert "Manggar" not in kecamatan
    kelurahan = shown(client.get(f"/wilayah/{KELURAHAN}/"))
    assert f"RT 001 {RT} Aktif Ada" in kelurahan
    assert f"RT 002 {SIBLING_RT} Aktif Belum ada" in kelurahan


@pytest.mark.parametrize("code", ["64.72", "64.71.05.9999", f"{KELURAHAN}.777", "x", "987654321"])
def test_an_area_that_is_not_there_is_missing(client: Client, code: str) -> None:
    assert client.get(f"/wilayah/{code}/").status_code == 404
    for what in DEEDS:
        assert client.get(f"/wilayah/{code}/{what}/").status_code == 404
        assert post(client, code, what).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_nobody_else_changes_areas(role: Role) -> None:
    client = factories.client_of(factories.user_as(role))
    assert client.get("/wilayah/").status_code == 403
    for what, (code, answers) in DEEDS.items():
        assert post(client, code, what, **answers).status_code == 403
    assert not AreaChange.objects.exists()


def test_an_rts_page_tells_its_past(client: Client) -> None:
    changing.renumber(area(), "014", order(days_ago(9)))
    changing.merge(area(SIBLING_RT), area(), order())
    page = shown(client.get(f"/wilayah/{RT}/"))
    assert "RT 014, Kel. Sepinggan" in page
    assert "Nomor diganti menjadi 014" in page
    assert "RT 002 digabung ke sini" in page
    assert "Surat 100/7/UJI" in page
    merged = shown(client.get(f"/wilayah/{SIBLING_RT}/"))
    assert "Digabung ke RT 014" in merged
    assert "Bekukan" not in merged


@pytest.mark.parametrize("what", DEEDS)
def test_a_change_asks_then_shows_then_does(client: Client, what: str) -> None:
    code, answers = DEEDS[what]
    path, day = f"/wilayah/{code}/{what}/", days_ago(3).isoformat()
    assert client.get(path).status_code == 200
    check = client.get(path, {**answers, "date": day})
    assert "Yang akan terjadi" in shown(check)
    assert not AreaChange.objects.exists()
    done = client.post(path, {**letter(), **answers, "date": day, "key": key_on(check)})
    change = AreaChange.objects.get()
    assert (done.status_code, done["Location"]) == (302, f"/wilayah/{change.area_id}/")
    assert (change.kind, change.starts) == (KINDS[what], days_ago(3))
    assert change.mandate.kind == Mandate.Kind.AREA
    assert change.mandate.recorded_by == change.by == administrator()
    assert "sudah" in shown(client.get(done["Location"]))


@pytest.mark.parametrize("what", DEEDS)
def test_sent_twice_it_is_one_change(client: Client, what: str) -> None:
    code, answers = DEEDS[what]
    key = str(uuid4())
    first, second = (post(client, code, what, key=key, **answers) for _ in range(2))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    assert AreaChange.objects.count() == Mandate.objects.filter(kind="area").count() == 1


@pytest.mark.parametrize("what", DEEDS)
def test_without_its_letter_nothing_is_changed(client: Client, what: str) -> None:
    code, answers = DEEDS[what]
    answer = post(client, code, what, **answers, letter_scan="", letter_number="")
    assert answer.status_code == 422
    assert set(in_summary(answer)) == {"letter_number", "letter_scan"}
    assert typed(answer, "letter_issuer") == "Camat Balikpapan Selatan"
    for name, value in answers.items():
        assert typed(answer, name) == value
    assert not AreaChange.objects.exists()
    assert not Mandate.objects.filter(kind="area").exists()


@pytest.mark.parametrize(
    ("what", "answers", "field"),
    [
        ("tambah", {"number": "2"}, "number"),
        ("tambah", {"number": "12A"}, "number"),
        ("tambah", {"number": "0"}, "number"),
        ("tambah", {"number": ""}, "number"),
        ("nomor", {"number": "2"}, "number"),
        ("nomor", {"number": "1"}, "number"),
        ("nomor", {"number": "²"}, "number"),
        ("bekukan", {"date": "besok"}, "date"),
        ("bekukan", {"date": (today() + timedelta(days=1)).isoformat()}, "date"),
        ("bekukan", {"date": days_ago(91).isoformat()}, "date"),
        ("gabung", {"into": RT}, "into"),
        ("gabung", {"into": f"{factories.SIBLING_KELURAHAN}.001"}, "into"),
        ("gabung", {"into": KELURAHAN}, "into"),
        ("gabung", {"into": ""}, "into"),
    ],
)
def test_a_wrong_answer_is_told_beside_its_field(
    client: Client, what: str, answers: dict[str, str], field: str
) -> None:
    code = DEEDS[what][0]
    given = {"date": today().isoformat(), **answers}
    for answer in (
        client.get(f"/wilayah/{code}/{what}/", given),
        post(client, code, what, **given),
    ):
        assert answer.status_code == 422
        assert beside(answer, field)
        assert set(in_summary(answer)) == {field}
        assert typed(answer, field) == (answers[field] if field != "into" else "")
    assert not AreaChange.objects.exists()


def test_answers_can_be_changed_before_it_is_done(client: Client) -> None:
    check = client.get(f"/wilayah/{RT}/gabung/", {"into": SIBLING_RT, "date": today().isoformat()})
    back = check.content.decode().split('class="back" href="')[1].split('"')[0]
    again = client.get(f"/wilayah/{RT}/gabung/{back.replace('&amp;', '&')}")
    assert (again.status_code, typed(again, "into")) == (200, SIBLING_RT)


def test_two_swap_numbers_when_it_is_ticked(client: Client) -> None:
    answers = {"number": "2", "swap": "on", "date": today().isoformat()}
    check = shown(client.get(f"/wilayah/{RT}/nomor/", answers))
    assert f"Bertukar dengan RT 002, Kel. Sepinggan (kode {SIBLING_RT})" in check
    assert post(client, RT, "nomor", **answers).status_code == 302
    assert (area().name, area(SIBLING_RT).name) == ("002", "001")


def test_freezing_and_thawing(client: Client) -> None:
    assert client.get(f"/wilayah/{RT}/aktifkan/").status_code == 409
    assert post(client, RT, "bekukan").status_code == 302
    assert client.get(f"/wilayah/{RT}/bekukan/").status_code == 409
    assert post(client, RT, "bekukan").status_code == 409
    assert post(client, RT, "aktifkan").status_code == 302
    assert area().state == "active"


def test_merging_moves_the_residents(client: Client) -> None:
    resident = factories.reported(RT)
    assert post(client, RT, "gabung", into=SIBLING_RT).status_code == 302
    assert Resident.objects.get(pk=resident.pk).area_id == SIBLING_RT
    for what, (code, answers) in DEEDS.items():
        if what != "tambah":
            assert post(client, code, what, **answers).status_code == 409
    assert AreaChange.objects.count() == 1


def test_administrators_see_no_residents_there(client: Client) -> None:
    factories.reported(RT, full_name="Rahasia Belaka")
    for path in ("/wilayah/", f"/wilayah/{KELURAHAN}/", f"/wilayah/{RT}/"):
        assert "Rahasia" not in shown(client.get(path))


def test_the_letter_is_downloaded_and_that_is_noted(client: Client) -> None:
    post(client, RT, "bekukan")
    change = AreaChange.objects.get()
    answer: Any = client.get(f"/wilayah/surat/{change.pk}/")
    assert answer.content == PDF
    assert answer["Content-Disposition"] == f'attachment; filename="surat-{RT}.pdf"'
    assert Access.objects.get().subject == f"accounts.areachange:{change.pk}"
    assert client.get("/wilayah/surat/987654321/").status_code == 404


def test_pages_ask_as_often_for_many_as_for_few(client: Client) -> None:
    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(path).status_code == 200
        return len([one for one in queries if "SAVEPOINT" not in one["sql"]])

    paths = ("/wilayah/", "/wilayah/64.71.05/", f"/wilayah/{KELURAHAN}/", f"/wilayah/{RT}/")
    client.get("/wilayah/")
    few = {path: asked(path) for path in paths}
    for number in range(3, 60):
        changing.create(area(KELURAHAN), f"{number:03}", order())
    for number in range(100, 110):
        changing.renumber(area(), f"{number}", order())
    many = {path: asked(path) for path in paths}
    assert many == few
    assert max(many.values()) <= 12, many
    assert Area.objects.filter(parent=KELURAHAN).count() == 59


@pytest.mark.parametrize("code", ["\0", "64.71\0", "x", "64.71.05.1002.001.1"])
def test_what_is_no_code_is_not_found(client: Client, code: str) -> None:
    for page in ("", "nomor/", "gabung/", "tambah/"):
        assert client.get(f"/wilayah/{quote(code)}/{page}").status_code in (400, 404)
    for address in ("/akun/", "/audit/"):
        assert client.get(address, {"wilayah": code}).status_code in (400, 404)
