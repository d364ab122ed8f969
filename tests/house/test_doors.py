"""Every address by every role by own, sibling and foreign area by every method.

Methods that a view answers itself are tried by every role. Those that Django answers for it (HEAD
as the view's GET, the others with what is allowed) know no role: one that may and one that may
not, of each address, stand for all.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.views import View

from accounts.login.models import User
from accounts.rules import RULES, Action, Role
from tests import factories
from tests.house.doors import (
    METHODS,
    MISSING,
    OBJECTS,
    OWN,
    PUBLIC_FUNCTIONS,
    Door,
    doors,
    ends,
    guarded,
    has,
    object_of,
    reaches,
    undone,
)
from tests.house.things import AREAS, Things, owned_by, things_in_every_area
from tests.officials import founder
from wacat import drawn

pytestmark = pytest.mark.django_db
PUBLIC = {
    *PUBLIC_FUNCTIONS,
    "account_login",
    "account_logout",
    "account_inactive",
    "activation",
    "letter_fetch",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "password_forgotten",
    "verify",
    "verify_file",
    "verify_find",
}
OK = {200, 202, 302, 400, 405, 409, 422}
REFUSED, ABSENT, NO_SUCH_METHOD = 403, 404, 405
ABROAD = AREAS[-1]
PERSONS = ("residents_", "reports_")
SOME_AREAS = (
    "64.71",
    "64.71.05",
    "64.71.05.1002",
    "64.71.05.1002.001",
    "64.71.05.1002.002",
    "64.71.05.1006",
    "64.71.01.1001.001",
)
STRANGE = (
    "/tidak-ada/",
    "/warga",
    "/warga/987654321/",
    "/warga/abc/",
    "/surat/1/2/3/",
    "/akun/x/",
    "/rekap/unduh/docx/",
    "/.env",
    "/admin/",
    "/static/tidak-ada.css",
)


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """No worker draws here, so nobody waits for one."""
    monkeypatch.setattr(drawn, "PATIENCE", 0.0)


def declared(door: Door) -> bool:
    return door.is_public or hasattr(door.view_class, "action")


def test_every_address_declares_its_action_or_is_public() -> None:
    assert [door.name for door in doors() if not declared(door)] == []


def test_an_undeclared_address_would_be_found() -> None:
    assert not declared(Door("new", (), View.as_view()))
    assert not declared(Door("new", (), lambda request: None))


def test_what_is_declared_is_an_action() -> None:
    for door in guarded():
        assert door.action is None or isinstance(door.action, Action), door.name


def test_names_are_unique() -> None:
    names = [door.name for door in doors()]
    assert len(names) == len(set(names))


def test_only_public_views_open_without_login() -> None:
    """The login's own, the page behind a letter's code and the health check; no others."""
    public = {door.name for door in doors() if door.is_public}
    opened = {door.name for door in doors() if not getattr(door.view, "login_required", True)}
    assert public == PUBLIC
    assert opened <= public


def test_every_parameter_has_an_object_to_try() -> None:
    needed = {(d.name, key) for d in guarded() if d.name not in OWN for key in d.keys}
    assert needed == set(OBJECTS)


@pytest.mark.parametrize("method", METHODS)
def test_strangers_get_one_answer_for_every_address(client: Client, method: str) -> None:
    addresses = [door.some_address() for door in guarded()]
    for path in (*addresses, *STRANGE):
        response = client.generic(method, path, headers={"accept": "text/html"})
        assert response.status_code == 302, (method, path)
        assert response["Location"] == f"{reverse('account_login')}?next={path}", (method, path)
        assert response.content == b""


def test_public_pages_open_for_strangers(client: Client) -> None:
    letter = factories.letter_issued()
    assert client.get(reverse("account_login")).status_code == 200
    assert client.get(reverse("verify", args=[letter.token])).status_code == 200
    assert client.get(reverse("verify", args=["x" * 22])).status_code == 404
    assert client.get(reverse("healthz")).status_code in (200, 503)


@pytest.mark.usefixtures("users_known")
def test_each_role_reaches_just_its_own() -> None:
    users = {role: factories.user_as(role) for role in Role}
    everything = things_in_every_area(founder().user)
    wrong: list[str] = []
    for role, user in users.items():
        with undone():
            found = tried(role, user, owned_by(user, everything))
            wrong += [f"{role}: {one}" for one in found]
    assert wrong == []


def tried(role: Role, user: User, everything: dict[str, Things]) -> list[str]:
    """What is wrong with the answers that *user*, of this role, gets at any door."""
    client = factories.client_of(user)
    wrong: list[str] = []
    for door in (door for door in guarded() if door.name not in OWN):
        methods = methods_of(door, role)
        if door.action is not None and not has(user, door.action):
            wrong += refusals(client, door, methods, everything)
        elif door.keys:
            wrong += reached(client, user, door, methods, everything)
        else:
            wrong += opened(client, door, methods)
    return wrong


def methods_of(door: Door, role: Role) -> list[str]:
    """What *role* tries: all methods, or where an earlier role stands for it the view's own."""
    if role is next(one for one in Role if may(one, door) == may(role, door)):
        return list(METHODS)
    return [one for one in METHODS if answers_itself(door, one)]


def may(role: Role, door: Door) -> bool:
    return door.action is None or role in RULES[door.action]


def answers_itself(door: Door, method: str) -> bool:
    """Whether the view has code of its own for the method."""
    name = method.lower()
    return getattr(door.view_class, name, None) is not getattr(View, name, None)


def test_a_method_of_its_own_is_tried_by_every_role() -> None:
    class Deleting(View):
        action = Action.RESIDENT_VIEW

        def delete(self) -> None:
            """What no view of WaCAT answers yet."""

    door = Door("new", (), Deleting.as_view())
    tried = {role: methods_of(door, role) for role in Role}
    assert set.intersection(*map(set, tried.values())) == {"DELETE"}
    every = [role for role in Role if tried[role] == list(METHODS)]
    assert {may(role, door) for role in every} == {True, False}


def refusals(
    client: Client, door: Door, methods: list[str], everything: dict[str, Things]
) -> list[str]:
    """403 for any method, for an object and for none, before anything is looked up."""
    wrong, bodies = [], set()
    some = next(iter(everything.values()))
    for values in [(object_of(door, some),), (MISSING,)] if door.keys else [()]:
        for method in methods if MISSING not in values else ("GET",):
            with CaptureQueriesContext(connection) as asked:
                response = client.generic(method, door.address(*values))
            bodies.add(response.content)
            looked = [q for q in asked if any(t in q["sql"] for t in PERSONS)]
            if response.status_code != REFUSED or looked:
                wrong.append(f"{method} {door.name} {values}: {response.status_code} {looked}")
    if len(bodies - {b""}) > 1:
        wrong.append(f"{door.name}: refusals differ")
    return wrong


def opened(client: Client, door: Door, methods: list[str]) -> list[str]:
    """An address without an object answers those who may."""
    found = ((method, client.generic(method, door.address()).status_code) for method in methods)
    return [f"{method} {door.name}: {code}" for method, code in found if code not in OK]


def reached(
    client: Client, user: User, door: Door, methods: list[str], everything: dict[str, Things]
) -> list[str]:
    """In one's areas it answers; elsewhere exactly as if it were missing."""
    wrong = []
    assert door.action is not None, f"{door.name} shows an object to anybody"
    for method in methods:
        missing = answer(client.generic(method, door.address(MISSING)))
        # Some pages only take posts: those tell nobody whether there is anything.
        if method in ("GET", "HEAD") and missing[0] not in (ABSENT, NO_SUCH_METHOD):
            wrong.append(f"{method} {door.name} missing: {missing[0]}")
        areas = ends(user, door.action, AREAS) if method in ("GET", "POST") else [ABROAD]
        for area, things in ((area, everything[area]) for area in areas):
            got = answer(client.generic(method, door.address(object_of(door, things))))
            if not reaches(user, door.action, area):
                if got != missing:
                    wrong.append(f"{method} {door.name} {area}: {got[0]} tells it exists")
            elif got[0] not in OK:
                wrong.append(f"{method} {door.name} {area}: {got[0]}")
    return wrong


def answer(response: Any) -> tuple[int, bytes, dict[str, str]]:
    """What a caller can tell answers apart by."""
    headers = {k: v for k, v in response.headers.items() if k != "Content-Security-Policy"}
    return response.status_code, response.content, headers


PAGES = {"summary": Action.FIGURES_VIEW, "evaluation": Action.EVALUATION_VIEW}
FIGURES = [
    (f"{name}{file}", action) for name, action in PAGES.items() for file in ("", "_xlsx", "_pdf")
]


@pytest.mark.parametrize("role", Role)
def test_figures_of_an_area_out_of_reach_are_missing(role: Role) -> None:
    user = factories.user_as(role)
    client = factories.client_of(user)
    for name, action in FIGURES:
        missing = answer(client.get(reverse(name), {"wilayah": "64.71.99"}))
        # The files ask as their page does.
        for area in SOME_AREAS if name in PAGES else ends(user, action, SOME_AREAS):
            got = answer(client.get(reverse(name), {"wilayah": area}))
            if not has(user, action):
                assert got[0] == missing[0] == REFUSED
            elif reaches(user, action, area):
                assert got[0] in (200, 202), (name, area)
            else:
                assert got[0] == ABSENT
                assert got == missing, (name, area)
