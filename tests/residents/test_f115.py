"""The form F-1.15 of one resident: what stands on it, who may take it, and that it is recorded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.test import override_settings
from django.utils import timezone

from accounts.audit.models import Access
from accounts.rules import Role
from residents.f115 import files
from residents.f115.gathering import MOST_RELATIVES, gather
from residents.f115.models import FormFile
from residents.families.models import Family
from residents.registry import codes
from residents.registry.models import Resident
from residents.registry.workflow import WORKFLOW
from tests import factories
from tests.drawn_files import stored
from tests.factories import KELURAHAN, RT, SIBLING_RT, client_of, holder, user_as
from tests.reports.letters_to_draw import inked, page_texts, reader_of, text_of
from tests.residents.pages import ketua_rt, lurah, operator, petugas, shown
from wacat.clock import today
from wacat.drawn import KEPT, forget_old
from wacat.words import tanggal
from wacat.work import perform
from wacat.workflow import Move


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker draws here."""
    monkeypatch.setattr("wacat.drawn.PATIENCE", 0.0)


def address(resident: Resident) -> str:
    return f"/warga/{resident.pk}/f115/"


def fetched(resident: Resident, client: Any = None) -> bytes:
    """The PDF, drawn in between as a worker would."""
    client = client or ketua_rt(resident.area_id)
    assert client.get(address(resident)).status_code == 202
    assert perform(FormFile, FormFile.objects.latest("pk").pk, files.draw)
    answer = client.get(address(resident))
    assert answer.status_code == 200
    return bytes(answer.content)


def extras(resident: Resident) -> dict[str, str]:
    return dict(gather(resident).extras)


@pytest.mark.django_db
@pytest.mark.usefixtures("impatient")
class TestTaking:
    def test_it_is_asked_for_drawn_and_handed_out_once(self) -> None:
        resident = factories.reported()
        client = lurah()
        for _ in range(2):
            answer = client.get(address(resident))
            assert answer.status_code == 202
            assert "PDF sedang dibuat" in shown(answer)
        work = FormFile.objects.get()
        assert not Access.objects.exists()
        assert perform(FormFile, work.pk, files.draw)
        answer = client.get(address(resident))
        assert answer["Content-Type"] == "application/pdf"
        assert answer["Content-Disposition"] == f'attachment; filename="f115-{resident.pk}.pdf"'
        assert answer["Cache-Control"] == "no-store"
        [text] = page_texts(answer.content)
        assert inked(resident.nik) in inked(text)
        seen = Access.objects.get()
        assert (seen.kind, seen.subject, seen.area_id, seen.actor) == (
            "download",
            f"residents.resident:{resident.pk}",
            RT,
            holder(Role.LURAH, KELURAHAN),
        )
        assert client.get(address(resident)).status_code == 202
        assert FormFile.objects.count() == 2

    def test_it_says_what_the_record_says_when_it_is_drawn(self) -> None:
        resident = factories.reported()
        ketua_rt().get(address(resident))
        resident.full_name = "Nama Yang Baru"
        resident.save()
        work = FormFile.objects.get()
        assert perform(FormFile, work.pk, files.draw)
        work.refresh_from_db()
        assert "Nama Yang Baru" in text_of(stored(work.file))

    def test_at_rest_it_is_sealed_and_deleted_after_a_day(self) -> None:
        resident = factories.reported()
        fetched(resident)
        work = FormFile.objects.get()
        path = Path(default_storage.path(work.file))
        assert b"%PDF" not in path.read_bytes()
        forget_old(FormFile)
        assert path.exists()
        FormFile.objects.update(wanted_at=timezone.now() - KEPT - timedelta(minutes=1))
        forget_old(FormFile)
        assert not path.exists()
        assert not FormFile.objects.exists()

    def test_who_may_see_a_nik_within_their_area(self) -> None:
        resident = factories.reported()
        for client in (ketua_rt(), petugas(), lurah(), operator()):
            assert client.get(address(resident)).status_code == 202
            assert "Unduh F-1.15" in shown(client.get(f"/warga/{resident.pk}/"))
        missing = ketua_rt(SIBLING_RT).get("/warga/987654/f115/")
        answer = ketua_rt(SIBLING_RT).get(address(resident))
        assert (answer.status_code, answer.content) == (404, missing.content)
        assert client_of(user_as(Role.CAMAT)).get(address(resident)).status_code == 403
        assert lurah().get(address(factories.draft())).status_code == 404

    def test_one_reader_s_is_not_another_s(self) -> None:
        resident = factories.reported()
        ketua_rt().get(address(resident))
        assert perform(FormFile, FormFile.objects.get().pk, files.draw)
        assert lurah().get(address(resident)).status_code == 202

    @pytest.mark.parametrize("make", ["merged", "discarded"])
    def test_of_a_record_out_of_use_there_is_none(self, make: str) -> None:
        resident = getattr(factories, make)()
        assert petugas().get(address(resident)).status_code == 409
        assert "Unduh F-1.15" not in shown(petugas().get(f"/warga/{resident.pk}/"))


def test_a_worker_draws_it_while_one_waits(committed_db: None, real_worker: Popen[bytes]) -> None:
    resident = factories.reported()
    answer = ketua_rt().get(address(resident))
    assert answer.status_code == 200
    assert inked(resident.nik) in inked(text_of(answer.content))
    assert Access.objects.get().kind == "download"


@pytest.mark.django_db
class TestFacts:
    def test_parts_one_to_five(self) -> None:
        resident = factories.reported(purpose_detail="proyek kilang")
        facts = gather(resident)
        assert facts.nik == resident.nik
        assert facts.place
        assert (facts.place.address, facts.place.rt) == (resident.address, "001")
        assert (facts.place.kelurahan, facts.place.kecamatan) == (
            "Sepinggan",
            "Balikpapan Selatan",
        )
        assert facts.purpose
        assert (facts.purpose.letter, facts.purpose.words) == ("a", "proyek kilang")
        assert (facts.since, facts.until) == (resident.arrived_on, resident.stays_until)
        assert (facts.cancelled, facts.unfinished) == (None, "")

    @pytest.mark.parametrize(
        ("purpose", "detail", "letter", "words"),
        [
            (codes.Purpose.EDUCATION, "", "b", ""),
            (codes.Purpose.HEALTH, "rawat jalan", "c", "Kesehatan, rawat jalan"),
            (codes.Purpose.OTHER, "ziarah", "c", "ziarah"),
            (codes.Purpose.OTHER, "", "c", "Lainnya"),
        ],
    )
    def test_the_form_s_three_purposes(
        self, purpose: int, detail: str, letter: str, words: str
    ) -> None:
        resident = factories.draft(purpose=purpose, purpose_detail=detail)
        chosen = gather(resident).purpose
        assert chosen
        assert (chosen.letter, chosen.words) == (letter, words)

    def test_an_extension_is_a_period_of_its_own(self) -> None:
        resident = factories.reported()
        staff, until = holder(Role.PETUGAS_KELURAHAN, KELURAHAN), resident.stays_until
        end = until + timedelta(days=90)
        WORKFLOW.advance(resident.pk, "extend", Move(staff, {"date": end}))
        resident.refresh_from_db()
        facts = gather(resident)
        assert (facts.since, facts.until) == (until + timedelta(days=1), end)

    @pytest.mark.parametrize(
        ("reason", "letter"),
        [
            (codes.CancellationReason.WORK, "a"),
            (codes.CancellationReason.EDUCATION, "b"),
            (codes.CancellationReason.OTHER, "c"),
        ],
    )
    def test_a_cancellation_and_why(self, reason: int, letter: str) -> None:
        resident = factories.reported()
        staff = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
        data = {
            "date": today(),
            "end_reason": codes.EndReason.CANCELLED,
            "cancellation_reason": reason,
            "note": "batal pindah " * 30,
        }
        WORKFLOW.advance(resident.pk, "end", Move(staff, data))
        resident.refresh_from_db()
        cancelled = gather(resident).cancelled
        assert cancelled
        assert cancelled.letter == letter
        assert len(cancelled.words) == 200
        assert "Berakhir" not in extras(resident)

    def test_another_end_is_no_cancellation(self) -> None:
        resident = factories.ended()
        assert gather(resident).cancelled is None
        assert extras(resident)["Berakhir"] == f"{tanggal(today())}, Meninggalkan Balikpapan"

    @pytest.mark.parametrize(
        ("make", "words"),
        [
            ("draft", "belum dilaporkan"),
            ("returned", "dikembalikan untuk diperbaiki"),
            ("held", "laporan ditahan"),
            ("verified", ""),
        ],
    )
    def test_a_report_not_accepted_yet_says_so(self, make: str, words: str) -> None:
        assert gather(getattr(factories, make)()).unfinished == words

    def test_code_lists_by_their_numbers(self) -> None:
        found = extras(factories.reported())
        assert found["Jenis kelamin"] == "1 Laki-laki"
        assert found["Pekerjaan"] == "15 Karyawan Swasta"
        assert found["Pendidikan"] == "5 SLTA/sederajat"
        assert found["Tempat, tanggal lahir"] == "Wajo, 12 Mei 1990"
        assert "Penjamin" not in found
        assert "Surel" not in found

    def test_a_foreigner_without_nik(self) -> None:
        resident = factories.reported(
            nik="",
            no_nik_reason=codes.NoNikReason.FOREIGNER,
            nationality=codes.Nationality.FOREIGN,
            country="Belanda",
            passport_number="X0000001",
        )
        facts = gather(resident)
        assert (facts.nik, facts.no_nik_reason) == ("", "Orang asing")
        assert extras(resident)["Kewarganegaraan"] == "2 WNA, Belanda"
        assert extras(resident)["Nomor paspor"] == "X0000001"

    def test_somebody_else_s_nik_stays_masked(self) -> None:
        resident = factories.reported(guarantor_name="Budi", guarantor_nik="9971051203850009")
        assert extras(resident)["Penjamin"] == "Budi, NIK 99•• •••• •••• 0009"

    def test_the_owner_as_told_for_this_person_else_the_lodging_s(self) -> None:
        factories.load_areas()
        lodging = factories.LodgingFactory.create(owner_name="Ibu Kos", owner_phone="0800")
        resident = factories.reported(lodging=lodging)
        assert extras(resident)["Pemilik tempat"] == "Ibu Kos, 0800"
        assert extras(resident)["Tempat tinggal"] == f"Kos, {lodging.name}"
        resident.landlord_name = "Pak Sewa"
        assert extras(resident)["Pemilik tempat"] == "Pak Sewa"

    def test_the_family_here_and_no_one_elsewhere(self) -> None:
        factories.load_areas()
        family = Family.objects.create(area_id=RT)
        head, wife, child = (
            factories.reported(family=family, family_relation=relation, full_name=name)
            for relation, name in ((1, "Kepala"), (3, "Istri Contoh"), (4, "Anak Contoh"))
        )
        factories.reported(SIBLING_RT, family=family, family_relation=4, full_name="Jauh")
        factories.ended(family=family, family_relation=4, full_name="Pergi")
        assert extras(head)["Datang bersama"] == "Istri Contoh (Istri); Anak Contoh (Anak)"
        assert extras(child)["Datang bersama"].startswith("Kepala (Kepala keluarga); Istri")
        assert wife.family == family
        for _ in range(MOST_RELATIVES):
            factories.reported(family=family, family_relation=4)
        assert extras(head)["Datang bersama"].endswith("; dan lainnya")


@pytest.mark.django_db
class TestBlank:
    @pytest.fixture(autouse=True)
    def drawn_anew(self) -> Iterator[None]:
        cache.delete(files.BLANK_KEY)
        yield
        cache.delete(files.BLANK_KEY)

    def test_it_is_nobody_s_and_drawn_once(self, monkeypatch: pytest.MonkeyPatch) -> None:
        factories.reported(full_name="Orang Contoh")
        answer = ketua_rt().get("/warga/f115-kosong/")
        assert answer.status_code == 200
        assert len(reader_of(answer.content).pages) == 1
        assert "Orang Contoh" not in text_of(answer.content)
        monkeypatch.setattr("residents.f115.drawing.engine.draw", None)
        assert lurah().get("/warga/f115-kosong/").content == answer.content
        assert not Access.objects.exists()
        assert client_of(user_as(Role.CAMAT)).get("/warga/f115-kosong/").status_code == 403

    def test_in_the_demo_it_is_as_good(self) -> None:
        with override_settings(DEMO=True):
            text = text_of(ketua_rt().get("/warga/f115-kosong/").content)
        assert "CONTOH" not in text


@pytest.mark.django_db
def test_in_the_demo_a_form_is_marked() -> None:
    resident = factories.reported()
    assert not gather(resident).specimen
    with override_settings(DEMO=True):
        assert gather(resident).specimen
