"""The stored PDF: when it is there, that it is what was drawn, and who took it."""

import hashlib
from pathlib import Path

import pytest
from django.core.files.storage import default_storage

from accounts.audit.models import Access
from accounts.rules import Role
from reports.letters import printing
from reports.letters.models import Drawing, Letter
from reports.letters.office_models import LetterOffice
from residents.registry.models import Resident
from tests import factories
from tests.factories import KELURAHAN, SIBLING_RT, client_of, holder, user_with
from tests.reports.letters_to_draw import inked, reader_of, text_of
from tests.residents.pages import ketua_rt, lurah, shown
from wacat.sealing.crypto import SealBroken
from wacat.words import nik_grouped
from wacat.work import MAX_ATTEMPTS, perform

pytestmark = pytest.mark.django_db
MOST_BYTES = 40_000


def _pdf(letter: Letter) -> str:
    return f"/surat/{letter.pk}/pdf/"


def _stored(letter: Letter) -> Path:
    return Path(default_storage.path(Drawing.objects.get(letter=letter).file))


def test_before_the_issue_there_is_none() -> None:
    for make in ("letter_requested", "letter_ready", "letter_returned"):
        assert lurah().get(_pdf(getattr(factories, make)())).status_code == 409


def test_while_it_waits_the_answer_says_so_and_asks_again() -> None:
    letter = factories.letter_issued()
    answer = lurah().get(_pdf(letter))
    assert answer.status_code == 202
    assert "PDF sedang digambar" in shown(answer)
    assert f'hx-get="/surat/{letter.pk}/"' in answer.content.decode()
    assert not Access.objects.exists()


def test_it_is_what_was_drawn_and_says_whom_it_is_for() -> None:
    letter = factories.letter_drawn()
    client = ketua_rt()
    answer = client.get(_pdf(letter))
    work = Drawing.objects.get(letter=letter)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Content-Disposition"].startswith("attachment; ")
    assert hashlib.sha256(answer.content).hexdigest() == work.sha256
    assert len(answer.content) == work.size
    assert work.size is not None
    assert work.size <= MOST_BYTES
    assert len(reader_of(answer.content).pages) == 1
    text, person = text_of(answer.content), letter.lines.get().resident
    for words in (person.full_name, nik_grouped(person.nik), letter.number):
        assert inked(words) in inked(text)
    assert "benar-benar warga" not in text
    seen = Access.objects.get()
    assert (seen.kind, seen.subject, seen.actor) == (
        "download",
        f"reports.letter:{letter.pk}",
        holder(Role.KETUA_RT, letter.area_id),
    )


def test_what_changes_between_issue_and_drawing_is_not_in_it() -> None:
    letter = factories.letter_issued()
    person = letter.lines.get().resident
    Resident.objects.filter(pk=person.pk).update(full_name="Nama Yang Baru")
    signer = holder(Role.LURAH, KELURAHAN)
    before, signer.full_name = signer.full_name, "Lurah Yang Baru"
    signer.save()
    LetterOffice.objects.create(kelurahan_id=KELURAHAN, address="Kantor Yang Baru")
    assert perform(Drawing, letter.pk, printing.draw)
    text = inked(text_of(lurah().get(_pdf(letter)).content))
    assert inked(person.full_name) in text
    assert inked(before) in text
    assert "YangBaru" not in text


def test_at_rest_it_is_sealed() -> None:
    letter = factories.letter_drawn()
    stored = _stored(letter).read_bytes()
    assert b"%PDF" not in stored
    name = letter.lines.get().resident.full_name.encode()
    assert name not in stored


def test_a_changed_or_exchanged_file_is_not_handed_out() -> None:
    one, other = factories.letter_drawn(), factories.letter_drawn()
    path = _stored(one)
    whole = path.read_bytes()
    for damaged in (whole[:-1] + bytes([whole[-1] ^ 1]), whole[:100], _stored(other).read_bytes()):
        path.write_bytes(damaged)
        with pytest.raises(SealBroken):
            lurah().get(_pdf(one))
    path.write_bytes(whole)
    assert lurah().get(_pdf(one)).status_code == 200


def test_a_family_is_on_it_whole() -> None:
    people = [factories.reported(one_kk=True) for _ in range(3)]
    letter = factories.letter_drawn(*people)
    pdf = lurah().get(_pdf(letter)).content
    text = inked(text_of(pdf))
    assert len(pdf) <= MOST_BYTES
    for person in people:
        assert inked(person.full_name) in text
        assert inked(nik_grouped(person.nik)) in text


def test_drawing_again_changes_nothing() -> None:
    letter = factories.letter_drawn()
    before = Drawing.objects.values().get()
    assert not perform(Drawing, letter.pk, printing.draw)
    assert Drawing.objects.values().get() == before


def test_what_cannot_be_drawn_is_tried_again_and_then_given_up(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    letter = factories.letter_issued()
    name = letter.lines.get().resident.full_name

    def fail(work: Drawing) -> None:
        raise ValueError(f"no room for {name}")

    for attempt in range(1, MAX_ATTEMPTS + 1):
        assert not perform(Drawing, letter.pk, fail)
        work = Drawing.objects.get(letter=letter)
        assert (work.attempts, work.failure) == (attempt, "ValueError")
        assert work.state == ("failed" if attempt == MAX_ATTEMPTS else "waiting")
    assert name not in caplog.text
    assert "belum dapat digambar" in shown(lurah().get(f"/surat/{letter.pk}/"))
    assert lurah().get(_pdf(letter)).status_code == 202
    technician = client_of(user_with((Role.TIM_TEKNIS, factories.CITY_CODE)))
    assert "ValueError" in shown(technician.get("/pekerjaan/"))
    assert "1 pekerjaan diulang" in shown(technician.post("/pekerjaan/", follow=True))
    assert perform(Drawing, letter.pk, printing.draw)
    assert lurah().get(_pdf(letter)).status_code == 200


def test_a_revoked_letter_keeps_its_pdf() -> None:
    letter = factories.letter_drawn()
    lurah().post(f"/surat/{letter.pk}/", {"action": "revoke", "reason": "Salah data."})
    assert lurah().get(_pdf(letter)).status_code == 200


def test_a_foreign_one_is_not_found() -> None:
    letter = factories.letter_drawn()
    assert client_of(user_with((Role.KETUA_RT, SIBLING_RT))).get(_pdf(letter)).status_code == 404
    assert not Access.objects.exists()
