"""Whose account nobody closes: one's own, the last administrator's, one above one's reach."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from django.http import Http404

from accounts.closing import rules
from accounts.closing.models import AccountStep, Closure
from accounts.closing.rules import is_last_administrator, refusal
from accounts.closing.workflow import WORKFLOW, close, reopen
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.rules import RULES, Action, Role
from tests.accounts.closing_cases import (
    administrator,
    closed,
    colleague,
    page,
    rt_head,
    safeguard,
)
from tests.officials import (
    FOREIGN_RT,
    FOUNDER,
    KELURAHAN,
    RT,
    SIBLING_RT,
    client_of,
    holder,
    user_with,
)
from tests.residents.at_once import at_once
from wacat.workflow import InputMissing, Move, WrongState

ROUNDS = 6


def closing(actor: User, user: User, **data: Any) -> Any:
    return close(user.pk, Move(actor, {"kind": "safeguard", "reason": "Uji.", **data}, uuid4()))


def answer(actor: User, user: User) -> str:
    """Nothing when it was done, else why not."""
    try:
        closing(User.objects.get(pk=actor.pk), user)
    except WrongState as error:
        return str(error)
    return ""


def active_administrators() -> int:
    posts = Post.objects.today().filter(role=Role.ADMINISTRATOR, user__is_active=True)
    return posts.values("user").distinct().count()


@pytest.fixture
def lurah_may_close(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the table of rules had let the Lurah close accounts, too."""
    allowed = RULES[Action.ACCOUNT_CLOSE] | {Role.LURAH, Role.PIMPINAN}
    monkeypatch.setitem(RULES, Action.ACCOUNT_CLOSE, allowed)


@pytest.mark.django_db
def test_nobody_closes_himself() -> None:
    actor = administrator()
    client = client_of(actor)
    assert client.get(page("account_close", actor)).status_code == 409
    response = client.post(page("account_close", actor), safeguard())
    assert response.status_code == 409
    assert rules.OWN in response.content.decode()
    assert not Closure.objects.exists()


@pytest.mark.django_db
@pytest.mark.usefixtures("lurah_may_close")
def test_the_last_administrator_stays() -> None:
    one, other = administrator(), colleague()
    chief = holder(Role.PIMPINAN, "64.71")
    closing(one, User.objects.get(username=FOUNDER))
    assert not is_last_administrator(one)
    closing(chief, other)
    assert is_last_administrator(one)
    assert answer(chief, one) == rules.LAST
    assert client_of(chief).get(page("account_close", one)).status_code == 409
    reopen(other.pk, Move(chief, {"reason": "Uji."}))
    assert answer(chief, one) == ""


@pytest.mark.django_db
@pytest.mark.usefixtures("lurah_may_close")
def test_a_colleague_whose_post_is_over_is_no_administrator_left() -> None:
    one, other = administrator(), colleague()
    Post.objects.filter(user__username=FOUNDER).update(until="2025-01-02", ending="ended")
    Post.objects.filter(user=other).update(until="2025-01-02", ending="ended")
    assert answer(holder(Role.PIMPINAN, "64.71"), one) == rules.LAST


@pytest.mark.django_db
@pytest.mark.usefixtures("lurah_may_close")
def test_nobody_closes_above_his_reach() -> None:
    lurah = holder(Role.LURAH, KELURAHAN)
    of_two = user_with((Role.KETUA_RT, RT), (Role.KETUA_RT, FOREIGN_RT))
    assert answer(lurah, of_two) == rules.ABOVE
    assert client_of(lurah).get(page("account_close", of_two)).status_code == 409
    Post.objects.filter(user=of_two, area=FOREIGN_RT).update(until="2025-01-02", ending="ended")
    assert answer(lurah, of_two) == ""
    with pytest.raises(Http404):
        closing(lurah, user_with((Role.KETUA_RT, "64.71.01.1002.001")))


@pytest.mark.django_db
@pytest.mark.usefixtures("lurah_may_close")
def test_nobody_opens_above_his_reach() -> None:
    of_two = user_with((Role.KETUA_RT, RT), (Role.KETUA_RT, FOREIGN_RT))
    closed(of_two)
    with pytest.raises(WrongState, match="luar wilayah"):
        reopen(of_two.pk, Move(holder(Role.LURAH, KELURAHAN), {"reason": "Uji."}))


@pytest.mark.django_db
def test_who_was_closed_meanwhile_closes_nobody() -> None:
    one, other = administrator(), colleague()
    assert one.todays_posts, "read before he was closed, as by his own request"
    closed_by_other = answer(other, one)
    assert closed_by_other == ""
    assert refusal(one, other) == rules.NO_LONGER
    with pytest.raises(WrongState):
        closing(one, rt_head())


@pytest.mark.django_db
def test_only_an_administrator_finds_an_account_to_close() -> None:
    user = rt_head()
    for role, area in ((Role.LURAH, KELURAHAN), (Role.KETUA_RT, SIBLING_RT)):
        with pytest.raises(Http404):
            closing(holder(role, area), user)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("inactive", "name", "allowed"),
    [
        (False, "close", True),
        (False, "settle", False),
        (False, "reopen", False),
        (True, "close", False),
        (True, "settle", True),
        (True, "reopen", True),
    ],
)
def test_every_transition_from_every_state(inactive: bool, name: str, allowed: bool) -> None:
    user = closed(rt_head()) if inactive else rt_head()
    before = AccountStep.objects.count()
    move = Move(administrator(), {"kind": "office", "reason": "Uji."}, uuid4())
    if allowed:
        WORKFLOW.advance(user.pk, name, move)
    else:
        with pytest.raises(WrongState):
            WORKFLOW.advance(user.pk, name, move)
    user.refresh_from_db()
    assert user.is_active == (name == "reopen" if allowed else not inactive)
    assert AccountStep.objects.count() == before + allowed


@pytest.mark.django_db
@pytest.mark.parametrize("missing", ["kind", "reason"])
def test_what_is_needed_is_named(missing: str) -> None:
    with pytest.raises(InputMissing) as caught:
        closing(administrator(), rt_head(), **{missing: ""})
    assert set(caught.value.errors) == {missing}


@pytest.mark.django_db
def test_a_breach_lacks_what_its_proof_lacks() -> None:
    with pytest.raises(InputMissing) as caught:
        closing(administrator(), rt_head(), kind="breach")
    assert set(caught.value.errors) == {"date", "description", "evidence"}


def test_two_administrators_who_close_each_other_leave_one(committed_db: None) -> None:
    one, other = administrator(), colleague()
    closing(one, User.objects.get(username=FOUNDER))
    for _ in range(ROUNDS):
        answers = at_once(lambda: answer(one, other), lambda: answer(other, one))
        assert sorted(map(bool, answers)) == [False, True], answers
        assert active_administrators() == 1
        left, gone = (one, other) if not answers[0] else (other, one)
        reopen(gone.pk, Move(User.objects.get(pk=left.pk), {"reason": "Uji."}))


def test_three_administrators_in_a_ring_leave_one(committed_db: None) -> None:
    ring = [administrator(), colleague(), User.objects.get(username=FOUNDER)]
    at_once(*(lambda n=n: answer(ring[n], ring[n - 1]) for n in range(3)))
    assert active_administrators() >= 1


def test_one_press_sent_twice_at_once_closes_once(committed_db: None) -> None:
    user, actor, key = rt_head(), administrator(), uuid4()
    move = Move(actor, {"kind": "safeguard", "reason": "Uji."}, key)
    outcomes = at_once(*[lambda: close(user.pk, move)] * 4)
    assert sorted(one.repeated for one in outcomes) == [False, True, True, True]
    assert Closure.objects.filter(user=user).count() == 1
