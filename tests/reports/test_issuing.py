"""Issuing: what it needs, what it freezes, and many at the same moment."""

from datetime import date, timedelta
from itertools import product
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from accounts.posts.models import Post
from accounts.rules import Role
from reports.letters.models import Drawing, Letter, LetterOffice, LetterStep, NumberCounter
from residents.registry.models import Resident
from tests import factories
from tests.factories import KELURAHAN, RT, SIBLING_RT, client_of, holder, user_with
from tests.residents.at_once import at_once
from tests.residents.pages import Answer, key_on, ketua_rt, lurah, operator, petugas, shown
from wacat.clock import today


def _issue(client: Client, letter: Letter, key: str = "") -> Answer:
    answer = client.post(f"/surat/{letter.pk}/", {"action": "issue", "key": key})
    letter.refresh_from_db()
    return answer


def _two_lurahs() -> list[Client]:
    """The Lurah and, at the same time, the Plh. Lurah."""
    return [lurah(), client_of(user_with((Role.LURAH, KELURAHAN, Post.Kind.PLH)))]


def _serials() -> list[int]:
    return sorted(Letter.objects.values_list("number_serial", flat=True))


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


@pytest.mark.django_db
class TestReadyList:
    def test_those_without_a_warning_are_ticked(self) -> None:
        plain = factories.letter_ready()
        soon = factories.letter_ready(factories.reported(stays_until=today() + timedelta(days=9)))
        page = lurah().get("/surat/siap/").content.decode()
        assert f'id="letter-{plain.pk}" checked' in page
        assert f'id="letter-{soon.pk}"' in page
        assert f'id="letter-{soon.pk}" checked' not in page

    def test_the_ticked_ones_are_issued_in_their_order(self) -> None:
        first, second, third = (factories.letter_ready() for _ in range(3))
        answer = lurah().post("/surat/siap/", {"letter": [first.pk, second.pk]}, follow=True)
        assert "2 surat terbit" in shown(answer)
        for letter in (first, second, third):
            letter.refresh_from_db()
        assert [one.number_serial for one in (first, second, third)] == [1, 2, None]

    def test_one_that_cannot_be_issued_does_not_hold_the_others(self) -> None:
        good, bad, also_good = (factories.letter_ready() for _ in range(3))
        Resident.objects.filter(letter_lines__letter=bad).update(religion=None)
        keys = [good.pk, bad.pk, also_good.pk]
        answer = lurah().post("/surat/siap/", {"letter": keys}, follow=True)
        assert "2 surat terbit" in shown(answer)
        assert "belum lengkap" in shown(answer)
        assert _serials_of(good, bad, also_good) == [1, None, 2]

    def test_ticked_twice_is_issued_once(self) -> None:
        letter = factories.letter_ready()
        lurah().post("/surat/siap/", {"letter": [letter.pk, letter.pk]})
        assert _serials_of(letter) == [1]
        assert LetterStep.objects.filter(name="issue").count() == 1

    def test_a_foreign_letter_is_not_found_and_none_is_issued(self) -> None:
        mine = factories.letter_ready()
        foreign = factories.letter_ready(factories.reported(factories.FOREIGN_RT))
        for keys in ([mine.pk, foreign.pk], [mine.pk, 10**17]):
            assert lurah().post("/surat/siap/", {"letter": keys}).status_code == 404
            assert _serials_of(mine, foreign) == [None, None]

    @pytest.mark.parametrize("keys", [[], ["x"], ["٣"], ["9" * 5000], ["\0"], ["-1"]])
    def test_nothing_chosen_is_told(self, keys: list[str]) -> None:
        factories.letter_ready()
        answer = lurah().post("/surat/siap/", {"letter": keys}, follow=True)
        assert "Belum ada surat yang dipilih" in shown(answer)


def _serials_of(*letters: Letter) -> list[int | None]:
    return [Letter.objects.get(pk=letter.pk).number_serial for letter in letters]


class TestManyAtOnce:
    def test_two_lurahs_and_many_letters(self, committed_db: None) -> None:
        people = [factories.reported(area) for area in (RT, SIBLING_RT) for _ in range(8)]
        letters = [factories.letter_ready(resident) for resident in people]
        clients = _two_lurahs() + [lurah(), lurah()]
        hands = [letters[start::4] for start in range(4)]

        def hand(client: Client, mine: list[Letter]) -> list[int]:
            return [
                client.post(f"/surat/{one.pk}/", {"action": "issue"}).status_code for one in mine
            ]

        codes = at_once(
            *(lambda c=c, m=m: hand(c, m) for c, m in zip(clients, hands, strict=True))  # type: ignore[misc]
        )
        assert sum(codes, []) == [302] * 16
        assert _serials() == list(range(1, 17))
        assert Drawing.objects.count() == 16
        assert len(set(Letter.objects.values_list("number", flat=True))) == 16

    @pytest.mark.parametrize("_round", range(4))
    def test_the_same_letter_by_two_is_issued_once(self, committed_db: None, _round: int) -> None:
        letter = factories.letter_ready()
        clients = _two_lurahs()
        answers = at_once(
            *(lambda c=c: _issue(c, Letter.objects.get(pk=letter.pk)) for c in clients)  # type: ignore[misc]
        )
        assert sorted(one.status_code for one in answers) == [302, 409]
        assert _serials() == [1]
        assert NumberCounter.objects.get(kind="letter").last == 1
        assert LetterStep.objects.filter(name="issue").count() == 1

    @pytest.mark.parametrize("_round", range(3))
    def test_one_key_at_the_same_moment_answers_alike(
        self, committed_db: None, _round: int
    ) -> None:
        letter, key = factories.letter_ready(), str(uuid4())
        clients = [lurah(), lurah()]
        answers = at_once(
            *(lambda c=c: _issue(c, Letter.objects.get(pk=letter.pk), key) for c in clients)  # type: ignore[misc]
        )
        assert [one.status_code for one in answers] == [302, 302]
        assert _serials() == [1]

    @pytest.mark.parametrize("_round", range(2))
    def test_two_who_issue_the_whole_list_at_once(self, committed_db: None, _round: int) -> None:
        letters = [factories.letter_ready().pk for _ in range(12)]
        clients = _two_lurahs()
        orders = (letters, letters[::-1])
        answers = at_once(
            *(
                lambda c=c, o=o: c.post("/surat/siap/", {"letter": o})  # type: ignore[misc]
                for c, o in zip(clients, orders, strict=True)
            )
        )
        assert [one.status_code for one in answers] == [302, 302]
        assert _serials() == list(range(1, 13))
        assert LetterStep.objects.filter(name="issue").count() == 12

    @pytest.mark.parametrize("_round", range(2))
    def test_the_list_and_a_letter_of_it_at_once(self, committed_db: None, _round: int) -> None:
        families = [
            (factories.reported(family=True), factories.reported(family=True)) for _ in range(4)
        ]
        letters = [factories.letter_ready(*family) for family in families]
        clients = _two_lurahs()
        at_once(
            lambda: clients[0].post("/surat/siap/", {"letter": [one.pk for one in letters]}),
            lambda: _issue(clients[1], Letter.objects.get(pk=letters[-1].pk)),
        )
        assert _serials() == [1, 2, 3, 4]

    def test_issued_and_ended_at_once_is_one_after_the_other(self, committed_db: None) -> None:
        for _ in range(3):
            letter = factories.letter_ready()
            resident = letter.lines.get().resident
            data = {"action": "end", "date": today().isoformat(), "reason": "1"}
            clients = [lurah(), ketua_rt()]
            issued, ended = at_once(
                lambda: _issue(clients[0], Letter.objects.get(pk=letter.pk)),
                lambda: clients[1].post(f"/warga/{resident.pk}/", data),
            )
            assert ended.status_code == 302
            letter.refresh_from_db()
            assert (issued.status_code, letter.status) in ((302, "issued"), (409, "ready"))
        serials = [one for one in Letter.objects.values_list("number_serial", flat=True) if one]
        assert sorted(serials) == list(range(1, len(serials) + 1))
