"""Letters that are signed electronically: issued, waiting, verified. Never unsigned-as-signed."""

from __future__ import annotations

import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from accounts.rules import Role
from reports.letters import drawing, printing
from reports.letters.models import Drawing, Letter
from reports.letters.verification_reading import signature_of
from tests import factories
from tests.factories import client_of, user_with
from tests.reports import certificates
from tests.reports.certificates import PASSWORD, SIGNER
from tests.reports.letters_to_draw import inked, text_of
from tests.residents.pages import lurah, shown
from tests.worker import running_worker
from wacat.work import MAX_ATTEMPTS, left_behind

FOOTNOTE = inked("Dokumen ini telah ditandatangani secara elektronik")
INK = "Terdaftar. Sah hanya dengan tanda tangan dan cap dinas."
ELECTRONIC = "Terdaftar. Ditandatangani secara elektronik."


@pytest.fixture
def electronic(fresh_key: None, settings: Any, tmp_path: Path) -> Path:
    """Letters are issued for a certificate from now on; where its file is."""
    root = certificates.authority()
    (tmp_path / "akar.pem").write_bytes(root.pem)
    path = certificates.p12_file(tmp_path, certificates.certificate(root), root)
    settings.SIGNING_MODE, settings.SIGNING_P12 = "p12", str(path)
    settings.SIGNING_PASSWORD, settings.SIGNING_ROOTS = PASSWORD, str(tmp_path / "akar.pem")
    return path


def _page(letter: Letter) -> str:
    return shown(Client().get(f"/verifikasi/{letter.token}/"))


def _pdf(letter: Letter) -> Any:
    return lurah().get(f"/surat/{letter.pk}/pdf/")


@pytest.mark.django_db
class TestLetters:
    def test_one_is_signed_and_says_so_everywhere(self, electronic: Path) -> None:
        letter = factories.letter_drawn()
        assert letter.facts is not None
        assert letter.facts.signing == "p12"
        pdf = _pdf(letter).content
        assert FOOTNOTE in inked(text_of(pdf))
        said = signature_of(pdf)
        assert said is not None
        assert (said.name, said.is_sound, said.is_trusted) == (SIGNER, True, True)
        for words in (_page(letter), self._uploaded(pdf)):
            assert ELECTRONIC in words
            assert INK not in words
            assert "Tanda tangan elektroniknya sah" in words
            assert SIGNER in words
            assert "Otoritas Contoh" in words

    def _uploaded(self, pdf: bytes) -> str:
        file = SimpleUploadedFile("surat.pdf", pdf)
        return shown(Client().post("/verifikasi/berkas/", {"file": file}))

    def test_a_changed_one_is_told_with_its_signature(self, electronic: Path) -> None:
        pdf = _pdf(factories.letter_drawn()).content
        for changed in (pdf + b"\n", pdf[:9000] + bytes([pdf[9000] ^ 1]) + pdf[9001:]):
            words = self._uploaded(changed)
            assert "Berkas ini tidak sama dengan yang diterbitkan" in words
            assert "Tanda tangan elektroniknya tidak cocok dengan isi berkas" in words
            assert "elektroniknya sah" not in words

    def test_whom_no_root_vouches_for_is_not_trusted(self, electronic: Path, settings: Any) -> None:
        settings.SIGNING_ROOTS = ""
        words = _page(factories.letter_drawn())
        assert "Penanda tangannya belum dapat dipastikan" in words
        assert SIGNER in words

    def test_roots_that_cannot_be_read_close_no_page(self, electronic: Path, settings: Any) -> None:
        letter = factories.letter_drawn()
        settings.SIGNING_ROOTS = str(electronic.parent / "hilang.pem")
        assert "belum dapat dipastikan" in _page(letter)

    def test_one_issued_for_ink_is_never_signed(self, settings: Any, electronic: Path) -> None:
        settings.SIGNING_MODE = "ink"
        letter = factories.letter_issued()
        settings.SIGNING_MODE = "p12"
        assert printing.print_letter(letter.pk)
        pdf = _pdf(letter).content
        assert signature_of(pdf) is None
        assert FOOTNOTE not in inked(text_of(pdf))
        assert INK in _page(letter)

    def test_one_issued_for_a_certificate_is_never_left_to_ink(
        self, settings: Any, electronic: Path
    ) -> None:
        letter = factories.letter_issued()
        settings.SIGNING_MODE, settings.SIGNING_P12 = "ink", ""
        assert not printing.print_letter(letter.pk)
        work = Drawing.objects.get(letter=letter)
        assert (work.state, work.failure, work.file) == ("waiting", "KeyMissing", "")
        words = _page(letter)
        assert "Terdaftar, tetapi belum ditandatangani" in words
        assert INK not in words
        assert ELECTRONIC not in words

    def test_facts_of_before_are_of_ink(self) -> None:
        letter = factories.letter_issued()
        facts = letter.facts
        assert facts is not None
        old = {name: value for name, value in facts.as_json().items() if name != "signing"}
        assert type(facts).from_json(old) == facts

    def test_what_cannot_be_signed_waits_and_is_seen(
        self, electronic: Path, caplog: pytest.LogCaptureFixture
    ) -> None:
        letter = factories.letter_issued()
        electronic.rename(electronic.with_suffix(".away"))
        for _ in range(MAX_ATTEMPTS + 3):
            assert not printing.print_letter(letter.pk)
        work = Drawing.objects.get(letter=letter)
        assert (work.state, work.failure, work.sha256) == ("waiting", "KeyMissing", "")
        assert not default_storage.exists(f"letters/{letter.token}.pdf")
        assert "Surat belum dapat ditandatangani secara elektronik" in shown(
            lurah().get(f"/surat/{letter.pk}/")
        )
        answer = _pdf(letter)
        assert answer.status_code == 202
        assert "belum dapat ditandatangani" in shown(answer)
        technician = client_of(user_with((Role.TIM_TEKNIS, factories.CITY_CODE)))
        assert "KeyMissing" in shown(technician.get("/pekerjaan/"))
        assert letter.names[0] not in caplog.text
        assert PASSWORD not in caplog.text

    def test_the_sweep_takes_it_up_when_it_is_mended(self, electronic: Path) -> None:
        letter = factories.letter_issued()
        away = electronic.rename(electronic.with_suffix(".away"))
        for _ in range(MAX_ATTEMPTS + 1):
            assert not printing.print_letter(letter.pk)
        away.rename(electronic)
        due = timezone.now() - timedelta(minutes=1)
        Drawing.objects.update(next_at=due, wanted_at=due)
        [pk] = left_behind(Drawing)
        assert printing.print_letter(pk)
        assert signature_of(_pdf(letter).content)
        assert "Unduh PDF" in shown(lurah().get(f"/surat/{letter.pk}/"))

    def test_other_failures_still_end(self, electronic: Path, monkeypatch: Any) -> None:
        letter = factories.letter_issued()

        def fail(*args: object) -> bytes:
            raise ValueError

        monkeypatch.setattr(drawing, "draw_letter", fail)
        for _ in range(MAX_ATTEMPTS):
            assert not printing.print_letter(letter.pk)
        assert Drawing.objects.get(letter=letter).state == "failed"


def test_a_real_worker_signs(
    committed_db: None, electronic: Path, settings: Any, monkeypatch: Any, tmp_path: Path
) -> None:
    for name in ("SIGNING_MODE", "SIGNING_P12", "SIGNING_PASSWORD", "SIGNING_ROOTS"):
        monkeypatch.setenv(name, getattr(settings, name))
    with running_worker(tmp_path / "worker.log"):
        letter = factories.letter_issued()
        work = _done(letter)
    assert work.failure == ""
    said = signature_of(printing.stored_pdf(work))
    assert said is not None
    assert said.is_trusted


def _done(letter: Letter, seconds: float = 30) -> Drawing:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        work = Drawing.objects.get(letter=letter)
        if work.state == Drawing.State.DONE:
            return work
        time.sleep(0.2)
    raise AssertionError("not drawn in time")
