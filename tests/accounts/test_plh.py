"""A Lurah who is away names a Plh. for up to fourteen days."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from accounts.handover.delegating import delegate
from accounts.login.models import User
from accounts.notices.models import Notice
from accounts.posts.models import Post
from accounts.rules import Action, Role
from accounts.scope import may
from tests import factories
from tests.officials import post_of
from wacat.clock import today

pytestmark = pytest.mark.django_db
ADDRESS = "/akun/plh/"
ONE = timedelta(days=1)
KELURAHAN = factories.KELURAHAN


@pytest.fixture
def lurah() -> User:
    return factories.user_as(Role.LURAH)


@pytest.fixture
def clerk() -> User:
    return factories.user_as(Role.PETUGAS_KELURAHAN)


@pytest.fixture
def client(lurah: User) -> Client:
    return factories.client_of(lurah)


def data(to: User, first: int = 0, last: int = 14, **changes: Any) -> dict[str, Any]:
    return {
        "action": "delegate",
        "area": KELURAHAN,
        "user": to.pk,
        "starts": (today() + first * ONE).isoformat(),
        "until": (today() + last * ONE).isoformat(),
        **changes,
    }


def ending(post: Post) -> dict[str, Any]:
    return {"action": "end", "area": KELURAHAN, "post": post.pk}


def decides(user: User, after: int = 0) -> bool:
    with factories.on_day(today() + after * ONE):
        return may(User.objects.get(pk=user.pk), Action.LETTER_DECIDE)


def stand_in() -> Post:
    post: Post = Post.objects.get(kind="plh")
    return post


def test_the_plh_decides_on_these_days_beside_the_lurah(
    client: Client, lurah: User, clerk: User
) -> None:
    assert client.post(ADDRESS, data(clerk, 2, 5)).status_code == 302
    assert [decides(clerk, day) for day in (1, 2, 4, 5)] == [False, True, True, False]
    assert all(decides(lurah, day) for day in (1, 2, 4, 5))
    post = stand_in()
    assert (post.role, post.area_id, post.ending) == (Role.LURAH, KELURAHAN, "delegation")
    assert post.delegated_by == lurah.posts.get()
    notice = Notice.objects.get(kind="delegated")
    assert notice.recipient == clerk
    assert notice.values == {
        "area": KELURAHAN,
        "starts": (today() + 2 * ONE).isoformat(),
        "until": (today() + 5 * ONE).isoformat(),
    }


def test_a_letter_of_the_plh_says_so(client: Client, clerk: User) -> None:
    client.post(ADDRESS, data(clerk))
    letter = factories.letter_ready()
    acting = factories.client_of(User.objects.get(pk=clerk.pk))
    acting.post(f"/surat/{letter.pk}/", {"action": "issue"})
    letter.refresh_from_db()
    assert letter.status == "issued"
    assert letter.facts is not None
    signed = letter.facts.signatory
    assert (signed.full_name, signed.position) == (clerk.full_name, "Plh. Lurah Sepinggan")


def test_staff_and_neighbouring_lurah_can_be_chosen_and_nobody_else(
    client: Client, lurah: User, clerk: User
) -> None:
    neighbour = factories.user_with((Role.LURAH, factories.SIBLING_KELURAHAN))
    others = [
        factories.user_with((Role.LURAH, factories.FOREIGN_KELURAHAN)),
        factories.user_with((Role.PETUGAS_KELURAHAN, factories.SIBLING_KELURAHAN)),
        factories.user_with((Role.LURAH, "64.71.05.1006", "plh")),
        factories.user_as(Role.KETUA_RT),
        factories.user_as(Role.CAMAT),
        factories.user_as(Role.ADMINISTRATOR),
        lurah,
    ]
    closed = factories.user_with((Role.PETUGAS_KELURAHAN, KELURAHAN))
    User.objects.filter(pk=closed.pk).update(status="inactive")
    gone = factories.user_with()
    post_of(gone, Role.PETUGAS_KELURAHAN, KELURAHAN, until=today())
    form = client.get(ADDRESS).context["form"]
    assert set(form.fields["user"].queryset) == {clerk, neighbour}
    for user in (*others, closed, gone):
        response = client.post(ADDRESS, data(user))
        assert list(response.context["form"].errors) == ["user"]
    assert client.post(ADDRESS, data(neighbour)).status_code == 302
    assert decides(neighbour)


@pytest.mark.parametrize(
    ("first", "last", "wrong"),
    [(-1, 3, "starts"), (0, 15, "until"), (3, 3, "until"), (3, 1, "until"), (5, 20, "until")],
)
def test_days_that_cannot_be(
    client: Client, clerk: User, first: int, last: int, wrong: str
) -> None:
    response = client.post(ADDRESS, data(clerk, first, last))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    assert not Post.objects.filter(kind="plh").exists()


def test_fourteen_days_are_what_the_database_allows(lurah: User, clerk: User) -> None:
    post = delegate(lurah.posts.get(), clerk, today(), today() + 14 * ONE)
    with pytest.raises(IntegrityError, match="post_delegated_briefly"), transaction.atomic():
        Post.objects.filter(pk=post.pk).update(until=today() + 15 * ONE)


def test_two_in_a_row_count_together(client: Client, clerk: User) -> None:
    other = factories.user_with((Role.PETUGAS_KELURAHAN, KELURAHAN))
    assert client.post(ADDRESS, data(clerk, 10, 20)).status_code == 302
    for first, last in ((20, 30), (5, 10)):
        response = client.post(ADDRESS, data(other, first, last))
        assert response.status_code == 422
        assert "surat Camat" in response.content.decode()
    assert client.post(ADDRESS, data(other, 20, 24)).status_code == 302
    assert client.post(ADDRESS, data(clerk, 9, 10)).status_code == 422
    assert client.post(ADDRESS, data(clerk, 25, 30)).status_code == 302


def test_one_plh_at_a_time(client: Client, clerk: User) -> None:
    other = factories.user_with((Role.PETUGAS_KELURAHAN, KELURAHAN))
    client.post(ADDRESS, data(clerk, 3, 6))
    for first, last in ((3, 6), (1, 4), (5, 9), (1, 9)):
        response = client.post(ADDRESS, data(other, first, last))
        assert response.status_code == 422
        assert "sudah ada Plh." in response.content.decode()
    assert client.post(ADDRESS, data(other, 7, 9)).status_code == 302


def test_the_same_press_once_more_names_nobody_twice(client: Client, clerk: User) -> None:
    first, again = (client.post(ADDRESS, data(clerk)) for _ in range(2))
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert Notice.objects.filter(kind="delegated").count() == 1


def test_a_plh_is_taken_back_at_once(client: Client, clerk: User) -> None:
    client.post(ADDRESS, data(clerk))
    page = client.get(ADDRESS).content.decode()
    assert clerk.full_name in page
    for _ in range(2):
        assert client.post(ADDRESS, ending(stand_in())).status_code == 302
    assert not decides(clerk)
    assert (stand_in().until, stand_in().ending) == (today(), "delegation")
    assert list(client.get(ADDRESS).context["stand_ins"]) == []
    assert Notice.objects.filter(kind="post_ended", recipient=clerk).count() == 1
    assert client.post(ADDRESS, data(clerk)).status_code == 302


def test_a_coming_plh_is_seen_and_taken_back(client: Client, clerk: User) -> None:
    client.post(ADDRESS, data(clerk, 3, 6))
    assert list(client.get(ADDRESS).context["stand_ins"]) == [stand_in()]
    assert client.post(ADDRESS, ending(stand_in())).status_code == 302
    assert not decides(clerk, 4)


def test_what_the_camats_letter_gave_stays(client: Client, clerk: User) -> None:
    post = post_of(clerk, Role.LURAH, KELURAHAN, "plh", until=today() + 60 * ONE)
    page = client.get(ADDRESS).content.decode()
    assert "Surat Camat" in page
    assert client.post(ADDRESS, ending(post)).status_code == 404
    assert decides(clerk)


def test_a_plh_passes_nothing_on(client: Client, clerk: User) -> None:
    other = factories.user_with((Role.PETUGAS_KELURAHAN, KELURAHAN))
    client.post(ADDRESS, data(clerk))
    acting = factories.client_of(User.objects.get(pk=clerk.pk))
    page = acting.get(ADDRESS)
    assert page.status_code == 200
    assert "Plh. tidak menunjuk Plh. lagi" in page.content.decode()
    assert "<form" not in page.content.decode().partition("<main")[2].partition("</main>")[0]
    assert acting.post(ADDRESS, data(other, 14, 20)).status_code == 403
    assert acting.post(ADDRESS, ending(stand_in())).status_code == 403


def test_a_plt_names_one_as_the_lurah_does(clerk: User) -> None:
    plt = factories.client_of(factories.user_with((Role.LURAH, KELURAHAN, "plt")))
    assert plt.post(ADDRESS, data(clerk)).status_code == 302
    assert decides(clerk)


def test_who_leads_two_kelurahan_names_one_for_each() -> None:
    sibling = factories.SIBLING_KELURAHAN
    both = factories.user_with((Role.LURAH, KELURAHAN), (Role.LURAH, sibling, "plt"))
    there = factories.user_with((Role.PETUGAS_KELURAHAN, sibling))
    client = factories.client_of(both)
    assert f"?area={sibling}" in client.get(ADDRESS).content.decode()
    assert client.post(ADDRESS, data(there)).status_code == 422
    assert client.post(ADDRESS, data(there, area=sibling)).status_code == 302
    assert stand_in().area_id == sibling
    assert client.post(ADDRESS, ending(stand_in())).status_code == 404
    assert client.post(ADDRESS, data(there, area=factories.FOREIGN_KELURAHAN)).status_code == 404


def test_a_neighbours_plh_is_out_of_reach(client: Client) -> None:
    neighbour = factories.user_with((Role.LURAH, factories.SIBLING_KELURAHAN))
    there = factories.user_with((Role.PETUGAS_KELURAHAN, factories.SIBLING_KELURAHAN))
    post = delegate(neighbour.posts.get(), there, today(), today() + ONE)
    assert client.post(ADDRESS, ending(post)).status_code == 404
    assert client.post(ADDRESS, {**ending(post), "post": "x"}).status_code == 404


def test_no_plh_outlasts_the_own_office(client: Client, lurah: User, clerk: User) -> None:
    lurah.posts.update(until=today() + 5 * ONE, ending="handover")
    assert client.post(ADDRESS, data(clerk, 0, 6)).status_code == 422
    assert client.post(ADDRESS, data(clerk, 0, 5)).status_code == 302


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LURAH])
def test_others_name_nobody(role: str) -> None:
    client = factories.client_of(factories.user_as(role))
    assert client.get(ADDRESS).status_code == client.post(ADDRESS).status_code == 403
