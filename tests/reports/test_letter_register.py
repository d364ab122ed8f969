"""The register of letters: every number of a year in order, whatever became of the letter."""

from __future__ import annotations

from datetime import date, timedelta
from io import BytesIO
from subprocess import Popen
from typing import Any

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from accounts.audit.models import Access
from accounts.rules import Role
from reports.letters.models import Letter
from reports.letters.register_entries import entries_of, registered
from reports.letters.register_models import RegisterFile
from reports.tasks import draw_register, forget_registers
from tests import factories
from tests.drawn_files import stored
from tests.factories import (
    FOREIGN_KELURAHAN,
    KELURAHAN,
    RT,
    SIBLING_KELURAHAN,
    SIBLING_RT,
    client_of,
    holder,
    on_day,
)
from tests.reports.letters_to_draw import catalog_of, page_texts, reader_of, text_of
from tests.residents.pages import ketua_rt, lurah, petugas, shown
from wacat.clock import today
from wacat.words import nik_masked, tanggal

PAGE = "/surat/register/"


def copies(letter: Letter, count: int) -> None:
    """As many letters more, with the numbers that follow. Written past the workflow."""
    first = (letter.number_serial or 0) + 1
    Letter.objects.bulk_create(
        Letter(
            area_id=letter.area_id,
            status="issued",
            purpose=letter.purpose,
            requested_by_id=letter.requested_by_id,
            introduction_number=letter.introduction_number,
            introduced_on=letter.introduced_on,
            number=f"400.12.2.1/{serial:03}/1002/{letter.number_year}",
            number_year=letter.number_year,
            number_serial=serial,
            issued_on=letter.issued_on,
            valid_until=letter.valid_until,
            sealed_facts=letter.sealed_facts,
        )
        for serial in range(first, first + count)
    )


def erased(letter: Letter) -> None:
    """As the retention schedule leaves it."""
    Letter.objects.filter(pk=letter.pk).update(sealed_facts=None, purpose="", erased_on=today())


@pytest.mark.django_db
class TestPage:
    def test_it_tells_what_each_letter_said_and_what_became_of_it(self) -> None:
        family = factories.letter_issued(factories.reported(), factories.reported())
        revoked = factories.letter_revoked(reason="Salah nama.")
        gone = factories.letter_issued()
        erased(gone)
        answer = lurah().get(PAGE)
        text = shown(answer)
        assert "3 surat, nomor urut 1 sampai 3 tanpa yang terlewat" in text
        for letter in (family, revoked):
            assert letter.facts is not None
            assert letter.number in text
            assert tanggal(letter.issued_on) in text
            assert letter.introduction_number in text
            for one in letter.facts.subjects:
                assert one.full_name in text
                assert nik_masked(one.nik) in text
                assert one.nik not in text.replace(" ", "")
        assert "Dicabut" in text
        assert f"{tanggal(today())}: Salah nama." in text
        assert gone.number in text
        assert "isi dihapus menurut masa simpan" in text

    def test_it_is_what_was_issued_not_what_the_record_says_now(self) -> None:
        resident = factories.reported(full_name="Nama Waktu Terbit")
        factories.letter_issued(resident)
        resident.full_name = "Nama Baru"
        resident.save()
        Letter.objects.update(purpose="Keperluan baru")
        text = shown(lurah().get(PAGE))
        assert "Keperluan baru" not in text
        assert "Nama Waktu Terbit" in text
        assert "Nama Baru" not in text

    def test_a_year_is_a_book_of_its_own(self) -> None:
        with on_day(date(2026, 12, 31)):
            factories.letter_issued()
        with on_day(date(2027, 1, 1)):
            factories.letter_issued()
            client = lurah()
            now, before = shown(client.get(PAGE)), shown(client.get(PAGE, {"tahun": "2026"}))
        assert "/001/1002/I/2027" in now
        assert "/XII/2026" not in now
        assert "/001/1002/XII/2026" in before
        assert "Belum ada surat bernomor" in shown(lurah().get(PAGE, {"tahun": "2020"}))

    def test_pages_follow_the_numbers(self) -> None:
        letter = factories.letter_issued()
        copies(letter, 59)
        client = lurah()
        seen, address = [], PAGE
        while address:
            answer = client.get(address)
            seen += [entry.serial for entry in answer.context["entries"]]
            address = answer.context["next_url"] and PAGE + answer.context["next_url"]
        assert seen == list(range(1, 61))
        last = client.get(PAGE + client.get(PAGE).context["last_url"])
        assert [e.serial for e in last.context["entries"]] == list(range(36, 61))
        assert "Belum ada nomor urut sebesar itu" in shown(client.get(PAGE, {"dari": "61"}))

    def test_a_missing_number_would_be_told(self) -> None:
        letter = factories.letter_issued()
        copies(letter, 2)
        Letter.objects.filter(number_serial=2).update(number_serial=9, number="x")
        assert "Nomor urut tidak lengkap" in shown(lurah().get(PAGE))

    @pytest.mark.parametrize(
        "query", [{"tahun": "x"}, {"tahun": "1999"}, {"dari": "0"}, {"dari": "-1"}, {"dari": "\0"}]
    )
    def test_what_is_no_year_or_number_is_said(self, query: dict[str, str]) -> None:
        assert lurah().get(PAGE, query).status_code == 400

    def test_an_empty_book_says_so(self) -> None:
        answer = petugas().get(PAGE)
        assert "Belum ada surat bernomor pada tahun ini" in shown(answer)
        assert "Unduh" not in shown(answer)


@pytest.mark.django_db
class TestReach:
    @pytest.mark.parametrize("address", [PAGE, f"{PAGE}unduh/xlsx/", f"{PAGE}unduh/pdf/"])
    def test_the_kelurahan_reads_its_own_alone(self, address: str, monkeypatch: Any) -> None:
        monkeypatch.setattr("wacat.drawn.PATIENCE", 0.0)
        factories.letter_issued()
        for client in (lurah(), petugas()):
            assert client.get(address).status_code in (200, 202)
            for code in (FOREIGN_KELURAHAN, SIBLING_KELURAHAN, RT, "64.71", "\0", "x"):
                assert client.get(address, {"kelurahan": code}).status_code == 404
        assert ketua_rt().get(address).status_code == 403
        for role in (Role.OPERATOR, Role.ADMINISTRATOR, Role.CAMAT, Role.PIMPINAN):
            assert client_of(factories.user_as(role)).get(address).status_code == 403

    def test_two_posts_are_two_books(self) -> None:
        here = factories.letter_issued()
        there = factories.letter_issued(factories.reported(f"{FOREIGN_KELURAHAN}.001"))
        both = client_of(
            factories.user_with(
                (Role.PETUGAS_KELURAHAN, KELURAHAN), (Role.PETUGAS_KELURAHAN, FOREIGN_KELURAHAN)
            )
        )
        first = both.get(PAGE)
        assert 'name="kelurahan"' in first.content.decode()
        for letter, other in ((here, there), (there, here)):
            code = letter.area_id[:13]
            keys = [e.key for e in both.get(PAGE, {"kelurahan": code}).context["entries"]]
            assert letter.pk in keys
            assert other.pk not in keys

    def test_a_letter_of_another_rt_of_the_kelurahan_is_there(self) -> None:
        letter = factories.letter_issued(factories.reported(SIBLING_RT))
        assert letter.number in shown(petugas().get(PAGE))


@pytest.mark.django_db
class TestXlsx:
    def _sheet(self) -> Any:
        answer = lurah().get(f"{PAGE}unduh/xlsx/")
        assert answer["Content-Disposition"] == (
            f'attachment; filename="register-surat-{KELURAHAN}-{today().year}.xlsx"'
        )
        return load_workbook(BytesIO(answer.content)).active

    def test_it_holds_the_year_and_is_recorded(self) -> None:
        family = factories.letter_issued(factories.reported(), factories.reported())
        factories.letter_revoked(reason="=1+1")
        rows = [list(row) for row in self._sheet().iter_rows(values_only=True)]
        assert "Kelurahan Sepinggan, tahun" in rows[0][0]
        first, second = (dict(zip(rows[1], row, strict=True)) for row in rows[2:])
        assert family.facts is not None
        assert (first["Urut"], first["Nomor"]) == (1, family.number)
        assert first["Nama"] == "; ".join(one.full_name for one in family.facts.subjects)
        assert first["NIK (disamarkan)"].count("•") == 20
        assert first["Tanggal"].date() == today()
        assert (second["Keadaan"], second["Alasan pencabutan"]) == ("Dicabut", "=1+1")
        seen = Access.objects.get()
        assert (seen.kind, seen.subject, seen.area_id) == ("export", "reports.letter", KELURAHAN)

    def test_nothing_typed_becomes_a_formula(self) -> None:
        factories.letter_issued(factories.reported(full_name="=cmd|'/c calc'!A1"))
        cell = self._sheet()["D3"]
        assert (cell.data_type, cell.value) == ("s", "=cmd|'/c calc'!A1")


class TestPdf:
    @pytest.fixture
    def letter(self, committed_db: None) -> Letter:
        return factories.letter_issued(factories.reported(full_name="Nur Aini D'Souza"))

    def _drawn(self, letter: Letter) -> bytes:
        user = holder(Role.LURAH, KELURAHAN)
        work = RegisterFile.objects.create(
            area_id=KELURAHAN, year=letter.number_year or 0, asked_by=user
        )
        draw_register(work.pk)
        work.refresh_from_db()
        return stored(work.file)

    def test_a_worker_draws_it_while_one_waits(
        self, real_worker: Popen[bytes], letter: Letter
    ) -> None:
        answer = lurah().get(f"{PAGE}unduh/pdf/")
        assert answer.status_code == 200
        text = text_of(answer.content)
        for words in ("Nur Aini D'Souza", letter.number, "Kelurahan Sepinggan", "Halaman 1 dari 1"):
            assert words in text
        assert RegisterFile.objects.get().state == "done"
        seen = Access.objects.get()
        assert (seen.kind, seen.subject, seen.area_id) == ("export", "reports.letter", KELURAHAN)

    def test_without_a_worker_the_answer_is_to_come_again(
        self, letter: Letter, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("wacat.drawn.PATIENCE", 0.2)
        client = lurah()
        for _ in range(2):
            answer = client.get(f"{PAGE}unduh/pdf/")
            assert answer.status_code == 202
            assert "PDF sedang dibuat" in answer.content.decode()
        assert RegisterFile.objects.count() == 1
        assert not Access.objects.exists()

    def test_each_page_says_what_it_is(self, letter: Letter) -> None:
        copies(letter, 59)
        pdf = self._drawn(letter)
        pages = page_texts(pdf)
        assert len(pages) > 2
        for number, text in enumerate(pages, start=1):
            assert f"Kota Balikpapan, tahun {letter.number_year}" in text
            assert "Urut Nomor dan tanggal Nama dan NIK RT" in text
            assert f"Halaman {number} dari {len(pages)}" in text
        whole = " ".join(pages)
        found = [
            whole.index(entry.number) for entry in entries_of(registered(KELURAHAN, today().year))
        ]
        assert found == sorted(found)
        assert len(found) == 60
        page = reader_of(pdf).pages[0].mediabox
        assert page.width > page.height
        assert b"<pdfaid:part>2" in catalog_of(pdf)["/Metadata"].get_data()

    def test_it_is_forgotten_a_day_later(self, letter: Letter, monkeypatch: Any) -> None:
        self._drawn(letter)
        forget_registers()
        assert RegisterFile.objects.count() == 1
        RegisterFile.objects.update(wanted_at=timezone.now() - timedelta(days=2))
        forget_registers()
        assert not RegisterFile.objects.exists()
