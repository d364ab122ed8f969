"""Issuing many letters: the Lurah's list, and several hands at the same moment."""

from datetime import timedelta
from functools import partial
from uuid import uuid4

import pytest
from django.test import Client

from accounts.posts.models import Post
from accounts.rules import Role
from reports.letters.models import Drawing, Letter, LetterStep, NumberCounter
from residents.registry.models import Resident
from tests import factories
from tests.factories import KELURAHAN, RT, SIBLING_RT, client_of, user_with
from tests.residents.at_once import at_once
from tests.residents.pages import Answer, ketua_rt, lurah, shown
from wacat.clock import today


def _issue(client: Client, letter: Letter, key: str = "") -> Answer:
    return client.post(f"/surat/{letter.pk}/", {"action": "issue", "key": key})


def _two_lurahs() -> list[Client]:
    """The Lurah and, at the same time, the Plh. Lurah."""
    return [lurah(), client_of(user_with((Role.LURAH, KELURAHAN, Post.Kind.PLH)))]


def _serials() -> list[int]:
    serials = Letter.objects.values_list("number_serial", flat=True)
    return sorted(serial for serial in serials if serial is not None)


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
        clients = [*_two_lurahs(), lurah(), lurah()]
        hands = [letters[start::4] for start in range(4)]

        def hand(client: Client, mine: list[Letter]) -> list[int]:
            return [
                client.post(f"/surat/{one.pk}/", {"action": "issue"}).status_code for one in mine
            ]

        codes = at_once(
            *(partial(hand, client, mine) for client, mine in zip(clients, hands, strict=True))
        )
        assert sum(codes, []) == [302] * 16
        assert _serials() == list(range(1, 17))
        assert Drawing.objects.count() == 16
        assert len(set(Letter.objects.values_list("number", flat=True))) == 16

    @pytest.mark.parametrize("_round", range(4))
    def test_the_same_letter_by_two_is_issued_once(self, committed_db: None, _round: int) -> None:
        letter = factories.letter_ready()
        clients = _two_lurahs()
        answers = at_once(*(partial(_issue, client, letter) for client in clients))
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
        answers = at_once(*(partial(_issue, client, letter, key) for client in clients))
        assert [one.status_code for one in answers] == [302, 302]
        assert _serials() == [1]

    @pytest.mark.parametrize("_round", range(2))
    def test_two_who_issue_the_whole_list_at_once(self, committed_db: None, _round: int) -> None:
        letters = [factories.letter_ready().pk for _ in range(12)]
        clients = _two_lurahs()
        orders = (letters, letters[::-1])
        answers = at_once(
            *(
                partial(client.post, "/surat/siap/", {"letter": order})
                for client, order in zip(clients, orders, strict=True)
            )
        )
        assert {one.status_code for one in answers} <= {200, 302}
        assert _serials() == list(range(1, 13))
        assert LetterStep.objects.filter(name="issue").count() == 12

    @pytest.mark.parametrize("_round", range(2))
    def test_the_list_and_a_letter_of_it_at_once(self, committed_db: None, _round: int) -> None:
        families = [
            (factories.reported(one_kk=True), factories.reported(one_kk=True)) for _ in range(4)
        ]
        letters = [factories.letter_ready(*family) for family in families]
        clients = _two_lurahs()
        at_once(
            lambda: clients[0].post("/surat/siap/", {"letter": [one.pk for one in letters]}),
            lambda: _issue(clients[1], letters[-1]),
        )
        assert _serials() == [1, 2, 3, 4]

    def test_issued_and_ended_at_once_is_one_after_the_other(self, committed_db: None) -> None:
        for _ in range(3):
            letter = factories.letter_ready()
            resident = letter.lines.get().resident
            data = {"action": "end", "date": today().isoformat(), "reason": "1"}
            clients = [lurah(), ketua_rt()]
            issued, ended = at_once(
                partial(_issue, clients[0], letter),
                partial(clients[1].post, f"/warga/{resident.pk}/", data),
            )
            assert ended.status_code == 302
            letter.refresh_from_db()
            assert (issued.status_code, letter.status) in ((302, "issued"), (409, "ready"))
        assert _serials() == list(range(1, len(_serials()) + 1))
