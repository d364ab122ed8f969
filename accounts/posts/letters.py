"""Letters, reached through what rests on them."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet

from accounts.areas.models import CITY_CODE, AreaChange
from accounts.posts.models import Mandate, Post
from accounts.proposals.models import Proposal, ProposalList
from accounts.rules import Action
from accounts.scope import Holder

RESTING = (Post, Proposal, ProposalList, AreaChange)


def letters_in_reach(user: Holder, action: Action) -> QuerySet[Mandate]:
    """The letters on which a post, proposal, list or change of areas in the user's scope rests."""
    resting: Q = Q(pk__in=[])
    for model in RESTING:
        rows: Any = model._default_manager
        found = rows.visible_to(user, action).filter(mandate__isnull=False)
        resting |= Q(pk__in=found.values("mandate"))
    return Mandate.objects.filter(resting)


def area_of(letter: Mandate) -> str:
    """The code of an area that the letter is about: of the first thing resting on it."""
    for model in RESTING:
        rows: Any = model._default_manager
        first = rows.filter(mandate=letter).order_by("pk").values_list("area", flat=True).first()
        if first:
            return str(first)
    return CITY_CODE
