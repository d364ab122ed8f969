"""The offices that are proposed for: by which action, for which areas, under which addresses."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse

from accounts.areas.models import Level
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.rules import PROPOSED_BY, RULES, Action, Role
from accounts.scope import may


@dataclass(frozen=True)
class Office:
    """One of the offices of ``PROPOSED_BY``. ``page`` begins the names of its addresses."""

    role: Role
    level: Level
    page: str

    @property
    def action(self) -> Action:
        return PROPOSED_BY[self.role]

    @property
    def add_url(self) -> str:
        return reverse(f"{self.page}_add")

    def detail_url(self, pk: int) -> str:
        return reverse(self.page, args=[pk])

    def edit_url(self, pk: int) -> str:
        return reverse(f"{self.page}_edit", args=[pk])


KETUA_RT = Office(Role.KETUA_RT, Level.RT, "proposal_rt")
LURAH = Office(Role.LURAH, Level.KELURAHAN, "proposal_lurah")
OFFICES: dict[str, Office] = {one.role: one for one in (KETUA_RT, LURAH)}


def offices_of(user: User) -> list[Office]:
    """Those for which the user may propose somebody, wherever."""
    return [office for office in OFFICES.values() if may(user, office.action)]


def proposals_for(user: User) -> QuerySet[Any]:
    """The proposals that the user may make or issue: each office's in its own reach."""
    found: Any = Proposal.objects.none()
    for role, action in PROPOSED_BY.items():
        found |= Proposal.objects.filter(role=role).visible_to(user, action)
    return found


def post_over(user: User, action: Action, area: str) -> Post:
    """The post by which the user has *action* over *area*: the office's own before an
    administrator's, who needs a letter. Raises Http404 when there is none.
    """
    held = [
        post
        for post in user.todays_posts
        if post.role in RULES[action] and f"{area}.".startswith(f"{post.area_id}.")
    ]
    if not held:
        raise Http404
    return min(held, key=lambda post: post.role == Role.ADMINISTRATOR)


def by_letter(user: User, action: Action) -> bool:
    """Whether the user proposes as administrator, on the strength of a letter."""
    roles = {post.role for post in user.todays_posts if post.role in RULES[action]}
    return Role.ADMINISTRATOR in roles


def is_from_office_of(user: User, proposal: Proposal) -> bool:
    """Whether it came from the office that the user holds today: others do not rewrite it."""
    area, role = f"{proposal.area_id}.", proposal.by_post.role
    return any(
        post.role == role and area.startswith(f"{post.area_id}.") for post in user.todays_posts
    )
