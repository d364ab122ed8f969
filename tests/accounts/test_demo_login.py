"""One click logs in as a demo account, in the demo and nowhere else."""

from __future__ import annotations

import runpy
import sys
from types import ModuleType

import pytest
from django.test import Client
from django.urls import path
from pytest_django import Settings

import accounts.login.urls
import wacat.urls
from accounts.areas.loading import load_decree, rt
from accounts.areas.models import Area
from accounts.demo.officials import OFFICIALS, demo_cards, seed_officials
from accounts.login.models import Undertaking, User
from accounts.login.views import DemoLogin
from accounts.rules import Role
from tests import factories

pytestmark = pytest.mark.django_db
DEMO_URLS = "tests.accounts.demo_urls"


def names_in_urls() -> set[str]:
    """The names that a fresh reading of accounts/login/urls.py gives."""
    patterns = runpy.run_path(str(accounts.login.urls.__file__))["urlpatterns"]
    return {one.name for one in patterns}


def test_the_address_exists_in_the_demo_only(settings: Settings) -> None:
    settings.DEMO = False
    assert "demo_login" not in names_in_urls()
    settings.DEMO = True
    assert "demo_login" in names_in_urls()


def test_outside_the_demo_nobody_answers_there() -> None:
    client = factories.client_of(factories.user_as(Role.LURAH))
    assert client.post("/masuk/contoh/", {"username": "operator"}).status_code == 404


@pytest.fixture
def demo(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """The portal as ``make demo`` shows it, with its officials."""
    urls = ModuleType(DEMO_URLS)
    extra = [path("masuk/contoh/", DemoLogin.as_view(), name="demo_login")]
    vars(urls).update({**vars(wacat.urls), "urlpatterns": [*wacat.urls.urlpatterns, *extra]})
    monkeypatch.setitem(sys.modules, DEMO_URLS, urls)
    settings.DEMO, settings.ROOT_URLCONF = True, DEMO_URLS
    load_decree()
    Area.objects.bulk_create(
        rt(one.area[:-4], int(one.area[-3:])) for one in OFFICIALS if one.role == Role.KETUA_RT
    )
    seed_officials()


def test_each_role_has_a_card_that_logs_in(demo: None) -> None:
    cards = demo_cards()
    assert [card["role_label"] for card in cards] == [role.label for role in Role]
    client = Client()
    for card in cards:
        answer = client.post("/masuk/contoh/", {"username": card["username"]})
        assert (answer.status_code, answer["Location"]) == (302, "/")
        assert card["username"] == User.objects.get(pk=client.session["_auth_user_id"]).username
        assert client.get("/").status_code == 200


def test_the_login_page_shows_the_cards(demo: None) -> None:
    page = Client().get("/masuk/").content.decode()
    for card in demo_cards():
        assert f'value="{card["username"]}"' in page


def test_a_card_leads_to_the_page_that_was_asked_for(demo: None) -> None:
    page = Client().get("/masuk/?next=/warga/").content.decode()
    assert page.count('name="next" value="/warga/"') == len(demo_cards()) + 2
    for asked, led in (("/warga/?status=soon", "/warga/?status=soon"), ("//contoh.invalid/", "/")):
        told = {"username": "rt.sepinggan", "next": asked}
        assert Client().post("/masuk/contoh/", told)["Location"] == led


def test_only_accounts_with_a_card_are_opened(demo: None) -> None:
    stranger = factories.user_with((Role.OPERATOR, "64.71"))
    client = Client()
    for name in (stranger.username, "", "rt.baru"):
        assert client.post("/masuk/contoh/", {"username": name}).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_deactivated_demo_account_stays_closed(demo: None) -> None:
    User.objects.filter(username="operator").update(status="inactive")
    assert Client().post("/masuk/contoh/", {"username": "operator"}).status_code == 404


def test_the_accounts_table_is_true(demo: None) -> None:
    accounts_told = seed_officials()
    assert sum(1 for one in accounts_told if one.get("first_login")) == 1
    for told in accounts_told:
        user = User.objects.get(username=told["username"])
        assert user.check_password(told["password"])
        assert user.posts.filter(role=told["role"], area=told["area"]).exists()
        accepted = Undertaking.objects.filter(user=user).exists()
        assert accepted is not told.get("first_login", False)
    first = {one["role"]: one["area"] for one in reversed(accounts_told)}
    assert first["ketua_rt"].startswith(f"{first['lurah']}.")
    assert first["lurah"].startswith(f"{first['camat']}.")
    assert first["petugas_kelurahan"] == first["lurah"]


def test_seeding_again_adds_nobody(demo: None) -> None:
    before = User.objects.count()
    seed_officials()
    assert User.objects.count() == before
