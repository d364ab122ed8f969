"""The trail's page: who did what to what, when, from where; and who revealed which NIK."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.audit import sheet
from accounts.audit.models import Access
from accounts.login.models import SignIn, User
from accounts.rules import Role
from residents.registry.models import Resident
from tests import factories
from tests.officials import FOREIGN_RT, KELURAHAN, RT, client_of, holder, user_as, user_with
from wacat.clock import now, today
from wacat.pages import PAGE_SIZE

pytestmark = pytest.mark.django_db
TRAIL = "trail"
FROM = "203.0.113.7"


@pytest.fixture
def administrator() -> Client:
    return client_of(user_as(Role.ADMINISTRATOR))


def entries(client: Client, **query: Any) -> list[Any]:
    response = client.get(reverse(TRAIL), query)
    assert response.status_code == 200
    return list(response.context["entries"])


def enter(user: User, **changes: Any) -> Resident:
    """Somebody entered through the form, from the address ``FROM``."""
    data = factories.form_data(**changes)
    client_of(user).post("/warga/tambah/", data, REMOTE_ADDR=FROM)
    return Resident.objects.latest("pk")


def reveal(user: User, resident: Resident) -> None:
    path = reverse("resident_detail", args=[resident.pk])
    response = client_of(user).post(path, {"action": "reveal"}, REMOTE_ADDR=FROM)
    assert response.status_code == 200


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.ADMINISTRATOR}))
def test_only_the_administrator_reads_the_trail(role: str) -> None:
    client = client_of(user_as(role))
    for path in (reverse(TRAIL), reverse("trail_xlsx")):
        assert client.get(path).status_code == 403
    assert client.post(reverse(TRAIL), {"q": "Budi"}).status_code == 403


def test_a_write_tells_who_what_when_and_from_where(administrator: Client) -> None:
    clerk = user_as(Role.KETUA_RT)
    resident = enter(clerk)
    [entry] = entries(administrator, jenis="change", objek=f"residents.resident:{resident.pk}")
    assert (entry.actor, entry.what) == (clerk.full_name, "Warga dibuat")
    assert (entry.subject, entry.area) == (f"Warga nomor {resident.pk}", "RT 001, Kel. Sepinggan")
    assert (entry.address, entry.url) == (FROM, "/warga/tambah/")
    assert abs(entry.at - now()) < timedelta(minutes=1)


def test_an_update_tells_which_columns_and_only_harmless_values(administrator: Client) -> None:
    resident = factories.draft(full_name="Nama Lama", nik=factories.a_nik())
    old_nik, resident.nik = resident.nik, factories.a_nik()
    resident.full_name, resident.stays_until = "Nama Baru", resident.stays_until + timedelta(1)
    resident.save()
    subject = f"residents.resident:{resident.pk}"
    latest = entries(administrator, jenis="change", objek=subject)[0]
    assert latest.what == "Warga diubah"
    assert {"NIK", "nama lengkap"} <= set(latest.details)
    assert any(line.startswith("tinggal sampai: ") for line in latest.details)
    page = administrator.get(reverse(TRAIL), {"objek": subject}).content.decode()
    for secret in (old_nik, resident.nik, "Nama Lama", "Nama Baru", resident.address):
        assert secret not in page


def test_steps_tell_the_states(administrator: Client) -> None:
    letter = factories.letter_issued()
    told = [one.what for one in entries(administrator, objek=f"reports.letter:{letter.pk}")]
    assert "Surat: Siap diterbitkan → Terbit" in told
    assert "Surat dibuat" in told


def test_everything_stands_in_the_order_of_time(administrator: Client) -> None:
    factories.letter_issued()
    moments = [one.at for one in entries(administrator)]
    assert moments == sorted(moments, reverse=True)


def test_pages_follow_one_another_without_loss_or_repeat(administrator: Client) -> None:
    for _ in range(3):
        factories.letter_issued(factories.reported())
    address, seen = reverse(TRAIL), list[tuple[str, str]]()
    while address and len(seen) < 500:
        response = administrator.get(address)
        seen += [(one.what, one.subject) for one in response.context["entries"]]
        address = response.context["next_url"]
    content = administrator.get(reverse("trail_xlsx")).content
    rows = load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2, values_only=True)
    assert seen == [(row[2], row[4]) for row in rows]
    assert len(seen) > 3 * PAGE_SIZE


def test_who_revealed_which_nik(administrator: Client) -> None:
    lurah, other = user_as(Role.LURAH), factories.reported()
    resident = factories.reported()
    reveal(lurah, resident)
    reveal(holder(Role.OPERATOR, "64.71"), other)
    response = administrator.post(f"{reverse(TRAIL)}?jenis=reveal", {"q": resident.nik})
    assert response.status_code == 302
    assert resident.nik not in response["Location"]
    [entry] = administrator.get(response["Location"]).context["entries"]
    assert (entry.actor, entry.what, entry.address) == (lurah.full_name, "NIK ditampilkan", FROM)
    assert len(entries(administrator, jenis="reveal")) == 2


def test_a_nik_that_was_corrected_is_still_found(administrator: Client) -> None:
    resident = factories.draft()
    old, resident.nik = str(resident.nik), factories.a_nik()
    resident.save()
    for nik in (old, resident.nik):
        response = administrator.post(reverse(TRAIL), {"q": nik})
        assert response["Location"].endswith(f"objek=residents.resident%3A{resident.pk}")


def test_looking_up_a_nik_is_in_the_trail(administrator: Client) -> None:
    resident = factories.reported()
    administrator.post(reverse(TRAIL), {"q": resident.nik})
    [entry] = entries(administrator, jenis="lookup")
    assert entry.subject_key == f"residents.resident:{resident.pk}"
    administrator.post(reverse(TRAIL), {"q": factories.a_nik()})
    assert len(entries(administrator, jenis="lookup")) == 1


def test_a_search_finds_people_to_ask_about(administrator: Client) -> None:
    person = user_with((Role.KETUA_RT, RT), full_name="Budi Hartono")
    enter(person)
    for text in ("budi hartono", person.username):
        page = administrator.post(reverse(TRAIL), {"q": text})
        assert [one.pk for one in page.context["found"]] == [person.pk]
    assert {one.actor for one in entries(administrator, orang=person.pk)} == {"Budi Hartono"}
    assert entries(administrator, orang=987_654_321) == []
    empty = administrator.post(reverse(TRAIL), {"q": "tidak ada orangnya"})
    assert "Tidak ada yang cocok" in empty.content.decode()


def test_logins_and_undertakings_are_told(administrator: Client) -> None:
    person = user_with((Role.KETUA_RT, RT), full_name="Budi Hartono")
    SignIn.objects.create(user=person, way="password", succeeded=False, address=FROM)
    told = entries(administrator, objek=f"accounts.user:{person.pk}")
    assert "Gagal masuk: kata sandi" in [one.what for one in told]
    assert "Pernyataan kerahasiaan disetujui" in [one.what for one in told]
    assert {one.subject for one in told} == {"Akun Budi Hartono"}


@pytest.mark.parametrize("area", [RT, KELURAHAN, "64.71.05"])
def test_an_area_holds_what_happened_in_it_and_to_its_people(
    administrator: Client, area: str
) -> None:
    near, far = user_as(Role.KETUA_RT), user_with((Role.KETUA_RT, FOREIGN_RT))
    resident = enter(near)
    factories.reported(FOREIGN_RT)
    told = entries(administrator, wilayah=area)
    assert all(f"{one.area_code or area}.".startswith(f"{area}.") for one in told)
    subjects = {one.subject_key for one in told}
    assert f"accounts.user:{near.pk}" in subjects
    assert f"accounts.user:{far.pk}" not in subjects
    assert f"residents.resident:{resident.pk}" in subjects


def test_days_are_those_of_balikpapan(administrator: Client) -> None:
    user = holder(Role.ADMINISTRATOR, "64.71")
    midnight = now().replace(hour=16, minute=0, second=0, microsecond=0)  # 00.00 WITA
    midnight -= timedelta(days=2)
    day = (midnight + timedelta(hours=8)).date()
    for moment in (midnight - timedelta(seconds=1), midnight):
        Access.objects.create(
            actor=user, kind="reveal", subject="residents.resident:1", area_id=RT, at=moment
        )
    asked = {"jenis": "reveal", "dari": day.isoformat(), "sampai": day.isoformat()}
    assert [one.at for one in entries(administrator, **asked)] == [midnight]


@pytest.mark.parametrize(
    "query",
    [
        "jenis=x",
        "orang=x",
        "dari=kemarin",
        "sampai=0001-01-01",
        "objek=x",
        "objek=accounts.user:1.2",
        "objek=accounts.user:99999999999999999999",
        "sebelum=x",
        "sebelum=999999999999999999:1:1",
    ],
)
def test_what_nobody_can_have_asked_is_refused(administrator: Client, query: str) -> None:
    assert administrator.get(f"{reverse(TRAIL)}?{query}").status_code == 400


def test_an_unknown_area_does_not_exist(administrator: Client) -> None:
    assert administrator.get(reverse(TRAIL), {"wilayah": "64.72"}).status_code == 404


def test_the_sheet_is_the_page_and_is_in_the_trail(administrator: Client) -> None:
    resident = enter(user_with((Role.KETUA_RT, RT), full_name="=HYPERLINK(1)"))
    query = {"objek": f"residents.resident:{resident.pk}"}
    response = administrator.get(reverse("trail_xlsx"), query)
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == [one.what for one in entries(administrator, **query)]
    assert {row[1] for row in rows[1:]} == {"=HYPERLINK(1)"}
    assert f"jejak-{today().isoformat()}.xlsx" in response["Content-Disposition"]
    [taken] = entries(administrator, jenis="export")
    assert (taken.actor, taken.subject) == (holder(Role.ADMINISTRATOR, "64.71").full_name, "Jejak")


def test_a_sheet_that_was_cut_says_so(
    administrator: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    factories.letter_issued()
    monkeypatch.setattr(sheet, "MOST_ROWS", 3)
    response = administrator.get(reverse("trail_xlsx"))
    rows = list(load_workbook(io.BytesIO(response.content)).active.iter_rows(values_only=True))
    assert rows[0][0].startswith("TERPOTONG: hanya 3 catatan")
    assert len(rows) == 2 + 3


def test_nothing_of_the_trail_is_changed_by_reading_it(administrator: Client) -> None:
    factories.letter_issued()
    before = [(one.at, one.what) for one in entries(administrator)]
    assert [(one.at, one.what) for one in entries(administrator)] == before
