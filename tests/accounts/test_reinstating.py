"""A successor who never takes office: whoever was to hand over to him stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.login.models import User
from accounts.posts.ending import end_post
from accounts.posts.models import Post
from accounts.rules import Role
from tests import factories
from tests.accounts.handing import issued, post_of_today, powers
from tests.officials import post_of
from tests.residents.pages import shown
from wacat.clock import today

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)


@pytest.fixture
def old() -> User:
    return factories.user_as(Role.KETUA_RT)


def called_off(user: User) -> None:
    actor = factories.holder(Role.ADMINISTRATOR, factories.CITY_CODE)
    end_post(post_of_today(user), today(), Post.Ending.ENDED, actor, "Batal dilantik.")


def test_the_old_one_stays_and_the_page_says_so(old: User) -> None:
    new = issued(today() + 3 * ONE)
    client = factories.client_of(factories.holder(Role.ADMINISTRATOR, factories.CITY_CODE))
    address = reverse("post_end", args=[post_of_today(new).pk])
    assert f"{old.full_name} tetap menjabat" in shown(client.get(address))
    answer = client.post(address, {"date": today().isoformat(), "reason": "Batal."}, follow=True)
    assert "tidak jadi dimulai. Pemegang sebelumnya tetap menjabat." in shown(answer)
    post = post_of_today(old)
    assert (post.until, post.ending, post.ended_by) == (None, "", None)
    assert powers(old, today() + 30 * ONE)
    assert not powers(new, today() + 30 * ONE)


def test_who_had_resigned_for_a_later_day_goes_on_that_day(old: User) -> None:
    last = today() + 10 * ONE
    end_post(post_of_today(old), last, Post.Ending.RESIGNED, old)
    called_off(issued(today() + 3 * ONE))
    post = post_of_today(old)
    assert (post.until, post.ending, post.ended_by) == (last, "resigned", old)


def test_not_beyond_the_day_on_which_a_third_begins(old: User) -> None:
    second, third = issued(today() + 3 * ONE), issued(today() + 9 * ONE)
    called_off(second)
    assert (post_of_today(old).until, post_of_today(old).ending) == (today() + 9 * ONE, "handover")
    called_off(third)
    assert post_of_today(old).until is None


def test_the_lurah_and_the_plt_stay_both() -> None:
    lurah = factories.holder(Role.LURAH, factories.KELURAHAN)
    plt = post_of(
        factories.user_with(), Role.LURAH, factories.KELURAHAN, kind=Post.Kind.PLT, starts=today()
    )
    called_off(issued(today() + 3 * ONE, Role.LURAH, factories.KELURAHAN))
    plt.refresh_from_db()
    assert (lurah.posts.get(role=Role.LURAH).until, plt.until) == (None, None)


def test_one_who_took_office_is_not_undone(old: User) -> None:
    new = issued(today())
    called_off(new)
    assert post_of_today(old).until == today()
