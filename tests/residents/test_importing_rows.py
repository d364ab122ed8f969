"""Single rows of a list: what is needed, what is left empty, what is said about it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from accounts.areas.models import Area
from residents.importing.cells import DAMAGED_NIK
from residents.registry.cautions import cautions_of
from residents.registry.models import Resident
from tests.factories import RT, SIBLING_RT, LodgingFactory, client_of, load_areas, user_with
from tests.residents.imported import (
    PAGE,
    entered,
    judged,
    nik,
    person,
    read,
    rows,
    text,
    upload,
    xlsx,
)
from tests.residents.pages import ketua_rt, lurah, operator, petugas
from wacat.clock import today

pytestmark = pytest.mark.django_db


def one(**changes: Any) -> Any:
    [row] = judged(petugas(), person(1, **changes))
    return row


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"name": ""}, "Isi nama lengkap."),
        ({"name": "123"}, "Isi nama lengkap."),
        ({"name": "x" * 121}, "terlalu panjang"),
        ({"nik": ""}, "Isi NIK, atau tulis sebabnya"),
        ({"nik": 6.47105e15}, "Excel telah merusak NIK ini, digit terakhir hilang"),
        ({"name": "", "nik": ""}, "tidak berisi nama maupun NIK"),
        ({"rt": ""}, "Isi nomor RT-nya."),
        ({"rt": "satu"}, "tidak dikenal"),
        ({"rt": "077"}, "RT 077 tidak ada"),
        ({"Kelurahan": "Manggar"}, "di luar wilayah daftar ini"),
        ({"address": ""}, "Isi alamat tinggal."),
        ({"born": "31-02-1990"}, "tidak ada dalam kalender"),
        ({"born": "01-01-1890"}, "lebih dari 120 tahun"),
        ({"born": "01-01-2099"}, "tidak boleh setelah hari ini"),
        ({"arrived": ""}, "Isi tanggal datang."),
        ({"arrived": "01-01-2099"}, "tidak boleh setelah hari ini"),
        ({"arrived": "dulu"}, "bukan tanggal"),
        ({"until": "01-01-2020"}, "lebih awal daripada tanggal datang"),
        ({"until": "besok"}, "bukan tanggal"),
        ({"purpose": ""}, "Isi keperluan tinggal."),
    ],
)
def test_what_rejects_a_row(changes: dict[str, Any], words: str) -> None:
    row = one(**changes)
    assert len(row.errors) == 1
    assert words in row.errors[0]


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"sex": "?"}, ""),
        ({"sex": "Tidak jelas"}, "Jenis Kelamin “Tidak jelas” tidak dikenal; dikosongkan."),
        ({"phone": "abc"}, "bukan nomor telepon"),
        ({"Email": "a@"}, "tidak lengkap; dikosongkan"),
        ({"No KK": "12"}, "dikosongkan"),
        ({"No KK": 6.47105e15}, "Excel telah merusak No. KK ini"),
        ({"until": ""}, "Akhir masa tinggal belum jelas; dicatat sampai"),
        ({"until": "menetap"}, "Akhir masa tinggal belum jelas; dicatat sampai"),
        ({"until": "01-01-2030"}, "Paling lama 1 tahun"),
        ({"arrived": "01-01-2024", "until": ""}, "Masa tinggal sudah lewat."),
        ({"purpose": "Ziarah"}, "Keperluan “Ziarah” dicatat sebagai Lainnya."),
        ({"born": "18-08-1990"}, "berbeda dari tanggal di dalam NIK"),
        ({"sex": "P"}, "berbeda dari yang terbaca di dalam NIK"),
        ({"Kos": "Kos Entah"}, "belum tercatat di RT ini"),
        ({"Hubungan": "KK", "born": "17-08-2020"}, "Kepala keluarga di bawah 17 tahun"),
        ({"Tempat Lahir": "x" * 90}, "Tempat Lahir dipotong"),
    ],
)
def test_what_only_warns(changes: dict[str, Any], words: str) -> None:
    row = one(**changes)
    assert row.errors == []
    assert words in " ".join(row.warnings)
    assert bool(row.warnings) == bool(words)


@pytest.mark.parametrize(
    "rt", ["001", "1", 1, 1.0, "RT 001", "RT.01/RW-", "01/05", "RT 1 RW 03", "rt.1"]
)
def test_ways_to_write_an_rt(rt: Any) -> None:
    row = one(rt=rt)
    assert (row.errors, row.fields["area_id"]) == ([], RT)


@pytest.mark.parametrize("name", ["Sepinggan", "KEL. SEPINGGAN", "64.71.05.1002", "Sepingan"])
def test_ways_to_write_a_kelurahan(name: str) -> None:
    load_areas()
    Area.objects.filter(code=RT[:13]).update(aliases=["Sepingan"])
    [row] = judged(operator(), person(1, Kelurahan=name))
    assert (row.errors, row.fields["area_id"]) == ([], RT)


def test_a_ketua_rt_needs_no_rt_and_cannot_name_another() -> None:
    first, second = judged(ketua_rt(), person(1, rt=None), person(2, rt="002"))
    assert (first.errors, first.fields["area_id"]) == ([], RT)
    assert second.errors == ["RT 002 tidak ada di wilayah Bapak/Ibu (RT 001)."]


def test_frozen_rts_take_people_and_merged_ones_do_not() -> None:
    load_areas()
    Area.objects.filter(pk=RT).update(state="frozen")
    Area.objects.filter(pk=SIBLING_RT).update(state="merged")
    first, second = judged(petugas(), person(1), person(2, rt="002"))
    assert (first.errors, len(second.errors)) == ([], 1)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"nik": "belum ada", "born": today() - timedelta(days=200)}, 1),
        ({"nik": "", "Kewarganegaraan": "WNA"}, 2),
        ({"nik": "-", "No Paspor": "X1234567"}, 2),
        ({"nik": "WNA"}, 2),
        ({"nik": "", "Alasan tanpa NIK": "KTP hilang"}, 3),
        ({"nik": "", "Alasan tanpa NIK": "entahlah"}, 4),
    ],
)
def test_people_without_nik_have_a_reason(changes: dict[str, Any], reason: int) -> None:
    row = one(**{"arrived": today() - timedelta(days=3), "until": "", **changes})
    assert (row.errors, row.fields["no_nik_reason"], row.fields["nik"]) == ([], reason, "")


def test_an_indonesian_is_not_without_nik_for_being_foreign() -> None:
    row = one(**{"nik": "", "Alasan tanpa NIK": "Orang asing", "Kewarganegaraan": "WNI"})
    assert "kewarganegaraannya WNI" in row.errors[0]


def test_place_and_day_of_birth_in_one_cell() -> None:
    people = [
        {**person(1), "Tgl Lahir": None, "Tempat Lahir": None, "TTL": ttl}
        for ttl in ("Samarinda, 17-08-1990", "Samarinda/17 Agustus 1990", "SAMARINDA 17.08.90")
    ]
    people = [{**row, "NIK": nik(number)} for number, row in enumerate(people)]
    for row in judged(petugas(), *people):
        assert (row.errors, row.fields["birth_date"]) == ([], "1990-08-17")
        assert row.fields["birth_place"].casefold() == "samarinda"


@pytest.mark.parametrize(
    ("until", "day"),
    [("6 bulan", "2027-04-01"), ("1 tahun", "2027-10-01"), ("30 hari", "2026-10-31")],
)
def test_a_stay_told_as_a_span(until: str, day: str) -> None:
    assert one(until=until).fields["stays_until"] == day


def test_lodgings_of_the_same_rt_are_found_by_name() -> None:
    load_areas()
    mine = LodgingFactory.create(name="Kos Melati", address="Jl. Kos 7")
    LodgingFactory.create(name="Kos Mawar", area_id=SIBLING_RT)
    LodgingFactory.create(name="Kos Tutup", closed_on=today())
    people = [person(1, Kos="KOST MELATI", address=None), person(2, Kos="Melati"),
              person(3, Kos="Kos Mawar"), person(4, Kos="Kos Tutup"),
              person(5, Kos="Kontrakan")]  # fmt: skip
    found = judged(petugas(), *people)
    assert [row.fields.get("lodging_id") for row in found] == [mine.pk, mine.pk, None, None, None]
    assert [row.fields["address"] for row in found[:2]] == ["Jl. Kos 7", "Jl. Contoh Melati 1"]
    assert found[2].fields["notes"] == "Tempat: Kos Mawar"
    assert found[4].warnings == []


def test_a_nik_twice_in_the_file_and_namesakes_without_one() -> None:
    baby = {"nik": "", "name": "Bayi Contoh", "born": today() - timedelta(days=90), "until": ""}
    baby["arrived"] = today() - timedelta(days=3)
    found = judged(
        petugas(), person(1), person(2, nik=nik(1)), person(3, **baby), person(4, **baby)
    )
    assert [bool(row.errors) for row in found] == [False, True, False, False]
    assert found[1].errors == ["NIK ini sudah ada di baris 2."]
    assert "Nama dan tanggal lahir sama dengan baris 4" in found[3].warnings[-1]


def test_a_column_that_excel_has_rounded_before_it_became_text() -> None:
    ends = [f"{nik(number)[:15]}0" for number in range(100, 190, 10)]
    found = judged(petugas(), *(person(n, nik=number) for n, number in enumerate(ends)))
    assert all(row.errors == [DAMAGED_NIK] for row in found)
    mixed = judged(petugas(), *(person(n, nik=number) for n, number in enumerate([*ends, nik(1)])))
    assert not any(row.errors for row in mixed)


def test_cautions_are_those_that_a_save_computes() -> None:
    people = [person(1), person(2, born="18-08-1990", sex="P"), person(3, nik=f"{nik(3)[:12]}0000"),
              person(4, nik="0071011708900001"), person(5, **{"No KK": nik(5)}),
              person(6, nik="", born=today() - timedelta(days=40), until="",
                     arrived=today() - timedelta(days=3))]  # fmt: skip
    entered(petugas(), xlsx(*people))
    assert Resident.objects.count() == 6
    for resident in Resident.objects.all():
        assert resident.cautions == cautions_of(resident)
    assert Resident.objects.exclude(cautions=[]).count() == 5


def test_words_that_a_database_or_spreadsheet_would_stumble_over() -> None:
    odd = 'O\'Neil \\ {"a"} \\N\t;--, É 你好 =1+1'
    told = person(1, name=odd, address="\\. 7", Keterangan="a\nb\\n\x0bc")
    entered(petugas(), text(told), "daftar.csv")
    found = Resident.objects.get()
    assert found.full_name == " ".join(odd.split())
    assert (found.address, found.notes) == ("\\. 7", "a b\\n c")


def test_who_may_import_and_where() -> None:
    assert lurah().get(PAGE).status_code == 403
    imported = read(petugas(), xlsx(person(1)))
    for client in (ketua_rt(), petugas("64.71.01.1001")):
        for address in (f"{PAGE}{imported.pk}/", f"{PAGE}{imported.pk}/ditolak/"):
            assert client.get(address).status_code == 404
        assert client.post(f"{PAGE}{imported.pk}/", {"action": "confirm"}).status_code == 404
    assert operator().get(f"{PAGE}{imported.pk}/").status_code == 200
    assert operator().get(f"{PAGE}{imported.pk}/ditolak/").status_code == 404, "not the uploader"


def test_an_upload_is_for_one_of_ones_own_posts() -> None:
    both = user_with(("ketua_rt", RT), ("petugas_kelurahan", "64.71.01.1001"))
    client = client_of(both)
    assert upload(client, xlsx(person(1))).status_code == 422, "which of the two?"
    other = user_with(("ketua_rt", SIBLING_RT)).todays_posts[0]
    assert upload(client, xlsx(person(1)), post=other.pk).status_code == 422
    own = next(post for post in both.todays_posts if post.role == "ketua_rt")
    [row] = rows(read(client, xlsx(person(1)), post=own.pk))
    assert row.fields["area_id"] == RT
