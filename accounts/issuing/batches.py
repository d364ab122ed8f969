"""One press of *Terbitkan*: proposals become accounts, and their slips are asked for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.http import Http404

from accounts.issuing.models import SlipSheet
from accounts.issuing.sheets import order, ordered
from accounts.login.models import User
from accounts.proposals.models import Proposal, ProposalStep
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Action
from wacat.workflow import Move


def issue(pks: Iterable[int], actor: User, key: UUID, username: str = "") -> list[SlipSheet]:
    """Issue all of these proposals or none; the sheets with the slips of the new accounts.

    Accounts that were there before keep what they log in with. The same *key* answers with the
    same sheets and issues nothing more. Raises Http404 when one is out of reach, WrongState and
    InputMissing as issuing does. *username* is for a single proposal.
    """
    if was_pressed(actor, key):
        return ordered(actor, key)
    data = {"username": username} if username else {}
    with transaction.atomic():
        issued: list[Proposal] = []
        waiting = _by_role(set(pks), actor)
        new = {pk for found in waiting.values() for pk, user in found if user is None}
        for role, found in waiting.items():
            move = Move(actor, data, key)
            issued += WORKFLOWS[role].advance_many([pk for pk, _ in found], "issue", move)
        return order([one.user for one in issued if one.user and one.pk in new], actor, key)


def was_pressed(actor: User, key: UUID) -> bool:
    """Whether this very press has issued something already."""
    return ProposalStep.objects.filter(key=key, name="issue", actor=actor).exists()


def _by_role(pks: set[int], actor: User) -> dict[str, list[tuple[int, int | None]]]:
    """Keys and accounts by role, in one order for everybody who issues at this moment."""
    rows = Proposal.objects.visible_to(actor, Action.ACCOUNT_ISSUE).filter(pk__in=pks)
    found: dict[str, list[tuple[int, int | None]]] = defaultdict(list)
    for pk, role, user in rows.order_by("role", "pk").values_list("pk", "role", "user"):
        found[role].append((pk, user))
    if sum(map(len, found.values())) != len(pks):
        raise Http404
    return found
