"""Proposing somebody for an office (Perwali 33/2020 Pasal 5(1))."""

from __future__ import annotations

from typing import Any
from uuid import UUID, uuid4

from accounts.areas.models import Area
from accounts.notices.sending import notify
from accounts.posts.holders import holders
from accounts.posts.models import Mandate, Post
from accounts.proposals.models import Proposal, ProposalStep, Status
from accounts.rules import Action
from wacat.workflow import refusing

ALREADY = "Untuk jabatan ini sudah ada usulan yang belum selesai. Buka usulan itu dahulu."
_ONE_OPEN = {"proposal_one_open": ALREADY}


def propose(
    by: Post,
    area: Area,
    *,
    mandate: Mandate | None = None,
    key: UUID | None = None,
    **fields: Any,
) -> Proposal:
    """Propose the person that *fields* describe, as the holder of the post *by*.

    An administrator does so on the strength of *mandate*. Raises WrongState when the office
    has an open proposal already, IntegrityError when *by* is not the office above.
    """
    proposal = Proposal(
        area=area,
        by_post=by,
        proposed_by_id=by.user_id,
        mandate=mandate,
        form_key=key or uuid4(),
        **fields,
    )
    with refusing(_ONE_OPEN):
        proposal.save()
    _tell([proposal])
    return proposal


def propose_all(proposals: list[Proposal]) -> None:
    """Propose all of these, or none. Raises as ``propose`` does."""
    with refusing(_ONE_OPEN):
        Proposal.objects.bulk_create(proposals)
    _tell(proposals)


def _tell(proposals: list[Proposal]) -> None:
    """The first step of each, and one word to the other administrators."""
    ProposalStep.objects.bulk_create(
        ProposalStep(
            subject=one,
            name="propose",
            source="",
            target=Status.PROPOSED,
            actor_id=one.proposed_by_id,
            key=one.form_key,
        )
        for one in proposals
    )
    proposers = {one.proposed_by_id for one in proposals}
    told = [user for user in holders(Action.ACCOUNT_ISSUE) if user.pk not in proposers]
    notify("proposal_received", [(user, {"count": len(proposals)}) for user in told])
