"""An account closed: for a breach, at the end of an office, for the time being; opened again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from accounts.audit.models import Access
from accounts.closing.cards import cards
from accounts.closing.models import AccountStep, Closure
from accounts.login.models import AccountStatus, User
from accounts.login.sessions import open_sessions
from accounts.notices.models import Notice
from accounts.posts.models import Post
from accounts.rules import Role
from tests.accounts.closing_cases import (
    administrator,
    as_administrator,
    breach,
    closed,
    closed_for_a_breach,
    is_let_in,
    page,
    photograph,
    rt_head,
    safeguard,
)
from tests.factories import on_day
from tests.officials import PASSWORD, client_of, user_as
from wacat.clock import today

pytestmark = pytest.mark.django_db


def post_close(user: User, data: dict[str, Any], client: Client | None = None) -> Any:
    return (client or as_administrator()).post(page("account_close", user), data)


def told(user: User) -> list[tuple[str, dict[str, Any]]]:
    return list(Notice.objects.filter(recipient=user).order_by("pk").values_list("kind", "values"))


def test_a_closed_account_is_out_at_its_next_request() -> None:
    user = rt_head()
    phone, office = client_of(user), client_of(user)
    assert is_let_in(phone)
    assert open_sessions(user).count() == 2
    assert post_close(user, safeguard()).status_code == 302
    assert open_sessions(user).count() == 0
    for client in (phone, office):
        response = client.get(reverse("resident_list"))
        assert response.status_code == 302
        assert response["Location"] != reverse("resident_list")
        assert not is_let_in(client)


def test_a_session_that_was_overlooked_lets_nobody_in(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("accounts.closing.workflow.close_sessions", lambda user: None)
    user = rt_head()
    client = client_of(user)
    post_close(user, safeguard())
    assert open_sessions(user).count() == 1
    assert not is_let_in(client)


def test_an_account_opened_again_lets_in_with_the_old_password() -> None:
    user = closed(rt_head())
    client = Client()
    entry = {"login": user.username, "password": PASSWORD}
    client.post(reverse("account_login"), entry)
    assert not is_let_in(client)
    response = as_administrator().post(
        page("account_reopen", user), {"reason": "Ponsel ditemukan.", "key": uuid4()}
    )
    assert response["Location"] == page("account_detail", user)
    client.post(reverse("account_login"), entry)
    assert is_let_in(client)
    assert told(user)[-1] == ("account_reopened", {})


def test_the_rest_of_the_world_goes_on() -> None:
    user, other = rt_head(), user_as(Role.LURAH)
    client = client_of(other)
    post_close(user, safeguard())
    assert is_let_in(client)
    assert user.posts.not_over().count() == 1


def test_closing_is_written_down_with_its_reason() -> None:
    user = rt_head()
    post_close(user, safeguard())
    user.refresh_from_db()
    assert (user.status, user.is_active) == (AccountStatus.INACTIVE, False)
    closure = Closure.objects.get(user=user)
    assert (closure.kind, closure.closed_by) == ("safeguard", administrator())
    step = AccountStep.objects.get(subject=user)
    assert (step.name, step.source, step.target) == ("close", "active", "inactive")
    assert (step.actor, step.reason) == (administrator(), "Ponsel hilang.")
    assert told(user) == [("account_closed", {"kind": "safeguard"})]


def test_a_breach_is_proved() -> None:
    user = rt_head()
    assert post_close(user, breach()).status_code == 302
    closure = Closure.objects.get(user=user)
    assert closure.happened_on == today()
    assert closure.description == "Daftar warga dibagikan di grup."
    assert closure.evidence.startswith("evidence/")
    assert "layar" not in closure.evidence


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("date", ""),
        ("date", "2999-01-01"),
        ("description", " "),
        ("reason", ""),
        ("evidence", ""),
    ],
)
def test_what_a_breach_lacks_is_said_and_the_rest_is_kept(field: str, value: str) -> None:
    user = rt_head()
    response = post_close(user, breach(**{field: value}))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    if field != "description":
        assert "Daftar warga dibagikan di grup." in response.content.decode()
    assert not Closure.objects.exists()
    user.refresh_from_db()
    assert user.is_active


def test_the_database_too_wants_a_breach_proved() -> None:
    user = rt_head()
    with pytest.raises(IntegrityError, match="closure_of_a_breach"), transaction.atomic():
        Closure.objects.create(user=user, kind="breach", closed_by=administrator())


def test_the_end_of_an_office_ends_the_posts_where_that_is_wished() -> None:
    user = rt_head()
    data = {"kind": "office", "reason": "Pindah.", "key": uuid4()}
    post_close(user, {**data, "end_posts": "on"})
    post = Post.objects.get(user=user)
    assert (post.until, post.ending, post.ended_by) == (today(), "ended", administrator())
    other = user_as(Role.PETUGAS_KELURAHAN)
    post_close(other, {**data, "key": uuid4()})
    assert other.posts.not_over().count() == 1
    assert not User.objects.filter(pk__in=[user.pk, other.pk], is_active=True).exists()


def test_a_post_that_has_not_begun_is_taken_back() -> None:
    user = rt_head()
    later = today() + timedelta(days=9)
    Post.objects.filter(user=user).update(starts=later)
    post_close(user, {"kind": "office", "reason": "Batal.", "end_posts": "on", "key": uuid4()})
    assert not user.posts.not_over().exists()


@pytest.mark.parametrize("kind", ["safeguard", "breach", "office"])
def test_a_repeated_press_answers_alike_and_changes_nothing(kind: str) -> None:
    user, client = rt_head(), as_administrator()
    data = {"safeguard": safeguard, "breach": breach}.get(kind, safeguard)(kind=kind)
    first = post_close(user, data, client)
    counted = (Closure.objects.count(), AccountStep.objects.count(), Notice.objects.count())
    if "evidence" in data:
        data["evidence"] = photograph()
    again = post_close(user, data, client)
    assert (first.status_code, first["Location"]) == (again.status_code, again["Location"])
    assert counted == (Closure.objects.count(), AccountStep.objects.count(), Notice.objects.count())


def test_opening_again_twice_answers_alike() -> None:
    user, client = closed(rt_head()), as_administrator()
    data = {"reason": "Ditemukan.", "key": uuid4()}
    answers = [client.post(page("account_reopen", user), data) for _ in range(2)]
    assert [one.status_code for one in answers] == [302, 302]
    assert AccountStep.objects.filter(subject=user, name="reopen").count() == 1


def test_closing_and_opening_demand_a_reason() -> None:
    user = rt_head()
    assert post_close(user, safeguard(reason=" ")).status_code == 422
    closed(user)
    response = as_administrator().post(page("account_reopen", user), {"reason": ""})
    assert response.status_code == 422
    user.refresh_from_db()
    assert not user.is_active


def test_what_is_so_already_is_a_conflict() -> None:
    user, client = rt_head(), as_administrator()
    assert client.get(page("account_reopen", user)).status_code == 409
    assert client.post(page("account_reopen", user), {"reason": "x"}).status_code == 409
    closed(user, "office")
    assert client.get(page("account_close", user)).status_code == 409
    assert post_close(user, safeguard(), client).status_code == 409
    assert post_close(user, breach(), client).status_code == 409


def test_what_was_closed_for_the_time_being_gets_its_final_reason() -> None:
    user, client = closed(rt_head()), as_administrator()
    shown = client.get(page("account_close", user)).content.decode()
    assert "safeguard" not in shown
    assert post_close(user, breach(), client).status_code == 302
    kinds = Closure.objects.filter(user=user).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["safeguard", "breach"]
    assert client.get(page("account_close", user)).status_code == 409


def test_the_first_page_asks_why_and_the_second_just_what_that_needs() -> None:
    user, client = rt_head(), as_administrator()
    first = client.get(page("account_close", user))
    assert {"breach", "office", "safeguard"} <= set(first.content.decode().split('"'))
    fields = {
        kind: set(client.get(page("account_close", user), {"kind": kind}).context["form"].fields)
        for kind in ("breach", "office", "safeguard")
    }
    assert fields["safeguard"] == {"key", "reason"}
    assert fields["office"] == {"key", "reason", "end_posts"}
    assert fields["breach"] == {"key", "reason", "date", "description", "evidence"}
    assert client.get(page("account_close", user), {"kind": ""}).status_code == 422
    assert client.get(page("account_close", user), {"kind": "x"}).status_code == 422
    assert client.post(page("account_close", user), {"reason": "x"}).status_code == 422


def test_evidence_leaves_as_a_download_and_into_the_trail() -> None:
    user, client = closed_for_a_breach(rt_head()), as_administrator()
    closure = Closure.objects.get(user=user)
    response = client.get(reverse("closure_evidence", args=[closure.pk]))
    assert response["Content-Disposition"].startswith("attachment;")
    assert response.content.startswith(b"\xff\xd8")
    access = Access.objects.get()
    assert (access.subject, access.actor) == (f"accounts.closure:{closure.pk}", administrator())
    assert access.area_id == user.posts.get().area_id
    without = closed(user_as(Role.CAMAT))
    missing = reverse("closure_evidence", args=[without.closures.get().pk])
    assert client.get(missing).status_code == 404


@pytest.mark.parametrize("role", set(Role) - {Role.ADMINISTRATOR})
def test_no_other_role_closes_opens_or_takes_evidence(role: str) -> None:
    user = closed_for_a_breach(rt_head())
    client = client_of(user_as(role)) if role != Role.KETUA_RT else client_of(rt_head_there())
    for name, pk in (
        ("account_close", user.pk),
        ("account_reopen", user.pk),
        ("closure_evidence", user.closures.get().pk),
    ):
        for method in (client.get, client.post):
            assert method(reverse(name, args=[pk])).status_code == 403
    assert client.get(reverse("safeguard_list")).status_code == 403


def rt_head_there() -> User:
    return rt_head("64.71.05.1002.002")


def test_what_is_left_closed_for_the_time_being_is_called_to_mind() -> None:
    user, client = closed(rt_head()), as_administrator()
    closed(user_as(Role.CAMAT), "office")
    shown = client.get(reverse("safeguard_list")).context["page"].rows
    assert shown == [user]
    assert [card.count for card in cards(administrator())] == [0, 0]
    with on_day(today() + timedelta(days=8)):
        assert [card.count for card in cards(administrator())] == [0, 1]
    assert cards(user_as(Role.LURAH)) == []
    client.post(page("account_reopen", user), {"reason": "x"})
    assert client.get(reverse("safeguard_list")).context["page"].rows == []
