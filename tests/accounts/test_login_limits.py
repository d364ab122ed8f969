"""Guessing: stopped per account, however many at once; the owner and the crowd still get in."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from accounts.login.limits import ADDRESS, PASSWORD, in_words, network_of
from accounts.login.models import SignIn, User
from accounts.rules import Role
from tests import factories
from tests.accounts.login_ways import WRONG, give_code, is_in, log_in, told, totp
from tests.factories import PASSWORD as RIGHT
from tests.officials import user_with
from tests.residents.at_once import at_once
from wacat.throttle import Claim, reserve

GUESSES = 50
RT = (Role.KETUA_RT, factories.RT)


def closed(answer: Any) -> bool:
    """Whether the answer is that there were too many attempts."""
    return answer.status_code == 429 and told(answer)[0].startswith("Terlalu banyak percobaan")


@pytest.mark.django_db(transaction=False)
class TestOneAfterTheOther:
    def test_it_says_how_long_to_wait(self, client: Client) -> None:
        user = user_with(RT)
        for _ in range(PASSWORD.most):
            assert log_in(client, user.username, WRONG).status_code == 422
        answer = log_in(client, user.username, RIGHT)
        assert closed(answer)
        assert re.search(r"Tunggu (\d+ detik|\d menit)", told(answer)[0])

    def test_a_name_that_nobody_has_is_closed_alike(self, client: Client) -> None:
        answers = [log_in(client, "tidak.ada", WRONG) for _ in range(PASSWORD.most + 1)]
        assert [one.status_code for one in answers] == [422] * PASSWORD.most + [429]
        assert not SignIn.objects.exists()

    def test_name_and_telephone_in_any_writing_are_one_account(self, client: Client) -> None:
        user = user_with(RT, username="rt.satu", login_phone="080012345678")
        names = ("rt.satu", "RT.SATU", "080012345678", "+62 800-1234-5678", "62800 12345678")
        for name in names:
            assert log_in(client, name, WRONG).status_code == 422
        assert closed(log_in(client, user.username, RIGHT))

    def test_a_stranger_locks_out_strangers_but_not_the_owner(self, client: Client) -> None:
        user = user_with(RT)
        log_in(client, user.username)
        client.post("/keluar/")
        for _ in range(PASSWORD.most + 1):
            log_in(Client(), user.username, WRONG)
        assert closed(log_in(Client(), user.username, RIGHT))
        assert log_in(client, user.username, RIGHT).status_code == 302

    def test_a_known_browser_may_not_guess_without_end_either(self, client: Client) -> None:
        user = user_with(RT)
        log_in(client, user.username)
        client.post("/keluar/")
        for _ in range(PASSWORD.most):
            log_in(client, user.username, WRONG)
        assert closed(log_in(client, user.username, RIGHT))

    def test_a_made_up_device_is_counted_as_none(self) -> None:
        user = user_with(RT)
        for number in range(PASSWORD.most + 1):
            client = Client()
            client.cookies["wacat_device"] = str(number).rjust(43, "a")
            answer = log_in(client, user.username, WRONG)
        assert closed(answer)

    def test_right_passwords_are_not_counted(self) -> None:
        user = user_with(RT)
        for _ in range(3 * PASSWORD.most):
            assert log_in(Client(), user.username).status_code == 302

    def test_the_right_password_of_a_closed_account_is_not_counted(self, client: Client) -> None:
        user = user_with(RT)
        User.objects.filter(pk=user.pk).update(status="inactive")
        for _ in range(3 * PASSWORD.most):
            assert log_in(client, user.username)["Location"] == "/nonaktif/"

    def test_an_address_is_closed_in_the_end(self, client: Client) -> None:
        user = user_with(RT)
        for _ in range(ADDRESS.most):
            reserve(Claim(ADDRESS, "127.0.0.1"))
        assert closed(log_in(client, user.username))
        assert log_in(client, user.username, REMOTE_ADDR="203.0.113.9").status_code == 302

    def test_codes_are_counted(self, client: Client) -> None:
        user = factories.user_as(Role.OPERATOR)
        log_in(client, user.username)
        for _ in range(5):
            assert give_code(client, "000000").status_code == 422
        answer = give_code(client, totp())
        assert closed(answer)
        assert not is_in(client)

    def test_proving_the_password_anew_is_counted(self) -> None:
        client = factories.client_of(user_with(RT))
        page = "/saya/pengaman/pastikan/"
        codes = [client.post(page, {"password": WRONG}).status_code for _ in range(6)]
        assert codes == [422] * 5 + [429]

    def test_changing_the_password_is_no_way_around(self) -> None:
        client = factories.client_of(user_with(RT))
        new = {"new_password1": "kuda-laut-melompat", "new_password2": "kuda-laut-melompat"}
        for _ in range(5):
            client.post("/saya/sandi/", {"old_password": WRONG, **new})
        answer = client.post("/saya/sandi/", {"old_password": RIGHT, **new})
        assert "Terlalu banyak" in told(answer)[0]


@pytest.mark.usefixtures("committed_db")
class TestAtOnce:
    def test_of_fifty_guesses_at_one_password_no_more_get_through_than_the_limit(self) -> None:
        user = user_with(RT)
        answers = at_once(*[lambda: log_in(Client(), user.username, WRONG)] * GUESSES)
        codes = [answer.status_code for answer in answers]
        assert (codes.count(422), codes.count(429)) == (PASSWORD.most, GUESSES - PASSWORD.most)
        assert SignIn.objects.filter(user=user, succeeded=False).count() == PASSWORD.most

    def test_of_fifty_guesses_at_one_code_no_more_get_through_than_the_limit(self) -> None:
        user = factories.user_as(Role.OPERATOR)
        client = Client()
        log_in(client, user.username)
        cookie = client.cookies["sessionid"].value

        def guess() -> int:
            one = Client()
            one.cookies["sessionid"] = cookie
            return int(give_code(one, "000000").status_code)

        codes = at_once(*[guess] * GUESSES)
        assert (codes.count(422), codes.count(429)) == (5, GUESSES - 5)

    def test_fifty_users_behind_one_address_log_in(self) -> None:
        users = [user_with((Role.PETUGAS_KELURAHAN, factories.KELURAHAN)) for _ in range(GUESSES)]
        jobs = [lambda name=user.username: log_in(Client(), name).status_code for user in users]
        assert at_once(*jobs) == [302] * GUESSES

    def test_of_ten_at_once_one_uses_a_code(self) -> None:
        user = factories.user_as(Role.OPERATOR)
        clients = [Client() for _ in range(5)]
        for one in clients:
            log_in(one, user.username)
        code = totp()
        jobs = [lambda one=one: give_code(one, code).status_code for one in clients]
        assert sorted(at_once(*jobs)) == [302, 422, 422, 422, 422]


def test_one_subscriber_of_ipv6_is_one_address() -> None:
    assert (
        network_of("2001:db8:1:2:3:4:5:6") == network_of("2001:db8:1:2::9") == "2001:db8:1:2::/64"
    )
    assert network_of("203.0.113.9") == "203.0.113.9"
    assert network_of(None) == "unknown"


@pytest.mark.parametrize(
    ("seconds", "words"), [(0.2, "1 detik"), (59.5, "60 detik"), (61, "2 menit"), (300, "5 menit")]
)
def test_waiting_is_told_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
