"""What is noted of logins, and the word about a new device."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings

from accounts.login.devices import label_of
from accounts.login.models import KnownDevice, SignIn, User
from accounts.notices.models import Notice
from accounts.rules import Role
from tests import factories
from tests.accounts.login_ways import CHROME, FIREFOX, WRONG, log_in
from tests.officials import user_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def user() -> User:
    return user_with((Role.KETUA_RT, factories.RT))


def notices(user: User) -> list[Any]:
    return list(Notice.objects.filter(recipient=user, kind="new_device").values_list("values"))


def test_a_login_is_noted_with_device_and_address(user: User) -> None:
    log_in(Client(), user.username, headers={"user-agent": CHROME}, REMOTE_ADDR="203.0.113.5")
    one = SignIn.objects.get()
    assert (one.user, one.succeeded, one.way) == (user, True, "password")
    assert (one.device, one.address) == ("Chrome di Android", "203.0.113.5")


def test_a_failure_at_a_known_account_is_noted_and_elsewhere_nothing(user: User) -> None:
    log_in(Client(), user.username, WRONG)
    log_in(Client(), "tidak.ada", WRONG)
    assert list(SignIn.objects.values_list("user", "succeeded")) == [(user.pk, False)]


def test_the_first_login_is_no_news_a_new_device_is(user: User) -> None:
    first = Client()
    log_in(first, user.username, headers={"user-agent": CHROME})
    assert notices(user) == []
    log_in(Client(), user.username, headers={"user-agent": FIREFOX})
    assert notices(user) == [({"device": "Firefox di Windows"},)]


def test_a_device_once_known_is_no_news_again(user: User) -> None:
    client = Client()
    for _ in range(3):
        log_in(client, user.username)
        client.post("/keluar/")
    assert KnownDevice.objects.filter(user=user).count() == 1
    assert notices(user) == []


def test_a_failure_makes_no_device_known(user: User) -> None:
    client = Client()
    log_in(client, user.username, WRONG)
    assert "wacat_device" not in client.cookies
    assert not KnownDevice.objects.exists()


def test_two_on_one_computer_are_known_apart(user: User) -> None:
    other = user_with((Role.LURAH, factories.KELURAHAN))
    client = Client()
    for one in (user, other):
        log_in(client, one.username)
        client.post("/keluar/")
    assert KnownDevice.objects.count() == 2
    assert notices(other) == []


def test_only_a_digest_of_the_cookie_is_kept_and_no_script_reads_it(user: User) -> None:
    client = Client()
    log_in(client, user.username)
    cookie = client.cookies["wacat_device"]
    assert len(cookie.value) == 43
    assert cookie.value.encode() not in bytes(KnownDevice.objects.get().digest)
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")
    assert int(cookie["max-age"]) > 300 * 24 * 3600


def test_the_cookie_is_secure_wherever_tls_is(user: User, settings: Settings) -> None:
    settings.SESSION_COOKIE_SECURE = True
    client = Client()
    log_in(client, user.username)
    assert client.cookies["wacat_device"]["secure"]


@pytest.mark.parametrize(
    ("agent", "label"),
    [
        (CHROME, "Chrome di Android"),
        (FIREFOX, "Firefox di Windows"),
        (f"{CHROME} Edg/130.0", "Edge di Android"),
        (f"{CHROME} SamsungBrowser/26.0", "Samsung Internet di Android"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1", "Safari di iOS"),
        ("Mozilla/5.0 (Macintosh; Intel Mac OS X 15) Version/18 Safari/605", "Safari di macOS"),
        ("Opera/9.80 (Linux)", "Opera di Linux"),
        ("curl/8.0", "Peramban lain"),
        ("", "Peramban lain"),
        ("x" * 5000, "Peramban lain"),
    ],
)
def test_a_device_is_named_in_a_few_words(agent: str, label: str) -> None:
    assert label_of(agent) == label
