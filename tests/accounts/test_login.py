"""Logging in and out: who gets in, who is slowed down, and who is shown the door."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import NoReverseMatch, reverse

from accounts.login.models import User
from accounts.rules import Role
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.django_db
LOGIN = "/masuk/"
WRONG = "bukan-sandinya-sama-sekali"
ATTEMPTS = 5  # wrong passwords that an account bears within five minutes


@pytest.fixture
def user() -> User:
    return factories.user_as(Role.KETUA_RT)


def log_in(client: Client, name: str, password: str, **more: str) -> Any:
    return client.post(LOGIN, {"login": name, "password": password, **more})


def is_in(client: Client) -> bool:
    """Whether the start page opens."""
    return client.get("/").status_code == 200


def test_the_right_password_opens_the_start_page(client: Client, user: User) -> None:
    answer = log_in(client, user.username, PASSWORD)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert is_in(client)


def test_a_wrong_password_and_an_unknown_name_are_told_alike(client: Client, user: User) -> None:
    answers = [log_in(client, name, WRONG) for name in (user.username, "tidak.ada")]
    told = [list(answer.context["form"].non_field_errors()) for answer in answers]
    assert told[0] == told[1]
    assert told[0]
    assert not is_in(client)


def test_a_user_without_a_password_never_gets_in(client: Client) -> None:
    user = factories.user_with((Role.KETUA_RT, factories.RT), password=None)
    for password in ("", "!", user.password):
        log_in(client, user.username, password)
        assert not is_in(client)


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/warga/?status=overdue", "/warga/?status=overdue"),
        ("https://example.com/", "/"),
        ("//example.com/", "/"),
        ("javascript:alert(1)", "/"),
    ],
)
def test_next_leads_on_within_the_portal_only(
    client: Client, user: User, asked: str, given: str
) -> None:
    assert log_in(client, user.username, PASSWORD, next=asked)["Location"] == given


def test_the_page_asked_for_before_the_login_is_kept(client: Client) -> None:
    page = client.get("/warga/?status=draft", follow=True)
    assert 'name="next" value="/warga/?status=draft"' in page.content.decode()


def test_the_sixth_wrong_password_closes_the_account_for_a_while(
    client: Client, user: User
) -> None:
    for _ in range(ATTEMPTS):
        log_in(client, user.username, WRONG)
    for address in ("127.0.0.1", "203.0.113.5"):
        answer = client.post(
            LOGIN, {"login": user.username, "password": PASSWORD}, REMOTE_ADDR=address
        )
        assert "Terlalu banyak" in str(answer.context["form"].non_field_errors())
        assert not is_in(client)


def test_others_behind_the_same_address_get_in_meanwhile(client: Client, user: User) -> None:
    for _ in range(ATTEMPTS + 1):
        log_in(client, user.username, WRONG)
    other = factories.user_as(Role.LURAH)
    assert log_in(Client(), other.username, PASSWORD).status_code == 302


def test_fewer_wrong_passwords_close_nothing(client: Client, user: User) -> None:
    for _ in range(ATTEMPTS - 1):
        log_in(client, user.username, WRONG)
    assert log_in(client, user.username, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    "name",
    ["account_signup", "account_reset_password", "account_email", "account_confirm_email"],
)
def test_nobody_signs_up_or_resets_by_themselves(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize("path", ["/accounts/signup/", "/daftar/", "/masuk/daftar/"])
def test_there_is_no_page_to_sign_up(path: str, user: User) -> None:
    assert factories.client_of(user).get(path).status_code == 404


def test_a_new_session_begins_with_the_login(client: Client, user: User) -> None:
    """A session key planted before the login is worth nothing after it."""
    client.get(LOGIN)
    session = client.session
    session["planted"] = True
    session.save()
    before = session.session_key
    log_in(client, user.username, PASSWORD)
    assert client.session.session_key != before


def test_logging_out_needs_a_post_and_ends_the_session(user: User) -> None:
    client = factories.client_of(user)
    assert client.get("/keluar/").status_code == 200
    assert is_in(client)
    assert client.post("/keluar/")["Location"] == LOGIN
    assert not is_in(client)


def test_a_deactivated_user_is_told_whom_to_ask(client: Client, user: User) -> None:
    User.objects.filter(pk=user.pk).update(status="inactive")
    assert log_in(client, user.username, PASSWORD)["Location"] == "/nonaktif/"
    assert client.get("/nonaktif/").status_code == 200
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(user: User) -> None:
    client = factories.client_of(user)
    user.set_password("sandi-lain-yang-panjang")
    user.save()
    assert not is_in(client)


def test_a_form_without_its_token_is_refused(user: User) -> None:
    client = Client(enforce_csrf_checks=True)
    assert log_in(client, user.username, PASSWORD).status_code == 403
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    assert client.post("/warga/tambah/", factories.form_data()).status_code == 403
