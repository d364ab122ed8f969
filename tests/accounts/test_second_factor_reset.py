"""A second factor that was lost: taken off by an administrator, or by a command on the server."""

from __future__ import annotations

from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from accounts.closing import rules
from accounts.closing.models import AccountStep
from accounts.closing.workflow import NO_FACTOR, reset_factor
from accounts.login.models import User
from accounts.management.operator import system_user
from accounts.notices.models import Notice
from accounts.rules import RULES, Action, Role
from tests.accounts.closing_cases import administrator, as_administrator, closed, page, rt_head
from tests.accounts.login_ways import CODE, give_code, is_in, log_in, totp
from tests.officials import (
    FOREIGN_RT,
    KELURAHAN,
    RT,
    client_of,
    holder,
    user_as,
    user_with,
    with_second_factor,
)
from tests.residents.at_once import at_once
from wacat.workflow import InputMissing, Move, WrongState

NAME = "second_factor_reset"


@pytest.fixture
def operator(db: None) -> User:
    return user_as(Role.OPERATOR)


def asked(**changes: Any) -> dict[str, Any]:
    """What a browser posts."""
    return {"reason": "Ponsel hilang.", "verified": "on", "key": str(uuid4()), **changes}


def reset(user: User, **changes: Any) -> Any:
    return as_administrator().post(page(NAME, user), asked(**changes))


def factors(user: User) -> int:
    return Authenticator.objects.filter(user=user).count()


def told(user: User) -> list[str]:
    return list(Notice.objects.filter(recipient=user).values_list("kind", flat=True))


def steps(user: User) -> int:
    return AccountStep.objects.filter(subject=user, name="reset_factor").count()


def test_whoever_needs_one_sets_up_a_new_one_after_the_password(operator: User) -> None:
    assert reset(operator)["Location"] == page("account_detail", operator)
    client = Client()
    answer = log_in(client, operator.username)
    assert answer["Location"] != CODE
    assert client.get("/", follow=True).redirect_chain[-1][0] == reverse("mfa_activate_totp")
    assert not is_in(client)


def test_all_of_it_goes_and_so_do_the_sessions(operator: User) -> None:
    RecoveryCodes.activate(operator)
    Authenticator.objects.create(user=operator, type=Authenticator.Type.WEBAUTHN, data={})
    client = client_of(operator)
    assert is_in(client)
    assert factors(operator) == 3
    reset(operator)
    assert factors(operator) == 0
    assert not is_in(client)
    assert told(operator) == ["second_factor_changed"]


def test_a_trusted_browser_is_trusted_no_more(operator: User) -> None:
    browser = Client()
    log_in(browser, operator.username)
    give_code(browser, totp(), trust="on")
    browser.cookies.pop("sessionid", None)
    assert log_in(browser, operator.username)["Location"] != CODE
    browser.cookies.pop("sessionid", None)
    reset(operator)
    with_second_factor(operator)
    assert log_in(browser, operator.username)["Location"] == CODE


def test_a_login_that_waits_for_the_code_begins_anew(operator: User) -> None:
    waiting = Client()
    log_in(waiting, operator.username)
    reset(operator)
    assert give_code(waiting, totp())["Location"] == reverse("account_login")
    assert not is_in(waiting)


def test_it_stands_in_the_history_and_in_the_trail(operator: User) -> None:
    reset(operator)
    step = AccountStep.objects.get(subject=operator)
    assert (step.name, step.source, step.target) == ("reset_factor", "active", "active")
    assert (step.actor, step.reason) == (administrator(), "Ponsel hilang.")
    client = as_administrator()
    shown = client.get(page("account_detail", operator)).content.decode()
    assert "Pengaman kedua dilepas" in shown
    assert "Ponsel hilang." in shown
    assert "Akun: pengaman kedua dilepas" in client.get(reverse("trail")).content.decode()


def test_a_press_that_is_repeated_answers_like_the_first(operator: User) -> None:
    key = str(uuid4())
    first = reset(operator, key=key)
    with_second_factor(operator)  # set up anew meanwhile: it stays
    again = reset(operator, key=key)
    assert (again.status_code, again["Location"]) == (302, first["Location"])
    assert (factors(operator), steps(operator)) == (1, 1)
    assert len(told(operator)) == 1


@pytest.mark.parametrize("missing", ["reason", "verified"])
def test_the_reason_and_who_it_is_are_asked(operator: User, missing: str) -> None:
    answer = reset(operator, **{missing: ""})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [missing]
    assert (factors(operator), steps(operator)) == (1, 0)


def test_the_page_says_to_make_sure_of_the_person(operator: User) -> None:
    User.objects.filter(pk=operator.pk).update(phone="080012345678")
    shown = as_administrator().get(page(NAME, operator)).content.decode()
    assert "Pastikan dulu orangnya" in shown
    assert "080012345678" in shown
    assert "harus memasang pengaman kedua yang baru" in shown


def test_who_need_not_have_one_logs_in_with_the_password(db: None) -> None:
    user = with_second_factor(rt_head())
    found = client_of(user)  # whoever has found the telephone
    assert is_in(found)
    shown = as_administrator().get(page(NAME, user)).content.decode()
    assert "kata sandi saja" in shown
    reset(user)
    assert not is_in(found)
    client = Client()
    log_in(client, user.username)
    assert is_in(client)


def test_who_has_none_has_none_to_lose(db: None) -> None:
    user = rt_head()
    assert as_administrator().get(page(NAME, user)).status_code == 409
    answer = reset(user)
    assert answer.status_code == 409
    assert NO_FACTOR in answer.content.decode()
    assert steps(user) == 0


def test_nobody_does_it_for_himself(db: None) -> None:
    actor = administrator()
    assert as_administrator().get(page(NAME, actor)).status_code == 409
    answer = reset(actor)
    assert answer.status_code == 409
    assert rules.OWN in answer.content.decode()
    assert factors(actor) == 1


def test_nobody_does_it_above_his_reach(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    allowed = RULES[Action.ACCOUNT_CLOSE] | {Role.LURAH}
    monkeypatch.setitem(RULES, Action.ACCOUNT_CLOSE, allowed)
    of_two = with_second_factor(user_with((Role.KETUA_RT, RT), (Role.KETUA_RT, FOREIGN_RT)))
    client = client_of(holder(Role.LURAH, KELURAHAN))
    for answer in (client.get(page(NAME, of_two)), client.post(page(NAME, of_two), asked())):
        assert answer.status_code == 409
        assert rules.ABOVE in answer.content.decode()
    foreign = with_second_factor(rt_head(FOREIGN_RT.replace("1001.001", "1002.001")))
    assert client.post(page(NAME, foreign), asked()).status_code == 404
    assert factors(of_two) == factors(foreign) == 1


@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_an_administrator_may(operator: User, role: Role) -> None:
    client = client_of(user_as(role))
    assert client.get(page(NAME, operator)).status_code == 403
    assert client.post(page(NAME, operator), asked()).status_code == 403
    assert factors(operator) == 1


def test_the_account_page_leads_there_only_where_there_is_one(operator: User) -> None:
    client = as_administrator()
    for user, leads in ((operator, True), (rt_head(), False), (administrator(), False)):
        shown = client.get(page("account_detail", user)).content.decode()
        assert (f'href="{page(NAME, user)}"' in shown) is leads


def test_of_a_closed_account_too_and_it_stays_closed(db: None) -> None:
    user = closed(with_second_factor(rt_head()))
    assert reset(user).status_code == 302
    user.refresh_from_db()
    assert (factors(user), user.is_active) == (0, False)


def test_without_a_reason_nothing_is_done(operator: User) -> None:
    with pytest.raises(InputMissing):
        reset_factor(operator.pk, Move(administrator(), {"reason": ""}))
    assert factors(operator) == 1


def test_one_press_sent_twice_at_once_resets_once(committed_db: None) -> None:
    user, actor = user_as(Role.OPERATOR), administrator()
    move = Move(actor, {"reason": "Uji."}, uuid4())
    outcomes = at_once(*[lambda: reset_factor(user.pk, move)] * 4)
    assert sorted(one.repeated for one in outcomes) == [False, True, True, True]
    assert (steps(user), told(user)) == (1, ["second_factor_changed"])


def test_two_administrators_who_reset_each_other_do_not_lock_up(committed_db: None) -> None:
    one, other = administrator(), user_as(Role.ADMINISTRATOR)

    def reset_by(actor: User, user: User) -> bool:
        try:
            reset_factor(user.pk, Move(actor, {"reason": "Uji."}, uuid4()))
        except WrongState:
            return False
        return True

    assert at_once(lambda: reset_by(one, other), lambda: reset_by(other, one)) == [True, True]


def command(**given: str) -> str:
    """What the command prints."""
    said = StringIO()
    call_command("reset_second_factor", *[f"--{k}={v}" for k, v in given.items()], stdout=said)
    return said.getvalue()


def test_the_single_administrator_is_helped_on_the_server(db: None) -> None:
    user = administrator()
    client = client_of(user)
    assert user.username in command(username=user.username.upper())
    assert factors(user) == 0
    assert not is_in(client)
    step = AccountStep.objects.get(subject=user)
    assert (step.name, step.actor) == ("reset_factor", None)
    assert "reset_second_factor" in step.reason
    assert system_user() in step.reason
    assert told(user) == ["second_factor_changed"]


def test_the_command_says_what_it_cannot_do(db: None) -> None:
    with pytest.raises(CommandError, match="Nobody"):
        command(username="tidak.ada")
    with pytest.raises(CommandError, match="no second factor"):
        command(username=rt_head().username)
