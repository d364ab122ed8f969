"""Which RTs have nobody with an account, and which kelurahan no Lurah."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

from accounts.areas.models import Area, AreaStatus
from accounts.login.models import User
from accounts.posts.models import Post
from accounts.proposals.models import Proposal
from accounts.proposals.offices import Office


@dataclass(frozen=True)
class Coverage:
    """How many of a kelurahan's ``total`` active RTs nobody has an account for."""

    code: str
    name: str
    total: int
    missing: int
    proposed: int


def areas_of(user: User, office: Office) -> QuerySet[Any]:
    """The active areas of the office in reach: ``has_account``, and its ``proposal_id`` if open."""
    held = Post.objects.not_over().filter(role=office.role, area=OuterRef("pk"))
    proposed = Proposal.objects.open().filter(role=office.role, area=OuterRef("pk"))
    rows: QuerySet[Any] = Area.objects.visible_to(user, office.action)
    return rows.filter(level=office.level, state=AreaStatus.ACTIVE).annotate(
        has_account=Exists(held), proposal_id=Subquery(proposed.order_by("pk").values("pk")[:1])
    )


def without_account(user: User, office: Office) -> QuerySet[Any]:
    """Those whose office nobody holds an account for, now or from a later day on."""
    return areas_of(user, office).filter(has_account=False)


def to_propose(user: User, office: Office) -> QuerySet[Any]:
    """Those for which nobody has been proposed either."""
    return without_account(user, office).filter(proposal_id=None)


def coverage(user: User, office: Office) -> list[Coverage]:
    """The kelurahan in reach whose RTs these are."""
    free = Q(has_account=False)
    rows = (
        areas_of(user, office)
        .order_by("parent")
        .values("parent", "parent__name")
        .annotate(
            total=Count("pk"),
            missing=Count("pk", filter=free),
            proposed=Count("pk", filter=free & Q(proposal_id__isnull=False)),
        )
    )
    return [
        Coverage(row["parent"], row["parent__name"], row["total"], row["missing"], row["proposed"])
        for row in rows
    ]
