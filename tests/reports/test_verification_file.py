"""/verifikasi/berkas/: whether a PDF is the one that was issued, whatever is sent."""

from __future__ import annotations

import io
import random
import time
import tracemalloc
import zlib
from pathlib import Path
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.rules import Role
from reports.letters import verification_judging
from reports.letters.models import Drawing, Letter
from reports.letters.printing import stored_pdf
from reports.letters.verification_file import EMPTY, NONE_CHOSEN, NOT_A_PDF
from reports.letters.verification_judging import Verdict, judged, tokens_in
from reports.letters.verification_limits import FILES
from reports.letters.verification_reading import signature_of
from reports.letters.workflow import WORKFLOW as LETTERS
from tests import factories
from tests.residents.pages import Answer, shown
from wacat.uploads import MOST_BYTES, TOO_MANY_BYTES
from wacat.workflow import Move

pytestmark = pytest.mark.django_db
PATH = "/verifikasi/berkas/"


def _send(content: bytes, name: str = "surat.pdf", client: Client | None = None) -> Answer:
    file = SimpleUploadedFile(name, content, "application/pdf")
    return (client or Client()).post(PATH, {"file": file})


def _pdf_of(letter: Letter) -> bytes:
    return stored_pdf(Drawing.objects.get(letter=letter))


def _flipped(pdf: bytes, place: int) -> bytes:
    return pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :]


def _rewritten(pdf: bytes, **encryption: Any) -> bytes:
    writer, written = pypdf.PdfWriter(clone_from=io.BytesIO(pdf)), io.BytesIO()
    if encryption:
        writer.encrypt(**encryption)
    writer.write(written)
    return written.getvalue()


def _stranger() -> bytes:
    writer, written = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(written)
    return written.getvalue()


def test_the_page_says_what_it_does() -> None:
    answer = Client().get(PATH)
    assert "Berkas hanya diperiksa, tidak disimpan" in shown(answer)
    assert not answer.cookies


def test_the_issued_file_is_known() -> None:
    letter = factories.letter_drawn()
    answer = _send(_pdf_of(letter), "apa saja.bin")
    words = shown(answer)
    assert answer.status_code == 200
    assert "Berkas ini tidak diubah" in words
    assert "Terdaftar. Sah hanya dengan tanda tangan dan cap dinas." in words
    assert letter.number in words
    assert "Tanda tangan elektronik" not in words
    assert letter.names[0] not in words
    assert not answer.cookies


def test_unchanged_is_not_valid() -> None:
    letter = factories.letter_drawn()
    assert letter.valid_until is not None
    LETTERS.advance(
        letter.pk,
        "revoke",
        Move(factories.holder(Role.LURAH, letter.area_id[:13]), {"reason": "x"}),
    )
    words = shown(_send(_pdf_of(letter)))
    assert "Berkas ini tidak diubah" in words
    assert "Surat ini sudah dicabut dan tidak berlaku" in words
    assert "Terdaftar." not in words


def test_one_byte_is_enough_wherever_it_is() -> None:
    """Never "unchanged"; and still told whose it was, because the address stands there thrice."""
    letter = factories.letter_drawn()
    pdf = _pdf_of(letter)
    chosen = random.Random(1).sample(range(len(pdf)), 250)
    places = sorted({0, 1, 5, len(pdf) - 1, len(pdf) - 7, *chosen})
    for place in places:
        found = judged(_flipped(pdf, place))
        assert (found.verdict, found.letters) == (Verdict.CHANGED, (letter,)), place


@pytest.mark.parametrize("change", [lambda pdf: pdf + b"\n", lambda pdf: pdf[:-1], _rewritten])
def test_what_was_added_cut_or_saved_anew_is_changed(change: Any) -> None:
    letter = factories.letter_drawn()
    answer = _send(change(_pdf_of(letter)))
    words, page = shown(answer), answer.content.decode()
    assert "Berkas ini tidak sama dengan yang diterbitkan" in words
    assert "Berkas ini tidak diubah" not in words
    assert f'href="/verifikasi/{letter.token}/"' in page
    assert letter.number in words


def test_letters_in_one_file_are_all_named() -> None:
    one, other = factories.letter_drawn(), factories.letter_drawn()
    writer, merged = pypdf.PdfWriter(), io.BytesIO()
    for letter in (one, other):
        writer.append(io.BytesIO(_pdf_of(letter)))
    writer.write(merged)
    found = judged(merged.getvalue())
    assert (found.verdict, found.letters) == (Verdict.CHANGED, (one, other))


def test_a_strangers_file_is_not_ours() -> None:
    factories.letter_drawn()
    assert "Berkas ini tidak dikenal" in shown(_send(_stranger()))


def test_an_address_that_leads_nowhere_makes_it_no_letter() -> None:
    unissued = factories.letter_ready()
    for token in ("A" * 22, unissued.token):
        forged = _stranger() + f"% http://testserver/verifikasi/{token}/\n".encode()
        assert judged(forged).verdict is Verdict.FOREIGN


def test_a_locked_one_is_told() -> None:
    letter = factories.letter_drawn()
    for algorithm in ("RC4-128", "AES-256-R5"):
        locked = _rewritten(_pdf_of(letter), user_password="x", algorithm=algorithm)
        assert "PDF ini dikunci" in shown(_send(locked))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", EMPTY),
        (b"<!doctype html><html>halo</html>", NOT_A_PDF),
        (b"PK\x03\x04" + bytes(500), NOT_A_PDF),
        (bytes(1000), NOT_A_PDF),
        (b"\xff\xd8\xff\xe0" + b"x" * 100, NOT_A_PDF),
    ],
)
def test_what_is_no_pdf_is_told(content: bytes, told: str) -> None:
    answer = _send(content)
    assert answer.status_code == 422
    assert told in shown(answer)


@pytest.mark.parametrize("data", [{}, {"file": "bukan berkas"}, {"other": "x"}])
def test_without_a_file_it_asks_for_one(data: dict[str, str]) -> None:
    answer = Client().post(PATH, data)
    assert answer.status_code == 422
    assert NONE_CHOSEN in shown(answer)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n",
        b"%PDF-1.7\nstream\n" * 50_000,
        b"%PDF-1.7\n" + b"stream\n\x78\x9c" * 50_000,
        b"%PDF-1.7\n" + b"/ByteRange [0 1 2 3]" * 20_000,
        b"%PDF-1.7\n/ByteRange [0 999999999 999999999 999999999]",
        b"%PDF-1.7\n/ByteRange [0 9 9 0]",
        b"%PDF-1.7\n" + b"/verifikasi/" * 100_000,
        b"%PDF-1.7\n" + b"[" * 1_000_000,
    ],
)
def test_nonsense_is_answered_in_time(content: bytes) -> None:
    began = time.perf_counter()
    assert "Berkas ini tidak dikenal" in shown(_send(content))
    assert time.perf_counter() - began < 5


def test_what_unpacks_to_gigabytes_is_bounded() -> None:
    packed = zlib.compress(bytes(150_000_000), 9)
    bomb = b"%PDF-1.7\n" + (b"stream\n" + packed + b"\nendstream\n") * 30
    assert len(bomb) < MOST_BYTES
    tracemalloc.start()
    began = time.perf_counter()
    assert tokens_in(bomb) == []
    seconds, (_, peak) = time.perf_counter() - began, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert seconds < 5
    assert peak < 5_000_000


def test_an_address_is_found_in_a_packed_part_that_is_damaged_later() -> None:
    token = "3q2-7wEjRkm0vX1cQp9ZaA"
    text = random.Random(2).randbytes(3000).hex().encode()
    packed = bytearray(zlib.compress(f"(/verifikasi/{token}/)".encode() + text))
    packed[2000] ^= 255
    assert tokens_in(b"stream\r\n" + bytes(packed) + b"\nendstream") == [token]


@pytest.mark.parametrize("size", [MOST_BYTES + 20_000, 50_000_000])
def test_what_is_too_big_is_not_even_read(size: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(verification_judging, "judged", None)
    answer = _send(b"%PDF-1.7" + bytes(size))
    assert answer.status_code == 413
    assert TOO_MANY_BYTES in shown(answer)


def test_the_biggest_that_is_read_stays_off_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("written to disk")

    monkeypatch.setattr("django.core.files.uploadedfile.tempfile.NamedTemporaryFile", refuse)
    assert "Berkas ini tidak dikenal" in shown(_send(b"%PDF-1.7" + bytes(MOST_BYTES - 8)))


def test_nothing_of_it_is_kept() -> None:
    letter = factories.letter_drawn()
    folder = Path(settings.SEALED_ROOT)
    before = sorted(folder.rglob("*"))
    _send(_pdf_of(letter) + b" ")
    _send(_stranger())
    assert sorted(folder.rglob("*")) == before


def test_a_broken_form_is_refused() -> None:
    for kind in ("multipart/form-data", "multipart/form-data; boundary=x", "text/plain"):
        answer = Client().generic("POST", PATH, b"--x\r\nrubbish", kind)
        assert answer.status_code in (400, 422)


def test_the_eleventh_file_in_a_minute_waits() -> None:
    letter, client = factories.letter_drawn(), Client(REMOTE_ADDR="10.9.8.7")
    for _ in range(FILES.most):
        assert _send(b"", client=client).status_code == 422
    answer = _send(_pdf_of(letter), client=client)
    assert answer.status_code == 429
    assert "Terlalu banyak pemeriksaan. Tunggu" in shown(answer)
    assert _send(_pdf_of(letter), client=Client(REMOTE_ADDR="10.9.8.6")).status_code == 200


def test_an_unsigned_file_has_no_signature() -> None:
    assert signature_of(_pdf_of(factories.letter_drawn())) is None
