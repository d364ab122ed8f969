"""Ending a post: on its day, once, never later than it was to end; some are not ended at all."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.login.models import User
from accounts.notices.models import Notice
from accounts.posts.ending import end_post
from accounts.posts.models import Post
from accounts.rules import Action, Role
from accounts.scope import may
from tests import factories
from tests.officials import post_of
from wacat.clock import today
from wacat.workflow import WrongState

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
ENDED = Post.Ending.ENDED


@pytest.fixture
def administrator() -> User:
    return factories.user_as(Role.ADMINISTRATOR)


@pytest.fixture
def client_of_administrator(administrator: User) -> Client:
    return factories.client_of(administrator)


def a_post(role: str = Role.KETUA_RT, **dates: Any) -> Post:
    return post_of(factories.user_with(), role, factories.area_for(role), **dates)


def fresh(post: Post) -> Post:
    found: Post = Post.objects.get(pk=post.pk)
    return found


def address(post: Post) -> str:
    return reverse("post_end", args=[post.pk])


def data(day: date | None = None, reason: str = "Mutasi.") -> dict[str, str]:
    return {"date": (day or today()).isoformat(), "reason": reason}


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(recipient=user).values_list("kind", flat=True))


def test_a_post_ended_today_is_without_power_at_once(
    administrator: User, client_of_administrator: Client
) -> None:
    post = a_post()
    his = factories.client_of(post.user)
    assert his.get("/warga/").status_code == 200
    page = reverse("account_inactive")
    response = client_of_administrator.post(address(post), data())
    assert response["Location"] == reverse("account_detail", args=[post.user_id])
    assert his.get("/warga/")["Location"].startswith(page)
    ended = fresh(post)
    assert (ended.until, ended.ending, ended.ended_by) == (today(), "ended", administrator)
    assert ended.end_note == "Mutasi."


def test_the_holder_is_told_which_post_ends_when(client_of_administrator: Client) -> None:
    post = a_post()
    client_of_administrator.post(address(post), data(today() + ONE))
    notice = Notice.objects.get(recipient=post.user)
    assert notice.kind == "post_ended"
    assert notice.values == {
        "title": "Ketua RT",
        "area": factories.RT,
        "on": (today() + ONE).isoformat(),
    }


def test_power_lasts_to_the_day_before_a_later_end(client_of_administrator: Client) -> None:
    post, day = a_post(), today() + 10 * ONE
    client_of_administrator.post(address(post), data(day))
    for when, holds in ((today(), True), (day - ONE, True), (day, False)):
        with factories.on_day(when):
            assert may(User.objects.get(pk=post.user_id), Action.RESIDENT_ENTER) is holds


def test_the_same_press_once_more_changes_nothing(client_of_administrator: Client) -> None:
    post = a_post()
    first = client_of_administrator.post(address(post), data())
    again = client_of_administrator.post(address(post), data())
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert told(post.user) == ["post_ended"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({"date": ""}, "date"),
        ({"date": (date.today() - 2 * ONE).isoformat()}, "date"),
        ({"date": "kapan-kapan"}, "date"),
        ({"reason": "  "}, "reason"),
        ({"reason": "x" * 301}, "reason"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_is_kept(
    client_of_administrator: Client, fields: dict[str, str], wrong: str
) -> None:
    post = a_post()
    response = client_of_administrator.post(address(post), {**data(reason="Pindah."), **fields})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [wrong]
    kept = fields.get("reason", "Pindah.").strip() or "  "
    assert kept in response.content.decode()
    assert fresh(post).until is None


def test_an_end_is_never_moved_later(client_of_administrator: Client) -> None:
    post = a_post(until=today() + 5 * ONE)
    for later in (5, 9):
        response = client_of_administrator.post(address(post), data(today() + later * ONE))
        assert response.status_code == 409
    assert fresh(post).until == today() + 5 * ONE
    assert client_of_administrator.post(address(post), data(today() + ONE)).status_code == 302
    assert fresh(post).until == today() + ONE


def test_what_is_over_cannot_be_ended(client_of_administrator: Client) -> None:
    post = a_post(until=today())
    assert client_of_administrator.get(address(post)).status_code == 409
    assert client_of_administrator.post(address(post), data()).status_code == 409
    assert told(post.user) == []


def test_a_post_ended_before_it_began_is_never_held(administrator: User) -> None:
    post = a_post(starts=today() + 5 * ONE)
    assert end_post(post, today(), ENDED, administrator)
    assert fresh(post).until == post.starts
    with factories.on_day(post.starts):
        assert not may(User.objects.get(pk=post.user_id), Action.RESIDENT_ENTER)
    with pytest.raises(WrongState):
        end_post(post, post.starts + ONE, ENDED, administrator)


def test_a_day_that_is_past_counts_as_today(administrator: User) -> None:
    post = a_post()
    end_post(post, today() - 30 * ONE, ENDED, administrator)
    assert fresh(post).until == today()


def test_records_stay_with_the_area_and_the_history_with_the_person(administrator: User) -> None:
    post = a_post()
    resident = factories.reported(entered_by=post.user)
    end_post(post, today(), ENDED, administrator)
    successor = factories.user_with()
    post_of(successor, Role.KETUA_RT, factories.RT, starts=today())
    page = factories.client_of(successor).get(reverse("resident_detail", args=[resident.pk]))
    assert page.status_code == 200
    resident.refresh_from_db()
    assert resident.entered_by == post.user


def test_nobody_ends_his_own_post_as_administrator(
    administrator: User, client_of_administrator: Client
) -> None:
    own = administrator.posts.get()
    assert client_of_administrator.get(address(own)).status_code == 409
    assert client_of_administrator.post(address(own), data()).status_code == 409
    assert fresh(own).until is None


def test_the_last_administrator_stays(administrator: User) -> None:
    """One with an end, one to come and one whose account is closed are none to rely on."""
    founder = Post.objects.get(user__username="pendiri")
    own = administrator.posts.get()
    assert end_post(founder, today(), ENDED, administrator)
    for dates in ({"until": today() + ONE}, {"starts": today() + ONE}):
        a_post(Role.ADMINISTRATOR, **dates)
    closed = a_post(Role.ADMINISTRATOR).user
    User.objects.filter(pk=closed.pk).update(status="inactive")
    for actor in (founder.user, None):
        with pytest.raises(WrongState, match="administrator terakhir"):
            end_post(own, today(), ENDED, actor)
    a_post(Role.ADMINISTRATOR)
    assert end_post(own, today(), ENDED, founder.user)


def test_an_administrator_may_end_what_else_he_holds(administrator: User) -> None:
    clerk = post_of(administrator, Role.OPERATOR, factories.CITY_CODE)
    assert end_post(clerk, today(), ENDED, administrator)


def test_stand_ins_by_the_holders_word_go_with_him(administrator: User) -> None:
    lurah = a_post(Role.LURAH)
    days = {"role": Role.LURAH, "area_id": factories.KELURAHAN, "kind": "plh", "ending": "x"}
    by_word, coming = (
        Post.objects.create(
            user=factories.user_with((Role.PETUGAS_KELURAHAN, factories.KELURAHAN)),
            starts=today() + first * ONE,
            until=today() + last * ONE,
            delegated_by=lurah,
            **days,
        )
        for first, last in ((0, 5), (6, 9))
    )
    assert end_post(lurah, today() + 2 * ONE, ENDED, administrator)
    assert fresh(by_word).until == today() + 2 * ONE
    assert fresh(coming).until == coming.starts
    assert told(coming.user) == ["post_ended"]


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_others_end_nothing(role: str) -> None:
    post = a_post(Role.PETUGAS_KELURAHAN)
    client = factories.client_of(factories.user_as(role))
    assert client.get(address(post)).status_code == 403
    assert client.post(address(post), data()).status_code == 403
    assert fresh(post).until is None
