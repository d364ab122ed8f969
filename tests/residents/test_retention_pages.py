"""The office's pages of retention, and what people see of an erased record."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.test import Client

from accounts.rules import Role
from reports.letters.models import Letter
from residents.exporting.models import Export
from residents.exporting.pieces import read
from residents.exporting.writing import write
from residents.registry.models import Resident
from residents.registry.subjects import with_nik
from residents.registry.workflow import WORKFLOW
from residents.retention.models import RetentionRule
from residents.retention.rules import rule_in_force
from tests import factories
from tests.factories import CITY_CODE, FOREIGN_RT, RT
from tests.residents import pages
from tests.residents.retained import LONG_AGO, a_rule, anonymise, days_ago, long_gone
from wacat.calendar import months_after
from wacat.clock import today
from wacat.words import tanggal
from wacat.workflow import Move

PAGE, SET, OFF = "/retensi/", "/retensi/atur/", "/retensi/matikan/"
ANSWERS = {"months": "24", "basis": "Keputusan Kepala Disdukcapil 12/UJI"}


def administrator() -> Client:
    return factories.client_of(factories.holder(Role.ADMINISTRATOR, CITY_CODE))


@pytest.mark.django_db
def test_it_is_off_until_the_office_sets_it() -> None:
    page = pages.shown(administrator().get(PAGE))
    assert "Masa simpan belum ditetapkan" in page
    assert "Jatuh tempo hari ini" not in page
    assert "Belum pernah dijalankan" in page


@pytest.mark.django_db
def test_a_period_is_asked_checked_and_set_once() -> None:
    long_gone()
    client = administrator()
    assert client.get(SET).status_code == 200
    check = client.get(SET, ANSWERS)
    text = pages.shown(check)
    assert "24 bulan setelah masa tinggal berakhir" in text
    assert ANSWERS["basis"] in text
    assert "hari ini 1 catatan" in text
    assert not RetentionRule.objects.exists()
    sent = {**ANSWERS, "key": pages.key_on(check)}
    for _ in range(2):
        assert client.post(SET, sent)["Location"] == PAGE
    rule = RetentionRule.objects.get()
    assert (rule.months, rule.basis) == (24, ANSWERS["basis"])
    page = pages.shown(client.get(PAGE))
    assert f"pada {tanggal(months_after(today(), -24))} atau sebelumnya: 1 catatan" in page
    assert "Sepinggan 1" in page


@pytest.mark.django_db
def test_answers_that_are_none_are_told_at_their_fields() -> None:
    client = administrator()
    for months in ("", "0", "601", "dua", "-3"):
        for answer in (client.get(SET, {**ANSWERS, "months": months}), _post(client, months)):
            assert answer.status_code == 422
            assert pages.beside(answer, "months")
            assert pages.typed(answer, "basis") == ANSWERS["basis"]
    assert pages.beside(client.get(SET, {"months": "3", "basis": " "}), "basis")
    assert not RetentionRule.objects.exists()


def _post(client: Client, months: str) -> pages.Answer:
    return client.post(SET, {**ANSWERS, "months": months, "key": str(uuid4())})


@pytest.mark.django_db
def test_it_can_be_switched_off_again_and_keeps_what_was() -> None:
    a_rule()
    client = administrator()
    check = client.get(OFF, {"basis": "Surat 13/UJI"})
    assert "Tidak ada data warga yang dihapus lagi" in pages.shown(check)
    client.post(OFF, {"basis": "Surat 13/UJI", "key": pages.key_on(check)})
    rule = rule_in_force()
    assert rule is not None
    assert (rule.months, RetentionRule.objects.count()) == (None, 2)
    page = pages.shown(client.get(PAGE))
    assert "Penghapusan dimatikan" in page
    assert "24 bulan" in page  # what held before


@pytest.mark.django_db
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_it_is_the_administrators_alone(role: str) -> None:
    client = factories.client_of(factories.user_as(role))
    for address in (PAGE, SET, OFF):
        assert client.get(address).status_code == 403
        assert client.post(address, ANSWERS).status_code in (403, 405)


def erased_with_letter() -> tuple[Resident, Letter]:
    stay = {"arrived_on": days_ago(LONG_AGO + 90), "stays_until": days_ago(-30)}
    resident = factories.reported(RT, nik="9971051205909911", **stay)
    letter = factories.letter_drawn(resident)
    Letter.objects.update(valid_until=days_ago(1))
    WORKFLOW.advance(resident.pk, "end", Move(None, {"date": days_ago(LONG_AGO), "end_reason": 1}))
    a_rule()
    anonymise("--do")
    return Resident.objects.get(pk=resident.pk), Letter.objects.get(pk=letter.pk)


def test_an_erased_record_has_its_page_its_lists_and_nothing_to_do(committed_db: None) -> None:
    resident, letter = erased_with_letter()
    page = f"/warga/{resident.pk}/"
    for client in (pages.ketua_rt(), pages.petugas(), pages.lurah(), pages.operator()):
        answer = client.get(page)
        text = pages.shown(answer)
        assert answer.status_code == 200
        assert "Data pribadi dihapus sesuai masa simpan" in text
        assert "Tahun lahir 1990" in text
        assert "1 Januari 1990" not in text
        assert "Tampilkan NIK" not in text
        assert "(data dihapus)" in pages.shown(client.get("/warga/?status=ended"))
        found = client.post("/warga/", {"q": "9971051205909911"})
        assert "(data dihapus)" not in pages.shown(found)
        assert client.post(page, {"action": "reveal"}).status_code == 409
    ketua_rt = pages.ketua_rt()
    for action in ("report", "end", "reopen", "extend", "discard", "introduce"):
        assert ketua_rt.post(page, {"action": action, "key": str(uuid4())}).status_code == 409
    assert ketua_rt.get(f"{page}ubah/").status_code == 409
    assert pages.ketua_rt(FOREIGN_RT).get(page).status_code == 404
    assert letter.erased_on == today()


def test_a_list_that_is_taken_home_holds_it_as_erased(committed_db: None) -> None:
    resident, _ = erased_with_letter()
    export = Export.objects.create(
        area_id=RT,
        asked=json.dumps({"status": "ended"}),
        format=Export.Format.CSV,
        asked_by=factories.holder(Role.KETUA_RT, RT),
        key=uuid4(),
    )
    write(export)
    text = b"".join(read(export.file, export.pieces)).decode()
    assert export.rows == 1
    assert "(data dihapus)" in text
    assert "9971051205909911" not in text
    assert resident.area_id == RT


def test_an_erased_letter_says_so_to_its_office_and_to_everybody(committed_db: None) -> None:
    resident, letter = erased_with_letter()
    for client in (pages.ketua_rt(), pages.lurah()):
        text = pages.shown(client.get(f"/surat/{letter.pk}/"))
        assert "Isi dan PDF surat ini sudah dihapus sesuai masa simpan" in text
        assert letter.number in text
        assert "(data dihapus)" in text
        assert client.get(f"/surat/{letter.pk}/pdf/").status_code == 409
        assert letter.number in pages.shown(client.get(f"/warga/{resident.pk}/"))
        assert client.get("/surat/").status_code == 200
    public = pages.shown(Client().get(f"/verifikasi/{letter.token}/"))
    assert "Nama dan isi surat sudah dihapus sesuai masa simpan" in public
    assert letter.number in public
    assert "Kelurahan Sepinggan" in public
    assert "Nama disamarkan" not in public


def test_the_trail_knows_the_rule_and_the_run_and_no_number_leads_to_anybody(
    committed_db: None,
) -> None:
    erased_with_letter()
    client = administrator()
    text = pages.shown(client.get("/audit/", {"jenis": "record"}))
    assert "retentionrun" in text.lower() or "Penghapusan" in text
    found = client.post("/audit/", {"q": "9971051205909911"})
    assert found.status_code == 200  # nothing to go on to
    assert with_nik("9971051205909911") == []
