"""Whatever changes what somebody logs in with stands in the trail and is told to them."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from django.test import Client

from accounts.closing.models import AccountStep
from accounts.issuing.links import link_for
from accounts.issuing.one_time import make
from accounts.login.models import User
from accounts.notices.models import Notice
from accounts.rules import Role
from tests.accounts.issued import administrator
from tests.accounts.login_ways import log_in
from tests.officials import KELURAHAN, PASSWORD, RT, client_of, holder, user_with

pytestmark = pytest.mark.django_db
NEW = "kuda laut merah besar"
BOTH = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def ketua() -> User:
    return user_with((Role.KETUA_RT, RT))


def told(user: User) -> int:
    return Notice.objects.filter(recipient=user, kind="password_renewed").count()


def noted(user: User) -> list[tuple[str, str]]:
    steps = AccountStep.objects.filter(subject=user).select_related("actor")
    return [(step.name, str(step.actor)) for step in steps]


def trail_about(user: User) -> str:
    return client_of(administrator()).get(f"/audit/?objek=accounts.user:{user.pk}").text


def by_link(user: User) -> None:
    client = Client()
    form = client.get(urlsplit(link_for(user)).path)["Location"]
    assert client.post(form, BOTH)["Location"] == "/masuk/"


def test_a_lurahs_renewal(ketua: User) -> None:
    lurah = holder(Role.LURAH, KELURAHAN)
    client_of(lurah).post(f"/akun/{ketua.pk}/sandi/")
    assert noted(ketua) == [("one_time", lurah.full_name)]
    trail = trail_about(ketua)
    assert "Akun: kata sandi sekali pakai dibuatkan" in trail
    assert lurah.full_name in trail
    assert "Kata sandi sekali pakai dibuatkan" in client_of(lurah).get(f"/akun/{ketua.pk}/").text


def test_ones_own_new_password(ketua: User) -> None:
    answer = client_of(ketua).post("/saya/sandi/", {"old_password": PASSWORD, **BOTH})
    assert answer["Location"] == "/saya/"
    assert noted(ketua) == [("own_password", ketua.full_name)]
    assert told(ketua) == 1


def test_a_password_by_link(ketua: User) -> None:
    by_link(ketua)
    assert noted(ketua) == [("password_by_link", ketua.full_name)]
    assert told(ketua) == 1


def test_the_first_password_is_noted_and_surprises_nobody(ketua: User) -> None:
    make(ketua)
    ketua.refresh_from_db()
    by_link(ketua)
    assert noted(ketua) == [("password_by_link", ketua.full_name)]
    assert told(ketua) == 0


def test_what_stands_on_the_slip_is_no_password_of_ones_own(ketua: User) -> None:
    slip = make(ketua)
    ketua.refresh_from_db()
    client = Client()
    assert log_in(client, ketua.username, slip).status_code == 302
    for typed in (slip, slip.upper(), slip.replace("-", " ")):
        answer = client.post("/saya/sandi/", {"new_password1": typed, "new_password2": typed})
        assert answer.status_code == 422
        assert "dari slip" in answer.text
    assert client.post("/saya/sandi/", BOTH).status_code == 302


def test_a_password_too_long_for_the_login_is_not_taken_from_a_link(ketua: User) -> None:
    client, long = Client(), "kata sandi " * 30
    form = client.get(urlsplit(link_for(ketua)).path)["Location"]
    answer = client.post(form, {"new_password1": long, "new_password2": long})
    assert answer.status_code == 422
    ketua.refresh_from_db()
    assert ketua.check_password(PASSWORD)
