"""The list of Ketua RT: every RT on it, confirmed by the Lurah every six months."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.areas.loading import rt
from accounts.areas.models import Area, AreaStatus
from accounts.handover.cards import cards
from accounts.handover.models import RosterConfirmation
from accounts.handover.roster import months_later
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Action, Role
from accounts.scope import may
from tests import factories
from tests.officials import post_of
from wacat.clock import today

pytestmark = pytest.mark.django_db
ADDRESS = "/akun/ketua-rt/"
ONE = timedelta(days=1)
KELURAHAN = factories.KELURAHAN


@pytest.fixture
def lurah() -> User:
    return factories.user_as(Role.LURAH)


@pytest.fixture
def client(lurah: User) -> Client:
    return factories.client_of(lurah)


@pytest.fixture
def ketua() -> User:
    return factories.user_as(Role.KETUA_RT)


def data(*wrong: User, area: str = KELURAHAN, **changes: Any) -> dict[str, Any]:
    """Everybody still holds the office, but for these."""
    posts = Post.objects.today().filter(role=Role.KETUA_RT, kelurahan=area)
    said = {f"post-{post.pk}": "wrong" if post.user in wrong else "right" for post in posts}
    return {"action": "confirm", "area": area, "key": str(uuid4()), **said, **changes}


def card(user: User, title: str) -> int:
    """The number that the start page shows."""
    [found] = [one for one in cards(User.objects.get(pk=user.pk)) if title in one.title]
    return found.count


def test_every_rt_is_listed_with_who_holds_it(client: Client, ketua: User) -> None:
    ketua.posts.update(term_ends=date(2031, 3, 4))
    acting = factories.user_with((Role.KETUA_RT, factories.RT, "plt"))
    frozen = rt(KELURAHAN, 3, AreaStatus.FROZEN)
    merged = rt(KELURAHAN, 4, AreaStatus.MERGED)
    Area.objects.bulk_create([frozen, merged])
    page = client.get(ADDRESS).content.decode()
    for said in (ketua.full_name, acting.full_name, "4 Maret 2031", "Belum pernah", "RT 001"):
        assert said in page
    assert "(Plt.)" in page
    assert f"?area={factories.SIBLING_RT}" in page
    assert "Dibekukan" in page
    assert f"?area={frozen.code}" not in page
    assert "RT 004" not in page
    assert "Manggar" not in page


def test_the_confirmation_is_recorded_once(client: Client, lurah: User, ketua: User) -> None:
    gone = factories.user_with((Role.KETUA_RT, factories.SIBLING_RT))
    posted = data(gone)
    first, again = (client.post(ADDRESS, posted) for _ in range(2))
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    said = RosterConfirmation.objects.get()
    assert (said.area_id, said.confirmed_by) == (KELURAHAN, lurah)
    assert (said.right, said.wrong) == ([ketua.posts.get().pk], [gone.posts.get().pk])
    page = client.get(ADDRESS).content.decode()
    assert f"oleh {lurah.full_name}" in page
    assert not gone.posts.get().until  # only who is asked to goes


def test_who_is_said_to_be_over_is_replaced_or_ended(client: Client, ketua: User) -> None:
    client.post(ADDRESS, data(ketua))
    page = client.get(ADDRESS)
    assert f"/akun/usulan/rt/tambah/?area={factories.RT}" in page.content.decode()
    assert page.context["over"] == [ketua.posts.get()]
    end = {"action": "end", "area": KELURAHAN, "post": ketua.posts.get().pk}
    for _ in range(2):
        assert client.post(ADDRESS, end).status_code == 302
    post = ketua.posts.get()
    assert (post.until, post.ending) == (today(), "replaced")
    assert not may(User.objects.get(pk=ketua.pk), Action.RESIDENT_ENTER)
    assert ketua.notices.filter(kind="post_ended").count() == 1
    assert client.get(ADDRESS).context["over"] == []


def test_only_who_was_said_to_be_over_is_ended_here(client: Client, ketua: User) -> None:
    other = factories.user_with((Role.KETUA_RT, factories.SIBLING_RT))
    foreign = factories.user_with((Role.KETUA_RT, factories.FOREIGN_RT))
    end = {"action": "end", "area": KELURAHAN}
    assert client.post(ADDRESS, {**end, "post": ketua.posts.get().pk}).status_code == 404
    client.post(ADDRESS, data(ketua))
    for post in (other.posts.get().pk, foreign.posts.get().pk, "x", ""):
        assert client.post(ADDRESS, {**end, "post": post}).status_code == 404
    assert Post.objects.exclude(until=None).count() == 0


def test_an_answer_is_needed_for_each(client: Client, ketua: User) -> None:
    stale = data()
    factories.user_with((Role.KETUA_RT, factories.SIBLING_RT))
    response = client.post(ADDRESS, stale)
    assert response.status_code == 422
    assert "Daftar berubah" in response.content.decode()
    for key in ("", "x"):
        assert client.post(ADDRESS, data(key=key)).status_code == 422
    assert not RosterConfirmation.objects.exists()


def test_it_is_due_six_months_after_the_first_and_after_each(lurah: User, client: Client) -> None:
    title = "Konfirmasi daftar"
    assert card(lurah, title) == 0  # nobody to confirm
    day = date(2030, 8, 31)
    post_of(factories.user_with(), Role.KETUA_RT, factories.RT, starts=day)
    for when, due in ((date(2031, 2, 27), 0), (date(2031, 2, 28), 1)):
        with factories.on_day(when):
            assert card(lurah, title) == due
    with factories.on_day(date(2031, 3, 5)):
        assert client.get(ADDRESS).context["is_due"]
        client.post(ADDRESS, data())
        assert "Berikutnya 5 September 2031" in client.get(ADDRESS).content.decode()
        assert card(lurah, title) == 0
    with factories.on_day(date(2031, 9, 5)):
        assert card(lurah, title) == 1


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 15), 6, date(2026, 7, 15)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 6, date(2027, 6, 30)),
        (date(2026, 6, 30), 6, date(2026, 12, 30)),
    ],
)
def test_six_calendar_months(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


def test_two_kelurahan_are_confirmed_apart() -> None:
    sibling = factories.SIBLING_KELURAHAN
    both = factories.user_with((Role.LURAH, KELURAHAN), (Role.LURAH, sibling, "plt"))
    for area in (KELURAHAN, sibling):
        post_of(factories.user_with(), Role.KETUA_RT, f"{area}.001", starts=date(2020, 1, 1))
    client = factories.client_of(both)
    assert card(both, "Konfirmasi daftar") == 2
    client.post(ADDRESS, data(area=sibling))
    assert card(both, "Konfirmasi daftar") == 1
    assert RosterConfirmation.objects.get().area_id == sibling
    assert f"?area={sibling}" in client.get(ADDRESS).content.decode()


def test_another_kelurahan_is_missing(client: Client) -> None:
    factories.user_with((Role.KETUA_RT, factories.FOREIGN_RT))
    foreign = factories.FOREIGN_KELURAHAN
    assert client.get(ADDRESS, {"area": foreign}).status_code == 404
    assert client.post(ADDRESS, data(area=foreign)).status_code == 404
    assert client.post(ADDRESS, data(area="x")).status_code == 404
    assert not RosterConfirmation.objects.exists()


def test_a_long_list_costs_as_many_queries_as_a_short_one(client: Client, lurah: User) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            assert client.get(ADDRESS).status_code == 200
        return len([one for one in asked if "SAVEPOINT" not in one["sql"]])

    factories.user_as(Role.KETUA_RT)
    few = queries()
    Area.objects.bulk_create(rt(KELURAHAN, serial) for serial in range(3, 60))
    for serial in range(2, 60):
        factories.user_with((Role.KETUA_RT, f"{KELURAHAN}.{serial:03}"))
    assert queries() == few <= 12
    with CaptureQueriesContext(connection) as asked:
        cards(User.objects.get(pk=lurah.pk))
    assert len(asked) <= 6


@pytest.mark.parametrize("role", [role for role in Role if role != Role.LURAH])
def test_others_confirm_nothing(role: str) -> None:
    client = factories.client_of(factories.user_as(role))
    assert client.get(ADDRESS).status_code == client.post(ADDRESS).status_code == 403
