"""What somebody may do about an account or one of its posts: links to the rooms that do it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from accounts.closing.rules import is_last_administrator
from accounts.closing.rules import refusal as closing_refusal
from accounts.directory.states import State
from accounts.issuing.may_renew import hindrance, may_renew
from accounts.login.models import AccountStatus, User
from accounts.posts.ending import refusal as ending_refusal
from accounts.posts.models import Post
from accounts.rules import PROPOSED_BY, Action, Role
from accounts.scope import reach
from wacat.clock import today

_SUCCESSOR = {
    Role.KETUA_RT: "proposal_rt_add",
    Role.LURAH: "proposal_lurah_add",
}


@dataclass(frozen=True)
class Step:
    """A link to what may be done."""

    label: str
    url: str


def account_steps(viewer: User, person: User, posts: list[Any]) -> list[Step]:
    """What *viewer* may do about the account; *posts* are those in reach, with their state."""
    held = [post for post in posts if post.state != State.ENDED]
    found = []
    if _may_renew(viewer, person, held):
        found.append(_step("Buat slip kata sandi baru", "password_renew", person.pk))
    if _lies(viewer, Action.ACCOUNT_CLOSE, posts) and not closing_refusal(viewer, person):
        if person.status == AccountStatus.INACTIVE:
            found.append(_step("Aktifkan kembali akun", "account_reopen", person.pk))
        elif not is_last_administrator(person):
            found.append(_step("Nonaktifkan akun", "account_close", person.pk))
        if person.has_second_factor:
            found.append(_step("Lepas pengaman kedua", "second_factor_reset", person.pk))
    if _lies(viewer, Action.BREACH_REPORT, held) and viewer.pk != person.pk:
        found.append(_step("Laporkan dugaan pelanggaran", "breach_report", person.pk))
    return found


def post_steps(viewer: User, post: Any) -> list[Step]:
    """What *viewer* may do about one post."""
    if post.state == State.ENDED:
        return []
    found = []
    if _lies(viewer, Action.POST_APPOINT, [post]) and not ending_refusal(post, viewer, today()):
        found.append(_step("Akhiri jabatan", "post_end", post.pk))
    proposing = PROPOSED_BY.get(post.role)
    if proposing and post.kind != Post.Kind.PLH and _lies(viewer, proposing, [post]):
        address = reverse(_SUCCESSOR[Role(post.role)])
        found.append(Step("Usulkan pengganti", f"{address}?{urlencode({'area': post.area_id})}"))
    return found


def _may_renew(viewer: User, person: User, held: list[Any]) -> bool:
    in_reach = _lies(viewer, Action.ACCOUNT_RENEW, held)
    return in_reach and may_renew(viewer, person) and not hindrance(person)


def _lies(viewer: User, action: Action, posts: list[Any]) -> bool:
    """Whether one of *posts* is in reach with *action*."""
    codes = reach(viewer, action)
    return any(post.lies_within(codes) for post in posts)


def _step(label: str, name: str, pk: int) -> Step:
    return Step(label, reverse(name, args=[pk]))
