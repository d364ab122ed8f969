"""Nobody sees data before having undertaken to keep it confidential."""

from __future__ import annotations

import pytest
from django.db.models import QuerySet
from django.test import Client

from accounts.login import models
from accounts.login.models import UNDERTAKING_VERSION, Undertaking
from accounts.rules import Role
from tests import factories
from tests.house.doors import guarded
from tests.officials import FOUNDER

pytestmark = pytest.mark.django_db
PAGE = "/pernyataan/"


@pytest.fixture
def newcomer() -> Client:
    user = factories.user_with((Role.KETUA_RT, factories.RT), undertaken=False)
    return factories.client_of(user)


def accepted() -> QuerySet[Undertaking]:
    """Those of the newcomer: whoever made the posts of the tests has accepted already."""
    return Undertaking.objects.exclude(user__username=FOUNDER)


@pytest.mark.usefixtures("users_known")
@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
def test_every_page_leads_to_the_undertaking_first(newcomer: Client, method: str) -> None:
    for door in guarded():
        if door.name == "undertaking":
            continue
        answer = newcomer.generic(method, door.some_address())
        assert (answer.status_code, answer.get("Location")) == (302, PAGE), door.name


def test_a_missing_page_tells_a_newcomer_nothing(newcomer: Client) -> None:
    assert newcomer.get("/tidak-ada/").status_code == 404


def test_the_undertaking_and_the_way_out_are_open(newcomer: Client) -> None:
    assert newcomer.get(PAGE).status_code == 200
    assert newcomer.post("/keluar/").status_code == 302


def test_without_the_tick_it_is_not_accepted(newcomer: Client) -> None:
    assert newcomer.post(PAGE).status_code == 422
    assert newcomer.post(PAGE, {"accept": "no"}).status_code == 422
    assert not accepted().exists()
    assert newcomer.get("/").status_code == 302


def test_once_accepted_the_portal_is_open(newcomer: Client) -> None:
    answer = newcomer.post(PAGE, {"accept": "on"}, REMOTE_ADDR="203.0.113.9")
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert newcomer.get("/").status_code == 200
    assert newcomer.get("/warga/").status_code == 200
    one = accepted().get()
    assert (one.version, one.address) == (UNDERTAKING_VERSION, "203.0.113.9")


def test_accepting_twice_is_recorded_once(newcomer: Client) -> None:
    for _ in range(2):
        assert newcomer.post(PAGE, {"accept": "on"}).status_code == 302
    assert accepted().count() == 1


def test_a_new_text_asks_everybody_again(monkeypatch: pytest.MonkeyPatch) -> None:
    client = factories.client_of(factories.user_as(Role.LURAH))
    assert client.get("/").status_code == 200
    monkeypatch.setattr(models, "UNDERTAKING_VERSION", UNDERTAKING_VERSION + 1)
    assert client.get("/")["Location"] == PAGE
