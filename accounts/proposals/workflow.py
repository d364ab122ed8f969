"""Proposals: proposed → issued; returned and proposed again; withdrawn (Pasal 5(1), 10a)."""

from __future__ import annotations

from django.db.models import Q, prefetch_related_objects

from accounts.issuing.issuing import issue_all
from accounts.notices.sending import notify
from accounts.proposals.models import Proposal, ProposalStep, Status
from accounts.rules import PROPOSED_BY, Action
from wacat.workflow import Move, Transition, Workflow

_OPEN = frozenset({Status.PROPOSED, Status.RETURNED})
_PROPOSED, _RETURNED = frozenset({Status.PROPOSED}), frozenset({Status.RETURNED})


def _tell_proposers(proposals: list[Proposal], move: Move) -> None:
    prefetch_related_objects(proposals, "proposed_by")
    notify(
        "proposal_returned",
        [(one.proposed_by, {"proposal": one.pk, "role": one.role}) for one in proposals],
    )


def _workflow(role: str, propose: Action) -> Workflow:
    return Workflow(
        Proposal,
        ProposalStep,
        (
            Transition("propose", _RETURNED, Status.PROPOSED, propose),
            Transition("withdraw", _OPEN, Status.WITHDRAWN, propose, needs=("reason",)),
            Transition(
                "return",
                _PROPOSED,
                Status.RETURNED,
                Action.ACCOUNT_ISSUE,
                needs=("reason",),
                apply_many=_tell_proposers,
            ),
            Transition(
                "issue",
                _PROPOSED,
                Status.ISSUED,
                Action.ACCOUNT_ISSUE,
                apply_many=issue_all,
                changes=("user",),
            ),
        ),
        "Usulan ini sudah diproses. Muat ulang halaman untuk melihat keadaannya.",
        among=Q(role=role),
    )


# One for each office below: who proposes for it differs, and neither sees the other's rows.
WORKFLOWS = {role: _workflow(role, action) for role, action in PROPOSED_BY.items()}
