"""A record's history reads as a story: who with which office, what, when and why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.rules import Role
from residents.attachments.models import Attachment
from residents.importing.models import Import
from residents.page.story import FROM_MERGED, SHOWN, story_of
from residents.registry import codes
from residents.registry.models import Resident, ResidentStep
from residents.registry.workflow import WORKFLOW
from residents.regrouping.moving import merge_rts
from tests import factories
from tests.accounts.areas_changed import area, days_ago, order
from tests.factories import CITY_CODE, FOREIGN_RT, KELURAHAN, RT, SIBLING_RT, holder
from tests.residents import pages
from wacat.clock import now, today
from wacat.workflow import Move

pytestmark = pytest.mark.django_db


def ketua_rt(area_code: str = RT) -> Any:
    return holder(Role.KETUA_RT, area_code)


def told(resident: Resident, viewer: Any = None) -> list[dict[str, Any]]:
    """All lines, the latest first."""
    found = story_of(viewer or ketua_rt(), Resident.objects.get(pk=resident.pk))
    return [*found.lines, *found.earlier]


def labels(resident: Resident, viewer: Any = None) -> list[str]:
    return [line["label"] for line in told(resident, viewer)]


def line(resident: Resident, label: str, viewer: Any = None) -> dict[str, Any]:
    [found] = [one for one in told(resident, viewer) if one["label"].startswith(label)]
    return found


def advance(resident: Resident, name: str, actor: Any, **data: Any) -> None:
    WORKFLOW.advance(resident.pk, name, Move(actor, data, uuid4()))


def correct(resident: Resident, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(resident, name, value)
    resident.save()


def test_it_goes_from_the_first_word_to_the_last() -> None:
    resident = factories.reported()
    operator, staff = holder(Role.OPERATOR, CITY_CODE), holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    advance(resident, "return", operator, reason="Periksa alamatnya.")
    WORKFLOW.advance(resident.pk, "report", Move(staff))
    advance(resident, "verify", operator)
    advance(resident, "extend", staff, date=resident.stays_until + timedelta(days=60))
    advance(resident, "end", staff, date=today(), end_reason=codes.EndReason.DIED)
    assert labels(resident) == [
        "Masa tinggal berakhir",
        "Masa tinggal diperpanjang",
        "Diverifikasi",
        "Dilaporkan",
        "Dikembalikan",
        "Dilaporkan",
        "Dicatat",
    ]
    assert line(resident, "Dikembalikan")["reason"] == "Periksa alamatnya."
    assert "Meninggal dunia" in line(resident, "Masa tinggal berakhir")["details"][0]
    [extended] = line(resident, "Masa tinggal diperpanjang")["details"]
    assert extended.startswith("Tinggal sampai: ")
    assert line(resident, "Dicatat")["actor"] == f"{staff.full_name}, Petugas Kelurahan Sepinggan"


def test_a_correction_says_what_was_and_what_is() -> None:
    resident = factories.reported(full_name="Budi Contoh")
    correct(
        resident,
        full_name="Budi Contoh Jaya",
        occupation=codes.Occupation.TEACHER,
        lodging=factories.LodgingFactory.create(name="Kos Mawar"),
        birth_date=None,
        notes="Isi yang panjang",
    )
    details = line(resident, "Data diperbaiki")["details"]
    assert "Nama lengkap: Budi Contoh → Budi Contoh Jaya" in details
    assert "Pekerjaan: Karyawan Swasta → Guru" in details
    assert "Tempat: kosong → Kos Mawar" in details
    assert "Tanggal lahir: 12 Mei 1990 → kosong" in details
    assert "Catatan diisi" in details
    assert "Isi yang panjang" not in str(details)


def test_of_numbers_only_the_last_digits_are_told() -> None:
    resident = factories.reported(nik="9971051205901111", passport_number="X1234567")
    correct(
        resident,
        nik="9971051205902222",
        no_kk="9971052001013333",
        passport_number="X7654321",
        guarantor_nik="9971051205904444",
    )
    details = line(resident, "Data diperbaiki")["details"]
    text = " ".join(details)
    assert "NIK diubah, sekarang 99•• •••• •••• 2222" in details
    assert "Nomor KK diubah, sekarang 99•• •••• •••• 3333" in details
    assert "Nomor paspor diubah" in details
    for secret in ("9971051205901111", "9971051205902222", "X1234567", "X7654321", "1111"):
        assert secret not in text.replace(" ", "")


def test_what_one_request_wrote_is_told_once_with_the_step() -> None:
    client = pages.ketua_rt()
    client.post("/warga/tambah/", factories.form_data(area=RT))
    resident = Resident.objects.get()
    client.post(f"/warga/{resident.pk}/", {"action": "report"})
    advance(resident, "verify", holder(Role.OPERATOR, CITY_CODE))
    data = factories.form_data(area=RT, nik=resident.nik, full_name="Nama Yang Benar")
    answer = client.post(f"/warga/{resident.pk}/ubah/", data)
    assert answer.status_code == 302, pages.in_summary(answer)
    amended = line(resident, "Diubah setelah verifikasi")
    assert any(one.startswith("Nama lengkap: ") for one in amended["details"])
    assert "Data diperbaiki" not in labels(resident)


def test_a_move_and_a_merging_of_rts_are_told_with_their_days() -> None:
    resident = factories.reported(RT, address="Jl. Lama 1")
    staff = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    advance(resident, "move", staff, date=days_ago(20), area=SIBLING_RT, address="Jl. Baru 2")
    moved = line(resident, "Pindah alamat", staff)
    assert set(moved["details"]) == {"RT: RT 001 → RT 002", "Alamat: Jl. Lama 1 → Jl. Baru 2"}
    merge_rts(area(SIBLING_RT), area(RT), order(days_ago(5)))
    merged = line(resident, "RT 002 digabung ke RT 001", staff)
    assert merged["details"][0].startswith("Berlaku sejak ")
    assert merged["actor"] == "Administrator WaCAT"


def test_documents_are_told_with_who_added_and_removed_them() -> None:
    resident = factories.reported()
    head = ketua_rt()
    row = Attachment.objects.create(
        area_id=RT,
        resident=resident,
        kind="ktp",
        file="a/b.jpg",
        size=1,
        sha256="0" * 64,
        added_by=head,
        key=uuid4(),
    )
    assert line(resident, "Lampiran ditambahkan: Foto KTP-el")["actor"].startswith(head.full_name)
    row.removed_at = now()
    row.save()
    assert "Lampiran dihapus: Foto KTP-el" in labels(resident)


def test_a_letter_is_told_to_those_who_may_see_letters() -> None:
    resident = factories.reported()
    letter = factories.letter_revoked(resident, reason="Salah ketik.")
    found = line(resident, f"Surat domisili {letter.number} dicabut")
    assert found["reason"] == "Salah ketik."
    assert len([one for one in labels(resident) if one.startswith("Surat domisili")]) == 4
    operator = holder(Role.OPERATOR, CITY_CODE)
    assert [one for one in labels(resident, operator) if one.startswith("Surat")] == []


def test_a_merged_record_brings_its_story_and_is_marked() -> None:
    kept, other = factories.reported(), factories.reported(notes="Dua kali")
    staff = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    advance(other, "merge", staff, into=kept.pk, reason="Orang yang sama.")
    merged = line(kept, "Catatan lain digabung ke catatan ini")
    assert (merged["reason"], merged["mark"]) == ("Orang yang sama.", FROM_MERGED)
    assert [one["mark"] for one in told(kept) if one["label"] == "Dicatat"] == [FROM_MERGED, ""]
    assert line(other, "Digabung dengan catatan lain")["mark"] == ""


def test_of_a_record_of_another_area_only_that_it_was_merged_is_told() -> None:
    kept, other = factories.reported(RT), factories.reported(FOREIGN_RT, full_name="Orang Sana")
    correct(other, address="Jl. Sana 9")
    operator = holder(Role.OPERATOR, CITY_CODE)
    WORKFLOW.advance(other.pk, "merge", Move(None, {"into": kept.pk, "reason": "Rahasia sana."}))
    seen = str(told(kept))
    assert "Catatan lain digabung ke catatan ini" in seen
    for secret in ("Rahasia sana", "Jl. Sana 9", "Orang Sana"):
        assert secret not in seen
        assert (secret in str(told(kept, operator))) == (secret != "Orang Sana")


def test_officials_elsewhere_are_told_by_their_office_alone() -> None:
    operator = holder(Role.OPERATOR, CITY_CODE)
    resident = factories.verified()
    assert line(resident, "Diverifikasi")["actor"] == "Operator WaCAT"
    assert line(resident, "Diverifikasi", operator)["actor"] == (
        f"{operator.full_name}, Operator WaCAT"
    )


def test_an_imported_record_says_from_which_file() -> None:
    resident = factories.draft()
    by = resident.entered_by
    imported = Import.objects.create(
        area_id=KELURAHAN, name="kos mawar.xlsx", file="", sha256="", uploaded_by=by, key=uuid4()
    )
    ResidentStep.objects.create(
        subject=resident,
        name="report",
        source="draft",
        target="reported",
        actor=by,
        note=f"Dari berkas, impor nomor {imported.pk}.",
    )
    assert labels(resident)[-1] == "Dimasukkan dari berkas kos mawar.xlsx"


def test_why_it_was_returned_stays_in_sight_after_a_correction() -> None:
    resident = factories.returned(reason="NIK keliru.")
    correct(resident, address="Jl. Lain 3")
    assert labels(resident)[0] == "Data diperbaiki"
    page = pages.shown(pages.ketua_rt().get(f"/warga/{resident.pk}/"))
    assert "Dikembalikan oleh Disdukcapil NIK keliru." in page


def test_a_long_story_is_folded_and_costs_no_more_queries() -> None:
    resident, head = factories.reported(), ketua_rt()

    def cost() -> int:
        with CaptureQueriesContext(connection) as asked:
            story_of(head, resident)
        return len(asked)

    correct(resident, address="Jl. Nol 0")
    cost()  # and the viewer's own posts, once
    few = cost()
    for number in range(40):
        correct(resident, address=f"Jl. Nomor {number}")
    assert cost() == few <= 15
    found = story_of(head, resident)
    assert (len(found.lines), len(found.earlier)) == (SHOWN, 43 - SHOWN)
    page = pages.ketua_rt().get(f"/warga/{resident.pk}/").content.decode()
    assert "Riwayat sebelumnya" in page
    assert "Jl. Nol 0" in page


def test_a_clock_that_was_moved_leaves_the_order() -> None:
    resident = factories.draft()
    with factories.on_day(today() + timedelta(days=200)):
        WORKFLOW.advance(resident.pk, "report", Move(resident.entered_by))
        correct(Resident.objects.get(pk=resident.pk), address="Jl. Kemudian 4")
        advance(resident, "verify", holder(Role.OPERATOR, CITY_CODE))
    assert labels(resident) == ["Diverifikasi", "Data diperbaiki", "Dilaporkan", "Dicatat"]


def test_a_correction_is_told_by_the_clock_that_was_moved() -> None:
    resident = factories.draft(address="Jl. Dulu 1")
    with factories.on_day(today() + timedelta(days=200)):
        client, path = pages.petugas(), f"/warga/{resident.pk}/ubah/"
        page = client.get(path)
        names = [*factories.form_data(), "version"]
        form = {name: pages.typed(page, name) for name in names if name != "form_key"}
        answer = client.post(path, {**form, "address": "Jl. Kemudian 4"})
        assert answer.status_code == 302
        assert line(resident, "Data diperbaiki")["at"].date() == now().date()
