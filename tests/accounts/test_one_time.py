"""One-time passwords: once, for some days, for one person, and readable nowhere."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from accounts.issuing.models import OneTimePassword
from accounts.issuing.one_time import ALPHABET, consume, make, make_all, void
from accounts.login.models import User
from accounts.rules import Role
from tests.officials import FOREIGN_RT, PASSWORD, RT, client_of, user_as, user_with
from tests.residents.at_once import at_once

BROWSER, OTHER = b"1" * 32, b"2" * 32


@pytest.fixture
def user(db: None) -> User:
    return user_as(Role.KETUA_RT)


def later(**span: int) -> override_settings:
    return override_settings(CLOCK_OFFSET=timedelta(**span))


class TestMade:
    def test_it_is_grouped_and_of_characters_that_are_not_confused(self, user: User) -> None:
        assert re.fullmatch(rf"([{ALPHABET}]{{4}}-){{2}}[{ALPHABET}]{{4}}", make(user))
        assert not set("01ilo") & set(ALPHABET)
        assert len(set(ALPHABET)) ** 12 > 2**59

    def test_the_own_password_no_longer_fits_and_sessions_end(self, user: User) -> None:
        client = client_of(user)
        assert client.get("/").status_code == 200
        make(user)
        user.refresh_from_db()
        assert not user.has_own_password
        assert not user.check_password(PASSWORD)
        assert client.get("/").status_code == 302

    def test_only_its_digest_is_kept(self, user: User) -> None:
        password = make(user)
        digest = bytes(OneTimePassword.objects.get(user=user).digest)
        assert len(digest) == 32
        assert password.encode() not in digest

    def test_many_are_made_in_few_statements(
        self, db: None, django_assert_max_num_queries: DjangoAssertNumQueries
    ) -> None:
        users = [user_with((Role.KETUA_RT, area)) for area in (RT, FOREIGN_RT)]
        with django_assert_max_num_queries(6):
            made = make_all(users)
        assert len(set(made.values())) == 2
        assert all(consume(user, made[user.pk], b"") for user in users)


class TestUsed:
    def test_once(self, user: User) -> None:
        password = make(user)
        assert consume(user, password, b"")
        assert not consume(user, password, b"")

    @pytest.mark.parametrize("typed", [str.upper, lambda p: p.replace("-", " "), "  {}\t".format])
    def test_however_it_is_typed(self, user: User, typed: Callable[[str], str]) -> None:
        assert consume(user, typed(make(user)), b"")

    def test_without_dashes_and_with_a_phones_long_ones(self, user: User) -> None:
        assert consume(user, make(user).replace("-", ""), b"")
        assert consume(user, make(user).replace("-", "–"), b"")

    @pytest.mark.parametrize("wrong", ["", "x", "aaaa-aaaa-aaaa", "é" * 12, "a" * 5000, "\x00"])
    def test_a_guessed_one_is_refused(self, user: User, wrong: str) -> None:
        password = make(user)
        assert not consume(user, wrong, BROWSER)
        assert consume(user, password, BROWSER)

    def test_somebody_elses_is_refused(self, user: User) -> None:
        other = user_with((Role.KETUA_RT, FOREIGN_RT))
        password = make(other)
        assert not consume(user, password, b"")
        make(user)
        assert not consume(user, password, b"")

    def test_who_has_none_is_refused(self, user: User) -> None:
        assert not consume(user, "kcm4-7rpx-tq9d", b"")

    def test_a_replaced_one_is_refused(self, user: User) -> None:
        first = make(user)
        second = make(user)
        assert not consume(user, first, b"")
        assert consume(user, second, b"")

    def test_until_its_days_are_over(self, user: User) -> None:
        password = make(user)
        with later(days=settings.ONE_TIME_PASSWORD_DAYS, minutes=1):
            assert not consume(user, password, b"")
        with later(days=settings.ONE_TIME_PASSWORD_DAYS, minutes=-1):
            assert consume(user, password, b"")

    def test_an_own_password_ends_it(self, user: User) -> None:
        password = make(user)
        user.set_password(PASSWORD)
        user.save()
        assert not consume(user, password, b"")

    def test_voided_it_ends_and_does_not_come_back_with_the_own_password_gone(
        self, user: User
    ) -> None:
        password = make(user)
        user.set_password(PASSWORD)
        user.save()
        void([user])
        user.refresh_from_db()
        assert not user.has_own_password
        assert not consume(user, password, b"")


class TestUsedAgain:
    """The answer was lost on a weak line: the same browser may ask once more."""

    def test_by_the_same_browser_within_the_hour(self, user: User) -> None:
        password = make(user)
        assert consume(user, password, BROWSER)
        with later(minutes=59):
            assert consume(user, password, BROWSER)
        with later(minutes=61):
            assert not consume(user, password, BROWSER)

    def test_not_by_another_browser_nor_by_an_unknown_one(self, user: User) -> None:
        password = make(user)
        assert consume(user, password, BROWSER)
        assert not consume(user, password, OTHER)
        assert not consume(user, password, b"")

    def test_not_once_there_is_an_own_password(self, user: User) -> None:
        password = make(user)
        assert consume(user, password, BROWSER)
        user.set_password(PASSWORD)
        user.save()
        assert not consume(user, password, BROWSER)

    def test_not_by_an_unknown_browser_that_was_unknown_before(self, user: User) -> None:
        password = make(user)
        assert consume(user, password, b"")
        assert not consume(user, password, BROWSER)


def test_of_many_who_use_it_at_the_same_moment_one_gets_in(committed_db: None) -> None:
    user = user_as(Role.KETUA_RT)
    for _ in range(5):
        password = make(user)
        browsers = [bytes([number]) * 32 for number in range(8)]
        used = at_once(*[lambda b=b: consume(user, password, b) for b in browsers])
        assert sum(used) == 1


def test_trying_it_at_a_closed_account_does_not_use_it_up(user: User) -> None:
    password = make(user)
    User.objects.filter(pk=user.pk).update(status="inactive")
    assert consume(User.objects.get(pk=user.pk), password, BROWSER)
    User.objects.filter(pk=user.pk).update(status="active")
    again = User.objects.get(pk=user.pk)
    assert consume(again, password, OTHER)
    assert not consume(again, password, b"")
