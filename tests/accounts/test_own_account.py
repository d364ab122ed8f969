"""*Akun saya*: contacts, password, and what the page tells."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from accounts.login.cards import cards
from accounts.login.models import User
from accounts.login.passwords import LocalWordsValidator
from accounts.notices.models import Notice
from accounts.rules import Role
from tests import factories
from tests.accounts.login_ways import WRONG, is_in, log_in, told
from tests.factories import PASSWORD
from tests.officials import user_with

pytestmark = pytest.mark.django_db
CONTACTS, OWN_PASSWORD = "/saya/kontak/", "/saya/sandi/"
OLD, NEW, OTHERS = "080011110001", "080022220002", "080033330003"
GOOD = "kuda-laut-melompat-jauh"


@pytest.fixture
def user() -> User:
    return user_with(
        (Role.KETUA_RT, factories.RT),
        username=OLD,
        login_phone=OLD,
        phone=OLD,
        email="lama@example.id",
        contacts_confirmed_at=None,
    )


def save(user: User, **given: str) -> Any:
    data = {"email": user.email, "phone": user.phone, "password": PASSWORD, **given}
    answer = factories.client_of(user).post(CONTACTS, data)
    user.refresh_from_db()
    return answer


def change(client: Client, first: str = GOOD, second: str = "", **given: str) -> Any:
    return client.post(
        OWN_PASSWORD, {"new_password1": first, "new_password2": second or first, **given}
    )


def test_the_page_tells_who_i_am(user: User) -> None:
    page = factories.client_of(user).get("/saya/").content.decode()
    for text in (user.full_name, user.nip, OLD, "lama@example.id", "Ketua RT 001"):
        assert text in page
    assert "Akun saya</a>" in factories.client_of(user).get("/").content.decode()


def test_contacts_are_confirmed_as_they_are_without_a_password(user: User) -> None:
    assert [card.url for card in cards(user)] == [CONTACTS]
    assert save(user, password="")["Location"] == "/saya/"
    assert user.contacts_confirmed_at
    assert cards(user) == []
    assert not Notice.objects.filter(recipient=user).exists()


def test_a_change_needs_the_password(user: User) -> None:
    for password in ("", WRONG):
        answer = save(user, email="baru@example.id", password=password)
        assert answer.status_code == 422
        assert 'value="baru@example.id"' in answer.content.decode()
    assert (user.email, user.contacts_confirmed_at) == ("lama@example.id", None)


def test_a_change_is_told(user: User) -> None:
    assert save(user, email="baru@example.id").status_code == 302
    assert user.email == "baru@example.id"
    assert [one.kind for one in Notice.objects.filter(recipient=user)] == ["contacts_changed"]


def test_a_user_name_of_digits_follows_the_telephone(user: User) -> None:
    answer = save(user, phone="+62 800 2222 0002")
    assert answer["Location"] == "/saya/"
    assert user.username == user.login_phone == user.phone == NEW
    assert log_in(Client(), NEW).status_code == 302
    assert log_in(Client(), OLD).status_code == 422


def test_a_name_stays_and_the_new_number_leads_in_beside_it(user: User) -> None:
    User.objects.filter(pk=user.pk).update(username="rt.satu")
    user.refresh_from_db()
    save(user, phone=NEW)
    assert (user.username, user.login_phone, user.phone) == ("rt.satu", NEW, NEW)


@pytest.mark.parametrize(("username", "login_phone"), [(OLD, OLD), ("rt.satu", None)])
def test_a_number_that_leads_somebody_else_in_leads_nobody_else(
    user: User, username: str, login_phone: str | None
) -> None:
    other = user_with((Role.LURAH, factories.KELURAHAN), username=OTHERS, login_phone=OTHERS)
    User.objects.filter(pk=user.pk).update(username=username)
    user.refresh_from_db()
    client = factories.client_of(user)
    data = {"email": user.email, "phone": OTHERS, "password": PASSWORD}
    page = client.post(CONTACTS, data, follow=True).content.decode()
    user.refresh_from_db()
    assert (user.username, user.login_phone, user.phone) == (username, login_phone, OTHERS)
    assert f"nama pengguna {username}" in page
    assert User.objects.by_login(OTHERS) == other
    assert log_in(Client(), username).status_code == 302


@pytest.mark.parametrize("phone", ["", "abc", "0812", "08" * 10, "²³" * 5])
def test_what_is_no_telephone_number_is_refused(user: User, phone: str) -> None:
    assert save(user, phone=phone).status_code == 422
    assert user.phone == OLD


def test_an_own_password_closes_the_others_and_keeps_this_session(user: User) -> None:
    here, there = Client(), Client()
    for one in (here, there):
        log_in(one, OLD)
    before = here.session.session_key
    assert change(here, old_password=PASSWORD)["Location"] == "/saya/"
    assert here.session.session_key != before
    assert [is_in(one) for one in (here, there)] == [True, False]
    assert log_in(Client(), OLD, PASSWORD).status_code == 422
    assert log_in(Client(), OLD, GOOD).status_code == 302
    page = here.get("/saya/perangkat/").content.decode()
    assert "perangkat ini" in page
    assert page.count('name="session"') == 1  # the login with the new password, no older one


def test_the_old_password_has_to_be_right(user: User) -> None:
    client = factories.client_of(user)
    for old in ({}, {"old_password": WRONG}):
        assert change(client, **old).status_code == 422
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("pendek", "pendek"),
        ("passwordpassword", "passwordpassword"),
        (f"{OLD}", f"{OLD}"),
        ("Balikpapan-2026", "Balikpapan-2026"),
        (GOOD, f"{GOOD}x"),
        ("", ""),
    ],
)
def test_a_bad_password_is_refused_in_words(user: User, first: str, second: str) -> None:
    answer = change(factories.client_of(user), first, second, old_password=PASSWORD)
    assert answer.status_code == 422
    assert told(answer)
    assert is_in(factories.client_of(user))


@pytest.mark.parametrize("good", [GOOD, "é" * 100, "kucing balikpapan melompat", " spasi di tepi "])
def test_a_good_password_may_hold_anything(user: User, good: str) -> None:
    assert change(factories.client_of(user), good, old_password=PASSWORD).status_code == 302
    assert log_in(Client(), OLD, good).status_code == 302


@pytest.mark.parametrize(
    "bad", ["WaCAT-2026-rahasia", "balikpapan123456", "123456789012", "lurah.camat.rt"]
)
def test_what_anybody_here_would_guess_is_refused(bad: str) -> None:
    with pytest.raises(ValidationError):
        LocalWordsValidator().validate(bad)


@pytest.mark.parametrize("path", ["/saya/", CONTACTS, OWN_PASSWORD, "/saya/perangkat/"])
def test_the_pages_are_kept_in_no_cache(user: User, path: str) -> None:
    assert factories.client_of(user).get(path)["Cache-Control"] == "no-store"
