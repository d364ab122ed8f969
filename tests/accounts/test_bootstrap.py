"""The first administrator: made by a recorded command, once, and able to log in."""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor
from io import StringIO
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connections
from django.test import Client

from accounts.areas.models import Area
from accounts.login.models import User
from accounts.management.operator import system_user
from accounts.posts.models import Mandate, Post
from accounts.rules import Action, Role
from accounts.scope import may
from tests import factories

ARGUMENTS = {
    "username": "kabid.piak",
    "name": "Kepala Bidang Contoh",
    "email": "kabid@example.id",
    "phone": "+62 800 0000 8001",
}


def bootstrap(**changes: Any) -> str:
    """What the command prints."""
    said = StringIO()
    arguments = [f"--{name}={value}" for name, value in {**ARGUMENTS, **changes}.items()]
    call_command("bootstrap_administrator", *arguments, stdout=said)
    return said.getvalue()


@pytest.mark.django_db
def test_the_first_administrator_is_made_and_what_it_rests_on_recorded() -> None:
    factories.load_areas()
    bootstrap()
    user = User.objects.get(username="kabid.piak")
    assert (user.full_name, user.email) == (ARGUMENTS["name"], ARGUMENTS["email"])
    assert user.phone == user.login_phone == "080000008001"
    assert not user.has_own_password
    assert may(user, Action.ACCOUNT_ISSUE)
    assert user.needs_second_factor
    post = user.posts.get()
    assert post.mandate is not None
    assert (post.mandate.kind, post.mandate.recorded_by) == ("bootstrap", None)
    assert post.mandate.number == "bootstrap_administrator"
    assert system_user() in post.mandate.issuer


@pytest.mark.django_db
def test_the_trail_says_who_ran_it() -> None:
    factories.load_areas()
    bootstrap()
    event = apps.get_model("accounts.PostEvent").objects.get()
    assert event.pgh_context["command"] == "bootstrap_administrator"
    assert event.pgh_context["system_user"] == system_user()


@pytest.mark.django_db
def test_the_printed_link_sets_a_password(client: Client) -> None:
    factories.load_areas()
    link = re.search(r"http://testserver(/aktivasi/\S+)", bootstrap())
    assert link
    page = client.get(link[1], follow=True)
    assert page.status_code == 200
    assert 'type="password"' in page.content.decode()


@pytest.mark.django_db
def test_there_is_but_one_first() -> None:
    factories.load_areas()
    bootstrap()
    other = {"username": "lain", "phone": "080000008002", "email": "lain@example.id"}
    with pytest.raises(CommandError, match="administrator already"):
        bootstrap(**other)
    assert User.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    "changes",
    [
        {"username": "x"},
        {"username": "0812"},
        {"username": "kabid piak"},
        {"phone": "12"},
        {"email": "bukan"},
        {"name": "  "},
    ],
)
def test_what_cannot_be_used_is_refused(changes: dict[str, str]) -> None:
    factories.load_areas()
    with pytest.raises(CommandError):
        bootstrap(**changes)
    assert not User.objects.exists()
    assert not Mandate.objects.exists()


@pytest.mark.django_db
def test_names_that_are_taken_are_refused() -> None:
    factories.load_areas()
    bootstrap()
    Post.objects.update(until=Post.objects.get().starts, ending="ended")
    with pytest.raises(CommandError, match="user name is taken"):
        bootstrap()
    with pytest.raises(CommandError, match="telephone"):
        bootstrap(username="lain")
    bootstrap(username="lain", phone="080000008002")
    assert Post.objects.today().get().user.username == "lain"


@pytest.mark.django_db
def test_without_areas_it_says_what_to_do() -> None:
    assert not Area.objects.exists()
    with pytest.raises(CommandError, match="load_areas"):
        bootstrap()


def attempt(number: int) -> bool:
    try:
        bootstrap(username=f"nomor{number}", phone=f"08000000800{number}")
    except CommandError:
        return False
    finally:
        connections.close_all()
    return True


@pytest.mark.usefixtures("committed_db")
def test_of_many_at_once_one_is_made() -> None:
    factories.load_areas()
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(attempt, range(4)))
    assert sorted(made) == [False, False, False, True]
    assert Post.objects.filter(role=Role.ADMINISTRATOR).count() == 1
