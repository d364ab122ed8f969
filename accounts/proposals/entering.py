"""Storing what a form says: a new proposal, or corrections to one that is open."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from accounts.login.models import User
from accounts.posts.mandates import MandateFields
from accounts.posts.models import Mandate
from accounts.proposals.choosing import blocking
from accounts.proposals.forms import ProposalForm
from accounts.proposals.models import Proposal, Status
from accounts.proposals.offices import Office, by_letter, post_over
from accounts.proposals.proposing import ALREADY, propose
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Role
from wacat.sealing.crypto import blind_index
from wacat.workflow import Move, WrongState

_SHOWN = (
    "kind full_name phone email rank nip decree_number decree_date starts term_ends user_id status"
).split()


def form_for(office: Office, user: User, forms: dict[bool, type[ProposalForm]]) -> Any:
    """The form class that the user needs: an administrator's holds the letter."""
    return forms[by_letter(user, office.action)]


def made_before(office: Office, user: User, key: UUID | None) -> Proposal | None:
    """What this very form has made before, so that sending it again answers alike."""
    if key is None:
        return None
    rows = Proposal.objects.filter(role=office.role, proposed_by=user, form_key=key)
    found: Proposal | None = rows.first()
    return found


def enter(form: ProposalForm, user: User, key: UUID | None) -> Proposal | None:
    """Propose what the valid form says; None, with its error, when another came first."""
    office, area = form.office, form.cleaned_data["area"]
    post = post_over(user, office.action, area.pk)
    try:
        with transaction.atomic():
            mandate = None
            if post.role == Role.ADMINISTRATOR and isinstance(form, MandateFields):
                mandate = form.mandate(Mandate.Kind.PROPOSAL, user, key)
            return propose(post, area, role=office.role, mandate=mandate, key=key, **form.values())
    except (WrongState, IntegrityError) as error:
        # The same form at the same moment, or somebody else's for the same office.
        made = made_before(office, user, key)
        if made is None and not isinstance(error, WrongState):
            raise
        if made is None:
            _refused(form)
        return made


def correct(form: ProposalForm, proposal: Proposal, move: Move) -> bool:
    """Store what the valid form says in the locked *proposal*, and propose a returned one again.

    False, with the form's error, when another proposal came first.
    """
    rows = Proposal.objects.filter(pk=proposal.pk)
    try:
        with transaction.atomic():
            rows.update(**form.values())
    except IntegrityError as error:
        if "proposal_one_open" not in str(error):
            raise
        _refused(form)
        return False
    if proposal.status == Status.RETURNED:
        WORKFLOWS[proposal.role].advance(proposal.pk, "propose", move)
    return True


def initial_of(proposal: Proposal) -> dict[str, Any]:
    """What a form that mends the proposal begins with."""
    begun = {name: getattr(proposal, name) for name in _SHOWN}
    account = proposal.user.username if proposal.user else ""
    return {**begun, "area": proposal.area_id, "account": account, "no_email": not proposal.email}


def version_of(proposal: Proposal) -> str:
    """A digest of what the form shows: by it a form knows that the row moved on meanwhile."""
    values = [str(getattr(proposal, name)) for name in _SHOWN]
    return blind_index("\0".join(values), "proposal version").hex()[:16]


def says_the_same(form: ProposalForm, proposal: Proposal) -> bool:
    """Whether the valid form would change nothing."""
    return all(getattr(proposal, name) == value for name, value in form.values().items())


def _refused(form: ProposalForm) -> None:
    found = blocking(form.office, form.cleaned_data["area"].pk, form.cleaned_data["kind"])
    if found:
        form.refuse_for(found)
    else:
        form.add_error("area", ALREADY)
