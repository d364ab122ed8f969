"""How proposals are shown: lines of a list, facts, history, and what the viewer may do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms

from accounts.login.models import User
from accounts.posts.models import place_of
from accounts.proposals.forms import IssueForm, ReturnForm, WithdrawForm
from accounts.proposals.models import Proposal, ProposalStep, Status
from accounts.proposals.offices import OFFICES, is_from_office_of
from accounts.proposals.workflow import WORKFLOWS
from accounts.rules import Role
from accounts.scope import reach
from wacat.history import latest_first, line_of
from wacat.words import tanggal

STEP_LABELS = {
    "propose": "Diusulkan",
    "withdraw": "Ditarik",
    "return": "Dikembalikan",
    "issue": "Akun diterbitkan",
}
# The marks of components/status.html.
MARKS = {
    Status.PROPOSED: "requested",
    Status.RETURNED: "returned",
    Status.ISSUED: "issued",
    Status.WITHDRAWN: "revoked",
}


@dataclass(frozen=True)
class Line:
    """A proposal in a list."""

    proposal: Proposal
    url: str
    place: str
    mark: str


@dataclass(frozen=True)
class Offer:
    """An action on the page. ``form`` None is a plain button; ``is_open`` unfolds its form."""

    name: str
    label: str
    kind: str
    form: forms.Form | None = None
    is_open: bool = False


def lines_of(proposals: Iterable[Proposal]) -> list[Line]:
    return [
        Line(one, OFFICES[one.role].detail_url(one.pk), place_of(one.area), mark_of(one))
        for one in proposals
    ]


def mark_of(proposal: Proposal) -> str:
    return MARKS[Status(proposal.status)]


def summary_of(proposal: Proposal) -> list[tuple[str, str]]:
    """The proposal as label and words."""
    is_lurah = proposal.role == Role.LURAH
    mandate = proposal.mandate
    rows = [
        ("Jabatan", f"{proposal.title}, {place_of(proposal.area)}"),
        ("Nama lengkap", proposal.full_name),
        *((("NIP", proposal.nip), ("Pangkat/golongan", proposal.rank)) if is_lurah else ()),
        ("Telepon", proposal.phone),
        ("Surel", proposal.email or "Tidak punya surel"),
        ("SK", f"{proposal.decree_number}, {tanggal(proposal.decree_date)}"),
        ("Mulai menjabat", tanggal(proposal.starts)),
        ("Akhir masa bakti", tanggal(proposal.term_ends)),
        ("Diusulkan oleh", f"{proposal.proposed_by.full_name} ({proposal.by_post.label})"),
    ]
    if mandate:
        letter = f"{mandate.number}, {tanggal(mandate.date)}, {mandate.issuer}"
        rows.append(("Surat usulan", letter))
    if proposal.user:
        known = "" if proposal.status == Status.ISSUED else " (sudah ada)"
        rows.append(("Akun", f"{proposal.user.username}{known}"))
    return rows


def history_of(proposal: Proposal) -> list[dict[str, Any]]:
    """What happened, the latest first."""
    steps = ProposalStep.objects.filter(subject=proposal)
    return [line_of(step, _step_label(step)) for step in latest_first(steps)]


def _step_label(step: ProposalStep) -> str:
    again = step.name == "propose" and step.source
    return "Diusulkan lagi" if again else STEP_LABELS[step.name]


_OFFERS: tuple[tuple[str, str, str, type[forms.Form] | None], ...] = (
    ("issue", "Terbitkan akun", "primary", IssueForm),
    ("propose", "Usulkan lagi tanpa perubahan", "secondary", None),
    ("return", "Kembalikan", "secondary", ReturnForm),
    ("withdraw", "Tarik usulan", "secondary", WithdrawForm),
)


def actions_for(
    user: User, proposal: Proposal, bound: tuple[str, forms.Form] | None = None
) -> list[Offer]:
    """What this user may do to the proposal now; *bound* is a form that came back with errors."""
    bound_name, bound_form = bound or ("", None)
    found = []
    workflow = WORKFLOWS[proposal.role]
    for name, label, kind, form in _OFFERS:
        transition = workflow.transitions[name]
        if proposal.status not in transition.sources:
            continue
        if not proposal.lies_within(reach(user, transition.action)):
            continue
        if name == "propose" and not is_from_office_of(user, proposal):
            continue
        if name == "issue" and proposal.user:
            form = None  # who has an account keeps its name
        is_open = name == bound_name
        shown = bound_form if is_open else form(auto_id=f"id_{name}_%s") if form else None
        found.append(Offer(name, label, kind, shown, is_open))
    return found


def may_edit(user: User, proposal: Proposal) -> bool:
    """Whether the office that proposed it may mend it still."""
    is_open = proposal.status in (Status.PROPOSED, Status.RETURNED)
    action = OFFICES[proposal.role].action
    return (
        is_open and proposal.lies_within(reach(user, action)) and is_from_office_of(user, proposal)
    )
