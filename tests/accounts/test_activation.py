"""The link in an e-mail: once, for some days, for one person; all others get one answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client, override_settings

from accounts.issuing.links import link_for
from accounts.issuing.one_time import consume, make
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import Role
from tests.accounts.issued import new_account, shown
from tests.officials import PASSWORD, RT, SIBLING_RT, client_of, user_as, user_with
from tests.residents.at_once import at_once
from wacat.clock import today

NEW = "empat kata yang panjang"
FIELDS = {"new_password1": NEW, "new_password2": NEW}


@pytest.fixture
def user(db: None) -> User:
    return new_account(RT)


def path_of(user: User) -> str:
    return urlsplit(link_for(user)).path


def opened(client: Client, path: str) -> str:
    """The form's address, to which the link leads."""
    answer = client.get(path)
    assert answer.status_code == 302, "the link is refused"
    return str(answer["Location"])


def refused(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 404
    assert "Tautan ini tidak berlaku" in answer.text
    return shown(answer)


class TestGood:
    def test_it_leads_to_a_form_and_that_to_the_login(self, client: Client, user: User) -> None:
        assert link_for(user).startswith(f"{settings.PUBLIC_URL}/aktivasi/")
        form = opened(client, path_of(user))
        assert "Buat kata sandi sendiri" in client.get(form).text
        answer = client.post(form, FIELDS)
        assert (answer.status_code, answer["Location"]) == (302, "/masuk/")
        assert "sudah diganti" in client.get("/masuk/").text
        user.refresh_from_db()
        assert user.check_password(NEW)

    def test_a_look_sets_nothing_and_logs_nobody_in(self, client: Client, user: User) -> None:
        client.get(opened(client, path_of(user)))
        client.head(path_of(user))
        assert "_auth_user_id" not in client.session
        user.refresh_from_db()
        assert not user.has_own_password

    def test_nobody_is_logged_in_by_it_and_who_was_is_no_more(self, user: User) -> None:
        browser = client_of(user_as(Role.OPERATOR))
        browser.post(opened(browser, path_of(user)), FIELDS)
        assert "_auth_user_id" not in browser.session

    def test_sessions_end(self, db: None, client: Client) -> None:
        user = user_as(Role.KETUA_RT)
        telephone = client_of(user)
        client.post(opened(client, path_of(user)), FIELDS)
        assert telephone.get("/").status_code == 302

    def test_the_slip_is_dead_afterwards(self, client: Client, user: User) -> None:
        password = make(user)
        client.post(opened(client, path_of(user)), FIELDS)
        assert not consume(user, password, b"")

    def test_the_secret_stays_out_of_referrers_and_caches(self, client: Client, user: User) -> None:
        path = path_of(user)
        form = opened(client, path)
        assert path.rsplit("/", 2)[1] not in form
        for page in (client.get(path), client.get(form), client.get(f"{path[:-1]}x/")):
            assert page["Cache-Control"] == "no-store"
        assert client.get(path)["Referrer-Policy"] == "no-referrer"
        # "no-referrer" would make browsers send "Origin: null", which a form may not come from.
        assert client.get(form)["Referrer-Policy"] == "same-origin"

    @pytest.mark.parametrize(
        "pair", [("", ""), (NEW, "lain sama sekali"), ("pendek", "pendek"), ("password1234",) * 2]
    )
    def test_a_bad_password_is_told(
        self, client: Client, user: User, pair: tuple[str, str]
    ) -> None:
        form = opened(client, path_of(user))
        answer = client.post(form, {"new_password1": pair[0], "new_password2": pair[1]})
        assert answer.status_code == 422
        assert "Ada isian yang perlu diperbaiki" in answer.text
        assert client.post(form, FIELDS).status_code == 302


class TestRefused:
    def test_all_alike(self, client: Client, user: User) -> None:
        used = path_of(user)
        client.post(opened(client, used), FIELDS)
        other = user_with((Role.KETUA_RT, SIBLING_RT))
        mine = path_of(other)
        uid, token = mine.split("/")[2:4]
        foreign = f"/aktivasi/{used.split('/')[2]}/{token}/"
        guesses = (
            f"/aktivasi/{uid}/{token[:-1]}0/" if token[-1] != "0" else f"/aktivasi/{uid}/x/",
            f"/aktivasi/{uid}/set-password/",
            "/aktivasi/x/x/",
            "/aktivasi/OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5/x-y/",
            "/aktivasi/gA/x-y/",
        )
        with override_settings(CLOCK_OFFSET=timedelta(days=4)):
            answers = {refused(Client(), mine)}
        answers |= {refused(Client(), path) for path in (used, foreign, *guesses)}
        assert len(answers) == 1

    def test_after_its_days(self, client: Client, user: User) -> None:
        path = path_of(user)
        with override_settings(CLOCK_OFFSET=timedelta(days=2, hours=23)):
            form = opened(client, path)
        with override_settings(CLOCK_OFFSET=timedelta(days=3, minutes=1)):
            assert client.post(form, FIELDS).status_code == 404
        user.refresh_from_db()
        assert not user.has_own_password

    @pytest.mark.parametrize("change", ["inactive", "out of office", "another e-mail", "renewed"])
    def test_once_things_have_changed(self, db: None, client: Client, change: str) -> None:
        user = user_as(Role.KETUA_RT)
        path = path_of(user)
        form = opened(client, path)
        users, posts = User.objects.filter(pk=user.pk), Post.objects.filter(user=user)
        changes: dict[str, Callable[[], object]] = {
            "inactive": lambda: users.update(status="inactive"),
            "out of office": lambda: posts.update(until=today(), ending="resigned"),
            "another e-mail": lambda: users.update(email="lain@example.id"),
            "renewed": lambda: make(user),
        }
        changes[change]()
        assert client.post(form, FIELDS).status_code == 404
        refused(client, path)
        user.refresh_from_db()
        assert not user.check_password(NEW)
        assert user.check_password(PASSWORD) == (change != "renewed")

    def test_a_slip_drawn_for_a_new_account_leaves_its_link_good(
        self, client: Client, user: User
    ) -> None:
        path = path_of(user)
        make(user)
        opened(client, path)


def test_of_two_at_the_same_moment_one_sets_it(committed_db: None) -> None:
    user = new_account(RT)
    path = path_of(user)
    browsers = [Client() for _ in range(4)]
    forms = [opened(browser, path) for browser in browsers]
    own = [dict.fromkeys(FIELDS, f"{NEW} {number}") for number in range(4)]
    jobs = [
        lambda b=b, f=f, p=p: b.post(f, p).status_code
        for b, f, p in zip(browsers, forms, own, strict=True)
    ]
    codes = at_once(*jobs)
    assert sorted(codes) == [302, 404, 404, 404]
    user.refresh_from_db()
    assert user.check_password(own[codes.index(302)]["new_password1"])
