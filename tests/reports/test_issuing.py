"""Issuing a letter: what it needs, what may come in between, what it freezes."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from accounts.posts.models import Post
from accounts.rules import Role
from reports.letters.models import Drawing, Letter, NumberCounter
from reports.letters.office_models import LetterOffice
from residents.registry.models import Resident
from tests import factories
from tests.factories import KELURAHAN, client_of, holder, user_with
from tests.residents.pages import Answer, key_on, lurah, operator, petugas, shown
from wacat.clock import today


def _issue(client: Client, letter: Letter, key: str = "") -> Answer:
    answer = client.post(f"/surat/{letter.pk}/", {"action": "issue", "key": key})
    letter.refresh_from_db()
    return answer


@pytest.mark.django_db
class TestOne:
    def test_number_facts_drawing_and_history(self) -> None:
        letter, client = factories.letter_ready(), lurah()
        assert _issue(client, letter).status_code == 302
        year = today().year
        assert (letter.status, letter.number_year, letter.number_serial) == ("issued", year, 1)
        assert letter.issued_on == today()
        assert letter.facts is not None
        assert letter.facts.number == letter.number
        assert Drawing.objects.get().state == "waiting"
        step = letter.steps.latest("pk")
        assert (step.name, step.actor) == ("issue", holder(Role.LURAH, KELURAHAN))
        assert letter.number in shown(client.get(f"/surat/{letter.pk}/"))

    def test_a_report_is_enough(self) -> None:
        reported, verified = factories.reported(), factories.verified()
        for resident in (reported, verified):
            assert factories.letter_issued(resident).status == "issued"

    @pytest.mark.parametrize("months", [1, 6])
    def test_it_is_valid_as_long_as_the_office_says(self, months: int) -> None:
        factories.load_areas()
        LetterOffice.objects.create(kelurahan_id=KELURAHAN, valid_months=months)
        until = today() + timedelta(days=350)
        with factories.on_day(date(2027, 8, 31)):
            letter = factories.letter_issued(factories.reported())
        assert letter.valid_until == {1: date(2027, 9, 30), 6: date(2028, 2, 29)}[months]
        assert until > today()

    def test_never_past_the_end_of_the_stay(self) -> None:
        resident = factories.reported(stays_until=today())
        assert factories.letter_issued(resident).valid_until == today()

    def test_a_plh_signs_as_one(self) -> None:
        letter = factories.letter_ready()
        acting = user_with(
            (Role.LURAH, KELURAHAN, Post.Kind.PLH), full_name="Wakil Contoh", rank="Penata"
        )
        _issue(client_of(acting), letter)
        assert letter.facts is not None
        assert letter.facts.signatory.position == "Plh. Lurah Sepinggan"
        assert letter.facts.signatory.full_name == "Wakil Contoh"

    def test_pressed_twice_is_issued_once(self) -> None:
        letter, client = factories.letter_ready(), lurah()
        key = key_on(client.get(f"/surat/{letter.pk}/"))
        answers = [_issue(client, letter, key) for _ in range(2)]
        assert [one.status_code for one in answers] == [302, 302]
        assert answers[0].headers["Location"] == answers[1].headers["Location"]
        assert _issue(client, letter, str(uuid4())).status_code == 409
        assert NumberCounter.objects.get(kind="letter").last == 1
        assert Drawing.objects.count() == 1


@pytest.mark.django_db
class TestWhatHappensInBetween:
    def _refused(self, letter: Letter, words: str) -> None:
        answer = _issue(lurah(), letter)
        assert answer.status_code == 409
        assert words in shown(answer)
        assert (letter.status, letter.number) == ("ready", "")
        assert not NumberCounter.objects.filter(kind="letter").exists()
        assert not Drawing.objects.exists()

    def test_the_stay_is_over(self) -> None:
        letter = factories.letter_ready(factories.reported(stays_until=today()))
        with factories.on_day(today() + timedelta(days=1)):
            self._refused(letter, "Masa tinggal sudah lewat")

    def test_the_resident_has_left(self) -> None:
        letter = factories.letter_ready()
        resident = letter.lines.get().resident
        data = {"action": "end", "date": today().isoformat(), "reason": "1"}
        assert petugas().post(f"/warga/{resident.pk}/", data).status_code == 302
        self._refused(letter, "sudah tidak tinggal di sini")

    def test_the_report_was_returned(self) -> None:
        letter = factories.letter_ready()
        resident = letter.lines.get().resident
        data = {"action": "return", "reason": "Alamat asal keliru."}
        assert operator().post(f"/warga/{resident.pk}/", data).status_code == 302
        self._refused(letter, "belum dilaporkan")

    def test_a_fact_was_taken_away(self) -> None:
        letter = factories.letter_ready()
        Resident.objects.update(religion=None)
        self._refused(letter, "agama")

    def test_the_letter_was_returned(self) -> None:
        letter, client = factories.letter_ready(), lurah()
        client.post(f"/surat/{letter.pk}/", {"action": "return", "reason": "Belum jelas."})
        assert _issue(client, letter).status_code == 409
        assert letter.status == "returned"

    def test_the_next_one_gets_the_number_that_was_refused(self) -> None:
        refused = factories.letter_ready()
        Resident.objects.update(religion=None)
        assert _issue(lurah(), refused).status_code == 409
        assert factories.letter_issued().number_serial == 1


@pytest.mark.django_db
class TestFrozen:
    def test_nothing_later_changes_what_it_says(self) -> None:
        letter = factories.letter_issued()
        before = Letter.objects.filter(pk=letter.pk).values().get()
        facts = letter.facts
        resident = letter.lines.get().resident
        changes: dict[str, Any] = {"full_name": "Nama Baru", "address": "Jl. Baru", "religion": 2}
        Resident.objects.filter(pk=resident.pk).update(**changes)
        signer = holder(Role.LURAH, KELURAHAN)
        signer.full_name = "Lurah Berganti Nama"
        signer.save()
        LetterOffice.objects.create(kelurahan_id=KELURAHAN, address="Kantor Baru", valid_months=1)
        assert Letter.objects.filter(pk=letter.pk).values().get() == before
        letter.refresh_from_db()
        assert letter.facts == facts

    def test_what_changed_before_the_issue_is_in_it(self) -> None:
        letter = factories.letter_ready()
        Resident.objects.update(full_name="Nama Betul")
        _issue(lurah(), letter)
        assert letter.facts is not None
        assert letter.facts.subjects[0].full_name == "Nama Betul"
