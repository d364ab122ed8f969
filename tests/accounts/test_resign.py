"""*Saya tidak lagi menjabat*: a Ketua RT leaves, and the Lurah hears of it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.login.models import User
from accounts.notices.models import Notice
from accounts.rules import Action, Role
from accounts.scope import may
from tests import factories
from wacat.clock import today

pytestmark = pytest.mark.django_db
ADDRESS = "/jabatan/berhenti/"
ONE = timedelta(days=1)


@pytest.fixture
def ketua() -> User:
    return factories.user_as(Role.KETUA_RT)


@pytest.fixture
def client(ketua: User) -> Client:
    return factories.client_of(ketua)


def data(user: User, days: int = 0, **changes: Any) -> dict[str, Any]:
    return {
        "post": user.posts.latest("pk").pk,
        "date": (today() + days * ONE).isoformat(),
        "note": "Budi Contoh",
        "confirm": "on",
        **changes,
    }


def told(kind: str = "post_resigned") -> set[User]:
    return {notice.recipient for notice in Notice.objects.filter(kind=kind)}


def test_the_post_ends_today_and_nothing_opens_any_more(client: Client, ketua: User) -> None:
    factories.user_as(Role.LURAH)
    response = client.post(ADDRESS, data(ketua))
    assert (response.status_code, response["Location"]) == (302, reverse("start"))
    post = ketua.posts.get()
    assert (post.until, post.ending, post.ended_by) == (today(), "resigned", ketua)
    assert post.end_note == "Budi Contoh"
    assert client.get("/warga/")["Location"].startswith(reverse("account_inactive"))
    assert client.get("/warga/")["Location"].startswith(reverse("account_login"))


def test_the_lurah_is_told_and_the_administrator_is_not(client: Client, ketua: User) -> None:
    lurah = factories.user_as(Role.LURAH)
    acting = factories.user_with((Role.LURAH, factories.KELURAHAN, "plt"))
    factories.user_with((Role.LURAH, factories.SIBLING_KELURAHAN))
    client.post(ADDRESS, data(ketua))
    assert told() == {lurah, acting}
    assert told("post_ended") == set()


def test_without_a_lurah_the_administrators_are_told(client: Client, ketua: User) -> None:
    administrator = factories.user_as(Role.ADMINISTRATOR)
    client.post(ADDRESS, data(ketua))
    assert administrator in told()


def test_the_same_press_once_more_answers_alike_and_tells_nobody_again(
    client: Client, ketua: User
) -> None:
    factories.user_as(Role.LURAH)
    posted = data(ketua)
    first, again = (client.post(ADDRESS, posted, follow=True) for _ in range(2))
    assert first.status_code == again.status_code == 200
    assert Notice.objects.filter(kind="post_resigned").count() == 1


def test_who_holds_another_office_is_answered_alike_too() -> None:
    mixed = factories.user_with((Role.OPERATOR, "64.71"), (Role.KETUA_RT, factories.RT))
    client, posted = factories.client_of(mixed), data(mixed)
    for _ in range(2):
        response = client.post(ADDRESS, posted)
        assert (response.status_code, response["Location"]) == (302, reverse("start"))
    assert client.get(ADDRESS).status_code == 403
    assert client.get("/warga/").status_code == 200


def test_a_later_day_leaves_the_power_until_then(client: Client, ketua: User) -> None:
    factories.user_as(Role.LURAH)
    for _ in range(2):
        assert client.post(ADDRESS, data(ketua, 10)).status_code == 302
    assert Notice.objects.filter(kind="post_resigned").count() == 1
    for days, holds in ((9, True), (10, False)):
        with factories.on_day(today() + days * ONE):
            assert may(User.objects.get(pk=ketua.pk), Action.RESIDENT_ENTER) is holds


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({"confirm": ""}, "confirm"),
        ({"date": ""}, "date"),
        ({"date": (today() - ONE).isoformat()}, "date"),
        ({"date": (today() + 31 * ONE).isoformat()}, "date"),
        ({"note": "x" * 121}, "note"),
        ({"post": ""}, "post"),
    ],
)
def test_what_is_missing_is_said(
    client: Client, ketua: User, changes: dict[str, Any], wrong: str
) -> None:
    response = client.post(ADDRESS, data(ketua, **changes))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    assert ketua.posts.get().until is None


def test_an_end_already_set_is_not_moved_later(client: Client, ketua: User) -> None:
    ketua.posts.update(until=today() + 3 * ONE, ending="handover")
    response = client.post(ADDRESS, data(ketua, 5))
    assert response.status_code == 422
    assert "berakhir lebih awal" in response.content.decode()
    assert client.post(ADDRESS, data(ketua, 2)).status_code == 302


def test_of_two_posts_the_chosen_one_ends() -> None:
    both = factories.user_with((Role.KETUA_RT, factories.RT), (Role.KETUA_RT, factories.SIBLING_RT))
    client = factories.client_of(both)
    page = client.get(ADDRESS).content.decode()
    assert page.count('type="radio"') == 2
    kept, left = both.posts.order_by("pk")
    assert client.post(ADDRESS, data(both, post=left.pk)).status_code == 302
    left.refresh_from_db()
    kept.refresh_from_db()
    assert (left.until, kept.until) == (today(), None)
    assert client.get("/warga/").status_code == 200


def test_nobody_leaves_for_another(client: Client) -> None:
    other = factories.user_with((Role.KETUA_RT, factories.SIBLING_RT))
    assert client.post(ADDRESS, data(other)).status_code == 422
    assert other.posts.get().until is None


def test_other_offices_are_not_left_here() -> None:
    mixed = factories.user_with((Role.KETUA_RT, factories.RT), (Role.OPERATOR, "64.71"))
    operator = mixed.posts.get(role=Role.OPERATOR)
    response = factories.client_of(mixed).post(ADDRESS, data(mixed, post=operator.pk))
    assert response.status_code == 422
    for role in set(Role) - {Role.KETUA_RT}:
        client = factories.client_of(factories.user_as(role))
        assert client.get(ADDRESS).status_code == client.post(ADDRESS).status_code == 403
