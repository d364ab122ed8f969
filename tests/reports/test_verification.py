"""The public page behind a QR code: what it tells anybody, and nothing else."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from accounts.rules import Role
from reports.letters.models import Letter
from reports.letters.verification_limits import ASKED
from reports.letters.verification_signature import Signature
from reports.letters.verification_states import STATES, Shown
from residents.registry.models import Resident
from tests import factories
from tests.factories import KELURAHAN, holder
from tests.residents.pages import Answer, ketua_rt, operator, shown
from wacat.words import name_masked, nik_grouped, nik_masked, tanggal

pytestmark = pytest.mark.django_db
PERSON = {
    "full_name": "Wahyuningsih Kertanegara",
    "address": "Jl. Contoh Cempaka 77",
    "birth_place": "Tanahbumbu",
    "origin_address": "Jl. Contoh Asalnya 88",
    "origin_area": "Kabupaten Bone",
    "phone": "080011112222",
    "no_kk": "9971052001019999",
}


def _open(letter: Letter, client: Client | None = None) -> Answer:
    return (client or Client()).get(f"/verifikasi/{letter.token}/")


def _words(answer: Answer) -> str:
    assert answer.status_code == 200
    return shown(answer)


def test_anybody_learns_that_the_letter_stands() -> None:
    letter = factories.letter_issued(factories.reported(**PERSON))
    words = _words(_open(letter))
    assert letter.issued_on is not None
    assert letter.valid_until is not None
    for told in (
        letter.number,
        tanggal(letter.issued_on),
        tanggal(letter.valid_until),
        "Kelurahan Sepinggan",
        "Terbit",
        "Terdaftar. Sah hanya dengan tanda tangan dan cap dinas.",
        "W*********** K**********",
    ):
        assert told in words
    assert "CONTOH" not in words


def test_and_nothing_of_the_person() -> None:
    resident = factories.reported(**PERSON)
    letter = factories.letter_issued(resident)
    page = _open(letter).content.decode()
    bare = re.sub(r"\s+", "", page)
    secrets = [
        *PERSON.values(),
        *PERSON["full_name"].split(),
        resident.nik,
        resident.nik[:6],
        nik_grouped(resident.nik),
        nik_masked(resident.nik),
        tanggal(resident.birth_date),
        "1990",
        tanggal(resident.arrived_on),
        letter.area_id,
        letter.area.label,
        letter.introduction_number,
        letter.purpose,
        holder(Role.LURAH, KELURAHAN).full_name,
        holder(Role.LURAH, KELURAHAN).nip,
        str(factories.holder(Role.KETUA_RT, letter.area_id)),
    ]
    for secret in secrets:
        assert secret
        assert secret not in page
        assert re.sub(r"\s+", "", secret) not in bare


def test_its_facts_are_the_frozen_ones() -> None:
    letter = factories.letter_issued(factories.reported(**PERSON))
    Resident.objects.update(full_name="Orang Lain")
    assert name_masked(PERSON["full_name"]) in _words(_open(letter))


def test_a_family_is_named_masked() -> None:
    people = [factories.reported(one_kk=True, full_name=f"Anggota{n} Contoh") for n in range(3)]
    words = _words(_open(factories.letter_issued(*people)))
    assert words.count(name_masked("Anggota1 Contoh")) == 3
    assert "Anggota keluarga" in words


def test_an_expired_one_says_so() -> None:
    letter = factories.letter_issued()
    assert letter.valid_until is not None
    with factories.on_day(letter.valid_until):
        assert "Terdaftar." in _words(_open(letter))
    with factories.on_day(letter.valid_until + timedelta(days=1)):
        words = _words(_open(letter))
    assert "Masa berlaku surat ini sudah habis" in words
    assert "Habis masa berlaku" in words
    assert "Terdaftar." not in words


def test_a_revoked_one_says_so_and_not_why() -> None:
    letter = factories.letter_revoked(reason="Alasan rahasia.")
    words = _words(_open(letter))
    assert "Surat ini sudah dicabut dan tidak berlaku" in words
    assert "Alasan rahasia" not in words
    assert letter.revoked_on is not None
    assert f"Dicabut {tanggal(letter.revoked_on)}" in words
    assert "Terdaftar." not in words
    assert letter.valid_until is not None
    with factories.on_day(letter.valid_until + timedelta(days=9)):
        assert "sudah dicabut" in _words(_open(letter))


@pytest.mark.parametrize("make", ["letter_requested", "letter_ready", "letter_returned"])
def test_before_the_issue_there_is_nothing_to_verify(make: str) -> None:
    letter = getattr(factories, make)()
    unknown = Client().get("/verifikasi/AAAAAAAAAAAAAAAAAAAAAA/")
    assert (_open(letter).status_code, unknown.status_code) == (404, 404)
    assert _open(letter).content == unknown.content


@pytest.mark.parametrize("token", ["x", "%00", "' OR 1=1", "x" * 2000, "٣٣", "%25%25", "%0a"])
def test_an_unknown_token_is_not_found(token: str) -> None:
    factories.letter_issued()
    assert Client().get(f"/verifikasi/{token}/").status_code == 404


def test_a_token_is_taken_to_the_letter() -> None:
    letter = factories.letter_issued()
    assert Client().get(f"/verifikasi/{letter.token.swapcase()}/").status_code == 404
    assert Client().get(f"/verifikasi/{letter.token[:-1]}/").status_code == 404
    assert Client().get(f"/verifikasi/{letter.code}/").status_code == 404
    assert len(letter.token) >= 22


def test_it_is_neither_kept_nor_indexed_and_only_read() -> None:
    letter = factories.letter_issued()
    answer = _open(letter)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert not answer.cookies
    assert Client().head(f"/verifikasi/{letter.token}/").status_code == 200
    assert Client().post(f"/verifikasi/{letter.token}/").status_code == 405


def test_the_sixty_first_in_a_minute_waits() -> None:
    letter, client = factories.letter_issued(), Client(REMOTE_ADDR="10.9.8.7")
    for _ in range(ASKED.most):
        assert client.get("/verifikasi/tebakan/").status_code == 404
    answer = _open(letter, client)
    assert (ASKED.most, answer.status_code) == (60, 429)
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert "Terlalu banyak pemeriksaan. Tunggu" in shown(answer)
    assert letter.number not in answer.content.decode()
    assert _open(letter, Client(REMOTE_ADDR="10.9.8.6")).status_code == 200


def test_whoever_is_logged_in_sees_the_same() -> None:
    letter = factories.letter_issued(factories.reported(**PERSON))
    for client in (ketua_rt(), operator()):
        page = _open(letter, client)
        assert name_masked(PERSON["full_name"]) in _words(page)
        assert PERSON["full_name"] not in page.content.decode()


def test_the_states_are_told_in_one_table() -> None:
    """Each is reached, and an erased letter is only said to be registered."""
    letter = factories.letter_issued()
    cases = [
        (Shown(letter, "ink", None), "Terdaftar. Sah hanya dengan tanda tangan dan cap dinas."),
        (Shown(letter, "p12", None), "Terdaftar, tetapi belum ditandatangani"),
        (Shown(letter, "p12", Signature()), "Terdaftar. Ditandatangani secara elektronik."),
        (Shown(letter, "", None), "Terdaftar."),
        (Shown(factories.letter_revoked(), "p12", None), "Surat ini sudah dicabut dan tidak"),
    ]
    for one, title in cases:
        first = next(state for applies, state in STATES if applies(one))
        assert first.title.startswith(title)
