"""Proposing and issuing, step by step as in the portal, for tests of who holds what when."""

from __future__ import annotations

from datetime import date
from itertools import count
from typing import Any

from accounts.areas.models import Area
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.proposals.proposing import propose
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Action, Role
from accounts.scope import may
from tests import factories
from wacat.workflow import Move

_numbers = count(1)


def proposed(
    day: date, role: str = Role.KETUA_RT, area: str = factories.RT, **fields: Any
) -> Proposal:
    """Proposed by the office above, to begin on *day*."""
    above = (Role.LURAH, area[:13]) if role == Role.KETUA_RT else (Role.CAMAT, area[:8])
    by = factories.holder(*above).posts.get(role=above[0])
    number = next(_numbers)
    person = {
        "full_name": f"Orang Contoh {number}",
        "phone": f"0800001{number:05}",
        "email": f"orang{number}@example.id",
        "decree_number": "1",
        "decree_date": day,
    }
    return propose(by, Area.objects.get(pk=area), role=role, starts=day, **{**person, **fields})


def issued(day: date, role: str = Role.KETUA_RT, area: str = factories.RT, **fields: Any) -> User:
    """Proposed, and issued by the administrator: who takes the office on *day*."""
    proposal = proposed(day, role, area, **fields)
    administrator = factories.holder(Role.ADMINISTRATOR, factories.CITY_CODE)
    user: User = WORKFLOWS[role].advance(proposal.pk, "issue", Move(administrator)).row.user
    return user


def powers(user: User, day: date, action: Action = Action.RESIDENT_ENTER) -> bool:
    """Whether *user* may do this on *day*, by the clock."""
    with factories.on_day(day):
        return may(User.objects.get(pk=user.pk), action)


def post_of_today(user: User) -> Post:
    """The user's one post."""
    post: Post = user.posts.get()
    return post
