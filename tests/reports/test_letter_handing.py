"""Handing a letter over on paper and by its scan: the log of it, and who may do what."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction

from accounts.audit.models import Access
from accounts.rules import Role
from reports.letters.handing_models import Handing, LetterScan
from reports.letters.handing_scans import erase_replaced, scan_of
from reports.letters.models import Letter
from tests import factories
from tests.factories import FOREIGN_KELURAHAN, KELURAHAN, client_of, holder
from tests.reports import certificates
from tests.reports.handed import page_of, pin_in, scan, scanned, send
from tests.residents.pages import ketua_rt, lurah, petugas, shown
from tests.residents.papers import CAMERA, PDF, photo, sent

pytestmark = pytest.mark.django_db


def _upload(letter: Letter, content: bytes, **more: Any) -> Any:
    data = {"file": sent(content), "key": str(uuid4()), **more}
    return petugas().post(page_of(letter, "pindaian/"), data)


def _in_person(letter: Letter, client: Any = None, **more: Any) -> Any:
    data = {"action": "in_person", "receiver": "family", "key": str(uuid4()), **more}
    return (client or petugas()).post(page_of(letter, "penyerahan/"), data)


class TestLog:
    def test_it_tells_who_did_what_to_all_who_see_the_letter(self) -> None:
        letter = factories.letter_drawn()
        assert "Belum dicetak, diserahkan, atau dikirim" in shown(lurah().get(page_of(letter)))
        petugas().get(page_of(letter, "pdf/"))
        _in_person(letter)
        staff = holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
        for client in (petugas(), lurah(), ketua_rt()):
            text = shown(client.get(page_of(letter)))
            assert "Dicetak" in text
            assert "Diserahkan langsung Anggota keluarga" in text
            assert text.count(str(staff)) >= 2

    def test_before_the_issue_there_is_none(self) -> None:
        assert "Penyerahan" not in shown(lurah().get(page_of(factories.letter_ready())))

    def test_pressed_twice_it_is_one(self) -> None:
        letter, key = factories.letter_issued(), str(uuid4())
        assert [_in_person(letter, key=key).status_code for _ in range(2)] == [302, 302]
        row = Handing.objects.get()
        assert (row.kind, row.receiver, row.letter) == ("in_person", "family", letter)

    def test_to_whom_must_be_said(self) -> None:
        letter = factories.letter_issued()
        answer = petugas().post(
            page_of(letter, "penyerahan/"), {"action": "in_person"}, follow=True
        )
        assert "Pilih dahulu siapa yang menerima" in shown(answer)
        assert not Handing.objects.exists()

    def test_only_what_is_valid_is_handed_over(self) -> None:
        for letter in (factories.letter_revoked(), factories.letter_ready()):
            assert _in_person(letter).status_code == 409
        revoked = shown(petugas().get(page_of(factories.letter_revoked())))
        assert "Serahkan langsung" not in revoked
        assert "Penyerahan" in revoked

    def test_who_may(self) -> None:
        letter = factories.letter_issued()
        foreign = client_of(holder(Role.LURAH, FOREIGN_KELURAHAN))
        assert _in_person(letter, ketua_rt()).status_code == 403
        assert _in_person(letter, foreign).status_code == 404
        assert _in_person(letter, lurah()).status_code == 302
        assert "Serahkan langsung" not in shown(ketua_rt().get(page_of(letter)))
        assert petugas().post(page_of(letter, "penyerahan/"), {"action": "x"}).status_code == 400
        assert petugas().get(page_of(letter, "penyerahan/")).status_code == 405

    @pytest.mark.parametrize(
        "wrong",
        [
            {"kind": "in_person"},
            {"kind": "printed", "receiver": "person"},
            {"kind": "email"},
        ],
    )
    def test_the_database_refuses_a_line_that_says_half(self, wrong: dict[str, str]) -> None:
        letter = factories.letter_issued()
        with pytest.raises(IntegrityError, match="handing_"), transaction.atomic():
            Handing.objects.create(letter=letter, **wrong)


class TestScan:
    def test_it_is_redrawn_sealed_and_shown_beside_the_letter(self) -> None:
        letter = factories.letter_issued()
        assert "Unggah hasil pindai" in shown(petugas().get(page_of(letter)))
        assert _upload(letter, photo()).status_code == 302
        kept = LetterScan.objects.get()
        raw = Path(default_storage.path(kept.file)).read_bytes()
        assert b"JFIF" not in raw
        answer = ketua_rt().get(page_of(letter, "pindaian/lihat/"))
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Cache-Control"] == "no-store"
        assert CAMERA not in answer.content
        assert hashlib.sha256(answer.content).hexdigest() == kept.sha256
        assert len(answer.content) == kept.size
        seen = Access.objects.get()
        assert (seen.kind, seen.subject) == ("download", f"reports.letter:{letter.pk}")
        assert "Ganti hasil pindai" in shown(petugas().get(page_of(letter)))

    def test_a_pdf_leaves_as_it_came_and_as_a_download(self) -> None:
        letter = factories.letter_issued()
        _upload(letter, PDF)
        answer = lurah().get(page_of(letter, "pindaian/lihat/"))
        assert answer.content == PDF
        assert answer.headers["Content-Disposition"].startswith("attachment; ")

    @pytest.mark.parametrize("content", [b"MZ\x90", b"%PDF-1.7 half", photo()[:300]])
    def test_what_is_no_whole_page_is_refused(self, content: bytes) -> None:
        letter = factories.letter_issued()
        assert _upload(letter, content).status_code == 422
        assert not LetterScan.objects.exists()

    def test_a_newer_one_replaces_it_and_the_old_file_goes(
        self, django_capture_on_commit_callbacks: Any
    ) -> None:
        letter = factories.letter_issued()
        first = scan(letter)
        with django_capture_on_commit_callbacks(execute=True):
            assert _upload(letter, photo(200)).status_code == 302
        second = scan_of(letter)
        assert second is not None
        assert second.pk != first.pk
        assert not default_storage.exists(first.file)
        first.refresh_from_db()
        assert (first.file, first.replaced_at is None) == ("", False)

    def test_an_old_file_that_stayed_is_deleted_later(self) -> None:
        letter = factories.letter_issued()
        first = scan(letter)
        scan(letter, 200)
        assert default_storage.exists(first.file)
        erase_replaced()
        assert not default_storage.exists(first.file)
        assert scan_of(letter) is not None

    def test_the_same_file_or_key_again_changes_nothing(self) -> None:
        letter, key = factories.letter_issued(), str(uuid4())
        for _ in range(2):
            _upload(letter, photo(), key=key)
        _upload(letter, photo())
        _upload(letter, photo(200), key=key)
        assert LetterScan.objects.count() == 1

    def test_once_sent_it_stays(self) -> None:
        letter = scanned()
        send(letter)
        assert _upload(letter, photo(200)).status_code == 409
        assert petugas().get(page_of(letter, "pindaian/")).status_code == 409
        assert "Ganti hasil pindai" not in shown(petugas().get(page_of(letter)))
        link = letter.links.get()
        petugas().post(page_of(letter, "penyerahan/"), {"action": "end_link", "link": link.pk})
        assert _upload(letter, photo(200)).status_code == 302

    def test_which_letters_have_one(self, own: certificates.Made, settings: Any) -> None:
        for letter in (factories.letter_ready(), factories.letter_revoked()):
            assert _upload(letter, photo()).status_code == 409
        settings.SIGNING_MODE = "p12"
        letter = factories.letter_issued()
        assert _upload(letter, photo()).status_code == 409
        assert "Unggah hasil pindai" not in shown(petugas().get(page_of(letter)))
        assert petugas().get(page_of(letter, "pindaian/lihat/")).status_code == 409

    def test_who_may(self) -> None:
        letter = scanned()
        foreign = client_of(holder(Role.LURAH, FOREIGN_KELURAHAN))
        assert ketua_rt().get(page_of(letter, "pindaian/")).status_code == 403
        assert lurah().get(page_of(letter, "pindaian/")).status_code == 200
        for end in ("pindaian/", "pindaian/lihat/", "kirim/"):
            assert foreign.get(page_of(letter, end)).status_code == 404
            data = {"file": sent(photo()), "way": "email", "email": "a@contoh.id"}
            if end != "pindaian/lihat/":
                assert foreign.post(page_of(letter, end), data).status_code == 404
        assert LetterScan.objects.count() == 1


def test_a_revoked_letter_keeps_its_log_and_scan_to_look_at() -> None:
    letter = scanned()
    pin_in(send(letter))
    lurah().post(page_of(letter), {"action": "revoke", "reason": "Salah data."})
    text = shown(lurah().get(page_of(letter)))
    assert "Tidak berlaku lagi" in text
    assert "Akhiri tautan" not in text
    assert lurah().get(page_of(letter, "pindaian/lihat/")).status_code == 200
