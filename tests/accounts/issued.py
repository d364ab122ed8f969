"""Proposals and issued accounts for the tests of issuing."""

from __future__ import annotations

import re
from datetime import date, timedelta
from itertools import count
from typing import Any
from uuid import UUID, uuid4

from accounts.areas.models import Area
from accounts.issuing.batches import issue
from accounts.issuing.models import SlipSheet
from accounts.issuing.slips import draw
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.proposals.proposing import propose
from accounts.rules import Role
from tests.officials import KECAMATAN, KELURAHAN, holder
from wacat.clock import today
from wacat.work import perform

_numbers = count(1)


def a_phone() -> str:
    """A telephone number that nobody has yet."""
    return f"0800200{next(_numbers):05}"


def administrator() -> User:
    """The administrator of the factories' own."""
    return holder(Role.ADMINISTRATOR, "64.71")


def proposed(area: str, role: str = Role.KETUA_RT, **fields: Any) -> Proposal:
    """Somebody proposed by the office above, for the office in *area*."""
    above = (Role.LURAH, area[: len(KELURAHAN)]) if role == Role.KETUA_RT else None
    by_role, by_area = above or (Role.CAMAT, area[: len(KECAMATAN)])
    by = Post.objects.today().get(user=holder(by_role, by_area), role=by_role, area=by_area)
    values: dict[str, Any] = {
        "full_name": "Calon Contoh",
        "phone": a_phone(),
        "email": "calon@example.id",
        "decree_number": "188.4/9/UJI",
        "decree_date": today(),
        "starts": today(),
    }
    return propose(by, Area.objects.get(pk=area), role=role, **{**values, **fields})


def issued(*proposals: Proposal, key: UUID | None = None) -> list[SlipSheet]:
    """The proposals issued by the administrator; their sheets, not drawn yet."""
    return issue([one.pk for one in proposals], administrator(), key or uuid4())


def new_account(area: str, **fields: Any) -> User:
    """A Ketua RT whose account was just issued."""
    proposal = proposed(area, **fields)
    issued(proposal)
    return user_of(proposal)


def user_of(proposal: Proposal) -> User:
    """Whom the proposal brought an account, read anew."""
    return User.objects.get(proposals=proposal)


def drawn(sheet: SlipSheet) -> SlipSheet:
    """The sheet, drawn as by a worker."""
    assert perform(SlipSheet, sheet.pk, draw), "not drawn: see the log"
    return SlipSheet.objects.get(pk=sheet.pk)


def post_of_today(role: str, area: str) -> Post:
    """The one post held today."""
    found: Post = Post.objects.today().get(role=role, area=area, kind="definitif")
    return found


def days(number: int) -> date:
    """The day that many days from today."""
    return today() + timedelta(days=number)


def shown(response: Any) -> str:
    """The page without what is drawn by lot for each answer: nonce and CSRF token."""
    return re.sub(r'(nonce|csrfmiddlewaretoken" value)="[^"]*"', "", response.text)
