"""Sessions: listed, ended one by one or all, and over after a while by themselves."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import Settings

from accounts.login.models import User
from accounts.login.sessions import BEGAN, SEEN, close_sessions
from accounts.rules import Role
from tests import factories
from tests.accounts.login_ways import CHROME, FIREFOX, is_in, log_in
from tests.officials import user_with
from wacat.clock import today

pytestmark = pytest.mark.django_db
PAGE = "/saya/perangkat/"
HOUR = 60 * 60


@pytest.fixture
def user() -> User:
    return user_with((Role.KETUA_RT, factories.RT))


def logged_in(user: User, agent: str = CHROME, address: str = "203.0.113.5") -> Client:
    client = Client(REMOTE_ADDR=address, headers={"user-agent": agent})
    assert log_in(client, user.username).status_code == 302
    return client


def aged(client: Client, **seconds: int) -> None:
    """The session is older by so much."""
    session = client.session
    for key, more in seconds.items():
        session[key] -= more
    session.save()


def test_the_list_tells_device_address_and_which_is_this(user: User) -> None:
    here, there = logged_in(user), logged_in(user, FIREFOX, "203.0.113.77")
    assert is_in(there)
    page = here.get(PAGE).content.decode()
    for text in ("Chrome di Android", "203.0.113.5", "perangkat ini", "Firefox di Windows"):
        assert text in page
    assert "203.0.113.77" in page


def test_one_is_ended(user: User) -> None:
    here, there, third = (logged_in(user) for _ in range(3))
    pk = UserSession.objects.get(session_key=there.session.session_key).pk
    for _ in range(2):
        assert here.post(PAGE, {"session": pk})["Location"] == PAGE
    assert not is_in(there)
    assert is_in(here)
    assert is_in(third)


def test_all_others_are_ended(user: User) -> None:
    here, *others = (logged_in(user) for _ in range(3))
    assert here.post(PAGE, {"action": "close_others"})["Location"] == PAGE
    assert [is_in(one) for one in (here, *others)] == [True, False, False]
    assert 'name="session"' not in here.get(PAGE).content.decode()


def test_ending_this_one_logs_out(user: User) -> None:
    here = logged_in(user)
    pk = UserSession.objects.get(session_key=here.session.session_key).pk
    assert here.post(PAGE, {"session": pk})["Location"] == "/masuk/"
    assert not is_in(here)


@pytest.mark.parametrize(
    ("given", "code"), [("", 400), ("x", 400), ("²", 400), ("987654", 404), ("9" * 40, 400)]
)
def test_what_is_no_session_of_mine_is_refused(user: User, given: str, code: int) -> None:
    assert logged_in(user).post(PAGE, {"session": given}).status_code == code


def test_a_session_of_somebody_else_is_missing(user: User) -> None:
    other = logged_in(user_with((Role.LURAH, factories.KELURAHAN)))
    pk = UserSession.objects.get(session_key=other.session.session_key).pk
    assert logged_in(user).post(PAGE, {"session": pk}).status_code == 404
    assert is_in(other)


def test_close_sessions_ends_them_all_and_nobody_elses(user: User) -> None:
    mine = [logged_in(user), factories.client_of(user)]
    other = logged_in(user_with((Role.LURAH, factories.KELURAHAN)))
    close_sessions(user)
    assert [is_in(one) for one in (*mine, other)] == [False, False, True]


def test_an_ended_session_does_not_come_back_with_a_request_that_was_under_way(user: User) -> None:
    here = logged_in(user)
    under_way = here.session
    close_sessions(user)
    with pytest.raises(UpdateError):
        under_way.save()
    assert not is_in(here)


def test_the_list_costs_the_same_however_many_there_are(user: User) -> None:
    here = logged_in(user)
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            here.get(PAGE)
        counts.append(len(asked))
        for _ in range(5):
            logged_in(user)
    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize(
    ("ages", "still_in"),
    [
        ({SEEN: 2 * HOUR - 60}, True),
        ({SEEN: 2 * HOUR + 60}, False),
        ({BEGAN: 12 * HOUR - 60, SEEN: 60}, True),
        ({BEGAN: 12 * HOUR + 60, SEEN: 60}, False),
    ],
)
def test_a_session_is_over_when_idle_or_old(
    user: User, ages: dict[str, int], still_in: bool
) -> None:
    client = logged_in(user)
    aged(client, **ages)
    answer = client.get("/warga/")
    assert (answer.status_code == 200) is still_in
    if not still_in:
        assert answer["Location"] == "/masuk/?next=/warga/"
        assert not Session.objects.exists()


def test_the_limits_are_settings(user: User, settings: Settings) -> None:
    settings.SESSION_IDLE_SECONDS = 600
    client = logged_in(user)
    aged(client, seen=700)
    assert not is_in(client)


def test_its_use_is_written_every_few_minutes_only(user: User) -> None:
    client = logged_in(user)
    with CaptureQueriesContext(connection) as asked:
        is_in(client)
    assert not [one for one in asked if "UPDATE" in one["sql"]]
    aged(client, seen=400)
    UserSession.objects.update(ip="203.0.113.99")
    is_in(client)
    assert time.time() - client.session[SEEN] < 5
    assert UserSession.objects.get().ip == "203.0.113.5"


def test_moving_the_portals_clock_logs_nobody_out(user: User) -> None:
    client = logged_in(user)
    with factories.on_day(today() + timedelta(days=30)):
        assert is_in(client)


def test_what_has_expired_is_forgotten_at_the_next_login(user: User) -> None:
    old = logged_in(user)
    Session.objects.update(expire_date="2020-01-01T00:00Z")
    assert not is_in(old)
    logged_in(user)
    assert UserSession.objects.filter(user=user).count() == Session.objects.count() == 1


def test_the_cookie_goes_with_the_browser(user: User) -> None:
    assert logged_in(user).cookies["sessionid"]["max-age"] == ""
