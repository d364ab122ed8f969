"""Who somebody is: user name or telephone, an own or a one-time password, all told alike."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from accounts.issuing.models import OneTimePassword
from accounts.issuing.one_time import make
from accounts.login import backend
from accounts.login.models import SignIn, User
from accounts.rules import Role
from tests import factories
from tests.accounts.login_ways import WRONG, is_in, log_in, told
from tests.officials import user_with
from wacat.clock import now

pytestmark = pytest.mark.django_db
PHONE = "080012345678"


@pytest.fixture
def user() -> User:
    return user_with((Role.KETUA_RT, factories.RT), username=PHONE, login_phone=PHONE)


def browser(name: str = "browser") -> Client:
    """A browser with the cookie that the login page gave it."""
    client = Client()
    client.cookies["csrftoken"] = hashlib.md5(name.encode()).hexdigest()
    return client


@pytest.mark.parametrize(
    "written",
    [
        PHONE,
        "+6280012345678",
        "6280012345678",
        "0800-1234-5678",
        " 0800 1234 5678 ",
        "(0800)12345678",
    ],
)
def test_a_telephone_number_leads_in_however_it_is_written(user: User, written: str) -> None:
    assert log_in(Client(), written)["Location"] == "/"


def test_a_user_name_leads_in_however_it_is_written() -> None:
    user_with((Role.LURAH, factories.KELURAHAN), username="lurah.contoh")
    for written in ("lurah.contoh", "Lurah.Contoh", " lurah.contoh "):
        assert log_in(Client(), written)["Location"] == "/"


def test_who_shares_a_telephone_logs_in_by_name_only() -> None:
    user_with((Role.KETUA_RT, factories.RT), username="rt.satu", phone=PHONE)
    assert log_in(Client(), PHONE).status_code == 422
    assert log_in(Client(), "rt.satu").status_code == 302


def test_a_one_time_password_leads_in_once(user: User) -> None:
    password = make(user)
    client = browser()
    assert log_in(client, PHONE, password)["Location"] == "/"
    assert client.get("/")["Location"] == "/saya/sandi/"
    assert log_in(browser("other"), PHONE, password).status_code == 422


def test_the_same_browser_may_try_again_when_the_answer_was_lost(user: User) -> None:
    password = make(user)
    assert log_in(browser(), PHONE, password).status_code == 302
    again = browser()
    assert log_in(again, PHONE, password).status_code == 302
    assert again.get("/")["Location"] == "/saya/sandi/"


def test_without_a_cookie_there_is_no_second_time(user: User) -> None:
    password = make(user)
    assert log_in(Client(), PHONE, password).status_code == 302
    assert log_in(Client(), PHONE, password).status_code == 422


def test_an_own_password_ends_the_one_time_password(user: User) -> None:
    password = make(user)
    client = browser()
    log_in(client, PHONE, password)
    own = {"new_password1": "kuda-laut-melompat", "new_password2": "kuda-laut-melompat"}
    assert client.post("/saya/sandi/", own)["Location"] == "/"
    assert is_in(client)
    assert log_in(browser(), PHONE, password).status_code == 422
    assert log_in(browser(), PHONE, "kuda-laut-melompat").status_code == 302


def expired(user: User) -> str:
    password = make(user)
    OneTimePassword.objects.filter(user=user).update(expires_at=now() - timedelta(seconds=1))
    return password


def used(user: User) -> str:
    password = make(user)
    log_in(browser("first"), PHONE, password)
    return password


def replaced(user: User) -> str:
    password = make(user)
    make(user)
    return password


@pytest.mark.parametrize("bad", [expired, used, replaced, lambda user: WRONG, lambda user: "!"])
def test_every_refusal_says_the_same(user: User, bad: Any) -> None:
    password = bad(user)
    refused, unknown = log_in(Client(), PHONE, password), log_in(Client(), "tidak.ada", password)
    assert refused.status_code == unknown.status_code == 422
    assert told(refused) == told(unknown)
    assert "tidak cocok" in told(refused)[0]


@pytest.mark.parametrize("who", ["known", "unknown", "new"])
def test_every_refusal_does_the_same_work(
    user: User, monkeypatch: pytest.MonkeyPatch, who: str
) -> None:
    """One password is hashed, whether or not there is an account, and of which kind."""
    if who == "new":
        make(user)
    hashed: list[str] = []
    encode = MD5PasswordHasher.encode

    def counted(hasher: MD5PasswordHasher, password: str, salt: str) -> str:
        hashed.append(password)
        return encode(hasher, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counted)
    log_in(Client(), "tidak.ada" if who == "unknown" else PHONE, WRONG)
    assert hashed == [WRONG]


def test_a_deactivated_account_with_its_one_time_password_is_told_so(user: User) -> None:
    password = make(user)
    User.objects.filter(pk=user.pk).update(status="inactive")
    assert log_in(Client(), PHONE, WRONG).status_code == 422
    assert log_in(Client(), PHONE, password)["Location"] == "/nonaktif/"


def test_which_way_it_was_is_noted(user: User) -> None:
    log_in(browser(), PHONE, WRONG)
    log_in(browser(), PHONE)
    log_in(browser(), PHONE, make(user))
    log_in(browser("other"), PHONE, WRONG)
    ways = [(one.way, one.succeeded) for one in SignIn.objects.order_by("pk")]
    assert ways == [
        ("password", False),
        ("password", True),
        ("one_time", True),
        ("one_time", False),
    ]


def test_a_browser_is_known_by_its_cookie_only(client: Client) -> None:
    assert backend.browser_of(None) == b""
    assert backend.browser_of(client.get("/masuk/").wsgi_request) == b""
    assert len(backend.browser_of(browser().get("/masuk/").wsgi_request)) == 32
