"""The whole of a handover: proposed with a date, issued, and what holds before, on and after it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse

from accounts.login.models import User
from accounts.posts.ending import end_post
from accounts.posts.models import Post
from accounts.rules import Action, Role
from tests import factories
from tests.accounts.handing import issued, post_of_today, powers, proposed
from tests.officials import post_of
from wacat.clock import today
from wacat.workflow import WrongState

pytestmark = pytest.mark.django_db
ONE = timedelta(days=1)
RT, KELURAHAN = factories.RT, factories.KELURAHAN
HOME, GONE = "/warga/", "/nonaktif/"


@pytest.fixture
def old() -> User:
    return factories.user_as(Role.KETUA_RT)


def settled(user: User) -> User:
    """As after the first login."""
    user.set_password(factories.PASSWORD)
    user.save()
    user.undertakings.create(version=1)
    return user


def test_a_proposal_alone_changes_nothing(old: User) -> None:
    proposed(today() + 5 * ONE)
    assert post_of_today(old).until is None
    assert powers(old, today() + 30 * ONE)


def test_power_passes_on_the_day(old: User) -> None:
    day = today() + 10 * ONE
    new = issued(day)
    for when in (today(), day - ONE):
        assert (powers(old, when), powers(new, when)) == (True, False), when
    for when in (day, day + ONE, day + 400 * ONE):
        assert (powers(old, when), powers(new, when)) == (False, True), when
    post = post_of_today(old)
    assert (post.until, post.ending) == (day, "handover")


def test_pages_open_and_close_on_the_day(old: User) -> None:
    day = today() + 10 * ONE
    new = settled(issued(day))
    resident = reverse("resident_detail", args=[factories.reported().pk])
    with factories.on_day(day - ONE):
        before = factories.client_of(old)
        assert before.get(resident).status_code == 200
        assert factories.client_of(new).get(resident).status_code in (302, 403)
    with factories.on_day(day):
        assert before.get(resident)["Location"].startswith(GONE)
        assert factories.client_of(new).get(resident).status_code == 200


def test_an_open_session_ends_with_the_post(old: User) -> None:
    client = factories.client_of(old)
    assert client.get(HOME).status_code == 200
    issued(today())
    assert client.get(HOME)["Location"].startswith(GONE)
    assert "sessionid" not in client.cookies or not client.cookies["sessionid"].value


def test_what_the_old_one_recorded_stays_with_the_rt_under_his_name(old: User) -> None:
    draft = factories.draft(entered_by=old)
    letter = factories.letter_issued()
    new = settled(issued(today()))
    client = factories.client_of(new)
    assert client.get(reverse("resident_detail", args=[draft.pk])).status_code == 200
    draft.refresh_from_db()
    assert draft.entered_by == old
    page = client.get(reverse("letter_detail", args=[letter.pk])).content.decode()
    assert old.full_name in page  # who introduced it


def test_a_new_lurah_leaves_the_old_ones_letters_as_they_are() -> None:
    old = factories.user_as(Role.LURAH)
    letter = factories.letter_issued()
    factories.holder(Role.CAMAT, factories.KECAMATAN)
    new = issued(today(), Role.LURAH, KELURAHAN)
    letter.refresh_from_db()
    assert letter.facts is not None
    assert letter.facts.signatory.full_name == old.full_name
    assert not powers(old, today(), Action.LETTER_DECIDE)
    assert powers(new, today(), Action.LETTER_DECIDE)


def test_a_term_that_is_over_locks_nobody_out(old: User) -> None:
    old.posts.update(term_ends=today() - 100 * ONE)
    client = factories.client_of(old)
    assert client.get(HOME).status_code == 200
    assert client.post(reverse("resident_add"), factories.form_data()).status_code == 302


def test_an_earlier_end_stays_when_a_successor_comes_later(old: User) -> None:
    """Between them nobody holds the RT; the kelurahan's staff still do."""
    end_post(post_of_today(old), today() + 3 * ONE, Post.Ending.RESIGNED, old)
    new = issued(today() + 10 * ONE)
    assert post_of_today(old).until == today() + 3 * ONE
    for after in (3, 9):
        day = today() + after * ONE
        assert not powers(old, day)
        assert not powers(new, day)
    clerk = factories.holder(Role.PETUGAS_KELURAHAN, KELURAHAN)
    assert powers(clerk, today() + 5 * ONE)


def test_a_later_end_comes_forward_when_a_successor_begins(old: User) -> None:
    end_post(post_of_today(old), today() + 30 * ONE, Post.Ending.RESIGNED, old)
    issued(today() + 10 * ONE)
    post = post_of_today(old)
    assert (post.until, post.ending) == (today() + 10 * ONE, "handover")


def test_two_successors_in_a_row_each_hold_their_days(old: User) -> None:
    first, second = issued(today() + 5 * ONE), issued(today() + 9 * ONE)
    holders = [
        [user for user in (old, first, second) if powers(user, today() + days * ONE)]
        for days in (4, 5, 8, 9)
    ]
    assert holders == [[old], [first], [first], [second]]


def test_a_successor_before_one_already_named_is_refused_and_nothing_changes(old: User) -> None:
    issued(today() + 9 * ONE)
    with pytest.raises(WrongState):
        issued(today() + 5 * ONE)
    assert post_of_today(old).until == today() + 9 * ONE
    assert Post.objects.filter(role=Role.KETUA_RT).count() == 2


def test_one_who_is_named_and_does_not_come_gives_way(old: User) -> None:
    """The administrator takes the coming post back; its day passes without anybody."""
    administrator = factories.holder(Role.ADMINISTRATOR, factories.CITY_CODE)
    first = issued(today() + 9 * ONE)
    end_post(first.posts.get(), today(), Post.Ending.ENDED, administrator)
    second = issued(today() + 9 * ONE)
    day = today() + 9 * ONE
    assert [powers(user, day) for user in (old, first, second)] == [False, False, True]


def test_the_same_person_for_a_new_term_keeps_account_and_power(old: User) -> None:
    day = today() + 5 * ONE
    again = issued(day, user=old, term_ends=day + 1000 * ONE)
    assert again == old
    assert all(powers(old, today() + days * ONE) for days in (0, 4, 5, 6))
    assert [post.until for post in old.posts.order_by("starts")] == [day, None]


def test_who_moves_to_another_rt_is_ketua_there_and_not_here(old: User) -> None:
    issued(today(), area=factories.SIBLING_RT, user=old)
    end_post(old.posts.get(area=RT), today(), Post.Ending.RESIGNED, old)
    client = factories.client_of(User.objects.get(pk=old.pk))
    here, there = factories.reported(RT), factories.reported(factories.SIBLING_RT)
    assert client.get(reverse("resident_detail", args=[here.pk])).status_code == 404
    assert client.get(reverse("resident_detail", args=[there.pk])).status_code == 200


def test_a_plt_stands_beside_and_a_definitive_one_takes_over_from_both() -> None:
    decide = Action.LETTER_DECIDE
    factories.user_as(Role.CAMAT)
    lurah = factories.user_as(Role.LURAH)
    day = today() + 10 * ONE
    plt = issued(today() + ONE, Role.LURAH, KELURAHAN, kind="plt")
    plh = factories.user_as(Role.PETUGAS_KELURAHAN)
    post_of(plh, Role.LURAH, KELURAHAN, "plh", starts=today(), until=today() + 30 * ONE)
    assert [powers(one, today() + 2 * ONE, decide) for one in (lurah, plt, plh)] == [True] * 3
    new = issued(day, Role.LURAH, KELURAHAN)
    before = [powers(one, day - ONE, decide) for one in (lurah, plt, plh, new)]
    after = [powers(one, day, decide) for one in (lurah, plt, plh, new)]
    assert (before, after) == ([True, True, True, False], [False, False, False, True])


def test_two_plt_follow_one_another() -> None:
    factories.user_as(Role.CAMAT)
    first = issued(today(), Role.LURAH, KELURAHAN, kind="plt")
    second = issued(today() + 3 * ONE, Role.LURAH, KELURAHAN, kind="plt")
    day = today() + 3 * ONE
    decide = Action.LETTER_DECIDE
    assert [powers(one, day - ONE, decide) for one in (first, second)] == [True, False]
    assert [powers(one, day, decide) for one in (first, second)] == [False, True]
