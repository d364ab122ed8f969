"""From an uploaded list to residents: what is shown, what is entered, what is handed back."""

from __future__ import annotations

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.files.storage import default_storage
from openpyxl import load_workbook

from accounts.areas.models import Area
from accounts.notices.models import Notice
from accounts.rules import Role
from residents.importing import working
from residents.importing.models import Import, ImportBlock, ImportPart, ImportReading, ImportStatus
from residents.registry.models import Resident, ResidentStep
from residents.registry.spans import Placement, StayPeriod
from residents.registry.states import Status
from tests import factories
from tests.factories import FOREIGN_RT, RT, SIBLING_RT, holder
from tests.residents.imported import (
    PAGE,
    confirm,
    entered,
    fresh,
    judged,
    nik,
    person,
    read,
    rows,
    text,
    upload,
    xlsx,
)
from tests.residents.pages import beside, ketua_rt, key_on, operator, petugas, shown
from wacat.clock import today
from wacat.work import perform

pytestmark = pytest.mark.django_db


def test_a_list_becomes_reported_residents_like_those_reported_by_hand() -> None:
    imported = entered(petugas(), xlsx(person(1), person(2), person(3, nik="123")))
    assert (imported.status, imported.rows, imported.rejected, imported.entered) == (
        "done",
        3,
        1,
        2,
    )
    one = Resident.objects.get(full_name="Warga Contoh 1")
    same = ("full_name", "birth_date", "arrived_on", "stays_until", "entered_by")
    by_hand = factories.reported(nik=nik(9), **{name: getattr(one, name) for name in same})
    for name in ("status", "area_id", "kelurahan", "name_keys", "cautions", "entered_by_id"):
        assert getattr(one, name) == getattr(by_hand, name), name
    for model in (Placement, StayPeriod):
        names = ["starts", "until"]
        of_one, of_other = (model.objects.filter(resident=r) for r in (one, by_hand))
        assert list(of_one.values_list(*names)) == list(of_other.values_list(*names))
    step = ResidentStep.objects.get(subject=one)
    assert (step.name, step.source, step.target) == ("report", "draft", "reported")
    assert Resident.objects.with_nik(nik(1)).get() == one


def test_all_that_a_list_may_tell_is_stored() -> None:
    told = {
        "No KK": "9971012001010001", "SHDK": "Istri", "Status Kawin": "Kawin", "Pendidikan": "S1",
        "Pekerjaan": "Wirausaha", "Gol. Darah": "O", "Kewarganegaraan": "WNI",
        "Alamat Asal": "Jl. Contoh Asal 2", "Kab/Kota Asal": "Kab. Wajo",
        "Provinsi Asal": "Sulawesi Selatan", "Pemilik": "Bu Contoh", "HP Pemilik": "080000009999",
        "Tempat Kerja": "PT Contoh", "Penjamin": "Pak Contoh", "Email": "warga@contoh.invalid",
        "Keterangan": "Kerja malam",
    }  # fmt: skip
    entered(petugas(), xlsx(person(1, **told)))
    one: Any = Resident.objects.get()
    assert (one.no_kk, one.family_relation, one.marital_status) == ("9971012001010001", 3, 2)
    assert (one.education, one.occupation, one.blood_type, one.nationality) == (8, 88, 4, 1)
    assert (one.origin_address, one.origin_area) == (
        "Jl. Contoh Asal 2",
        "Kab. Wajo, Sulawesi Selatan",
    )
    assert (one.origin_province, one.landlord_name, one.landlord_phone) == (
        "73", "Bu Contoh", "080000009999",
    )  # fmt: skip
    assert (one.institution_name, one.guarantor_name) == ("PT Contoh", "Pak Contoh")
    assert (one.email, one.notes) == ("warga@contoh.invalid", "Kerja malam")


def test_the_preview_tells_counts_reasons_and_no_whole_nik() -> None:
    client = petugas()
    people = [person(1), person(2, religion="Kejawen"), person(3, nik=nik(1)), person(4, rt="099")]
    imported = read(client, xlsx(*people))
    page = client.get(f"{PAGE}{imported.pk}/")
    words = shown(page)
    assert "Baris dalam berkas 4" in words
    assert "Masukkan 2 warga" in words
    assert "Ditolak 2" in words
    assert "Agama “Kejawen” tidak dikenal; dikosongkan." in words
    assert "NIK ini sudah ada di baris 2." in words
    assert "RT 099 tidak ada di kelurahan itu." in words
    assert "99•• •••• ••••" in words
    assert not any(nik(number) in page.content.decode() for number in (1, 2, 3, 4))
    assert not Resident.objects.exists()


def test_columns_and_words_that_were_read_otherwise_are_told() -> None:
    client = petugas()
    imported = read(client, xlsx(person(1, Hobi="Catur", Status="?", **{"Status Kawin": "Kawin"})))
    words = shown(client.get(f"{PAGE}{imported.pk}/"))
    assert "Kolom yang tidak dibaca: Hobi, Status." in words
    assert "Status Perkawinan “Kawin” dibaca sebagai Kawin tercatat (1 baris)." in words


def test_rejected_rows_are_mended_and_uploaded_as_they_are() -> None:
    client = petugas()
    bad = [
        person(2, nik=6.47105e15, born=date(1990, 8, 17), address="-Jl. Contoh 1"),
        person(3, born="31-02-1990", phone="'081200000000"),
        person(4, purpose=None),
    ]
    imported = entered(client, xlsx(person(1), *bad))
    answer = client.get(f"{PAGE}{imported.pk}/ditolak/")
    book = load_workbook(io.BytesIO(answer.content))
    sheet: Any = book.active
    heads = [cell.value for cell in sheet[1]]
    assert heads[0] == "Alasan ditolak"
    assert sheet.max_row == 4
    assert "Excel telah merusak NIK ini" in sheet["A2"].value
    again = read(client, answer.content)
    assert (again.rows, again.rejected) == (3, 3), "nothing was mended yet"
    for line, (head, value) in enumerate(
        [("NIK", nik(2)), ("Tgl Lahir", "28-02-1990"), ("Keperluan", "Kerja")], start=2
    ):
        sheet.cell(line, heads.index(head) + 1, value)
    file = io.BytesIO()
    book.save(file)
    done = entered(client, file.getvalue())
    assert (done.status, done.rows, done.rejected, done.entered) == ("done", 3, 0, 3)
    assert Resident.objects.get(full_name="Warga Contoh 3").phone == "081200000000"


def test_the_template_is_read_again_and_its_example_left_out() -> None:
    for client, columns in (
        (ketua_rt(), set()),
        (petugas(), {"RT"}),
        (operator(), {"RT", "Kelurahan"}),
    ):
        answer = client.get("/warga/impor/contoh/")
        book = load_workbook(io.BytesIO(answer.content))
        sheet: Any = book["Daftar"]
        heads = [cell.value for cell in sheet[1]]
        assert {"RT", "Kelurahan"} & set(heads) == columns
        assert book["Pilihan"].sheet_state == "hidden"
        assert sheet.data_validations.count >= 9
        assert sheet.column_dimensions["B"].number_format == "@"
        told = {**person(5), "Jenis Kelamin": "Laki-laki", "Tanggal Lahir": "17-08-1990",
                "Tanggal Datang": "01-10-2026", "Kelurahan": "Sepinggan"}  # fmt: skip
        for number, head in enumerate(heads, start=1):
            sheet.cell(3, number, told.get(head))
        file = io.BytesIO()
        book.save(file)
        imported = read(client, file.getvalue())
        assert imported.status == "ready", imported.refusal
        [row] = rows(imported)
        assert (row.errors, row.fields["nik"], row.fields["area_id"]) == ([], nik(5), RT)


def test_a_nik_active_elsewhere_is_held_and_the_lurah_told_once() -> None:
    lurah = holder(Role.LURAH, RT[:13])
    for number in (1, 2):
        factories.reported(FOREIGN_RT, nik=nik(number))
    client = petugas()
    imported = read(client, xlsx(person(1), person(2), person(3)))
    assert (imported.rejected, imported.held) == (0, 0), "what its area may not know of"
    assert "Manggar" not in shown(client.get(f"{PAGE}{imported.pk}/"))
    confirm(client, imported)
    [part] = ImportPart.objects.filter(of=imported)
    assert perform(ImportPart, part.pk, working.enter)
    assert fresh(imported).held == 2
    held = Resident.objects.filter(status=Status.HELD)
    assert held.count() == 2
    assert not StayPeriod.objects.filter(resident__in=held).exists()
    [notice] = Notice.objects.filter(kind="residents_held")
    assert (notice.recipient, notice.values) == (lurah, {"count": 2})


def test_a_nik_active_in_the_same_rt_is_rejected() -> None:
    factories.reported(nik=nik(1))
    [row] = judged(petugas(), person(1))
    assert row.errors == ["NIK ini sudah terdaftar aktif di RT ini."]


def test_an_ended_stay_that_reaches_into_the_new_one_is_in_the_way() -> None:
    day = today()
    factories.ended(nik=nik(1), arrived_on=day - timedelta(days=60), on=day - timedelta(days=10))
    early, late = day - timedelta(days=20), day - timedelta(days=5)
    [row] = judged(petugas(), person(1, arrived=early, until=""))
    assert "Pilih tanggal datang yang tidak lebih awal." in row.errors[0]
    [row] = judged(petugas(), person(1, arrived=late, until="", name="Lain"))
    assert row.errors == []


def test_a_report_by_hand_meanwhile_makes_the_row_rejected_or_held_and_no_more() -> None:
    client = petugas()
    imported = read(client, xlsx(person(1), person(2), person(3)))
    factories.reported(nik=nik(1))
    factories.reported(FOREIGN_RT, nik=nik(2))
    confirm(client, imported)
    [part] = ImportPart.objects.filter(of=imported)
    assert perform(ImportPart, part.pk, working.enter)
    done = fresh(imported)
    assert (done.status, done.rows, done.rejected, done.entered, done.held) == ("done", 3, 1, 2, 1)
    assert [bool(row.errors) for row in rows(done)] == [True, False, False]
    assert not perform(ImportPart, part.pk, working.enter), "a part is entered once"
    assert Resident.objects.count() == 4


def test_an_rt_merged_meanwhile_takes_nobody() -> None:
    client = petugas()
    imported = read(client, xlsx(person(1), person(2, rt="002")))
    Area.objects.filter(pk=SIBLING_RT).update(state="merged")
    confirm(client, imported)
    [part] = ImportPart.objects.filter(of=imported)
    assert perform(ImportPart, part.pk, working.enter)
    assert (fresh(imported).rejected, fresh(imported).entered) == (1, 1)


def test_the_same_file_is_refused_with_a_link_to_the_earlier_one() -> None:
    client, content = petugas(), xlsx(person(1))
    imported = read(client, content)
    answer = upload(client, content)
    assert answer.status_code == 422
    assert "Berkas yang sama sudah diunggah" in beside(answer, "file")
    assert f'href="{PAGE}{imported.pk}/"' in answer.content.decode()
    assert upload(ketua_rt(), content).status_code == 302, "for another area it is another list"
    client.post(f"{PAGE}{imported.pk}/", {"action": "discard"})
    assert upload(client, content).status_code == 302, "what was discarded may come again"


def test_the_same_form_twice_makes_one_import() -> None:
    client, key = petugas(), "3c7b3c7e-6a43-4a0f-9a55-2f9d8e5d7a11"
    for _ in range(2):
        assert upload(client, xlsx(person(1)), form_key=key).status_code == 302
    assert Import.objects.count() == 1


def test_confirming_twice_enters_once_and_discarding_after_it_is_too_late() -> None:
    client = petugas()
    imported = read(client, xlsx(person(1)))
    key = key_on(client.get(f"{PAGE}{imported.pk}/"))
    for _ in range(2):
        assert confirm(client, imported, key=key).status_code == 302
    assert ImportPart.objects.filter(of=imported).count() == 1
    assert confirm(client, imported).status_code == 409
    assert client.post(f"{PAGE}{imported.pk}/", {"action": "discard"}).status_code == 409
    assert client.post(f"{PAGE}{imported.pk}/", {"action": "x"}).status_code == 400


def test_nothing_good_cannot_be_confirmed() -> None:
    client = petugas()
    imported = read(client, xlsx(person(1, nik="1")))
    assert "Masukkan" not in shown(client.get(f"{PAGE}{imported.pk}/")).partition("Ditolak")[0]
    assert confirm(client, imported).status_code == 409


def test_a_file_that_cannot_be_read_says_why() -> None:
    client = petugas()
    imported = read(client, text({"Nama": "A"}), "daftar.csv")
    assert imported.status == ImportStatus.REFUSED
    assert imported.refusal in shown(client.get(f"{PAGE}{imported.pk}/"))
    assert upload(client, text({"Nama": "A"})).status_code == 302, "it may be sent again"


def test_the_page_tells_progress_and_asks_again_until_it_is_done() -> None:
    client = petugas()
    upload(client, xlsx(person(1)))
    imported = Import.objects.latest("pk")
    page = client.get(f"{PAGE}{imported.pk}/").content.decode()
    assert f'hx-get="{PAGE}{imported.pk}/"' in page
    assert "<noscript>" in page
    part = client.get(f"{PAGE}{imported.pk}/", headers={"HX-Request": "true"})
    assert "<html" not in part.content.decode()
    assert perform(ImportReading, imported.reading.pk, working.read)
    done = client.get(f"{PAGE}{imported.pk}/", headers={"HX-Request": "true"})
    assert done.headers["HX-Refresh"] == "true"
    confirm(client, imported)
    assert "0 dari 1 warga sudah dimasukkan." in shown(client.get(f"{PAGE}{imported.pk}/"))


def test_values_for_empty_cells_are_told_with_the_upload() -> None:
    people = [person(1, rt=None, arrived=None, purpose=None, address=None), person(2, rt="001")]
    given = {"rt": SIBLING_RT, "address": "Jl. Kos", "arrival": "2026-09-01", "purpose": "2"}
    one, two = judged(petugas(), *people, **given)
    assert (one.errors, one.fields["area_id"], one.fields["purpose"]) == ([], SIBLING_RT, 2)
    assert (one.fields["address"], one.fields["arrived_on"]) == ("Jl. Kos", "2026-09-01")
    assert (two.fields["area_id"], two.fields["arrived_on"]) == (RT, "2026-10-01")


def test_uploading_is_limited_to_some_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("residents.importing.views.UPLOADS_A_DAY", 2)
    client = petugas()
    answers = [upload(client, xlsx(person(number))) for number in (1, 2, 3)]
    assert [answer.status_code for answer in answers] == [302, 302, 422]


def test_files_and_rows_are_deleted_a_month_after_they_were_settled() -> None:
    client = petugas()
    done = entered(client, xlsx(person(1), person(2, nik="1")))
    left = read(client, xlsx(person(3)))
    with factories.on_day(today() + timedelta(days=29)):
        assert working.clear_old() == 0
    with factories.on_day(today() + timedelta(days=31)):
        assert working.clear_old() == 2
        assert working.clear_old() == 0
    assert not ImportBlock.objects.exists()
    assert fresh(left).status == ImportStatus.DISCARDED
    assert (fresh(done).status, fresh(done).file, fresh(done).reading_notes) == ("done", "", "")
    assert client.get(f"{PAGE}{done.pk}/").status_code == 200
    assert client.get(f"{PAGE}{done.pk}/ditolak/").status_code == 409


def test_a_discarded_list_leaves_neither_file_nor_rows(
    django_capture_on_commit_callbacks: Any,
) -> None:
    client = petugas()
    imported = read(client, xlsx(person(1)))
    assert default_storage.exists(imported.file)
    with django_capture_on_commit_callbacks(execute=True):
        client.post(f"{PAGE}{imported.pk}/", {"action": "discard"})
    assert not default_storage.exists(imported.file)
    assert not ImportBlock.objects.exists()
