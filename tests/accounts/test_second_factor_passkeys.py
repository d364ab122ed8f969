"""Passkeys: added, used in place of a password and as second factor, removed; forged in vain."""

from __future__ import annotations

import json
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from accounts.login.limits import PASSKEY
from accounts.login.models import SignIn, User
from accounts.rules import Role
from tests import factories
from tests.accounts.login_ways import is_in, log_in
from tests.accounts.passkey_maker import Phone
from tests.officials import user_with

pytestmark = pytest.mark.django_db
LOGIN_KEY, KEYS, ADD = "/masuk/kunci/", "/saya/pengaman/kunci/", "/saya/pengaman/kunci/tambah/"


@pytest.fixture
def user() -> User:
    return user_with((Role.KETUA_RT, factories.RT))


@pytest.fixture
def phone(user: User) -> Phone:
    """A phone whose key the user has added."""
    phone = Phone()
    client = Client()
    log_in(client, user.username)
    assert add(client, phone)["Location"] == "/saya/pengaman/kode/"
    return phone


def add(client: Client, phone: Phone) -> Any:
    options = json.loads(client.get(ADD).context["passkey_options"])
    return client.post(ADD, {"name": "Ponsel", "credential": phone.registered(options)})


def asked(client: Client) -> dict[str, Any]:
    answer = client.get(LOGIN_KEY, headers={"accept": "application/json"})
    options: dict[str, Any] = answer.json()["request_options"]
    return options


def use(client: Client, phone: Phone, **given: Any) -> Any:
    return client.post(LOGIN_KEY, {"credential": phone.used(asked(client), **given)})


def test_a_passkey_logs_in_by_itself(user: User, phone: Phone) -> None:
    client = Client()
    assert use(client, phone)["Location"] == "/"
    assert is_in(client)
    assert SignIn.objects.latest("pk").way == "passkey"
    assert Authenticator.objects.get(user=user, type="webauthn").wrap().name == "Ponsel"


def test_after_the_password_it_is_asked_for(user: User, phone: Phone) -> None:
    client = Client()
    assert log_in(client, user.username)["Location"] == "/masuk/kode/"
    options = json.loads(client.get("/masuk/kode/").context["passkey_options"])
    assert client.post("/masuk/kode/", {"credential": "{}"}).status_code == 200
    options = json.loads(client.get("/masuk/kode/").context["passkey_options"])
    answer = client.post("/masuk/kode/", {"credential": phone.used(options)})
    assert answer["Location"] == "/"
    assert is_in(client)


def test_an_answer_is_good_once(phone: Phone) -> None:
    client = Client()
    answer = phone.used(asked(client))
    other = Client()
    asked(other)
    assert other.post(LOGIN_KEY, {"credential": answer})["Location"] == "/masuk/"
    assert client.post(LOGIN_KEY, {"credential": answer})["Location"] == "/"
    client.post("/keluar/")
    assert client.post(LOGIN_KEY, {"credential": answer})["Location"] == "/masuk/"


def test_a_forged_signature_is_refused(phone: Phone) -> None:
    stranger = Phone()
    stranger.id, stranger.user = phone.id, phone.user
    for forger, given in ((stranger, {}), (phone, {"signature": b"x"}), (Phone(), {})):
        client = Client()
        assert use(client, forger, **given)["Location"] == "/masuk/"
        assert not is_in(client)


def test_one_that_asks_for_no_finger_or_pin_is_not_taken(user: User) -> None:
    client = Client()
    log_in(client, user.username)
    assert add(client, Phone(verified=False)).status_code == 422
    assert client.post(ADD, {"credential": '{"id": "x"}'}).status_code == 422
    assert not Authenticator.objects.filter(user=user).exists()


def test_a_deactivated_account_is_told_so(user: User, phone: Phone) -> None:
    User.objects.filter(pk=user.pk).update(status="inactive")
    client = Client()
    assert use(client, phone)["Location"] == "/nonaktif/"
    assert not is_in(client)


def test_it_is_removed_by_its_owner(user: User, phone: Phone) -> None:
    client = Client()
    use(client, phone)
    key = Authenticator.objects.get(user=user, type="webauthn").pk
    assert "Ponsel" in client.get(KEYS).content.decode()
    assert client.post(KEYS, {"key": key})["Location"] == KEYS
    assert not Authenticator.objects.filter(user=user).exists()
    assert use(Client(), phone)["Location"] == "/masuk/"


def test_trying_is_counted(phone: Phone) -> None:
    client = Client()
    codes = [client.post(LOGIN_KEY, {"credential": "{}"}).status_code for _ in range(PASSKEY.most)]
    assert set(codes) == {302}
    assert client.post(LOGIN_KEY, {"credential": "{}"}).status_code == 429


def test_brackets_without_end_are_refused(phone: Phone) -> None:
    client = Client()
    asked(client)
    assert client.post(LOGIN_KEY, {"credential": "[" * 100_000}).status_code < 500
    assert not is_in(client)
