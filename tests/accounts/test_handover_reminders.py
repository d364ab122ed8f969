"""Terms about to end: the office above is told sixty and fourteen days before, each once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from accounts.areas.loading import rt
from accounts.areas.models import Area
from accounts.cards import all_counted
from accounts.handover.cards import cards
from accounts.handover.models import TermReminder
from accounts.handover.reminders import remind
from accounts.login.models import User
from accounts.notices.models import Notice
from accounts.posts.models import Post
from accounts.rules import Role
from tests import factories
from wacat.clock import today

ONE = timedelta(days=1)
END = date(2032, 6, 30)


@pytest.fixture
def ketua(db: None) -> Post:
    """Whose term ends on ``END``."""
    return ending(factories.user_as(Role.KETUA_RT))


def ending(user: User, day: date = END) -> Post:
    user.posts.update(term_ends=day)
    post: Post = user.posts.get()
    return post


def told() -> list[tuple[User, int]]:
    notices = Notice.objects.filter(kind="term_ending").order_by("pk")
    return [(notice.recipient, notice.values["post"]) for notice in notices]


def run(days_before: int) -> int:
    with factories.on_day(END - days_before * ONE):
        return remind()


def test_the_lurah_is_told_twice_and_never_again(ketua: Post) -> None:
    lurah = factories.user_as(Role.LURAH)
    counts = {days: run(days) for days in range(70, -3, -1)}
    assert {days for days, count in counts.items() if count} == {60, 14}
    assert told() == [(lurah, ketua.pk)] * 2


def test_a_run_many_times_a_day_tells_once(ketua: Post) -> None:
    factories.user_as(Role.LURAH)
    assert [run(60) for _ in range(3)] == [1, 0, 0]


@pytest.mark.parametrize(
    ("days", "count"),
    [([61], 0), ([59], 1), ([15], 1), ([13], 1), ([30, 3], 2), ([0], 1), ([-1], 0)],
)
def test_what_a_missed_day_left_out_comes_with_the_next_run(
    ketua: Post, days: list[int], count: int
) -> None:
    factories.user_as(Role.LURAH)
    assert sum(run(one) for one in days) == count
    assert len(told()) == count


def test_each_office_hears_from_the_one_above(ketua: Post) -> None:
    lurah, camat = factories.user_as(Role.LURAH), factories.user_as(Role.CAMAT)
    acting = factories.user_with((Role.LURAH, factories.KELURAHAN, "plt"))
    factories.user_with((Role.LURAH, factories.FOREIGN_KELURAHAN))
    factories.user_as(Role.ADMINISTRATOR)
    term = ending(lurah)
    assert run(60) == 2
    assert set(told()) == {(lurah, ketua.pk), (acting, ketua.pk), (camat, term.pk)}


def test_with_nobody_above_the_administrators_hear(ketua: Post) -> None:
    administrator = factories.user_as(Role.ADMINISTRATOR)
    run(60)
    assert (administrator, ketua.pk) in told()


def test_who_leaves_anyway_or_has_left_needs_no_reminder(ketua: Post) -> None:
    factories.user_as(Role.LURAH)
    for until in (END, END - 100 * ONE):
        Post.objects.filter(pk=ketua.pk).update(until=until, ending="handover")
        assert run(60) == 0


def test_a_term_that_ended_before_the_account_was_issued_is_no_news(ketua: Post) -> None:
    factories.user_as(Role.LURAH)
    ending(ketua.user, today() - ONE)
    assert remind() == 0


def test_the_start_page_counts_them(ketua: Post) -> None:
    lurah, camat = factories.user_as(Role.LURAH), factories.user_as(Role.CAMAT)
    ending(lurah)
    for days, count in ((61, 0), (60, 1), (0, 1), (-30, 1)):
        with factories.on_day(END - days * ONE):
            for user, title in ((lurah, "Ketua RT"), (camat, "Lurah")):
                found = {
                    one.title: one.count for one in all_counted(cards(User.objects.get(pk=user.pk)))
                }
                assert found[f"Masa bakti {title} akan berakhir"] == count, days


@pytest.mark.django_db
@pytest.mark.parametrize("role", set(Role) - {Role.LURAH, Role.CAMAT})
def test_others_have_no_such_cards(role: str) -> None:
    assert cards(factories.user_as(role)) == []


def test_a_thousand_cost_as_many_queries_as_one(ketua: Post) -> None:
    factories.user_as(Role.LURAH)
    with CaptureQueriesContext(connection) as few:
        assert run(60) == 1
    Area.objects.bulk_create(rt(factories.KELURAHAN, serial) for serial in range(3, 100))
    for serial in range(2, 100):
        ending(factories.user_with((Role.KETUA_RT, f"{factories.KELURAHAN}.{serial:03}")))
    with CaptureQueriesContext(connection) as many:
        assert run(60) == 98
    assert len(many) == len(few)


def in_a_thread(_: int) -> int:
    try:
        return remind()
    finally:
        connections.close_all()


@pytest.mark.usefixtures("committed_db")
def test_runs_at_the_same_moment_tell_once() -> None:
    factories.user_as(Role.LURAH)
    ending(factories.user_as(Role.KETUA_RT))
    with factories.on_day(END - 60 * ONE), ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(in_a_thread, range(4))) == [0, 0, 0, 1]
    assert (len(told()), TermReminder.objects.count()) == (1, 1)
